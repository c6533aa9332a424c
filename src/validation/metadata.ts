import { keyPath } from '../manifest/path';
import type { CheckContext, DecodedObject } from './context';
import { text } from './decoded';
import { metadataRules as rules } from './rules/metadata';

const dryRun = 'istio.io/dry-run';
const alwaysReject = 'internal.istio.io/webhook-always-reject';
const internal = ['internal.istio.io/parent-namespace', 'internal.istio.io/parents'];

/** The texts that Go reads as true or false. */
const booleans: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False']);

/**
 * Checks the annotations that mean something to istiod, for every kind.
 *
 * @param spec decoded; only an AuthorizationPolicy's is looked at
 * @returns whether the spec is worth checking: after a finding here istiod does not look at it
 */
export function checkMetadata(spec: DecodedObject, { annotations, identity, report }: CheckContext): boolean {
  const pathOf = (annotation: string) => keyPath('metadata.annotations', annotation);
  const value = Object.hasOwn(annotations, dryRun) ? annotations[dryRun] : undefined;
  if (value !== undefined && identity.kind !== 'AuthorizationPolicy') {
    report(rules.dryRunElsewhere, pathOf(dryRun), `The annotation ${dryRun} is for AuthorizationPolicies only, not for a ${identity.kind}.`);
    return false;
  }
  if (value !== undefined) {
    const action = text(spec.action) || 'ALLOW';
    if (action !== 'ALLOW' && action !== 'DENY') {
      report(rules.dryRunInvalid, pathOf(dryRun), `Only policies that allow or deny can be tried out with ${dryRun}; this one has the action ${action}.`);
      return false;
    }
    if (!booleans.has(value)) {
      report(rules.dryRunInvalid, pathOf(dryRun), `The annotation ${dryRun} is "${value}", which is neither true nor false.`);
      return false;
    }
  }
  if (Object.hasOwn(annotations, alwaysReject)) {
    report(rules.alwaysRejected, pathOf(alwaysReject), `The annotation ${alwaysReject} makes istiod refuse the object.`);
    return false;
  }
  const reserved = internal.find((annotation) => Object.hasOwn(annotations, annotation));
  if (reserved !== undefined) {
    report(rules.internalAnnotation, pathOf(reserved), `The annotation ${reserved} is reserved for istiod and may not be set.`);
    return false;
  }
  return true;
}

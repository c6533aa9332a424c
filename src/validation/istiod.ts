import { identityOf, type KubernetesObject } from '../manifest/manifest';
import type { Report } from '../manifest/rule';
import type { CheckedObject } from '../schema';
import type { CheckContext } from './context';
import { decode } from './decode';
import { kindChecks } from './kind-checks';
import { checkMetadata } from './metadata';

/** Checks an object, as the API server hands it on, with the rules of istiod's admission webhook. */
export function checkAsIstiod({ kind, object }: Pick<CheckedObject, 'kind' | 'object'>, report: Report): void {
  const kindCheck = kindChecks[`${kind.group}/${kind.kind}`];
  if (kindCheck === undefined) {
    return;
  }
  const { value, complete, pathOf } = decode(object.spec, kindCheck.spec, report);
  const context = contextOf(object, (rule, path, message, fix) => report(rule, pathOf(path), message, fix));
  if (complete && checkMetadata(value, context)) {
    kindCheck.check(value, context);
  }
}

function contextOf(object: KubernetesObject, report: Report): CheckContext {
  const { generateName, namespace, labels, annotations } = (object.metadata ?? {}) as { readonly [field: string]: unknown };
  const identity = identityOf(object);
  return {
    // A name that is generated is there before istiod sees the object.
    identity: identity.name === '' && typeof generateName === 'string' ? { ...identity, name: `${generateName}xxxxx` } : identity,
    namespace: typeof namespace === 'string' && namespace !== '' ? namespace : 'default',
    labels: texts(labels),
    annotations: texts(annotations),
    report,
  };
}

/** The entries of a map that are texts; the others are reported by the schema. */
function texts(value: unknown): { readonly [key: string]: string } {
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

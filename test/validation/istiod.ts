import { kinds } from '../../imports';
import { identityOf, type KubernetesObject } from '../../src/manifest/manifest';
import { readYaml } from '../../src/manifest/yaml';
import type { CheckContext, DecodedObject } from '../../src/validation/context';
import { checkAsIstiod } from '../../src/validation/istiod';
import { kindChecks } from '../../src/validation/kind-checks';

export interface Finding {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

export interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly annotations?: { readonly [key: string]: string };
}

/**
 * What istiod alone finds in an object, without the schema.
 *
 * @param without the code of a rule that is turned off
 */
export function findingsOf(object: KubernetesObject, without?: string): Finding[] {
  const findings: Finding[] = [];
  const kind = Object.values(kinds).find((candidate) => candidate.kind === object.kind);
  if (kind === undefined || kindChecks[`${kind.group}/${kind.kind}`] === undefined) {
    throw new Error(`nothing checks ${object.kind}`);
  }
  checkAsIstiod({ kind, object }, (rule, path, message) => {
    if (rule.code !== without) {
      findings.push({ code: rule.code, path, message });
    }
  });
  return findings;
}

/** A context that reports to the given function. */
export function contextOf(object: KubernetesObject, report: CheckContext['report']): CheckContext {
  const metadata = (object.metadata ?? {}) as Metadata;
  return { identity: identityOf(object), namespace: metadata.namespace ?? 'default', labels: {}, annotations: metadata.annotations ?? {}, report };
}

/** The findings of every document of a text. */
export function findingsOfYaml(text: string, without?: string): Finding[] {
  const { manifests, diagnostics } = readYaml(text);
  expect(diagnostics).toEqual([]);
  return manifests.flatMap(({ object }) => findingsOf(object, without));
}

/** Code and path of every finding of an object with the given spec. */
export function found(kind: string, spec: object, metadata: Metadata = {}): string[] {
  return findingsOf({ kind, metadata: { name: 'example', ...metadata }, spec }).map(({ code, path }) => `${code} ${path}`);
}

/** Code and path of what a check by itself reports. */
export function reported(check: (context: CheckContext) => unknown, metadata: Metadata = {}, kind = 'VirtualService'): string[] {
  const findings: string[] = [];
  check(contextOf({ kind, metadata: { name: 'example', ...metadata } }, (rule, path) => findings.push(`${rule.code} ${path}`)));
  return findings;
}

export type { DecodedObject };

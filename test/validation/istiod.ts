import { identityOf, type KubernetesObject } from '../../src/manifest/manifest';
import type { Rule } from '../../src/manifest/rule';
import { readYaml } from '../../src/manifest/yaml';
import type { CheckContext, DecodedObject } from '../../src/validation/context';
import { decode } from '../../src/validation/decode';
import { kindChecks } from '../../src/validation/kind-checks';
import { checkMetadata } from '../../src/validation/metadata';

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

const groups = ['networking.istio.io', 'security.istio.io', 'telemetry.istio.io', 'extensions.istio.io'];

/**
 * What istiod alone finds in an object, without the schema.
 *
 * @param without the code of a rule that is turned off
 */
export function findingsOf(object: KubernetesObject, without?: string): Finding[] {
  const findings: Finding[] = [];
  const report = (rule: Rule, path: string, message: string) => {
    if (rule.code !== without) {
      findings.push({ code: rule.code, path, message });
    }
  };
  const identity = identityOf(object);
  const check = groups.map((group) => kindChecks[`${group}/${identity.kind}`]).find((candidate) => candidate !== undefined);
  if (check === undefined) {
    throw new Error(`nothing checks ${identity.kind}`);
  }
  const { value, complete } = decode(object.spec, check.spec, report);
  const context = contextOf(object, report);
  if (complete && checkMetadata(value, context)) {
    check.check(value, context);
  }
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

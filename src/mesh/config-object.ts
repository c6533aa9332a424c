import type { Labels } from '../manifest/labels';
import type { KubernetesObject, Manifest } from '../manifest/manifest';

/** The object and the field in it that decided something. */
export interface Source {
  readonly manifest: Manifest;
  /** From the root of the object, as in findings: `spec.http[0].match[1]`. */
  readonly path: string;
}

/** A configuration object as istiod holds it. */
export interface ConfigObject<Spec> {
  readonly kind: string;
  readonly name: string;
  /** Never empty: an object without namespace belongs to `default`. */
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Milliseconds since 1970; 0 where the manifest has none. */
  readonly createdAt: number;
  readonly spec: Spec;
  readonly manifest: Manifest;
}

/** istiod's order of objects: the older first, then by name, then by namespace. */
export function byAge(one: ConfigObject<unknown>, other: ConfigObject<unknown>): number {
  return one.createdAt - other.createdAt || compare(one.name, other.name) || compare(one.namespace, other.namespace);
}

/** Compares as Go compares strings. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** A place in an object. */
export function sourceOf(object: { readonly manifest: Manifest }, path: string): Source {
  return { manifest: object.manifest, path };
}

/** Reads a manifest as a configuration object. */
export function configObject<Spec>(manifest: Manifest, age = 0): ConfigObject<Spec> {
  const { object } = manifest;
  const metadata = (object.metadata ?? {}) as KubernetesObject;
  const created = Date.parse(String(metadata.creationTimestamp ?? ''));
  return {
    kind: String(object.kind),
    name: String(metadata.name ?? ''),
    namespace: String(metadata.namespace || 'default'),
    labels: (metadata.labels ?? {}) as Labels,
    annotations: (metadata.annotations ?? {}) as Labels,
    createdAt: Number.isNaN(created) ? age : created,
    spec: (object.spec ?? {}) as Spec,
    manifest,
  };
}

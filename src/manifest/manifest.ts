import type { ObjectIdentity, SourceLocation } from './diagnostic';

/** A plain Kubernetes object, as JSON would hold it. */
export type KubernetesObject = { readonly [key: string]: unknown };

/** Where a manifest came from, so that a finding can name the author's own file and line. */
export interface ManifestOrigin {
  /** The place of the whole object: the first line of its YAML document, or the construct call. */
  readonly location?: SourceLocation;
  /** The path of the construct that made it. */
  readonly construct?: string;
  /** Finds the place of one field; asked only when a finding needs it, because it may parse the text a second time. */
  locate?(path: string): SourceLocation | undefined;
}

/** A plain Kubernetes object together with where it came from. */
export interface Manifest {
  readonly object: KubernetesObject;
  readonly origin: ManifestOrigin;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads the identity of an object; what is missing or no string becomes empty, so that a broken object can still be named. */
export function identityOf(object: KubernetesObject): ObjectIdentity {
  const metadata = (typeof object.metadata === 'object' && object.metadata !== null ? object.metadata : {}) as Record<string, unknown>;
  const namespace = text(metadata.namespace);
  return { apiVersion: text(object.apiVersion), kind: text(object.kind), ...(namespace ? { namespace } : {}), name: text(metadata.name) };
}

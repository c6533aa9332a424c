import type { SourceLocation } from '../manifest/diagnostic';
import type { KubernetesObject, Manifest } from '../manifest/manifest';

const UNCHECKED = Symbol.for('cdk8s-istio.unchecked');
const AUTHOR = Symbol.for('cdk8s-istio.author');

/** What a tree of cdk8s constructs looks like from outside; nothing of cdk8s is imported. */
interface TreeLike {
  readonly node: { readonly path: string; findAll(): readonly unknown[] };
}

interface ObjectLike extends TreeLike {
  readonly apiVersion: string;
  readonly kind: string;
  toJson(): unknown;
  /** Our own constructs write their manifest here without the checks of the synth, which would throw for objects that a cluster refuses. */
  [UNCHECKED]?(): unknown;
  [AUTHOR]?: { readonly location?: SourceLocation };
}

/** Whether a value is an app, a chart or another construct. */
export function isTree(value: unknown): value is TreeLike {
  return typeof (value as TreeLike | undefined)?.node?.findAll === 'function';
}

/** The manifests of all objects of a tree, with the places at which their authors wrote them. */
export function manifestsOfTree({ node }: TreeLike): Manifest[] {
  return node.findAll().filter(isObject).map(manifestOf);
}

/** The manifest of one object of a tree. */
export function manifestOf(object: ObjectLike): Manifest {
  return {
    object: (object[UNCHECKED]?.() ?? object.toJson()) as KubernetesObject,
    origin: {
      construct: object.node.path,
      get location() {
        return object[AUTHOR]?.location;
      },
    } as Manifest['origin'],
  };
}

/** The Kubernetes object that a construct is, or holds as its default child, as constructs of cdk8s-plus do. */
export function objectOf(construct: unknown): ObjectLike | undefined {
  if (isObject(construct)) return construct;
  const child = (construct as { readonly node?: { readonly defaultChild?: unknown } } | null | undefined)?.node?.defaultChild;
  return child !== undefined && isObject(child) ? child : undefined;
}

/** Whether a construct is a Kubernetes object. */
function isObject(value: unknown): value is ObjectLike {
  const { toJson, apiVersion, kind } = (value ?? {}) as ObjectLike;
  return typeof toJson === 'function' && typeof apiVersion === 'string' && typeof kind === 'string';
}

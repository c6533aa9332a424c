import { ApiObject, type ApiObjectMetadata, type GroupVersionKind, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { kinds } from '../../imports';
import type { Kind } from '../../imports/schema';
import type { KubernetesObject } from '../manifest/manifest';
import { authorLocation, recordAuthor, writtenAt } from './call-site';
import { checkWritten, guard } from './check-at-synth';
import { initState, ownState, stateOf } from './object-state';
import { serialize } from './serialize';
import { defaultApiVersion } from './target-release';
import { UNCHECKED } from './unchecked';

/** Metadata as cdk8s takes it, except that labels and annotations may be null, as some manifests write them. */
export type ManifestMetadata = {
  readonly [Field in keyof ApiObjectMetadata]: ApiObjectMetadata[Field] | (Field extends 'labels' | 'annotations' ? null : never);
};

/** What the props of every kind have beside the fields of its `spec`. */
export interface IstioObjectProps<ApiVersion extends string = string> {
  /** Name, namespace, labels, annotations; a missing name is made from the construct path, a missing namespace is that of the chart. */
  readonly metadata?: ManifestMetadata;
  /** @default - `v1` where the target release serves it, otherwise the version that this release stores; without a target, the newest */
  readonly apiVersion?: ApiVersion;
}

/** A class of this package that stands for one kind. */
interface KindClass {
  readonly GVK: GroupVersionKind;
}

const groupAndKind = ({ apiVersion, kind }: GroupVersionKind): string => `${apiVersion.split('/')[0]}/${kind}`;

/**
 * An Istio object: a cdk8s `ApiObject` that takes objects where its fields name objects, and writes its manifest in one pass.
 * It remembers where its author wrote it. There is one subclass per kind.
 */
export abstract class IstioObject extends ApiObject {
  /** Recognises objects made by any copy of this package. A subclass that a user wrote is an ordinary class and recognised as one. */
  static override [Symbol.hasInstance]<T extends ApiObject>(this: { readonly prototype: T }, value: unknown): value is T {
    if ((this as unknown) === IstioObject) return isIstioObject(value);
    return Object.hasOwn(this, 'GVK') ? isOfKind(this as unknown as KindClass, value) : Function.prototype[Symbol.hasInstance].call(this, value);
  }

  /** @param props metadata, apiVersion, and the fields of the `spec`, of which the object keeps a copy */
  protected constructor(scope: Construct, id: string, gvk: GroupVersionKind, props: IstioObjectProps) {
    // Programs in JavaScript may pass nothing at all.
    const { metadata, apiVersion, ...spec } = props ?? {};
    const kind = kinds[groupAndKind(gvk)] as Kind;
    super(scope, id, {
      apiVersion: apiVersion ?? defaultApiVersion(scope, kind),
      kind: kind.kind,
      ...(metadata ? { metadata: metadata as ApiObjectMetadata } : {}),
    });
    initState(this, { kind, spec, rest: {}, patches: [] });
    recordAuthor(this);
    guard(this);
  }

  /** Applies JSON patches (RFC 6902) to the manifest, after everything else: fields that nobody knows survive too. */
  override addJsonPatch(...operations: JsonPatch[]): void {
    ownState(this).patches.push(...operations);
  }

  /**
   * The manifest as plain data. Throws when a value cannot be written, or when a cluster would refuse the manifest; the message names the field and the author's line.
   */
  override toJson(): ReturnType<ApiObject['toJson']> {
    let json: KubernetesObject;
    try {
      const state = ownState(this);
      json = serialize(this, state);
    } catch (error) {
      const place = writtenAt(authorLocation(this));
      const reason = error instanceof RangeError ? 'the spec contains itself, or is nested too deeply to be written' : error;
      // A cause is code of the author's that threw, such as a Lazy; what we found ourselves is said in full by the message.
      const { cause } = error as Error;
      const text = `Failed serializing construct at path '${this.node.path}' with name '${this.name}': ${reason}${place}`;
      const failure = cause === undefined ? new Error(text) : new Error(text, { cause });
      failure.stack = `${failure.name}: ${text}`;
      throw failure;
    }
    checkWritten(this, json);
    return json;
  }
}

// The manifest without the checks, for rooms that know no constructs and say themselves what a cluster would refuse. No member of the class: the symbol would
// make the types of two copies of this package differ.
Object.defineProperty(IstioObject.prototype, UNCHECKED, {
  value(this: IstioObject): KubernetesObject {
    return serialize(this, ownState(this));
  },
});

/** Whether a value is an object of this package, of whichever copy of it. */
export function isIstioObject(value: unknown): value is IstioObject {
  return typeof value === 'object' && value !== null && stateOf(value) !== undefined;
}

/** Whether a value is an object of the kind that a class stands for, made by whichever copy of this package. */
export function isOfKind(kindClass: KindClass, value: unknown): boolean {
  if (!isIstioObject(value)) return false;
  const { group, kind } = ownState(value).kind;
  return `${group}/${kind}` === groupAndKind(kindClass.GVK);
}

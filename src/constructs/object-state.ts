import type { JsonPatch } from 'cdk8s';
import type { Kind } from '../../imports/schema';

/** Shared by all copies of this package in a process, so that one copy reads the objects of another. */
const STATE = Symbol.for('cdk8s-istio.object');

/** What an Istio object holds beside what every cdk8s `ApiObject` holds. */
export interface ObjectState {
  readonly kind: Kind;
  /** The object's own copy; absent only for a manifest without `spec`. */
  spec: Record<string, unknown> | undefined;
  /** Top-level fields of a manifest that are neither identity nor `spec`, such as `status`. */
  rest: Record<string, unknown>;
  readonly patches: JsonPatch[];
}

/** Gives an object its state; once, by its constructor. */
export function initState(object: object, state: ObjectState): void {
  Object.defineProperty(object, STATE, { value: state });
}

/** The state of an object of this package, made by whichever copy of it; undefined for everything else. */
export function stateOf(object: object): ObjectState | undefined {
  return (object as { [STATE]?: ObjectState })[STATE];
}

/** The state of an object that is known to have one. */
export function ownState(object: object): ObjectState {
  return stateOf(object) as ObjectState;
}

/** Appends to a list of an object's spec, and returns the object. The list is copied first, because it may be the caller's. */
export function grow<T extends object>(object: T, field: string, items: readonly unknown[]): T {
  const state = ownState(object);
  const list = state.spec?.[field] ?? [];
  if (!Array.isArray(list)) throw new Error(`cannot add to ${field}: it was given as ${(list as object).constructor.name}, so add to what that produces`);
  state.spec = { ...state.spec, [field]: [...list, ...items] };
  return object;
}

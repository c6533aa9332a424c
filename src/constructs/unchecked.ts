import type { KubernetesObject } from '../manifest/manifest';
import { stateOf } from './object-state';

/** How an object writes its manifest without being checked; shared by all copies of this package, and read by rooms that know no constructs. */
export const UNCHECKED = Symbol.for('cdk8s-istio.unchecked');

interface Guarded {
  [UNCHECKED]?: () => KubernetesObject;
}

/** Keeps how an object that is none of ours writes its manifest, before its `toJson` is replaced by one that checks. */
export function keepUnchecked(object: object, write: () => KubernetesObject): void {
  Object.defineProperty(object, UNCHECKED, { value: write });
}

/** How an object that is none of ours writes its manifest without checks; undefined while nothing checks it. */
export const uncheckedWriter = (object: object): (() => KubernetesObject) | undefined => (object as Guarded)[UNCHECKED];

/** Whether an object is checked when it is written. */
export const isChecked = (object: object): boolean => stateOf(object) !== undefined || uncheckedWriter(object) !== undefined;

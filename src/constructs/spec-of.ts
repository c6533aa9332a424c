import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { stateOf } from './object-state';
import { uncheckedWriter } from './unchecked';

/** The manifest of a construct: of the object itself, or of the one that it wraps, as cdk8s-plus does. Undefined for what is no construct. */
export function toJsonOf(value: object): Record<string, unknown> | undefined {
  const { toJson, node } = value as { toJson?: unknown; node?: { defaultChild?: unknown } };
  // What is wrong with an object is said where it is written, not where another one names it.
  if (typeof toJson === 'function') return (uncheckedWriter(value) ?? toJson).call(value) as Record<string, unknown>;
  return node?.defaultChild ? toJsonOf(ApiObject.of(value as IConstruct)) : undefined;
}

/** The `spec` of an object; empty where there is none to read. Fields of our own objects are as the author gave them, references included. */
export function specOf(value: object): Readonly<Record<string, unknown>> {
  return stateOf(value)?.spec ?? (toJsonOf(value)?.spec as Record<string, unknown> | undefined) ?? {};
}

import { isMap, listElements, mapSize } from '../containers';
import { CelEvaluationError, noSuchOverload } from '../errors';
import { Bytes, Double, Duration, fromJson, OpaqueValue, Optional, Timestamp, TypeValue, Uint } from '../values';
import type { Library } from './library';

/** Whether a value is what its type holds when nothing was said: empty, zero, false, null. */
function isZeroValue(value: unknown): boolean {
  if (value instanceof Double || value instanceof Uint) {
    return Number(value.value) === 0;
  }
  if (value instanceof Bytes) {
    return value.data.length === 0;
  }
  if (value instanceof Duration) {
    return value.nanoseconds === 0;
  }
  if (value instanceof Optional) {
    return value.value === undefined;
  }
  if (value instanceof Timestamp || value instanceof TypeValue || value instanceof OpaqueValue) {
    return false;
  }
  const elements = listElements(value);
  return elements !== undefined ? elements.length === 0 : isMap(value) ? mapSize(value) === 0 : !value;
}

function dereference(optional: Optional): unknown {
  if (optional.value === undefined) {
    throw new CelEvaluationError('optional.none() dereference');
  }
  return optional.value;
}

function unwrap(list: unknown): readonly unknown[] {
  return (listElements(list) as readonly unknown[]).flatMap((element) => {
    const value = fromJson(element);
    if (!(value instanceof Optional)) {
      throw noSuchOverload();
    }
    return value.value === undefined ? [] : [value.value];
  });
}

/** Functions on optional values; `or` and `orValue` are no functions, because they evaluate their argument only when it is needed. */
export const OPTIONALS: Library = {
  'optional.of(any)': (value: unknown) => Optional.of(value),
  'optional.ofNonZeroValue(any)': (value: unknown) => (isZeroValue(value) ? Optional.none : Optional.of(value)),
  'optional.none()': () => Optional.none,
  'optional.unwrap(list)': unwrap,
  'Optional.hasValue()': (optional: Optional) => optional.value !== undefined,
  'Optional.value()': dereference,
  'list.unwrapOpt()': unwrap,
};

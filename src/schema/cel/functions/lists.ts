import { compare, equals } from '../comparison';
import { listElements } from '../containers';
import { CelEvaluationError, noSuchOverload } from '../errors';
import type { CelInt } from '../integers';
import { BINARY_OPERATORS } from '../operators';
import { Double, Duration, fromJson, Optional, typeName, Uint } from '../values';
import type { Library } from './library';

function valuesOf(list: unknown): unknown[] {
  return (listElements(list) as readonly unknown[]).map(fromJson);
}

function isSorted(list: unknown): boolean {
  const values = valuesOf(list);
  return values.every((value, i) => i === 0 || compare(values[i - 1], value) <= 0);
}

/** What a sum starts from. An empty list of doubles sums up to the int 0 here, which equals 0.0: only the static type would tell it apart. */
function zeroFor(value: unknown): unknown {
  if (value instanceof Double) {
    return new Double(0);
  }
  if (value instanceof Uint) {
    return new Uint(0n);
  }
  if (value instanceof Duration) {
    return new Duration(0);
  }
  if (value === undefined || typeof value === 'number' || typeof value === 'bigint') {
    return 0;
  }
  throw noSuchOverload();
}

function sum(list: unknown): unknown {
  const values = valuesOf(list);
  return values.reduce((total, value) => BINARY_OPERATORS['+'](total, value), zeroFor(values[0]));
}

function extreme(list: unknown, name: string, sign: number): unknown {
  const values = valuesOf(list);
  if (values.length === 0) {
    throw new CelEvaluationError(`${name} called on empty list`);
  }
  return values.reduce((best, value) => (compare(best, value) === sign ? value : best));
}

/** Orders values by keys of one comparable type; equal keys keep their order. */
export function sortByKeys(values: readonly unknown[], keys: readonly unknown[]): readonly unknown[] {
  if (keys.some((key) => typeName(key) !== typeName(keys[0]))) {
    throw new CelEvaluationError('list elements must have the same type');
  }
  return keys
    .map((key, i) => ({ key, value: values[i] }))
    .sort((left, right) => compare(left.key, right.key))
    .map((pair) => pair.value);
}

function sort(list: unknown): readonly unknown[] {
  const values = valuesOf(list);
  return sortByKeys(values, values);
}

function distinct(list: unknown): readonly unknown[] {
  const unique: unknown[] = [];
  for (const value of valuesOf(list)) {
    if (!unique.some((seen) => equals(value, seen))) {
      unique.push(value);
    }
  }
  return unique;
}

function flatten(list: unknown, depth: CelInt): readonly unknown[] {
  if (depth < 0) {
    throw new CelEvaluationError('level must be non-negative');
  }
  return valuesOf(list).flatMap((value) => (depth > 0 && listElements(value) !== undefined ? flatten(value, Number(depth) - 1) : [value]));
}

function lastIndexOf(list: unknown, wanted: unknown): number {
  const values = valuesOf(list);
  let index = values.length - 1;
  while (index >= 0 && !equals(values[index], wanted)) {
    index--;
  }
  return index;
}

function slice(list: unknown, start: CelInt, end: CelInt): readonly unknown[] {
  const values = valuesOf(list);
  const refuse = (reason: string): CelEvaluationError => new CelEvaluationError(`cannot slice(${start}, ${end}), ${reason}`);
  if (start < 0 || end < 0) {
    throw refuse('negative indexes not supported');
  }
  if (start > end) {
    throw refuse('start index must be less than or equal to end index');
  }
  if (values.length < end) {
    throw refuse(`list is length ${values.length}`);
  }
  return values.slice(Number(start), Number(end));
}

/** Enough for any rule; a larger range could only exhaust the memory. */
const MAX_RANGE = 10_000_000;

function range(length: CelInt): readonly unknown[] {
  if (length > MAX_RANGE) {
    throw new CelEvaluationError(`range of ${length} elements is too long`);
  }
  return Array.from({ length: Math.max(Number(length), 0) }, (_, i) => i);
}

function optionalElement(list: unknown, position: number): Optional {
  const value = valuesOf(list).at(position);
  return value === undefined ? Optional.none : Optional.of(value);
}

/** Functions on lists, of Kubernetes and of the lists extension. */
export const LISTS: Library = {
  'list.isSorted()': isSorted,
  'list.sum()': sum,
  'list.min()': (list: unknown) => extreme(list, 'min', 1),
  'list.max()': (list: unknown) => extreme(list, 'max', -1),
  'list.indexOf(any)': (list: unknown, wanted: unknown) => valuesOf(list).findIndex((value) => equals(value, wanted)),
  'list.lastIndexOf(any)': lastIndexOf,
  'list.slice(int, int)': slice,
  'list.flatten()': (list: unknown) => flatten(list, 1),
  'list.flatten(int)': flatten,
  'list.sort()': sort,
  'list.distinct()': distinct,
  'list.reverse()': (list: unknown) => valuesOf(list).reverse(),
  'list.first()': (list: unknown) => optionalElement(list, 0),
  'list.last()': (list: unknown) => optionalElement(list, -1),
  'lists.range(int)': range,
};

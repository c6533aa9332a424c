import { findEntry, isMap, listElements, mapKeys, mapSize } from './containers';
import { CelEvaluationError, noSuchOverload } from './errors';
import {
  Bytes,
  CelValue,
  Double,
  Duration,
  fromJson,
  ListValue,
  type MapValue,
  OpaqueValue,
  Optional,
  type PlainObject,
  Timestamp,
  TypeValue,
  Uint,
} from './values';

/** The number in an `int`, `uint` or `double`; `undefined` for other values. */
function numberOf(value: unknown): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return value;
  }
  return value instanceof Double || value instanceof Uint ? value.value : undefined;
}

/** Orders two numbers of any types: an integer beside a double is rounded to a double first, as cel-go does. */
function compareNumbers(left: unknown, right: unknown, leftNumber: number | bigint, rightNumber: number | bigint): number {
  const asDoubles = left instanceof Double || right instanceof Double;
  const a = asDoubles ? Number(leftNumber) : leftNumber;
  const b = asDoubles ? Number(rightNumber) : rightNumber;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders strings by code points, not by UTF-16 units, which differ beyond the basic plane. */
export function compareStrings(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a !== b) {
      const surrogates = (a >= 0xd800 && a <= 0xdfff ? 1 : 0) - (b >= 0xd800 && b <= 0xdfff ? 1 : 0);
      return surrogates !== 0 ? surrogates : a < b ? -1 : 1;
    }
  }
  return Math.sign(left.length - right.length);
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i] as number) - (right[i] as number);
    if (difference !== 0) {
      return Math.sign(difference);
    }
  }
  return Math.sign(left.length - right.length);
}

/** Orders two values: -1, 0 or 1. Throws when CEL has no order between their types, and for NaN. */
export function compare(left: unknown, right: unknown): number {
  const leftNumber = numberOf(left);
  const rightNumber = numberOf(right);
  if (leftNumber !== undefined && rightNumber !== undefined) {
    if (Number.isNaN(leftNumber) || Number.isNaN(rightNumber)) {
      throw new CelEvaluationError('NaN values cannot be ordered');
    }
    return compareNumbers(left, right, leftNumber, rightNumber);
  }
  if (typeof left === 'string' && typeof right === 'string') {
    return compareStrings(left, right);
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') {
    return Number(left) - Number(right);
  }
  if (left instanceof Duration && right instanceof Duration) {
    return left.nanoseconds < right.nanoseconds ? -1 : left.nanoseconds > right.nanoseconds ? 1 : 0;
  }
  if (left instanceof Timestamp && right instanceof Timestamp) {
    return Math.sign(left.seconds - right.seconds || left.nanoseconds - right.nanoseconds);
  }
  if (left instanceof Bytes && right instanceof Bytes) {
    return compareBytes(left.data, right.data);
  }
  throw noSuchOverload();
}

/** Whether elements are equal one by one, in order. */
export function equalElements(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((element, i) => equals(fromJson(element), fromJson(right[i])));
}

function equalMaps(left: MapValue | PlainObject, right: MapValue | PlainObject): boolean {
  if (mapSize(left) !== mapSize(right)) {
    return false;
  }
  return mapKeys(left).every((key) => {
    // A JSON object has string keys only, so any other key is simply not in it.
    const rightValue = typeof key !== 'string' && !(right instanceof CelValue) ? undefined : findEntry(right, key);
    const leftValue = findEntry(left, key);
    return leftValue === undefined || rightValue === undefined ? leftValue === rightValue : equals(leftValue, rightValue);
  });
}

function equalCelValues(left: CelValue, right: unknown): boolean {
  if (left instanceof OpaqueValue) {
    return right instanceof OpaqueValue && left.type === right.type && left.equals(right);
  }
  if (left instanceof Optional) {
    return right instanceof Optional && (left.value === undefined || right.value === undefined ? left.value === right.value : equals(left.value, right.value));
  }
  if (left instanceof TypeValue) {
    return right instanceof TypeValue && left.name === right.name;
  }
  return (
    ((left instanceof Duration && right instanceof Duration) ||
      (left instanceof Timestamp && right instanceof Timestamp) ||
      (left instanceof Bytes && right instanceof Bytes)) &&
    compare(left, right) === 0
  );
}

/** Equality of any two values: values of different types are unequal, except that numbers are compared by what they count. */
export function equals(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' && typeof right !== 'object') {
    return left === right;
  }
  if (left === null || right === null) {
    return left === right;
  }
  const leftNumber = numberOf(left);
  if (leftNumber !== undefined) {
    const rightNumber = numberOf(right);
    const nan = Number.isNaN(leftNumber) || Number.isNaN(rightNumber);
    return rightNumber !== undefined && !nan && compareNumbers(left, right, leftNumber, rightNumber) === 0;
  }
  const leftElements = listElements(left);
  if (leftElements !== undefined) {
    const rightElements = listElements(right);
    return rightElements !== undefined && (left instanceof ListValue ? left.equals(rightElements) : equalElements(leftElements, rightElements));
  }
  if (isMap(left)) {
    return isMap(right) && equalMaps(left, right);
  }
  return left instanceof CelValue && equalCelValues(left, right);
}

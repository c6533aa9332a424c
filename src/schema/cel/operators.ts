import { compare, equals } from './comparison';
import { elementAt, findEntry, isMap, listElements } from './containers';
import { CelEvaluationError, noSuchOverload } from './errors';
import { addInts, type CelInt, divideInts, moduloInts, multiplyInts, negateInt, subtractInts, toUint } from './integers';
import type { BinaryOperator } from './syntax';
import { addDurations, addToTimestamp, negateDuration, subtractDurations, timestampDifference } from './time';
import { Bytes, Double, Duration, fromJson, ListValue, Optional, Timestamp, Uint } from './values';

function isInt(value: unknown): value is CelInt {
  return typeof value === 'number' || typeof value === 'bigint';
}

function concatenateBytes(left: Bytes, right: Bytes): Bytes {
  const data = new Uint8Array(left.data.length + right.data.length);
  data.set(left.data);
  data.set(right.data, left.data.length);
  return new Bytes(data);
}

function add(left: unknown, right: unknown): unknown {
  if (isInt(left) && isInt(right)) {
    return addInts(left, right);
  }
  if (typeof left === 'string' && typeof right === 'string') {
    return left + right;
  }
  if (left instanceof Double && right instanceof Double) {
    return new Double(left.value + right.value);
  }
  if (left instanceof Uint && right instanceof Uint) {
    return new Uint(toUint(left.value + right.value));
  }
  if (left instanceof Duration) {
    if (right instanceof Duration) {
      return addDurations(left, right);
    }
    if (right instanceof Timestamp) {
      return addToTimestamp(right, left);
    }
  }
  if (left instanceof Timestamp && right instanceof Duration) {
    return addToTimestamp(left, right);
  }
  if (left instanceof Bytes && right instanceof Bytes) {
    return concatenateBytes(left, right);
  }
  const leftElements = listElements(left);
  const rightElements = listElements(right);
  if (leftElements === undefined || rightElements === undefined) {
    throw noSuchOverload();
  }
  return left instanceof ListValue ? left.concatenate(rightElements) : [...leftElements, ...rightElements];
}

function subtract(left: unknown, right: unknown): unknown {
  if (isInt(left) && isInt(right)) {
    return subtractInts(left, right);
  }
  if (left instanceof Double && right instanceof Double) {
    return new Double(left.value - right.value);
  }
  if (left instanceof Uint && right instanceof Uint) {
    return new Uint(toUint(left.value - right.value));
  }
  if (right instanceof Duration) {
    if (left instanceof Duration) {
      return subtractDurations(left, right);
    }
    if (left instanceof Timestamp) {
      return addToTimestamp(left, negateDuration(right));
    }
  }
  if (left instanceof Timestamp && right instanceof Timestamp) {
    return timestampDifference(left, right);
  }
  throw noSuchOverload();
}

function multiply(left: unknown, right: unknown): unknown {
  if (isInt(left) && isInt(right)) {
    return multiplyInts(left, right);
  }
  if (left instanceof Double && right instanceof Double) {
    return new Double(left.value * right.value);
  }
  if (left instanceof Uint && right instanceof Uint) {
    return new Uint(toUint(left.value * right.value));
  }
  throw noSuchOverload();
}

function divide(left: unknown, right: unknown): unknown {
  if (isInt(left) && isInt(right)) {
    return divideInts(left, right);
  }
  if (left instanceof Double && right instanceof Double) {
    return new Double(left.value / right.value);
  }
  if (left instanceof Uint && right instanceof Uint) {
    if (right.value === 0n) {
      throw new CelEvaluationError('division by zero');
    }
    return new Uint(left.value / right.value);
  }
  throw noSuchOverload();
}

function modulo(left: unknown, right: unknown): unknown {
  if (isInt(left) && isInt(right)) {
    return moduloInts(left, right);
  }
  if (left instanceof Uint && right instanceof Uint) {
    if (right.value === 0n) {
      throw new CelEvaluationError('modulus by zero');
    }
    return new Uint(left.value % right.value);
  }
  throw noSuchOverload();
}

/** Whether a list has an equal element, or a map the key. */
function contains(value: unknown, container: unknown): boolean {
  const elements = listElements(container);
  if (elements !== undefined) {
    for (const element of elements) {
      if (equals(fromJson(element), value)) {
        return true;
      }
    }
    return false;
  }
  if (isMap(container)) {
    return findEntry(container, value) !== undefined;
  }
  throw noSuchOverload();
}

/** What each binary operator does with its two values. */
export const BINARY_OPERATORS: Readonly<Record<BinaryOperator, (left: unknown, right: unknown) => unknown>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': modulo,
  '==': equals,
  '!=': (left, right) => !equals(left, right),
  '<': (left, right) => (typeof left === 'number' && typeof right === 'number' ? left < right : compare(left, right) < 0),
  '<=': (left, right) => (typeof left === 'number' && typeof right === 'number' ? left <= right : compare(left, right) <= 0),
  '>': (left, right) => (typeof left === 'number' && typeof right === 'number' ? left > right : compare(left, right) > 0),
  '>=': (left, right) => (typeof left === 'number' && typeof right === 'number' ? left >= right : compare(left, right) >= 0),
  in: contains,
};

/** Unary minus. */
export function negate(value: unknown): unknown {
  if (isInt(value)) {
    return negateInt(value);
  }
  if (value instanceof Double) {
    return new Double(-value.value);
  }
  throw noSuchOverload();
}

/** `container[index]`; `undefined` when there is no such element or key, or no container. */
function lookUp(container: unknown, index: unknown): unknown {
  const elements = listElements(container);
  if (elements !== undefined) {
    return elementAt(elements, index);
  }
  return isMap(container) ? findEntry(container, index) : undefined;
}

/** `container[?index]`, also what a plain index does to an optional. */
export function indexOptionally(container: unknown, index: unknown): Optional {
  const target = container instanceof Optional ? container.value : container;
  const found = target === undefined ? undefined : lookUp(target, index);
  return found === undefined ? Optional.none : Optional.of(found);
}

/** `container[index]`. */
export function index(container: unknown, key: unknown): unknown {
  if (container instanceof Optional) {
    return indexOptionally(container, key);
  }
  const found = lookUp(container, key);
  if (found !== undefined) {
    return found;
  }
  if (listElements(container) !== undefined) {
    throw new CelEvaluationError(`index out of bounds: ${String(key)}`);
  }
  throw isMap(container) ? new CelEvaluationError(`no such key: ${String(key)}`) : noSuchOverload();
}

import { CelEvaluationError } from './errors';

/**
 * A 64-bit signed integer. Always a `number` when it is a safe integer (never -0) and always a `bigint` when it is not, so that `===` compares integers.
 */
export type CelInt = number | bigint;

const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);
const UINT_MAX = 2n ** 64n - 1n;

function intOverflow(): CelEvaluationError {
  return new CelEvaluationError('integer overflow');
}

/** Brings an integer into its canonical form; throws when it needs more than 64 bits. */
export function toInt(value: bigint): CelInt {
  const narrow = Number(value);
  if (Number.isSafeInteger(narrow)) {
    return narrow;
  }
  if (value > MAX || value < MIN) {
    throw intOverflow();
  }
  return value;
}

/** Checks that an unsigned integer fits into 64 bits. */
export function toUint(value: bigint): bigint {
  if (value < 0n || value > UINT_MAX) {
    throw new CelEvaluationError('unsigned integer overflow');
  }
  return value;
}

export function addInts(left: CelInt, right: CelInt): CelInt {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) {
      return sum;
    }
  }
  return toInt(BigInt(left) + BigInt(right));
}

export function subtractInts(left: CelInt, right: CelInt): CelInt {
  if (typeof left === 'number' && typeof right === 'number') {
    const difference = left - right;
    if (Number.isSafeInteger(difference)) {
      return difference;
    }
  }
  return toInt(BigInt(left) - BigInt(right));
}

export function multiplyInts(left: CelInt, right: CelInt): CelInt {
  if (typeof left === 'number' && typeof right === 'number') {
    const product = left * right;
    if (Number.isSafeInteger(product)) {
      return product + 0;
    }
  }
  return toInt(BigInt(left) * BigInt(right));
}

export function divideInts(left: CelInt, right: CelInt): CelInt {
  if (right === 0) {
    throw new CelEvaluationError('division by zero');
  }
  if (typeof left === 'number' && typeof right === 'number') {
    return Math.trunc(left / right) + 0;
  }
  return toInt(BigInt(left) / BigInt(right));
}

export function moduloInts(left: CelInt, right: CelInt): CelInt {
  if (right === 0) {
    throw new CelEvaluationError('modulus by zero');
  }
  if (typeof left === 'number' && typeof right === 'number') {
    return (left % right) + 0;
  }
  if (BigInt(left) === MIN && right === -1) {
    throw intOverflow();
  }
  return toInt(BigInt(left) % BigInt(right));
}

export function negateInt(value: CelInt): CelInt {
  return typeof value === 'number' ? 0 - value : toInt(-value);
}

/** Cuts a double to an integer, as `int(double)` does; throws outside the range of 64 bits. */
export function intFromDouble(value: number): CelInt {
  if (!(value > -(2 ** 63) && value < 2 ** 63)) {
    throw intOverflow();
  }
  return toInt(BigInt(Math.trunc(value)));
}

/** Cuts a double to an unsigned integer, as `uint(double)` does; throws outside the range of 64 bits. */
export function uintFromDouble(value: number): bigint {
  if (!(value >= 0 && value < 2 ** 64)) {
    throw new CelEvaluationError('unsigned integer overflow');
  }
  return BigInt(Math.trunc(value));
}

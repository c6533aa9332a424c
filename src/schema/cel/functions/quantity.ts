import { CelEvaluationError } from '../errors';
import { type CelInt, toInt } from '../integers';
import { Double, OpaqueValue } from '../values';
import type { Library } from './library';

const INT64_MAX = 2n ** 63n - 1n;
const NANO = -9;
/** Beyond this distance of powers of ten a sum would only exhaust the memory. */
const MAX_ALIGNMENT = 10_000;

/** A quantity of Kubernetes: `unscaled * 10^scale`. */
export class Quantity extends OpaqueValue {
  /** @param isSmall whether Kubernetes keeps it in 64 bits; only such a quantity can be an integer for `isInteger`. */
  constructor(
    readonly unscaled: bigint,
    readonly scale: number,
    readonly isSmall: boolean,
  ) {
    super();
  }

  get type(): string {
    return 'kubernetes.Quantity';
  }

  equals(other: OpaqueValue): boolean {
    return other instanceof Quantity && compareQuantities(this, other) === 0;
  }
}

const DECIMAL_SUFFIXES: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY_SUFFIXES: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

function sign(value: bigint): number {
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function fitsInt64(value: bigint): boolean {
  return value <= INT64_MAX && value >= -INT64_MAX - 1n;
}

/** The power of ten of the first digit, to compare quantities without writing out their zeros. */
function order(quantity: Quantity): number {
  return magnitude(quantity.unscaled).toString().length + quantity.scale;
}

function aligned(left: Quantity, right: Quantity): readonly [left: bigint, right: bigint, scale: number] {
  const scale = Math.min(left.scale, right.scale);
  if (Math.max(left.scale, right.scale) - scale > MAX_ALIGNMENT) {
    throw new CelEvaluationError('quantities are too far apart');
  }
  return [left.unscaled * 10n ** BigInt(left.scale - scale), right.unscaled * 10n ** BigInt(right.scale - scale), scale];
}

function compareQuantities(left: Quantity, right: Quantity): number {
  const signs = sign(left.unscaled) - sign(right.unscaled);
  if (signs !== 0 || left.unscaled === 0n) {
    return Math.sign(signs);
  }
  const orders = order(left) - order(right);
  if (orders !== 0) {
    return Math.sign(orders) * sign(left.unscaled);
  }
  const [a, b] = aligned(left, right);
  return sign(a - b);
}

function add(left: Quantity, right: Quantity): Quantity {
  if (left.isSmall && right.isSmall) {
    if (right.unscaled === 0n) {
      return left;
    }
    if (left.unscaled === 0n) {
      return right;
    }
  }
  const [a, b, scale] = aligned(left, right);
  return new Quantity(a + b, scale, left.isSmall && right.isSmall && fitsInt64(a) && fitsInt64(b) && fitsInt64(a + b));
}

function subtract(left: Quantity, right: Quantity): Quantity {
  return add(left, new Quantity(-right.unscaled, right.scale, right.isSmall));
}

function fromInt(value: CelInt): Quantity {
  return new Quantity(BigInt(value), 0, true);
}

/** Brings a large quantity to billionths, as Kubernetes keeps it; what is finer is rounded away from zero. */
function inBillionths(unscaled: bigint, scale: number): Quantity {
  if (scale > MAX_ALIGNMENT) {
    return new Quantity(unscaled, scale, false);
  }
  if (scale >= NANO) {
    return new Quantity(unscaled * 10n ** BigInt(scale - NANO), NANO, false);
  }
  const digits = magnitude(unscaled).toString().length;
  // A number that is far below a billionth rounds up to one without writing out the power.
  const divisor = 10n ** BigInt(Math.min(NANO - scale, digits + 1));
  const rounded = (magnitude(unscaled) + divisor - 1n) / divisor;
  return new Quantity(unscaled < 0n ? -rounded : rounded, NANO, false);
}

function decimalExponent(suffix: string): number | undefined {
  if (Object.hasOwn(DECIMAL_SUFFIXES, suffix)) {
    return DECIMAL_SUFFIXES[suffix];
  }
  return /^[eE][-+]?[0-9]+$/.test(suffix) && Math.abs(Number(suffix.slice(1))) < 2 ** 31 ? Number(suffix.slice(1)) : undefined;
}

/** Reads a quantity: `100m`, `1.5Gi`, `2e3`; `undefined` when the text is none. */
function findQuantity(text: string): Quantity | undefined {
  const parts = /^([-+]?)0*([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/.exec(text);
  if (text === '' || parts === null) {
    return undefined;
  }
  const [, minus, whole = '', fraction = '', suffix = ''] = parts;
  const wholeDigits = whole === '' ? '0' : whole;
  const digits = BigInt(wholeDigits + fraction) * (minus === '-' ? -1n : 1n);
  const length = wholeDigits.length + fraction.length;
  const exponent = decimalExponent(suffix);
  if (exponent !== undefined) {
    const scale = exponent - fraction.length;
    return length <= 18 && scale >= NANO ? new Quantity(digits, scale, true) : inBillionths(digits, scale);
  }
  if (!Object.hasOwn(BINARY_SUFFIXES, suffix)) {
    return undefined;
  }
  const power = BINARY_SUFFIXES[suffix] as number;
  const value = digits * 2n ** BigInt(power);
  const precision = fraction === '' && !text.includes('.') ? 14 - wholeDigits.length - Math.trunc((power * 3) / 10) : -1;
  if (precision >= 0 && fitsInt64(value)) {
    return new Quantity(value, 0, true);
  }
  const rounded = inBillionths(value, -fraction.length);
  const limit = INT64_MAX * 10n ** BigInt(-NANO);
  return magnitude(rounded.unscaled) > limit ? new Quantity(BigInt(sign(value)) * INT64_MAX, 0, false) : rounded;
}

function parseQuantity(text: string): Quantity {
  const quantity = findQuantity(text);
  if (quantity === undefined) {
    throw new CelEvaluationError('quantities must be a number with an optional suffix such as m, k, Mi or e3');
  }
  return quantity;
}

function integerOf(quantity: Quantity): bigint | undefined {
  if (!quantity.isSmall || quantity.scale < 0 || order(quantity) > 40) {
    return undefined;
  }
  const value = quantity.unscaled * 10n ** BigInt(quantity.scale);
  return fitsInt64(value) ? value : undefined;
}

function asInteger(quantity: Quantity): CelInt {
  const value = integerOf(quantity);
  if (value === undefined) {
    throw new CelEvaluationError('cannot convert value to integer');
  }
  return toInt(value);
}

/** Functions on quantities, of Kubernetes. */
export const QUANTITIES: Library = {
  'quantity(string)': parseQuantity,
  'isQuantity(string)': (text: string) => findQuantity(text) !== undefined,
  'sign(Quantity)': (quantity: Quantity) => sign(quantity.unscaled),
  'Quantity.isInteger()': (quantity: Quantity) => integerOf(quantity) !== undefined,
  'Quantity.asInteger()': asInteger,
  'Quantity.asApproximateFloat()': (quantity: Quantity) =>
    new Double(quantity.scale === 0 ? Number(quantity.unscaled) : Number(quantity.unscaled) * Number(`1e${quantity.scale}`)),
  'Quantity.compareTo(Quantity)': compareQuantities,
  'Quantity.isLessThan(Quantity)': (left: Quantity, right: Quantity) => compareQuantities(left, right) < 0,
  'Quantity.isGreaterThan(Quantity)': (left: Quantity, right: Quantity) => compareQuantities(left, right) > 0,
  'Quantity.add(Quantity)': add,
  'Quantity.add(int)': (left: Quantity, right: CelInt) => add(left, fromInt(right)),
  'Quantity.sub(Quantity)': subtract,
  'Quantity.sub(int)': (left: Quantity, right: CelInt) => subtract(left, fromInt(right)),
};

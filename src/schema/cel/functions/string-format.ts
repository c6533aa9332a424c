import { findEntry, isMap, listElements, mapKeys } from '../containers';
import { CelEvaluationError } from '../errors';
import { toText } from '../text';
import { formatDuration, formatTimestamp } from '../time';
import { Bytes, Double, Duration, fromJson, Timestamp, typeName, Uint } from '../values';

function formattingError(problem: string): CelEvaluationError {
  return new CelEvaluationError(`error during formatting: ${problem}`);
}

const QUOTE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
  ['"', '\\"'],
]);

/** A quoted string as Go writes it, the way lists and maps show their strings: what cannot be printed is escaped. */
function goQuote(text: string): string {
  const escaped = (character: string): string => {
    const code = character.codePointAt(0) as number;
    const hex = code.toString(16);
    return (
      QUOTE_ESCAPES.get(character) ??
      (code < 0x80 ? `\\x${hex.padStart(2, '0')}` : code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`)
    );
  };
  return `"${text.replace(/["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, escaped)}"`;
}

/** A value inside a list or a map. */
function nested(value: unknown): string {
  if (typeof value === 'string') {
    return goQuote(value);
  }
  if (value instanceof Bytes) {
    return `b${goQuote(toText(value))}`;
  }
  if (value instanceof Double) {
    return Number.isFinite(value.value) ? value.value.toFixed(6) : goQuote(toText(value).replace(/^Inf/, '+Inf'));
  }
  if (value instanceof Timestamp) {
    return `timestamp(${goQuote(formatTimestamp(value))})`;
  }
  if (value instanceof Duration) {
    return `duration(${goQuote(formatDuration(value))})`;
  }
  return asString(value);
}

/** `%s`. */
function asString(value: unknown): string {
  const elements = listElements(value);
  if (elements !== undefined) {
    return `[${elements.map((element) => nested(fromJson(element))).join(', ')}]`;
  }
  if (isMap(value)) {
    const entries = mapKeys(value).map((key) => [nested(key), nested(findEntry(value, key))] as const);
    entries.sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${key}:${entry}`).join(', ')}}`;
  }
  if (value === null) {
    return 'null';
  }
  try {
    return toText(value);
  } catch (error) {
    throw error instanceof CelEvaluationError ? formattingError(error.message) : error;
  }
}

function integerOf(value: unknown): bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return BigInt(value);
  }
  return value instanceof Uint ? value.value : undefined;
}

/** `%d`, `%b`, `%o`. */
function inBase(value: unknown, base: number, name: string): string {
  const integer = typeof value === 'boolean' && base === 2 ? BigInt(value) : integerOf(value);
  if (integer === undefined) {
    throw formattingError(`${name} clause can only be used on integers${base === 2 ? ' and bools' : ''}, was given ${typeName(value)}`);
  }
  return integer.toString(base);
}

/** `%x`. */
function asHex(value: unknown): string {
  const integer = integerOf(value);
  if (integer !== undefined) {
    return integer.toString(16);
  }
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value instanceof Bytes ? value.data : undefined;
  if (bytes === undefined) {
    throw formattingError(`only integers, byte buffers, and strings can be formatted as hex, was given ${typeName(value)}`);
  }
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function doubleOf(value: unknown, clause: string): number {
  if (value instanceof Double) {
    return value.value;
  }
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') {
    return Number(value);
  }
  throw formattingError(`${clause} clause can only be used on doubles, was given ${typeName(value)}`);
}

function nonFinite(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value < 0 ? '-∞' : '∞';
}

/**
 * Rounds half to even, as Go does, where JavaScript rounds half up: `longer` has enough digits after the decimal point to tell a tie, `rounded` is what
 * JavaScript makes of the number with `precision` digits.
 */
function roundHalfEven(rounded: string, longer: string, precision: number): string {
  const kept = longer.indexOf('.') + 1 + precision;
  const [truncated, rest] = [longer.slice(0, kept).replace(/\.$/, ''), longer.slice(kept)];
  return /^50*$/.test(rest) && /[02468]$/.test(truncated) ? truncated : rounded;
}

/** Digits beyond the precision that are enough to tell a tie of two doubles. */
const TIE_DIGITS = 20;

/** `%f`, as it is printed in English: thousands are separated. */
function asFixed(value: number, precision: number): string {
  if (!Number.isFinite(value)) {
    return nonFinite(value);
  }
  const isLarge = Math.abs(value) >= 1e21;
  const text = isLarge
    ? `${BigInt(value)}${precision === 0 ? '' : `.${'0'.repeat(precision)}`}`
    : roundHalfEven(value.toFixed(precision), value.toFixed(Math.min(precision + TIE_DIGITS, 100)), precision);
  const [whole = '', fraction] = text.split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `%e`, as it is printed in English: with a power of ten. The API server takes a precision for the least width, and keeps six digits. */
function asScientific(value: number, width: number): string {
  if (!Number.isFinite(value)) {
    return nonFinite(value);
  }
  const [rounded, exponent] = value.toExponential(6).split('e') as [string, string];
  const [longer] = value.toExponential(6 + TIE_DIGITS).split('e') as [string];
  const mantissa = roundHalfEven(rounded, longer, 6);
  const digits = exponent
    .slice(1)
    .padStart(2, '0')
    .replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] as string);
  return `${mantissa}×10${exponent.startsWith('-') ? '⁻' : ''}${digits}`.padStart(width);
}

const CLAUSES: Readonly<Record<string, (value: unknown, precision: number) => string>> = {
  s: asString,
  d: (value) => inBase(value, 10, 'decimal'),
  b: (value) => inBase(value, 2, 'binary'),
  o: (value) => inBase(value, 8, 'octal'),
  x: asHex,
  X: (value) => asHex(value).toUpperCase(),
  f: (value, precision) => asFixed(doubleOf(value, 'fixed-point'), precision),
  e: (value, precision) => asScientific(doubleOf(value, 'scientific'), precision),
};

/** `string.format(list)`: fills the clauses of a text with the elements of a list, in order. */
export function format(text: string, list: unknown): string {
  const values = listElements(list) as readonly unknown[];
  let next = 0;
  return text.replace(/%(?:%|(?:\.(\d+))?([\s\S]?))/g, (clause, precision: string | undefined, letter: string | undefined) => {
    if (clause === '%%') {
      return '%';
    }
    if (next >= values.length) {
      throw new CelEvaluationError(`index ${next} out of range`);
    }
    const value = fromJson(values[next++]);
    const print = letter !== undefined && Object.hasOwn(CLAUSES, letter) ? CLAUSES[letter] : undefined;
    if (print === undefined) {
      throw new CelEvaluationError(letter ? `could not parse formatting clause: unrecognized formatting clause "${letter}"` : 'unexpected end of string');
    }
    return print(value, Math.min(Number(precision ?? 6), 100));
  });
}

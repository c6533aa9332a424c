import { CelEvaluationError, conversionError } from './errors';
import { formatDuration, formatTimestamp } from './time';
import { Bytes, Double, Duration, Timestamp, TypeValue, typeName, Uint } from './values';

const SURROGATE = /[\ud800-\udfff]/;

/** A string as something that is indexed by code points, which is how CEL counts; the string itself where both ways of counting agree. */
export function characters(text: string): string | readonly string[] {
  return SURROGATE.test(text) ? Array.from(text) : text;
}

/** The number of code points. */
export function stringSize(text: string): number {
  return characters(text).length;
}

/** Prints a double as Go's `%g`: with the fewest digits, and an exponent below 1e-4 and from 1e+06 on. */
function formatDouble(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  }
  const [digits, exponentText] = value.toExponential().split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 6) {
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

function decodeUtf8(bytes: Bytes): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.data);
  } catch {
    throw new CelEvaluationError('invalid UTF-8 in bytes, cannot convert to string');
  }
}

/** The text of a value, as `string()` makes it. */
export function toText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
    case 'number':
    case 'bigint':
      return String(value);
    default:
      break;
  }
  if (value instanceof Uint) {
    return String(value.value);
  }
  if (value instanceof Double) {
    return formatDouble(value.value);
  }
  if (value instanceof Bytes) {
    return decodeUtf8(value);
  }
  if (value instanceof Timestamp) {
    return formatTimestamp(value);
  }
  if (value instanceof Duration) {
    return formatDuration(value);
  }
  if (value instanceof TypeValue) {
    return value.name;
  }
  throw conversionError(typeName(value), 'string');
}

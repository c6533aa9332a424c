import { findEntry, isMap, listElements, mapKeys } from '../../../src/schema/cel/containers';
import { Quantity } from '../../../src/schema/cel/functions/quantity';
import { Semver } from '../../../src/schema/cel/functions/semver';
import { formatTimestamp } from '../../../src/schema/cel/time';
import { Bytes, Double, Duration, fromJson, OpaqueValue, Optional, Timestamp, TypeValue, Uint } from '../../../src/schema/cel/values';

function showDouble(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  }
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${Object.is(value, -0) ? '-' : ''}${digits}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, '0')}`;
}

/** Prints a value so that its type can be told: the form in which the recorded answers of the reference implementation are written. */
export function show(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') {
    return String(value);
  }
  if (typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (value instanceof Uint) {
    return `${value.value}u`;
  }
  if (value instanceof Double) {
    return `double ${showDouble(value.value)}`;
  }
  if (value instanceof Bytes) {
    return `bytes ${Buffer.from(value.data).toString('hex')}`;
  }
  if (value instanceof Timestamp) {
    return `timestamp ${formatTimestamp(new Timestamp(value.seconds, value.nanoseconds))}`;
  }
  if (value instanceof Duration) {
    return `duration ${value.nanoseconds}ns`;
  }
  if (value instanceof TypeValue) {
    return `type ${value.name}`;
  }
  if (value instanceof Optional) {
    return value.value === undefined ? 'optional.none' : `optional(${show(value.value)})`;
  }
  if (value instanceof OpaqueValue) {
    return showOpaque(value);
  }
  const elements = listElements(value);
  if (elements !== undefined) {
    return `[${elements.map((element) => show(fromJson(element))).join(', ')}]`;
  }
  if (isMap(value)) {
    const entries = mapKeys(value).map((key) => `${show(key)}: ${show(findEntry(value, key))}`);
    return `{${entries.sort().join(', ')}}`;
  }
  throw new TypeError(`no CEL value: ${String(value)}`);
}

function showOpaque(value: OpaqueValue): string {
  const name = value.type.split('.').pop()?.replace('NamedFormat', 'Format').toLowerCase();
  if (value instanceof Semver) {
    return `${name} ${value.text}`;
  }
  if (value instanceof Quantity) {
    return `${name} ${showDecimal(value)}`;
  }
  return `${name} ${'name' in value ? value.name : String(value)}`;
}

function showDecimal({ unscaled, scale }: Quantity): string {
  if (scale >= 0) {
    return String(unscaled * 10n ** BigInt(scale));
  }
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(1 - scale, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, scale)}.${digits.slice(scale)}`;
}

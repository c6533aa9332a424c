import { listElements, mapSize } from '../containers';
import { conversionError } from '../errors';
import { type CelInt, intFromDouble, toInt, toUint, uintFromDouble } from '../integers';
import { stringSize, toText } from '../text';
import { parseDuration, parseTimestamp, timestampFrom } from '../time';
import { Bytes, Double, type Duration, type Timestamp, TypeValue, typeName, Uint } from '../values';
import type { Library } from './library';

function intFromString(text: string): CelInt {
  if (!/^[-+]?[0-9]+$/.test(text)) {
    throw conversionError('string', 'int');
  }
  const value = BigInt(text.replace(/^\+/, ''));
  if (value >= 2n ** 63n || value < -(2n ** 63n)) {
    throw conversionError('string', 'int');
  }
  return toInt(value);
}

function uintFromString(text: string): Uint {
  if (!/^[0-9]+$/.test(text) || BigInt(text) >= 2n ** 64n) {
    throw conversionError('string', 'uint');
  }
  return new Uint(BigInt(text));
}

function hexadecimalFloat(text: string): number | undefined {
  const parts = /^([-+]?)0x([0-9a-f]*)\.?([0-9a-f]*)p([-+]?[0-9]+)$/i.exec(text);
  if (parts === null || (parts[2] === '' && parts[3] === '')) {
    return undefined;
  }
  const magnitude = Number(BigInt(`0x${parts[2]}${parts[3]}`)) * 2 ** (Number(parts[4]) - 4 * (parts[3] as string).length);
  return parts[1] === '-' ? -magnitude : magnitude;
}

function doubleFromString(text: string): Double {
  const word = /^([-+]?)(?:(inf|infinity)|nan)$/i.exec(text);
  if (word !== null && (word[2] !== undefined || word[1] === '')) {
    return new Double(word[2] === undefined ? Number.NaN : word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  }
  const digits = text.replace(/(?<=[0-9])_(?=[0-9])/g, '');
  const value = /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?$/i.test(digits) ? Number(digits) : hexadecimalFloat(text);
  if (value === undefined || !Number.isFinite(value)) {
    throw conversionError('string', 'double');
  }
  return new Double(value);
}

const BOOLS: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((text) => [text, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((text) => [text, false] as const),
]);

function boolFromString(text: string): boolean {
  const value = BOOLS.get(text);
  if (value === undefined) {
    throw conversionError('string', 'bool');
  }
  return value;
}

function durationFromString(text: string): Duration {
  const duration = parseDuration(text);
  if (duration === undefined) {
    throw conversionError('string', 'google.protobuf.Duration');
  }
  return duration;
}

function timestampFromString(text: string): Timestamp {
  const timestamp = parseTimestamp(text);
  if (timestamp === undefined) {
    throw conversionError('string', 'google.protobuf.Timestamp');
  }
  return timestamp;
}

const same = (value: unknown): unknown => value;

/** Conversions between types, `size` and `type`. */
export const CONVERSIONS: Library = {
  'size(string)': stringSize,
  'size(bytes)': (bytes: Bytes) => bytes.data.length,
  'size(list)': (list: unknown) => (listElements(list) as readonly unknown[]).length,
  'size(map)': mapSize,
  'string.size()': stringSize,
  'bytes.size()': (bytes: Bytes) => bytes.data.length,
  'list.size()': (list: unknown) => (listElements(list) as readonly unknown[]).length,
  'map.size()': mapSize,
  'type(any)': (value: unknown) => new TypeValue(typeName(value)),
  'dyn(any)': same,
  'bool(bool)': same,
  'bool(string)': boolFromString,
  'bytes(bytes)': same,
  'bytes(string)': (text: string) => new Bytes(new TextEncoder().encode(text)),
  'double(double)': same,
  'double(int)': (value: CelInt) => new Double(Number(value)),
  'double(uint)': (value: Uint) => new Double(Number(value.value)),
  'double(string)': doubleFromString,
  'int(int)': same,
  'int(uint)': (value: Uint) => toInt(value.value),
  'int(double)': (value: Double) => intFromDouble(value.value),
  'int(string)': intFromString,
  'int(timestamp)': (value: Timestamp) => value.seconds,
  'int(duration)': (value: Duration) => value.nanoseconds,
  'uint(uint)': same,
  'uint(int)': (value: CelInt) => new Uint(toUint(BigInt(value))),
  'uint(double)': (value: Double) => new Uint(uintFromDouble(value.value)),
  'uint(string)': uintFromString,
  'string(string)': same,
  'string(bool)': toText,
  'string(int)': toText,
  'string(uint)': toText,
  'string(double)': toText,
  'string(bytes)': toText,
  'string(timestamp)': toText,
  'string(duration)': toText,
  'duration(duration)': same,
  'duration(string)': durationFromString,
  'timestamp(timestamp)': same,
  'timestamp(int)': (seconds: CelInt) => timestampFrom(seconds, 0),
  'timestamp(string)': timestampFromString,
};

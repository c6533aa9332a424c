import { parseDuration as parseNanoseconds } from '../../manifest/duration';
import { CelEvaluationError } from './errors';
import { addInts, negateInt, subtractInts, toInt } from './integers';
import { Duration, Timestamp } from './values';

const MIN_SECONDS = -62135596800;
const MAX_SECONDS = 253402300799;
const NANOSECONDS_PER_SECOND = 1_000_000_000n;

/** Makes a timestamp; throws outside the years 1 to 9999. */
export function timestampFrom(seconds: number | bigint, nanoseconds: number, offset = 0): Timestamp {
  if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
    throw new CelEvaluationError('timestamp overflow');
  }
  return new Timestamp(Number(seconds), nanoseconds, offset);
}

export function addDurations(left: Duration, right: Duration): Duration {
  return new Duration(addInts(left.nanoseconds, right.nanoseconds));
}

export function subtractDurations(left: Duration, right: Duration): Duration {
  return new Duration(subtractInts(left.nanoseconds, right.nanoseconds));
}

export function negateDuration(duration: Duration): Duration {
  return new Duration(negateInt(duration.nanoseconds));
}

export function addToTimestamp(timestamp: Timestamp, duration: Duration): Timestamp {
  const total = BigInt(timestamp.seconds) * NANOSECONDS_PER_SECOND + BigInt(timestamp.nanoseconds) + BigInt(duration.nanoseconds);
  const nanoseconds = ((total % NANOSECONDS_PER_SECOND) + NANOSECONDS_PER_SECOND) % NANOSECONDS_PER_SECOND;
  return timestampFrom((total - nanoseconds) / NANOSECONDS_PER_SECOND, Number(nanoseconds), timestamp.offset);
}

export function timestampDifference(left: Timestamp, right: Timestamp): Duration {
  const seconds = BigInt(left.seconds - right.seconds) * NANOSECONDS_PER_SECOND;
  return new Duration(toInt(seconds + BigInt(left.nanoseconds - right.nanoseconds)));
}

/** The nanoseconds in the units of durations that are one whole number, which most are. */
const SIMPLE_UNITS: Readonly<Record<string, number>> = { ms: 1_000_000, s: 1_000_000_000, m: 60_000_000_000 };
const SIMPLE_DURATION = /^([0-9]{1,5})(ms|s|m)$/;

/** Reads a duration as Go does, `1h30m`, `1.5s`, `-.5s`; `undefined` when the text is none or does not fit into 64 bits of nanoseconds. */
export function parseDuration(text: string): Duration | undefined {
  const simple = SIMPLE_DURATION.exec(text);
  if (simple !== null) {
    return new Duration(Number(simple[1]) * (SIMPLE_UNITS[simple[2] as string] as number));
  }
  const nanoseconds = parseNanoseconds(text);
  return nanoseconds === undefined ? undefined : new Duration(toInt(nanoseconds));
}

const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([-+])(\d\d):(\d\d))$/;

/** Reads an RFC 3339 timestamp; `undefined` when the text is none. Throws for one outside the years 1 to 9999. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const parts = TIMESTAMP.exec(text);
  if (parts === null) {
    return undefined;
  }
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const [offsetHours, offsetMinutes] = [Number(parts[9] ?? 0), Number(parts[10] ?? 0)];
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  const dateExists = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
  if (!dateExists || hour > 23 || minute > 59 || second > 59 || offsetHours > 24 || offsetMinutes > 60) {
    return undefined;
  }
  const offset = (parts[8] === '-' ? -1 : 1) * (offsetHours * 3600 + offsetMinutes * 60);
  const seconds = midnight.getTime() / 1000 + hour * 3600 + minute * 60 + second - offset;
  return timestampFrom(seconds, Number((parts[7] ?? '').slice(0, 9).padEnd(9, '0')), offset);
}

function formatOffset(offset: number): string {
  const minutes = Math.abs(offset) / 60;
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  return offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${twoDigits(Math.trunc(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** Prints a timestamp as RFC 3339 at the offset with which it was written, with as many digits of the second as it has. */
export function formatTimestamp(timestamp: Timestamp): string {
  const date = new Date((timestamp.seconds + timestamp.offset) * 1000);
  const fraction = timestamp.nanoseconds === 0 ? '' : `.${String(timestamp.nanoseconds).padStart(9, '0').replace(/0+$/, '')}`;
  return `${date.toISOString().slice(0, 19)}${fraction}${formatOffset(timestamp.offset)}`;
}

/** Prints a duration in seconds, `90s`, `0.001s`. */
export function formatDuration(duration: Duration): string {
  const [digits, exponent] = durationSeconds(duration).toString().split('e') as [string, string | undefined];
  if (exponent === undefined) {
    return `${digits}s`;
  }
  const sign = digits.startsWith('-') ? '-' : '';
  return `${sign}0.${'0'.repeat(-Number(exponent) - 1)}${digits.replace(/[-.]/g, '')}s`;
}

/** The seconds of a duration as a double. */
export function durationSeconds(duration: Duration): number {
  const nanoseconds = BigInt(duration.nanoseconds);
  return Number(nanoseconds / NANOSECONDS_PER_SECOND) + Number(nanoseconds % NANOSECONDS_PER_SECOND) / 1e9;
}

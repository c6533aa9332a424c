import { CelEvaluationError } from './errors';
import { toInt } from './integers';
import { parseDuration, parseTimestamp, timestampFrom } from './time';
import { Bytes, Duration, type Timestamp } from './values';

const NANOSECONDS: ReadonlyArray<readonly [names: readonly string[], prefix: string, nanoseconds: bigint]> = [
  [['ns'], 'nano', 1n],
  [['us', 'µs'], 'micro', 1_000n],
  [['ms'], 'milli', 1_000_000n],
  [['s'], 'sec', 1_000_000_000n],
  [['m'], 'min', 60_000_000_000n],
  [['h', 'hr'], 'hour', 3_600_000_000_000n],
  [['d'], 'day', 86_400_000_000_000n],
  [['w', 'wk'], 'week', 604_800_000_000_000n],
];

/** Reads a string of the format `duration`: what Go reads, or words such as `3 days`. */
export function parseOpenApiDuration(text: string): Duration {
  const duration = parseDuration(text);
  if (duration !== undefined) {
    return duration;
  }
  let total: bigint | undefined;
  for (const [, count, word] of text.matchAll(/(\d+)\s*([A-Za-zµ]+)/g) as Iterable<[string, string, string]>) {
    const unit = word.toLowerCase();
    const known = NANOSECONDS.find(([names, prefix]) => names.includes(unit) || unit.startsWith(prefix));
    if (known !== undefined) {
      total = (total ?? 0n) + BigInt(count) * known[2];
    }
  }
  if (total === undefined) {
    throw new CelEvaluationError(`Invalid duration ${text}`);
  }
  return new Duration(toInt(total));
}

/** Reads a string of the format `date-time`: RFC 3339, or the same without an offset, which means UTC. */
export function parseDateTime(text: string): Timestamp {
  if (text === '') {
    return timestampFrom(0, 0);
  }
  const timestamp = parseTimestamp(text) ?? parseTimestamp(`${text}Z`);
  if (timestamp === undefined) {
    throw new CelEvaluationError(`Invalid date-time formatted string ${text}`);
  }
  return timestamp;
}

/** Reads a string of the format `date`: midnight of the day in UTC. */
export function parseDate(text: string): Timestamp {
  const timestamp = /^\d{4}-\d\d-\d\d$/.test(text) ? parseTimestamp(`${text}T00:00:00Z`) : undefined;
  if (timestamp === undefined) {
    throw new CelEvaluationError(`Invalid date formatted string ${text}`);
  }
  return timestamp;
}

/** Reads a string of the format `byte`. */
export function decodeBase64(text: string): Bytes {
  const compact = text.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)) {
    throw new CelEvaluationError(`Invalid byte formatted string ${text}`);
  }
  return new Bytes(Uint8Array.from(atob(compact), (character) => character.charCodeAt(0)));
}

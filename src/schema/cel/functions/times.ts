import { CelEvaluationError } from '../errors';
import { durationSeconds } from '../time';
import type { Duration, Timestamp } from '../values';
import type { Library } from './library';

/** The offset from UTC, in seconds, that a time zone has at a moment: `+05:30`, `-02:00`, or a name such as `Europe/Paris`. */
function zoneOffset(zone: string, date: Date): number {
  const colon = zone.indexOf(':');
  if (colon >= 0) {
    const [hours, minutes] = [zone.slice(0, colon), zone.slice(colon + 1)];
    if (!/^[-+]?\d+$/.test(hours) || !/^[-+]?\d+$/.test(minutes)) {
      throw new CelEvaluationError(`invalid time zone ${JSON.stringify(zone)}`);
    }
    return (Number(hours) * 60 + (zone.startsWith('-') ? -1 : 1) * Number(minutes)) * 60;
  }
  if (zone === '' || zone === 'UTC') {
    return 0;
  }
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(date).find((part) => part.type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = /([-+])(\d\d):(\d\d)(?::(\d\d))?/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
  } catch {
    throw new CelEvaluationError(`unknown time zone ${zone}`);
  }
}

type Reading = (date: Date, timestamp: Timestamp) => number;

function dayOfYear(date: Date): number {
  const start = new Date(date.getTime());
  start.setUTCMonth(0, 1);
  return Math.round((date.getTime() - start.getTime()) / 86_400_000);
}

/** What can be read off a timestamp; the calendar is that of UTC unless a zone is given. */
const READINGS: Readonly<Record<string, Reading>> = {
  getFullYear: (date) => date.getUTCFullYear(),
  getMonth: (date) => date.getUTCMonth(),
  getDayOfYear: dayOfYear,
  getDayOfMonth: (date) => date.getUTCDate() - 1,
  getDate: (date) => date.getUTCDate(),
  getDayOfWeek: (date) => date.getUTCDay(),
  getHours: (date) => date.getUTCHours(),
  getMinutes: (date) => date.getUTCMinutes(),
  getSeconds: (date) => date.getUTCSeconds(),
  getMilliseconds: (_, timestamp) => Math.trunc(timestamp.nanoseconds / 1_000_000),
};

function timestampFunctions(): Library {
  const functions: Record<string, (...parameters: never[]) => unknown> = {};
  for (const [name, read] of Object.entries(READINGS)) {
    functions[`timestamp.${name}()`] = (timestamp: Timestamp) => read(new Date(timestamp.seconds * 1000), timestamp);
    functions[`timestamp.${name}(string)`] = (timestamp: Timestamp, zone: string) => {
      const date = new Date(timestamp.seconds * 1000);
      return read(new Date(date.getTime() + zoneOffset(zone, date) * 1000), timestamp);
    };
  }
  return functions;
}

/** Functions on timestamps and durations. */
export const TIMES: Library = {
  ...timestampFunctions(),
  'duration.getHours()': (duration: Duration) => Math.trunc(durationSeconds(duration) / 3600) + 0,
  'duration.getMinutes()': (duration: Duration) => Math.trunc(durationSeconds(duration) / 60) + 0,
  'duration.getSeconds()': (duration: Duration) => Math.trunc(durationSeconds(duration)) + 0,
  'duration.getMilliseconds()': (duration: Duration) => Number(BigInt(duration.nanoseconds) / 1_000_000n),
};

import type { Duration } from '../../imports/schema';
import { parseDuration } from '../manifest/duration';
import { badInput } from './bad-input';

/** The length of a time above 0. A duration that the type has already held to its form; text that is cast to it may still be none. */
export function nanoseconds(duration: Duration): bigint {
  const parsed = parseDuration(duration);
  if (parsed === undefined || parsed <= 0n) throw badInput(`${JSON.stringify(duration)} is no length of time above 0, such as 5s or 1m30s`);
  return parsed;
}

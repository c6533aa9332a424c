import { parseDuration } from '../manifest/duration';
import { judge, type MatcherState, type Verdict } from './matcher';

/** Whether requests are answered in time: delays, timeouts and retries count, the network takes none. */
export function toTakeAtMost(this: MatcherState | undefined, received: unknown, limit: number | string): Verdict {
  const milliseconds = inMilliseconds(limit);
  return judge(this, 'toTakeAtMost', received, {
    text: `take at most ${typeof limit === 'number' ? `${limit} ms` : limit}`,
    holds: ({ result }) => result.elapsedMs <= milliseconds,
  });
}

function inMilliseconds(limit: number | string): number {
  const milliseconds = typeof limit === 'string' ? Number(parseDuration(limit) ?? Number.NaN) / 1e6 : limit;
  if (milliseconds >= 0) return milliseconds;
  throw new TypeError(`${JSON.stringify(limit)} is no duration; write milliseconds as a number, or for example '1.5s'`);
}

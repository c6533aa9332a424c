import { parseDuration } from '../manifest/duration';
import { outcomeOf, type Verdict, verdict } from './matcher';

/** Whether every request is answered in time: delays, timeouts and retries count, the network takes none. */
export function toTakeAtMost(received: unknown, limit: number | string): Verdict {
  const outcome = outcomeOf(received, 'toTakeAtMost');
  const milliseconds = typeof limit === 'number' ? limit : inMilliseconds(limit);
  const longest = Math.max(...outcome.alternatives.map(({ result }) => result.elapsedMs));
  return verdict(outcome, longest <= milliseconds, `take at most ${typeof limit === 'number' ? `${limit} ms` : limit}`, () => `it takes up to ${longest} ms`);
}

function inMilliseconds(text: string): number {
  const nanoseconds = parseDuration(text);
  if (nanoseconds === undefined) throw new TypeError(`${JSON.stringify(text)} is no duration; write milliseconds as a number, or for example '1.5s'`);
  return Number(nanoseconds) / 1e6;
}

import { parseDuration } from '../../manifest/duration';

const MILLISECOND = 1_000_000n;

/** What istiod asks of almost every duration: at least a millisecond, and whole milliseconds. */
export function durationIssue(text: string): 'too-short' | 'too-precise' | undefined {
  const nanoseconds = parseDuration(text);
  if (nanoseconds === undefined) {
    return undefined;
  }
  if (nanoseconds < MILLISECOND) {
    return 'too-short';
  }
  return nanoseconds % MILLISECOND === 0n ? undefined : 'too-precise';
}

/** Whether a duration is longer than a whole number of seconds. */
export function hasFractionOfSecond(text: string): boolean {
  return (parseDuration(text) ?? 0n) % 1_000_000_000n > 0n;
}

import type { HTTPRetry } from '../../imports/networking.istio.io';
import type { Duration } from '../../imports/schema';
import { formatDuration } from '../manifest/duration';
import { badInput } from './bad-input';
import type { Method } from './call-options';
import { nanoseconds } from './nanoseconds';
import type { Contradiction, ResilienceWarning } from './warn';

/** A failure after which a request is tried again: a name of Envoy, or a status code. */
export type RetryCondition =
  | '5xx'
  | 'gateway-error'
  | 'reset'
  | 'reset-before-request'
  | 'connect-failure'
  | 'envoy-ratelimited'
  | 'retriable-4xx'
  | 'refused-stream'
  | 'http3-post-connect-failure'
  | 'cancelled'
  | 'deadline-exceeded'
  | 'internal'
  | 'resource-exhausted'
  | 'unavailable'
  | number;

/** How requests that failed are tried again. */
export interface Retries {
  /** Retries after the first try. */
  readonly attempts: number;
  /** How long each try may take. @default - with a timeout, the part of it that leaves time for every try */
  readonly perTryTimeout?: Duration;
  /** @default - what fails between the proxies, and 502, 503 and 504 */
  readonly on?: readonly RetryCondition[];
  /** Which requests may be tried again. The others are tried once, where Istio's default would try them three times. @default - GET, HEAD, OPTIONS, PUT, DELETE: to do those twice is to do them once */
  readonly methods?: readonly Method[] | 'all';
}

/** The methods that may be repeated without harm. */
export const idempotentMethods: readonly Method[] = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];

const defaultConditions: readonly RetryCondition[] = ['connect-failure', 'refused-stream', 'reset', 'gateway-error'];

/** Retries as Istio writes them, each try with a time of its own. */
export function retryPolicy({ attempts, perTryTimeout, on = defaultConditions }: Retries, timeout: Duration | undefined): HTTPRetry {
  if (!Number.isInteger(attempts) || attempts < 1)
    throw badInput(`attempts is ${attempts}; it is a whole number from 1, and retries: false switches retries off`);
  if (on.length === 0) throw badInput('retries are for no failure: "on" is empty; retries: false switches them off');
  const perTry = perTryTimeout ?? (timeout && share(timeout, attempts + 1));
  return { attempts, retryOn: on.join(','), ...(perTry ? { perTryTimeout: perTry } : {}) };
}

/** The equal part of a time that each of so many tries has, in whole milliseconds. */
function share(timeout: Duration, tries: number): Duration {
  const millisecond = 1_000_000n;
  const part = nanoseconds(timeout) / BigInt(tries) / millisecond;
  if (part < 1n) throw badInput(`a timeout of ${timeout} leaves no time for ${tries} tries`);
  return formatDuration(part * millisecond) as Duration;
}

/** What of retries and a timeout works against the other. */
export function retryContradictions({ attempts, perTryTimeout }: Retries, timeout: Duration | undefined, limit: number | undefined): Contradiction[] {
  const found: Contradiction[] = [];
  const add = (code: ResilienceWarning, field: string, message: string, fix: string): unknown =>
    found.push({ code, path: `spec.http[0].${field}`, message, fix });
  if (timeout && perTryTimeout) {
    const [whole, each] = [nanoseconds(timeout), nanoseconds(perTryTimeout)];
    const fits = whole / each;
    if (each >= whole) {
      add(
        'resilience/try-outlasts-timeout',
        'retries.perTryTimeout',
        `The timeout of ${timeout} ends the request before a try of ${perTryTimeout} does, so that a slow one is never tried again.`,
        `perTryTimeout below ${timeout}, or none: it is then made to fit`,
      );
    } else if (BigInt(attempts + 1) * each > whole) {
      add(
        'resilience/timeout-cuts-retries',
        'timeout',
        `${attempts + 1} tries of ${perTryTimeout} take longer than the timeout of ${timeout}: of slow tries there is time for ${fits}.`,
        `timeout: '${formatDuration(BigInt(attempts + 1) * each)}', or attempts: ${fits - 1n}`,
      );
    }
  }
  if (limit !== undefined && limit === 0)
    add('resilience/no-retry-allowed', 'retries.attempts', 'The limit of 0 retries at a time lets none of the retries through.', 'limits: { retries: 3 }');
  return found;
}

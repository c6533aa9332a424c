import type { CallResult } from '../simulation';
import { judge, type MatcherState, type Verdict } from './matcher';

/** How a request fails. */
export interface FailureExpectation {
  /**
   * `refused`, `reset`, `timeout`, `tls`, `tls-verify`, `dns`, a response flag of Envoy's such as `UH` or `NR`, a status, or a part of the explanation.
   * @default - anything that leaves the caller without an answer, or with one of 5xx
   */
  readonly reason?: string | number | RegExp;
  /** The share of requests that fail so, from 0 to 1. @default - every request */
  readonly share?: number;
}

/** Whether requests fail: no answer at all, a status of 5xx, or the reason that is named. */
export function toFail(this: MatcherState | undefined, received: unknown, { reason, share }: FailureExpectation = {}): Verdict {
  return judge(this, 'toFail', received, {
    text: `fail${reason === undefined ? '' : ` with ${reason}`}`,
    holds: ({ result }) => fails(result, reason),
    share,
  });
}

function fails({ status, error, errorDetail, flags, serverFlags, body, details }: CallResult, reason: FailureExpectation['reason']): boolean {
  if (reason === undefined) return error !== null || (status !== null && status >= 500);
  if (typeof reason === 'number') return status === reason;
  const texts = [errorDetail, body, details].filter((text) => text !== undefined);
  if (reason instanceof RegExp) return [error ?? '', ...texts].some((text) => reason.test(text));
  return error === reason || [flags, serverFlags].some((each) => each?.split(',').includes(reason)) || texts.some((text) => text.includes(reason));
}

import { type Alternative, answerText, percentage } from '../simulation';
import { outcomeOf, type Verdict, verdict } from './matcher';

/** How a request fails. */
export interface FailureExpectation {
  /**
   * `refused`, `reset`, `timeout`, `tls`, `tls-verify`, `dns`, a response flag of Envoy's such as `UH` or `NR`, a status, or a part of the explanation.
   * @default - anything that leaves the caller without an answer, or with one of 5xx
   */
  readonly reason?: string | number | RegExp;
  /** The share of requests that fail so, from 0 to 1. @default - 1: every request */
  readonly share?: number;
}

/** Whether requests fail: no answer at all, a status of 5xx, or the reason that is named. */
export function toFail(received: unknown, { reason, share = 1 }: FailureExpectation = {}): Verdict {
  const outcome = outcomeOf(received, 'toFail');
  const failing = outcome.shareOf((alternative) => fails(alternative, reason));
  const pass = Math.abs(failing.toNumber() - share) < 1e-9;
  const text = `fail${reason === undefined ? '' : ` with ${reason}`}${share === 1 ? '' : ` with a share of ${share}`}`;
  return verdict(outcome, pass, text, () => `${percentage(failing)} of the requests do; the likeliest answer is ${answerText(outcome.likeliest.result)}`);
}

function fails({ result }: Alternative, reason: FailureExpectation['reason']): boolean {
  const { status, error, errorDetail, flags, serverFlags, body, details } = result;
  if (reason === undefined) return error !== null || (status !== null && status >= 500);
  if (typeof reason === 'number') return status === reason;
  const texts = [errorDetail, body, details].filter((text) => text !== undefined);
  if (reason instanceof RegExp) return [error ?? '', ...texts].some((text) => reason.test(text));
  // The two ways in which a connection is cut are a matter of timing.
  const isCut = (error === 'reset' && reason === 'closed') || error === reason;
  return isCut || [flags, serverFlags].some((each) => each?.split(',').includes(reason)) || texts.some((text) => text.includes(reason));
}

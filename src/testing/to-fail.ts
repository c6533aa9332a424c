import { suggest } from '../manifest/suggest';
import type { CallResult } from '../simulation';
import { checkOptions } from './known';
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
export function toFail(this: MatcherState | undefined, received: unknown, expected: FailureExpectation = {}): Verdict {
  checkOptions('toFail', expected, ['reason', 'share']);
  const { reason, share } = expected;
  return judge(this, 'toFail', received, {
    text: `fail${reason === undefined ? '' : ` with ${reason}`}`,
    holds: ({ result }) => fails(result, reason),
    share,
    check: () => checkReason(reason),
  });
}

const errors = ['refused', 'reset', 'timeout', 'tls', 'tls-verify', 'dns', 'protocol'];
/** Envoy's response flags. */
const flagNames = 'UH UF UO NR URX NC DT DC LH UT LR UR UC DI FI RL UAEX RLSE IH SI DPE UPE UMSDR NFCF OM DF DO DR'.split(' ');

/** A single word that is nearly an error or looks like a flag is no part of the explanation: behind `.not` it would hold whatever happens. */
function checkReason(reason: FailureExpectation['reason']): void {
  if (typeof reason !== 'string' || !/^[A-Za-z]+$/.test(reason) || errors.includes(reason) || flagNames.includes(reason)) return;
  const isFlag = /^[A-Z]{1,5}$/.test(reason) && reason !== 'RBAC';
  const near = suggest(reason, isFlag ? flagNames : errors);
  if (isFlag || near !== undefined)
    throw new TypeError(
      `${reason} is neither an error nor a flag of Envoy${near === undefined ? `; errors are ${errors.join(', ')}` : `; did you mean ${near}?`}`,
    );
}

function fails({ status, error, errorDetail, flags, serverFlags, body, details }: CallResult, reason: FailureExpectation['reason']): boolean {
  if (reason === undefined) return error !== null || (status !== null && status >= 500);
  if (typeof reason === 'number') return status === reason;
  const texts = [errorDetail, body, details].filter((text) => text !== undefined);
  if (reason instanceof RegExp) return [error ?? '', ...texts].some((text) => reason.test(text));
  return (
    error === reason ||
    String(status) === reason ||
    [flags, serverFlags].some((each) => each?.split(',').includes(reason)) ||
    texts.some((text) => text.includes(reason))
  );
}

import type { CallResult } from '../call-result';
import { Fraction } from '../chance';
import type { Hop } from '../journey';
import type { Alternative, Outcome } from '../outcome';

/** A passage through a proxy as plain data. */
export type HopReport = Omit<Hop, 'proxy' | 'status'> & { readonly proxy: string; readonly code?: number };

/** One thing that may come of a call. */
export interface AlternativeReport {
  /** Its exact share: `3/4`. */
  readonly share: string;
  readonly result: CallResult & { readonly hops: readonly HopReport[] };
}

/** How many of several requests are expected to go where; shares times the number of requests. */
export interface Numbers {
  /** By the workload that answers. */
  readonly distribution: Readonly<Record<string, number>>;
  /** By HTTP status, or error. */
  readonly statuses: Readonly<Record<string, number>>;
  /** By response flags of the caller's sidecar or of the gateway; `-` for none. */
  readonly flags: Readonly<Record<string, number>>;
  /** By the cluster that it chose; `-` for none. */
  readonly clusters: Readonly<Record<string, number>>;
  /** By the workload that received a request, with copies and failed attempts. */
  readonly received: Readonly<Record<string, number>>;
}

/** What came of a call, with the fields that `expect` can name. Where answers differ, it is the likeliest one, and all of them stand in `alternatives`. */
export type CallReport = Record<string, unknown> & {
  readonly shares?: Readonly<Record<string, string>>;
  readonly alternatives?: readonly AlternativeReport[];
};

/** Puts an outcome into the form of a result. */
export function reportOf(outcome: Outcome, count: number): CallReport {
  const { alternatives, likeliest } = outcome;
  const { status, error } = likeliest.result;
  return {
    ...(count > 1 ? { status, error, ...numbersOf(outcome, count) } : resultOf(likeliest)),
    ...(alternatives.length > 1 ? differing(outcome) : {}),
  };
}

function differing({ alternatives, shares }: Outcome): Pick<CallReport, 'shares' | 'alternatives'> {
  return {
    shares: Object.fromEntries([...shares].map(([workload, share]) => [workload, String(share)])),
    alternatives: alternatives.map((alternative) => ({ share: String(alternative.share), result: resultOf(alternative) })),
  };
}

function resultOf(alternative: Alternative): AlternativeReport['result'] {
  return { ...alternative.result, hops: alternative.hops.map(hopReport) };
}

function hopReport({ proxy, status, ...hop }: Hop): HopReport {
  const { name } = proxy;
  return Object.fromEntries(Object.entries({ proxy: name, code: status, ...hop }).filter(([, value]) => value !== undefined)) as HopReport;
}

function numbersOf({ alternatives }: Outcome, count: number): Numbers {
  const tally = (keys: (alternative: Alternative) => readonly string[]): Record<string, number> => {
    const sums = new Map<string, Fraction>();
    for (const alternative of alternatives) {
      for (const key of keys(alternative)) sums.set(key, (sums.get(key) ?? Fraction.ZERO).plus(alternative.share));
    }
    return Object.fromEntries([...sums].map(([key, share]) => [key, share.times(Fraction.of(count)).toNumber()]));
  };
  return {
    distribution: tally(({ result }) => (result.workload === undefined ? [] : [result.workload])),
    statuses: tally(({ result }) => [String(result.status ?? result.error)]),
    flags: tally(({ result, entry }) => (entry === undefined ? [] : [result.flags ?? '-'])),
    clusters: tally(({ result, entry }) => (entry === undefined ? [] : [result.upstreamCluster ?? '-'])),
    received: tally(({ received }) => received),
  };
}

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

/** How many of several requests are expected to go where: shares times the number of requests, to two decimals. */
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
  /** How long all of them take, one after another, in milliseconds. */
  readonly elapsedMs: number;
  /** How long the slowest takes. */
  readonly maxElapsedMs: number;
}

/** What came of a call, with the fields that `expect` can name. Where answers differ, it is the likeliest one, and all of them stand in `alternatives`. */
export type CallReport = Record<string, unknown> & {
  readonly shares?: Readonly<Record<string, string>>;
  readonly alternatives?: readonly AlternativeReport[];
};

/** An outcome, and how many requests in a row met it. */
export interface Met {
  readonly outcome: Outcome;
  readonly times: number;
}

/** The part of it that is counted. */
interface Counted {
  readonly outcome: Pick<Outcome, 'alternatives'>;
  readonly times: number;
}

/** Puts what the requests of a call met into the form of a result. */
export function reportOf(met: readonly Met[]): CallReport {
  const [{ outcome, times }] = met as [Met];
  const { alternatives, likeliest } = outcome;
  const { status, error } = likeliest.result;
  const isOne = met.length === 1 && times === 1;
  return { ...(isOne ? resultOf(likeliest) : { status, error, ...numbersOf(met) }), ...(alternatives.length > 1 ? differing(outcome) : {}) };
}

/**
 * What may be counted where requests follow one another on one connection: the way of a connection that proxies only carry is chosen once, and all its requests take it.
 */
export function reportsOfOneConnection({ alternatives }: Outcome, times: number): CallReport[] {
  return alternatives
    .filter(({ isCarried }) => isCarried)
    .map((alternative) => ({ ...numbersOf([{ outcome: { alternatives: [alternative.always()] }, times }]) }));
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

function numbersOf(met: readonly Counted[]): Numbers {
  const tally = (keys: (alternative: Alternative) => readonly string[]): Record<string, number> => {
    const sums = new Map<string, number>();
    for (const { outcome, times } of met) {
      const shares = new Map<string, Fraction>();
      for (const alternative of outcome.alternatives) {
        for (const key of keys(alternative)) shares.set(key, (shares.get(key) ?? Fraction.ZERO).plus(alternative.share));
      }
      for (const [key, share] of shares) sums.set(key, (sums.get(key) ?? 0) + share.times(Fraction.of(times)).toNumber());
    }
    return Object.fromEntries([...sums].map(([key, sum]): [string, number] => [key, Math.round(sum * 100) / 100]).filter(([, sum]) => sum > 0));
  };
  return {
    distribution: tally(({ result }) => (result.workload === undefined ? [] : [result.workload])),
    // Connections without HTTP that come about have neither; the recordings call that None.
    statuses: tally(({ result }) => [String(result.status ?? result.error ?? 'None')]),
    flags: tally(({ result, entry }) => (entry === undefined ? [] : [result.flags ?? '-'])),
    clusters: tally(({ result, entry }) => (entry === undefined ? [] : [result.upstreamCluster ?? '-'])),
    received: tally(({ received }) => received),
    elapsedMs: Math.round(met.reduce((sum, { outcome, times }) => sum + times * expectedTime(outcome), 0)),
    maxElapsedMs: Math.max(...met.flatMap(({ outcome }) => outcome.alternatives.map(({ result }) => result.elapsedMs))),
  };
}

function expectedTime({ alternatives }: Counted['outcome']): number {
  return alternatives.reduce((sum, { share, result }) => sum + share.toNumber() * result.elapsedMs, 0);
}

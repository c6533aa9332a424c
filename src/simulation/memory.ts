import type { OutlierDetection } from './envoy/configuration';

/** Tokens of a local rate limit. */
export interface TokenBucket {
  readonly tokens: number;
  /** When it was last filled, in milliseconds since the series began. */
  readonly filledAt: number;
}

/** The endpoint of a cluster that a proxy asked. */
export interface Answered {
  readonly proxy: string;
  readonly cluster: string;
  readonly endpoint: string;
  /** How many endpoints the cluster has. */
  readonly endpoints: number;
}

/** One of the counters that outlier detection keeps for an endpoint. */
export interface FailureCount {
  readonly counter: '5xx' | 'gateway' | 'local';
  /** Whether the last answer counts; one that does not starts the counter again. */
  readonly failed: boolean;
  /** How many in a row take the endpoint out. */
  readonly limit: number;
}

/**
 * What proxies remember from one request of a series to the next: endpoints that keep failing, tokens that are used up. Immutable: what changes it makes a new one, so that
 * the ways of a request do not disturb one another.
 */
export class Memory {
  static readonly EMPTY = new Memory(0, new Map(), new Map(), new Map());

  private constructor(
    /** Milliseconds since the series began. */
    readonly now: number,
    private readonly failures: ReadonlyMap<string, number>,
    private readonly ejections: ReadonlyMap<string, number>,
    private readonly buckets: ReadonlyMap<string, TokenBucket>,
  ) {}

  /** Two memories with the same text remember the same. */
  get key(): string {
    return JSON.stringify([this.now, [...this.failures].sort(), [...this.ejections].sort(), [...this.buckets].sort()]);
  }

  /** The same, some milliseconds later; endpoints whose time is up have come back. */
  later(milliseconds: number): Memory {
    if (milliseconds === 0) return this;
    const now = this.now + milliseconds;
    return new Memory(now, this.failures, new Map([...this.ejections].filter(([, until]) => until > now)), this.buckets);
  }

  /** Whether a proxy has taken an endpoint of a cluster out. */
  isEjected(proxy: string, cluster: string, endpoint: string): boolean {
    return this.ejections.size > 0 && this.ejections.has(`${proxy} ${cluster} ${endpoint}`);
  }

  /** Counts what an endpoint answered: so many failures in a row take it out, if the share of endpoints that may be out allows it. */
  answered(
    { proxy, cluster, endpoint, endpoints }: Answered,
    failures: readonly FailureCount[],
    { maxEjectionPercent, baseEjectionTime }: OutlierDetection,
  ): Memory {
    const key = `${proxy} ${cluster} ${endpoint}`;
    const counts = new Map(this.failures);
    let isOut = false;
    for (const { counter, failed, limit } of failures) {
      const name = `${key} ${counter}`;
      const count = failed ? (this.failures.get(name) ?? 0) + 1 : 0;
      if (count === 0) counts.delete(name);
      else counts.set(name, Math.min(count, limit));
      isOut ||= count >= limit;
    }
    const out = [...this.ejections.keys()].filter((each) => each.startsWith(`${proxy} ${cluster} `)).length;
    // Envoy lets one endpoint go whatever the limit is.
    if (!isOut || (out > 0 && ((out + 1) * 100) / endpoints > maxEjectionPercent)) return new Memory(this.now, counts, this.ejections, this.buckets);
    for (const { counter } of failures) counts.delete(`${key} ${counter}`);
    return new Memory(this.now, counts, new Map(this.ejections).set(key, this.now + baseEjectionTime), this.buckets);
  }

  bucket(name: string): TokenBucket | undefined {
    return this.buckets.get(name);
  }

  withBucket(name: string, bucket: TokenBucket): Memory {
    return new Memory(this.now, this.failures, this.ejections, new Map(this.buckets).set(name, bucket));
  }
}

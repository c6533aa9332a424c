import type { OutlierDetection } from './envoy/cluster';

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

/** How long Envoy gathers changes of health behind one that took effect, in milliseconds, before it acts on them. */
const MERGE_WINDOW = 1_000;

/** When an endpoint is out, in milliseconds since the series began. */
interface Ejection {
  readonly from: number;
  readonly until: number;
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
 * What proxies remember from one request of a series to the next: endpoints that keep failing, tokens that are used up, connections that stand. Immutable: what changes it makes a new one, so that
 * the ways of a request do not disturb one another.
 */
export class Memory {
  static readonly EMPTY = new Memory(0, new Map(), new Map(), new Map(), new Map(), new Map());

  private constructor(
    /** Milliseconds since the series began. */
    readonly now: number,
    private readonly failures: ReadonlyMap<string, number>,
    private readonly ejections: ReadonlyMap<string, Ejection>,
    /** When a cluster last took a change of health into account, or will do so next. */
    private readonly updates: ReadonlyMap<string, number>,
    private readonly buckets: ReadonlyMap<string, TokenBucket>,
    /** How many connections the address of a Service has taken, and which of them a proxy keeps for its next requests. */
    private readonly connections: ReadonlyMap<string, number>,
  ) {}

  /** Two memories with the same text remember the same. */
  get key(): string {
    return JSON.stringify([this.now, ...[this.failures, this.ejections, this.updates, this.buckets, this.connections].map((each) => [...each].sort())]);
  }

  /** The same, some milliseconds later; endpoints whose time is up have come back. */
  later(milliseconds: number): Memory {
    if (milliseconds === 0) return this;
    const now = this.now + milliseconds;
    return new Memory(now, this.failures, new Map([...this.ejections].filter(([, { until }]) => until > now)), this.updates, this.buckets, this.connections);
  }

  /** Whether any endpoint is out or about to be. */
  get hasEjections(): boolean {
    return this.ejections.size > 0;
  }

  /** Whether any endpoint has failed in its last answer. */
  get hasFailures(): boolean {
    return this.failures.size > 0;
  }

  /** Whether a proxy has taken an endpoint of a cluster out. */
  isEjected(proxy: string, cluster: string, endpoint: string): boolean {
    const ejection = this.ejections.get(`${proxy} ${cluster} ${endpoint}`);
    return ejection !== undefined && ejection.from <= this.now;
  }

  /** Counts what an endpoint answered: so many failures in a row take it out, if the share of endpoints that may be out allows it. */
  answered(
    { proxy, cluster, endpoint, endpoints }: Answered,
    failures: readonly FailureCount[],
    { maxEjectionPercent, baseEjectionTime }: OutlierDetection,
  ): Memory {
    const group = `${proxy} ${cluster} `;
    const key = group + endpoint;
    const counts = new Map(this.failures);
    let isOut = false;
    for (const { counter, failed, limit } of failures) {
      const name = `${key} ${counter}`;
      const count = failed ? (this.failures.get(name) ?? 0) + 1 : 0;
      // Once the limit is reached the count begins anew, whether the endpoint may go or not.
      if (count === 0 || count >= limit) counts.delete(name);
      else counts.set(name, count);
      isOut ||= count >= limit;
    }
    const out = [...this.ejections.keys()].filter((each) => each.startsWith(group)).length;
    if (!isOut || this.ejections.has(key) || ((out + 1) * 100) / endpoints > maxEjectionPercent) {
      return new Memory(this.now, counts, this.ejections, this.updates, this.buckets, this.connections);
    }
    const last = this.updates.get(group);
    const from = last === undefined || this.now - last > MERGE_WINDOW ? this.now : last > this.now ? last : this.now + MERGE_WINDOW;
    const ejections = new Map(this.ejections).set(key, { from, until: this.now + baseEjectionTime });
    return new Memory(this.now, counts, ejections, new Map(this.updates).set(group, from), this.buckets, this.connections);
  }

  bucket(name: string): TokenBucket | undefined {
    return this.buckets.get(name);
  }

  withBucket(name: string, bucket: TokenBucket): Memory {
    return new Memory(this.now, this.failures, this.ejections, this.updates, new Map(this.buckets).set(name, bucket), this.connections);
  }

  /** Which of the connections to an address the next one is, counted from 0; to a proxy that keeps one it is that. */
  connection(address: string, keeper?: string): number {
    return this.connections.get(`${keeper} ${address}`) ?? this.connections.get(address) ?? 0;
  }

  /** A connection to an address came about. */
  connected(address: string, keeper?: string): Memory {
    if (keeper !== undefined && this.connections.has(`${keeper} ${address}`)) return this;
    const turn = this.connections.get(address) ?? 0;
    const connections = new Map(this.connections).set(address, turn + 1);
    if (keeper !== undefined) connections.set(`${keeper} ${address}`, turn);
    return new Memory(this.now, this.failures, this.ejections, this.updates, this.buckets, connections);
  }

  /** The connection that a proxy kept is gone. */
  disconnected(address: string, keeper: string): Memory {
    const connections = new Map(this.connections);
    connections.delete(`${keeper} ${address}`);
    return new Memory(this.now, this.failures, this.ejections, this.updates, this.buckets, connections);
  }
}

import type { Workload } from '../mesh/workload';
import { type CallResult, callResult } from './call-result';
import { Fraction, type Possibility } from './chance';
import type { Declared } from './declared';
import type { Destination } from './destination';
import type { Served } from './envoy/http';
import type { Hop, Journey } from './journey';
import type { Reply } from './network/connection';
import type { TrafficRequest } from './request';
import type { TraceStep } from './trace';

/** One way of a request, before it is put into words. */
export interface Way {
  readonly journey: Journey;
  readonly reply: Reply;
}

/** One of the things that may come of a request. */
export class Alternative {
  private known: CallResult | undefined;

  constructor(
    /** How much of all requests it is. */
    readonly share: Fraction,
    private readonly way: Way,
    /** The proxy that the caller spoke to first: its own sidecar or a gateway. */
    readonly entry: Workload | undefined,
    private readonly checksServer: boolean,
  ) {}

  /** Who received something, in order, with copies and failed attempts. */
  get received(): readonly string[] {
    return this.way.journey.received.map(({ name }) => name);
  }

  /** What the caller, the server and the proxies saw. */
  get result(): CallResult {
    this.known ??= callResult(this.way.journey, this.way.reply, this.entry, this.checksServer);
    return this.known;
  }

  /** Every decision on the way, in order. */
  get trace(): readonly TraceStep[] {
    return this.way.journey.trace;
  }

  /** Where copies of the request went that proxies sent elsewhere. */
  get mirrors(): readonly Destination[] {
    return this.way.journey.mirrored.flatMap((copy) => copy.served.map((served) => destinationOf(served, copy)));
  }

  /** What became of the copies that proxies sent elsewhere, one trace for each. */
  get mirrorTraces(): readonly (readonly TraceStep[])[] {
    return this.way.journey.mirrored.map(({ trace }) => trace);
  }

  /** The passages through proxies, in order. */
  get hops(): Journey['hops'] {
    return this.way.journey.hops;
  }

  /**
   * Whether an application answered over connections that no proxy but its own sidecar chose anew for this request, so that whatever follows goes the same way: proxies only carried
   * them, or let the request pass to the address that the caller knew.
   */
  get isCarried(): boolean {
    const choosesNothing = ({ side, status, cluster }: Hop): boolean => side === 'inbound' || status === undefined || cluster === 'PassthroughCluster';
    return this.way.reply.kind === 'response' && this.destination !== undefined && this.hops.every(choosesNothing);
  }

  /** The same, where it happens to all requests. */
  always(): Alternative {
    return new Alternative(Fraction.ONE, this.way, this.entry, this.checksServer);
  }

  /** Who answered; undefined when no application did. */
  get destination(): Destination | undefined {
    const { journey, reply } = this.way;
    const served = reply.kind === 'bytes' ? reply.server : reply.kind === 'response' ? reply.response.server : undefined;
    return served === undefined ? undefined : destinationOf(served, journey);
  }
}

function destinationOf({ name, namespace }: Served, { hops, mirroredTo }: Journey): Destination {
  const cluster = hops.findLast(({ side, cluster }) => side !== 'inbound' && cluster?.startsWith('outbound|'))?.cluster ?? mirroredTo;
  const [, , subset, host] = cluster?.split('|') ?? [];
  return { workload: name, ...(namespace ? { namespace } : {}), ...(host ? { host } : {}), ...(subset ? { subset } : {}) };
}

/** What a request meets: everything that may come of it, with exact shares that sum to 1. */
export class Outcome {
  readonly alternatives: readonly Alternative[];

  constructor(
    readonly request: TrafficRequest,
    ways: readonly Possibility<Way>[],
    entry: Workload | undefined,
    private readonly note: () => readonly string[],
    /** @internal What the mesh knows by name, for matchers. */
    readonly declared: () => Declared,
  ) {
    const checksServer = /^(?:https|tls):/i.test(request.to) && request.tls?.insecure !== true;
    this.alternatives = ways.map(({ share, value }) => new Alternative(share, value, entry, checksServer));
  }

  /** What the answer does not take into account, or takes for granted: objects that apply on the way and are not simulated, a gateway that was assumed. */
  get notes(): readonly string[] {
    return this.note();
  }

  /** The likeliest alternative; of equally likely ones the first. */
  get likeliest(): Alternative {
    return this.alternatives.reduce((best, each) => (each.share.minus(best.share).toNumber() > 0 ? each : best));
  }

  /** The fields that are the same for every request. */
  get result(): Partial<CallResult> {
    const [first, ...others] = this.alternatives.map(({ result }) => result) as [CallResult, ...CallResult[]];
    if (others.length === 0) return first;
    const fields = Object.entries(first).filter(([name, value]) => others.every((other) => isSame((other as unknown as Record<string, unknown>)[name], value)));
    return Object.fromEntries(fields) as Partial<CallResult>;
  }

  /** The status, when it is the same for every request; null where there is none. */
  get status(): number | null | undefined {
    return this.result.status;
  }

  /** The share of every workload that answers, by its name; what fails is missing from the sum. */
  get shares(): ReadonlyMap<string, Fraction> {
    return this.sharesBy(({ result }) => result.workload);
  }

  /** The share of all requests for which something holds. */
  shareOf(holds: (alternative: Alternative) => boolean): Fraction {
    return this.alternatives.filter(holds).reduce((sum, { share }) => sum.plus(share), Fraction.ZERO);
  }

  /** Adds up the shares of alternatives that have something in common; those without it are left out. */
  sharesBy(key: (alternative: Alternative) => string | undefined): ReadonlyMap<string, Fraction> {
    const shares = new Map<string, Fraction>();
    for (const alternative of this.alternatives) {
      const name = key(alternative);
      if (name !== undefined) shares.set(name, (shares.get(name) ?? Fraction.ZERO).plus(alternative.share));
    }
    return shares;
  }

  /** The decisions on the likeliest way. */
  get trace(): readonly TraceStep[] {
    return this.likeliest.trace;
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

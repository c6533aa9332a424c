import type { Workload } from '../mesh/workload';
import type { Chance } from './chance';
import type { Served } from './envoy/http';
import type { Side } from './envoy/side';
import { Memory } from './memory';
import type { TraceStep } from './trace';

/** What one proxy noted of a request, as its access log would have it. */
export interface Hop {
  readonly proxy: Workload;
  readonly side: Side;
  /** The request came over a connection that it shares with others, so that it can be taken back alone. */
  readonly sharesConnection?: boolean;
  status?: number;
  /** Envoy's response flags, comma-separated: `NR`, `UF`, `URX,UF`. */
  flags?: string;
  /** Envoy's response code details: `via_upstream`, `route_not_found`, `rbac_access_denied_matched_policy[none]`. */
  details?: string;
  route?: string;
  cluster?: string;
  attempts?: number;
  /** The identity in the caller's certificate. */
  peer?: string;
  chain?: string;
  tlsError?: string;
  /** Why a policy closed a connection that is no request: `rbac_access_denied_matched_policy[none]`. */
  termination?: string;
}

/** One way of one request through the mesh: what was decided, noted and received on it. */
export class Journey {
  readonly trace: TraceStep[] = [];
  readonly hops: Hop[] = [];
  /** Copies that proxies sent elsewhere; nobody waits for their answers. */
  readonly mirrored: Journey[] = [];

  /** @param received what applications received, in order, with copies of mirrors and failed attempts */
  constructor(
    readonly chance: Chance,
    /** What proxies remember of earlier requests, and learn on this way. */
    public memory: Memory = Memory.EMPTY,
    readonly received: Served[] = [],
    /** Of a copy: the cluster that it was sent to. */
    readonly mirroredTo?: string,
    /** Of a question: the questions in whose course it is asked, and itself. */
    private readonly questions: ReadonlySet<string> = new Set(),
  ) {}

  /** How many proxies hold the connection, one behind the other. */
  depth = 0;

  /** What applications received on this way alone, without the copies. */
  readonly served: Served[] = [];

  /** Notes what an application received. */
  receive(served: Served): void {
    this.received.push(served);
    this.served.push(served);
  }

  /** Notes the passage of a proxy; what the proxy learns later is written into the hop. */
  hop(hop: Hop): Hop {
    this.hops.push(hop);
    return hop;
  }

  /** Notes a decision. */
  note(step: TraceStep): void {
    this.trace.push(step);
  }

  /** The journey of a copy: its decisions and hops are kept apart, what applications receive is kept together. */
  mirror(cluster: string): Journey {
    const copy = new Journey(this.chance, this.memory, this.received, cluster, this.questions);
    copy.depth = this.depth;
    this.mirrored.push(copy);
    return copy;
  }

  /** The journey of a question about this one, of which nobody learns what applications receive; undefined where this one has come of the same question. */
  question(name: string): Journey | undefined {
    return this.questions.has(name) ? undefined : new Journey(this.chance, this.memory, [], undefined, new Set([...this.questions, name]));
  }
}

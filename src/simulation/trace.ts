import type { Source } from '../mesh/config-object';
import type { Workload } from '../mesh/workload';

/** What a decision was about. */
export type Decision =
  | 'caller' // who asks, and from where
  | 'host' // which service or listener the address and host belong to
  | 'listener'
  | 'tls' // TLS that ends or begins
  | 'route'
  | 'fault'
  | 'cors'
  | 'rewrite'
  | 'headers'
  | 'mirror'
  | 'destination' // cluster, subset, endpoint
  | 'mtls'
  | 'authentication' // JWT
  | 'authorization'
  | 'retry'
  | 'timeout'
  | 'answer';

/** Something that was looked at and not taken, and what it missed by. */
export interface RunnerUp {
  /** `http[0]`, the name of a VirtualService, a policy. */
  readonly what: string;
  /** `uri "/b" does not begin with "/a"` */
  readonly missedBy: string;
  readonly source?: Source;
}

/** One decision. */
export interface TraceStep {
  readonly decision: Decision;
  /** The proxy that decided. */
  readonly proxy?: Workload;
  /** What was decided, as a clause for people: `subset v2: 1 workload, reviews-v2`. */
  readonly text: string;
  /** The object and field that decided it; absent for what Istio does by default. */
  readonly source?: Source;
  /** What was passed over, in order; computed when it is asked for. */
  readonly runnersUp?: () => readonly RunnerUp[];
}

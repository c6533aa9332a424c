import type { Workload } from '../mesh/workload';
import type { Chance } from './chance';
import type { Side } from './envoy/configuration';
import type { Served } from './envoy/http';
import type { TraceStep } from './trace';

/** What one proxy noted of a request, as its access log would have it. */
export interface Hop {
  readonly proxy: Workload;
  readonly side: Side;
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
}

/** One way of one request through the mesh: what was decided, noted and received on it. */
export interface Journey {
  readonly chance: Chance;
  readonly trace: TraceStep[];
  readonly hops: Hop[];
  /** What applications received, in order, copies for mirrors and failed attempts too. */
  readonly received: Served[];
  /** Mirrored copies travel so: their trace and hops are kept apart, and nothing waits for their answer. */
  readonly isMirror: boolean;
  /** Endpoints that outlier detection has ejected on an earlier request of the same test, by cluster. */
  readonly ejected: ReadonlyMap<string, ReadonlySet<string>>;
}

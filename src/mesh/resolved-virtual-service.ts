import type { ConfigObject, Source } from './config-object';
import type { HttpMatchSpec, HttpRouteSpec, VirtualServiceSpec } from './specs/virtual-service';

/** A VirtualService that takes part: its names are full ones, and what it delegates has been put in its place. */
export interface ResolvedVirtualService {
  readonly object: ConfigObject<VirtualServiceSpec>;
  /** Whether it takes part; lists of VirtualServices hold those that nobody has asked about. */
  readonly takesPart: boolean;
  /** Full names: `reviews` has become `reviews.bookinfo.svc.cluster.local`. */
  readonly hosts: readonly string[];
  /** `mesh`, or `namespace/name`. */
  readonly gateways: readonly string[];
  readonly http: readonly ResolvedHttpRoute[];
  /** The other sections, with full destination hosts and resolved gateway names. */
  readonly tls: NonNullable<VirtualServiceSpec['tls']>;
  readonly tcp: NonNullable<VirtualServiceSpec['tcp']>;
}

export interface ResolvedHttpRoute {
  /** With full destination and mirror hosts; `match` stands beside it. */
  readonly spec: HttpRouteSpec;
  /** Empty for a route that takes everything. */
  readonly matches: readonly ResolvedHttpMatch[];
  /** The route, in the object that wrote it (a delegate's, where it was delegated). */
  readonly source: Source;
}

export interface ResolvedHttpMatch {
  /** Gateway names are resolved as those of the VirtualService are. */
  readonly spec: HttpMatchSpec;
  readonly source: Source;
}

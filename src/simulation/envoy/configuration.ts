import type { Source } from '../../mesh/config-object';
import type { Endpoint } from '../../mesh/service';
import type { Workload } from '../../mesh/workload';
import type { Journey } from '../journey';
import type { Certificate, ClientHello } from '../network/connection';
import type { Network } from '../network/network';
import type { RunnerUp } from '../trace';
import type { Headers, HttpRequest, Served } from './http';

/** The configuration of a proxy, in Envoy's terms, as istiod would send it; made when it is first needed, and only as far as it is needed. */

/** How the connections that match it are taken. */
export interface FilterChain {
  /** As istiod names it: `0.0.0.0_8080`, `virtualInbound`, `PassthroughFilterChain`. */
  readonly name: string;
  /** TLS that ends here; absent where the bytes are taken as they are. */
  readonly tls?: ServerTls;
  readonly filter: HttpConnectionManager | TcpProxy;
  /** Whether the listener looks for TLS; where it does not, nobody knows the name that TLS asks for. @default - true */
  readonly inspectsTls?: boolean;
  /** What decided about it: a server of a Gateway, a PeerAuthentication, a port of a Service. */
  readonly source?: Source;
  /** Why it is this one, as a clause for people. */
  readonly text?: string;
}

/** The server's side of TLS. */
export interface ServerTls {
  readonly certificate: Certificate;
  readonly clientCertificate: 'ignored' | 'optional' | 'required';
  /** The authority of client certificates. */
  readonly clientCa?: string;
  /** Says why a client certificate of the right authority is refused, for example for its trust domain. */
  refuses?(client: Certificate): string | undefined;
}

/** Which side of a request a proxy stands on. */
export type Side = 'outbound' | 'inbound' | 'gateway';

/** The HTTP part of a filter chain. */
export interface HttpConnectionManager {
  readonly kind: 'http';
  readonly side: Side;
  /** The virtual host for a Host header as sent, in any case, with or without port; undefined means 404. */
  virtualHost(authority: string): VirtualHost | undefined;
  /** Filters before routing, in order: ext_authz, JWT, RBAC. */
  readonly filters: readonly HttpFilter[];
}

/** Bytes are forwarded as they are. */
export interface TcpProxy {
  readonly kind: 'tcp';
  readonly side: Side;
  readonly clusters: readonly WeightedCluster[];
  readonly filters: readonly NetworkFilter[];
  readonly source?: Source;
}

export interface VirtualHost {
  readonly name: string;
  readonly routes: readonly Route[];
  readonly source?: Source;
  /** Why it is this one, as a clause for people. */
  readonly text?: string;
  /** VirtualServices with the same host that bring nothing to it. */
  readonly runnersUp?: () => readonly RunnerUp[];
  /** A gateway whose server says httpsRedirect answers every request on this host so. */
  readonly requireTls?: boolean;
}

/** Regular expressions, prefixes and so on, ready to be asked. */
export type StringMatcher =
  | { readonly kind: 'exact' | 'prefix' | 'suffix' | 'contains'; readonly value: string; readonly ignoreCase?: boolean }
  | { readonly kind: 'regex'; readonly value: string }
  | { readonly kind: 'present' };

export interface HeaderMatcher {
  /** In lower case; `:method`, `:scheme` and `:authority` too. */
  readonly name: string;
  readonly match: StringMatcher;
  readonly invert: boolean;
  /** An absent header counts as an empty one (withoutHeaders with a value). */
  readonly treatMissingAsEmpty?: boolean;
}

export interface QueryMatcher {
  readonly name: string;
  readonly match: StringMatcher;
}

/** A condition on a claim of the verified token. */
export interface ClaimMatcher {
  readonly path: readonly string[];
  readonly match: StringMatcher;
  readonly invert: boolean;
}

export interface RouteMatch {
  /** `prefix: '/'` where nothing is said about the path. */
  readonly path: { readonly kind: 'exact' | 'prefix' | 'regex'; readonly value: string; readonly ignoreCase: boolean };
  readonly headers: readonly HeaderMatcher[];
  readonly query: readonly QueryMatcher[];
  readonly claims: readonly ClaimMatcher[];
}

/** Changes to headers, in this order: remove, then set and add in the order given. */
export interface HeaderMutations {
  readonly remove: readonly string[];
  readonly set: readonly { readonly name: string; readonly value: string; readonly append: boolean }[];
}

export interface WeightedCluster {
  /** `outbound|9080|v1|reviews.bookinfo.svc.cluster.local`, `PassthroughCluster`, `BlackHoleCluster`, `inbound|8080||` */
  readonly name: string;
  readonly weight: number;
  readonly requestHeaders?: HeaderMutations;
  readonly responseHeaders?: HeaderMutations;
  readonly hostRewrite?: string;
  readonly source?: Source;
}

export interface RetryPolicy {
  readonly attempts: number;
  readonly on: readonly string[];
  readonly statusCodes: readonly number[];
  /** In milliseconds; 0 for none. */
  readonly perTryTimeout: number;
  readonly backoff?: number;
  readonly avoidPreviousHosts: boolean;
  readonly remoteLocalities: boolean;
  readonly source?: Source;
}

export interface Mirror {
  readonly cluster: string;
  /** From 0 to 100. */
  readonly percentage: number;
  readonly source?: Source;
}

export interface Fault {
  /** milliseconds, percentage from 0 to 100 */
  readonly delay?: { readonly duration: number; readonly percentage: number };
  readonly abort?: { readonly status?: number; readonly grpcStatus?: string; readonly percentage: number };
  readonly source?: Source;
}

export interface Cors {
  readonly origins: readonly StringMatcher[];
  readonly methods?: string;
  readonly headers?: string;
  readonly exposeHeaders?: string;
  readonly maxAge?: string;
  readonly credentials?: boolean;
  readonly forwardsUnmatchedPreflights: boolean;
  readonly source?: Source;
}

export type PathRewrite =
  | { readonly kind: 'prefix'; readonly value: string }
  | { readonly kind: 'regex'; readonly pattern: string; readonly substitution: string }
  | { readonly kind: 'full'; readonly value: string };

export interface Forward {
  readonly kind: 'forward';
  readonly clusters: readonly WeightedCluster[];
  readonly pathRewrite?: PathRewrite;
  readonly hostRewrite?: string;
  /** Whether a host that is rewritten is told in `x-forwarded-host`. */
  readonly appendsForwardedHost?: boolean;
  /** In milliseconds; 0 for none. */
  readonly timeout: number;
  readonly retry?: RetryPolicy;
  readonly mirrors: readonly Mirror[];
  /** What binds a caller to an endpoint of clusters that hash, where the route says so. @default - what the cluster has */
  readonly hash?: readonly HashPolicy[];
  /** A cluster that does not exist is answered so, 503 unless a Gateway API route says otherwise. */
  readonly clusterNotFoundStatus: number;
}

export interface Redirect {
  readonly kind: 'redirect';
  readonly path?: string;
  readonly prefixRewrite?: string;
  readonly authority?: string;
  readonly scheme?: string;
  readonly port?: number;
  readonly status: number;
}

export interface DirectResponse {
  readonly kind: 'directResponse';
  readonly status: number;
  readonly body?: string;
}

export interface Route {
  /** Of the access log: the name of the HTTP route, `default`, `allow_any`, `block_all`. */
  readonly name: string;
  readonly match: RouteMatch;
  readonly action: Forward | Redirect | DirectResponse;
  readonly requestHeaders?: HeaderMutations;
  readonly responseHeaders?: HeaderMutations;
  readonly fault?: Fault;
  readonly cors?: Cors;
  /** The match entry of a VirtualService, or the route where it has none. */
  readonly source?: Source;
}

/** The cookie, header, parameter or address that binds a caller to an endpoint. */
export type HashPolicy =
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'cookie'; readonly name: string; readonly path?: string; readonly ttl?: number }
  | { readonly kind: 'sourceIp' }
  | { readonly kind: 'query'; readonly name: string };

/** When an endpoint is taken out for a while because it fails. 0 switches a count off. */
export interface OutlierDetection {
  /** How many answers of 500 and above in a row; connections that fail count as 503. */
  readonly consecutive5xx: number;
  /** How many of 502, 503 and 504 in a row. */
  readonly consecutiveGatewayErrors: number;
  /** How many connections that fail in a row, where these are counted apart. */
  readonly consecutiveLocalOriginFailures: number;
  readonly splitExternalLocalOriginErrors: boolean;
  /** Milliseconds; the time grows with every time that the endpoint is taken out. */
  readonly baseEjectionTime: number;
  /** Milliseconds between two looks at who may come back. */
  readonly interval: number;
  /** How many of a hundred endpoints may be out at once. */
  readonly maxEjectionPercent: number;
  readonly source?: Source;
}

/** Endpoints of one priority: the lower the earlier, others serve as the first ones fail. Weights are relative within a priority. */
export interface LocalityEndpoints {
  readonly priority: number;
  readonly weight: number;
  readonly endpoints: readonly Endpoint[];
}

export interface Cluster {
  readonly name: string;
  /** `static`: the endpoints below; `originalDestination`: where the connection went in the first place; `dynamic`: the host that the request names; `blackhole`: none. */
  readonly type: 'static' | 'originalDestination' | 'dynamic' | 'blackhole';
  readonly localities: readonly LocalityEndpoints[];
  /** Whether a locality is chosen by its weight before an endpoint in it; otherwise all endpoints of a priority stand together. */
  readonly isLocalityWeighted: boolean;
  /** Below this percentage of healthy endpoints Envoy asks the others too; 0 for never. */
  readonly panicThreshold: number;
  /** The port to which clusters of the kind `originalDestination` connect, in place of the original one. */
  readonly portOverride?: number;
  /** What the proxy does about TLS towards an endpoint; undefined for plaintext. */
  tls(endpoint: Endpoint, request?: HttpRequest): ClientHello | undefined;
  /** Why it does so, for the trace: DestinationRule, PeerAuthentication. */
  tlsSource?(endpoint: Endpoint): Source | undefined;
  readonly loadBalancing: 'ROUND_ROBIN' | 'LEAST_REQUEST' | 'RANDOM' | 'RING_HASH' | 'MAGLEV' | 'ORIGINAL_DST';
  /** Of a ring at least, of Maglev exactly. */
  readonly hashTableSize: number;
  /** What binds a connection without HTTP to an endpoint; for requests their route says it. */
  readonly hash: readonly HashPolicy[];
  readonly outlierDetection?: OutlierDetection;
  readonly http2: boolean;
  /** Whether requests go on in the version of HTTP in which they came, whatever `http2` says. */
  readonly keepsVersion: boolean;
  /** Milliseconds until a connection counts as failed. */
  readonly connectTimeout: number;
  /** What else is configured and not simulated, each as a clause with the field that says so. */
  readonly unsimulated: readonly { readonly text: string; readonly source?: Source }[];
  /** The DestinationRule, and the subset in it, that shaped it. */
  readonly source?: Source;
}

/** What a filter says about a request: let it pass, or this answer. */
export type Verdict =
  | {
      readonly kind: 'pass';
      /** What the answer gets beside its own headers. */
      readonly responseHeaders?: Headers;
      /** Milliseconds that the filter took. */
      readonly elapsed?: number;
    }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      readonly details: string;
      readonly flags?: string;
      readonly headers?: Headers;
      readonly elapsed?: number;
      /** Whoever wrote the answer, where it is not the proxy: the provider that refuses a request. */
      readonly server?: Served;
    };

/** What filters know of a request beside itself. */
export interface Peer {
  /** The direct peer of the connection. */
  readonly ip: string;
  /** What X-Forwarded-For or PROXY protocol says, else the same. */
  readonly remoteIp: string;
  readonly certificate?: Certificate;
  readonly sni: string;
  readonly destination: { readonly ip: string; readonly port: number };
}

/** The payload of a verified token, with its principal `iss/sub`. */
export interface VerifiedToken {
  readonly principal: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What a filter can know and change while it looks at a request. */
export interface FilterContext {
  readonly network: Network;
  readonly journey: Journey;
  readonly proxy: Workload;
  readonly peer: Peer;
  /** Set by the filter that verifies tokens, read by those behind it. */
  token?: VerifiedToken;
  /** Whether a route takes the request as it is now; providers are not asked about others. By default one does. */
  hasRoute?(): boolean;
}

/** A filter of the HTTP chain before routing: ext_authz, JWT, RBAC. It may change the request, and writes what it decides into the trace. */
export interface HttpFilter {
  readonly name: string;
  apply(request: HttpRequest, context: FilterContext): Verdict;
}

/** What a filter says about a connection: let it pass, or close it, with what the access log then has. */
export type NetworkVerdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'close'; readonly flags?: string; readonly details?: string; readonly termination?: string };

/** A filter of a chain that does not speak HTTP. */
export interface NetworkFilter {
  readonly name: string;
  apply(context: FilterContext): NetworkVerdict;
}

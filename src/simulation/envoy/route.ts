import type { Source } from '../../mesh/config-object';
import type { RunnerUp } from '../trace';
import type { HashPolicy } from './cluster';

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
export type StringMatcher = { readonly kind: 'exact' | 'prefix' | 'regex'; readonly value: string } | { readonly kind: 'present' };

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

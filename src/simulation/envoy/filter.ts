import type { Workload } from '../../mesh/workload';
import type { Journey } from '../journey';
import type { Certificate } from '../network/connection';
import type { Network } from '../network/network';
import type { Headers, HttpRequest, Served } from './http';

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

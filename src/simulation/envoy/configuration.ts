import type { Source } from '../../mesh/config-object';
import type { Certificate } from '../network/connection';
import type { HttpFilter, NetworkFilter } from './filter';
import type { VirtualHost, WeightedCluster } from './route';
import type { Side } from './side';

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

/** The HTTP part of a filter chain. */
export interface HttpConnectionManager {
  readonly kind: 'http';
  readonly side: Side;
  /** The virtual host for a Host header as sent, in any case, with or without port; undefined means 404. */
  virtualHost(authority: string): VirtualHost | undefined;
  /** Filters before routing, in order: ext_authz, JWT, RBAC. */
  readonly filters: readonly HttpFilter[];
  /** At the side of a server, what it calls its requests: `reviews.shop.svc.cluster.local:9080/*`. */
  readonly operation?: string;
}

/** Bytes are forwarded as they are. */
export interface TcpProxy {
  readonly kind: 'tcp';
  readonly side: Side;
  readonly clusters: readonly WeightedCluster[];
  readonly filters: readonly NetworkFilter[];
  readonly source?: Source;
}

import type { Source } from '../../mesh/config-object';
import type { Endpoint } from '../../mesh/service';
import type { ClientHello } from '../network/connection';
import type { HttpRequest } from './http';

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
  /** Every request gets a connection of its own. @default - false */
  readonly isOneRequestEach?: boolean;
  /** Milliseconds until a connection counts as failed. */
  readonly connectTimeout: number;
  /** What else is configured and not simulated, each as a clause with the field that says so. */
  readonly unsimulated: readonly { readonly text: string; readonly source?: Source }[];
  /** The DestinationRule, and the subset in it, that shaped it. */
  readonly source?: Source;
}

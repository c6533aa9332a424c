import type { ConnectionPoolSpec } from './destination-rule';
import type { ServerTlsSpec } from './gateway';

/** The fields of a Sidecar as istiod reads them, once validation has passed. */
export interface SidecarSpec {
  readonly workloadSelector?: { readonly labels?: Readonly<Record<string, string>> };
  readonly ingress?: readonly IngressListenerSpec[];
  readonly egress?: readonly EgressListenerSpec[];
  readonly inboundConnectionPool?: ConnectionPoolSpec;
  readonly outboundTrafficPolicy?: {
    readonly mode?: 'REGISTRY_ONLY' | 'ALLOW_ANY' | 'ALLOW_ANY_DYNAMIC_DNS';
    readonly egressProxy?: { readonly host: string; readonly subset?: string; readonly port?: { readonly number?: number } };
  };
}

export interface SidecarPortSpec {
  readonly number: number;
  readonly protocol?: string;
  readonly name?: string;
}

export interface IngressListenerSpec {
  readonly port: SidecarPortSpec;
  readonly bind?: string;
  readonly captureMode?: 'DEFAULT' | 'IPTABLES' | 'NONE';
  readonly defaultEndpoint?: string;
  readonly connectionPool?: ConnectionPoolSpec;
  readonly tls?: ServerTlsSpec;
}

export interface EgressListenerSpec {
  readonly port?: SidecarPortSpec;
  readonly bind?: string;
  readonly captureMode?: 'DEFAULT' | 'IPTABLES' | 'NONE';
  readonly hosts?: readonly string[];
}

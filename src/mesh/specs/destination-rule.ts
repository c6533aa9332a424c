/** The fields of a DestinationRule as istiod reads them, once validation has passed. */
export interface DestinationRuleSpec {
  readonly host: string;
  readonly trafficPolicy?: TrafficPolicySpec;
  readonly subsets?: readonly SubsetSpec[];
  readonly exportTo?: readonly string[];
  readonly workloadSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
}

export interface SubsetSpec {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly trafficPolicy?: TrafficPolicySpec;
}

/** The settings that can stand for one port alone. */
export interface PortPolicySpec {
  readonly connectionPool?: ConnectionPoolSpec;
  readonly loadBalancer?: LoadBalancerSpec;
  readonly outlierDetection?: OutlierDetectionSpec;
  readonly tls?: ClientTlsSpec;
}

export interface TrafficPolicySpec extends PortPolicySpec {
  readonly portLevelSettings?: readonly (PortPolicySpec & { readonly port?: { readonly number?: number } })[];
  readonly tunnel?: { readonly protocol?: string; readonly targetHost: string; readonly targetPort: number };
  readonly proxyProtocol?: { readonly version?: string };
  readonly retryBudget?: { readonly percent?: number; readonly minRetryConcurrency?: number };
}

export interface ConnectionPoolSpec {
  readonly tcp?: { readonly maxConnections?: number; readonly connectTimeout?: string; readonly [field: string]: unknown };
  readonly http?: { readonly h2UpgradePolicy?: string; readonly maxRetries?: number; readonly useClientProtocol?: boolean; readonly [field: string]: unknown };
}

export interface LoadBalancerSpec {
  readonly simple?: 'UNSPECIFIED' | 'RANDOM' | 'PASSTHROUGH' | 'ROUND_ROBIN' | 'LEAST_REQUEST' | 'LEAST_CONN';
  readonly consistentHash?: {
    readonly httpHeaderName?: string;
    readonly httpCookie?: { readonly name: string; readonly path?: string; readonly ttl?: string; readonly attributes?: readonly unknown[] };
    readonly useSourceIp?: boolean;
    readonly httpQueryParameterName?: string;
    readonly [algorithm: string]: unknown;
  };
  readonly localityLbSetting?: LocalityLoadBalancerSpec;
  readonly zoneAwareLbSetting?: ZoneAwareLoadBalancerSpec;
  readonly warmup?: unknown;
}

export interface ZoneAwareLoadBalancerSpec {
  readonly failover?: readonly { readonly from?: string; readonly to?: string }[];
  readonly failoverPriority?: readonly string[];
  readonly enabled?: boolean | null;
}

export interface LocalityLoadBalancerSpec {
  readonly distribute?: readonly { readonly from?: string; readonly to?: Readonly<Record<string, number>> }[];
  readonly failover?: readonly { readonly from?: string; readonly to?: string }[];
  readonly failoverPriority?: readonly string[];
  readonly enabled?: boolean | null;
}

export interface OutlierDetectionSpec {
  readonly consecutiveErrors?: number;
  readonly splitExternalLocalOriginErrors?: boolean;
  readonly consecutiveLocalOriginFailures?: number;
  readonly consecutiveGatewayErrors?: number;
  readonly consecutive5xxErrors?: number;
  readonly interval?: string;
  readonly baseEjectionTime?: string;
  readonly maxEjectionPercent?: number;
  readonly minHealthPercent?: number;
}

export interface ClientTlsSpec {
  readonly mode?: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly credentialName?: string;
  readonly subjectAltNames?: readonly string[];
  readonly sni?: string;
  readonly insecureSkipVerify?: boolean;
}

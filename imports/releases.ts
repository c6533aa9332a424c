// Generated from the CustomResourceDefinitions of releases 1.8 to 1.31 by "npm run generate". Do not edit.
/** The first minor release that has a thing, or the first and the last one where it is gone. */
export type Dates = string | readonly [first: string, last: string];

export interface ReleaseTable {
  /** The known minor releases, oldest first. */
  readonly releases: readonly string[];
  /** By `group/Kind`. `stored` is the first and last release that stored the kind in a version; an empty last one means "still". */
  readonly kinds: {
    readonly [kind: string]: {
      readonly since?: string;
      readonly until?: string;
      readonly versions: { readonly [version: string]: { readonly since?: string; readonly until?: string; readonly stored?: readonly [first: string, last: string] } };
    };
  };
  /** By type and field. */
  readonly fields: { readonly [type: string]: { readonly [field: string]: Dates } };
  /** By type, field and value. */
  readonly enums: { readonly [type: string]: { readonly [field: string]: { readonly [value: string]: Dates } } };
}

/** When each thing came and went; what is not named here is in every release from the first to the newest. */
export const releaseTable: ReleaseTable = {
  releases: [
    '1.8',
    '1.9',
    '1.10',
    '1.11',
    '1.12',
    '1.13',
    '1.14',
    '1.15',
    '1.16',
    '1.17',
    '1.18',
    '1.19',
    '1.20',
    '1.21',
    '1.22',
    '1.23',
    '1.24',
    '1.25',
    '1.26',
    '1.27',
    '1.28',
    '1.29',
    '1.30',
    '1.31',
  ],
  kinds: {
    'extensions.istio.io/TrafficExtension': { since: '1.30', versions: { v1alpha1: { stored: ['1.30', ''] } } },
    'extensions.istio.io/WasmPlugin': { since: '1.12', versions: { v1alpha1: { stored: ['1.12', ''] } } },
    'networking.istio.io/DestinationRule': {
      versions: { v1: { since: '1.22', stored: ['1.27', ''] }, v1beta1: { stored: ['1.22', '1.26'] }, v1alpha3: { stored: ['1.8', '1.21'] } },
    },
    'networking.istio.io/EnvoyFilter': { versions: { v1alpha3: { stored: ['1.8', ''] } } },
    'networking.istio.io/Gateway': {
      versions: { v1: { since: '1.22', stored: ['1.27', ''] }, v1beta1: { stored: ['1.22', '1.26'] }, v1alpha3: { stored: ['1.8', '1.21'] } },
    },
    'networking.istio.io/ProxyConfig': { since: '1.13', versions: { v1beta1: { stored: ['1.13', ''] } } },
    'networking.istio.io/ServiceEntry': {
      versions: { v1: { since: '1.22', stored: ['1.27', ''] }, v1beta1: { stored: ['1.22', '1.26'] }, v1alpha3: { stored: ['1.8', '1.21'] } },
    },
    'networking.istio.io/Sidecar': {
      versions: { v1: { since: '1.22', stored: ['1.27', ''] }, v1beta1: { stored: ['1.22', '1.26'] }, v1alpha3: { stored: ['1.8', '1.21'] } },
    },
    'networking.istio.io/VirtualService': {
      versions: { v1: { since: '1.22', stored: ['1.27', ''] }, v1beta1: { stored: ['1.22', '1.26'] }, v1alpha3: { stored: ['1.8', '1.21'] } },
    },
    'networking.istio.io/WorkloadEntry': {
      versions: { v1: { since: '1.22', stored: ['1.27', ''] }, v1beta1: { stored: ['1.22', '1.26'] }, v1alpha3: { stored: ['1.8', '1.21'] } },
    },
    'networking.istio.io/WorkloadGroup': {
      versions: { v1: { since: '1.22', stored: ['1.27', ''] }, v1beta1: { since: '1.13', stored: ['1.22', '1.26'] }, v1alpha3: { stored: ['1.8', '1.21'] } },
    },
    'security.istio.io/AuthorizationPolicy': { versions: { v1: { since: '1.17', stored: ['1.28', ''] }, v1beta1: { stored: ['1.8', '1.27'] } } },
    'security.istio.io/PeerAuthentication': { versions: { v1: { since: '1.22', stored: ['1.28', ''] }, v1beta1: { stored: ['1.8', '1.27'] } } },
    'security.istio.io/RequestAuthentication': { versions: { v1: { since: '1.17', stored: ['1.28', ''] }, v1beta1: { stored: ['1.8', '1.27'] } } },
    'telemetry.istio.io/Telemetry': { since: '1.10', versions: { v1: { since: '1.22' }, v1alpha1: { stored: ['1.10', ''] } } },
  },
  fields: {
    WasmPluginSpec: { failStrategy: '1.19', match: '1.16', targetRef: '1.20', targetRefs: '1.22', type: '1.20', vmConfig: '1.14' },
    ClientTLSSettings: { caCrl: '1.22', insecureSkipVerify: '1.12' },
    ConsistentHashLB: { maglev: '1.16', ringHash: '1.16' },
    CorsPolicy: { unmatchedPreflights: '1.23' },
    DestinationRuleSpec: { workloadSelector: '1.14' },
    EnvoyConfigObjectMatch: { waypoint: '1.29' },
    EnvoyFilterSpec: { priority: '1.11', targetRefs: '1.22' },
    FilterChainMatch: { destinationPort: '1.9' },
    HTTPCookie: { attributes: '1.28' },
    HTTPMatchRequest: { statPrefix: '1.15' },
    HTTPRedirect: { derivePort: '1.12', port: '1.12', prefixRewrite: '1.31', scheme: '1.12' },
    HTTPRetry: { backoff: '1.26', retryIgnorePreviousHosts: '1.26' },
    HTTPRewrite: { uriRegexRewrite: '1.19' },
    HTTPRoute: { directResponse: '1.15', mirrors: '1.19' },
    HTTPSettings: { http2KeepAlive: '1.31', maxConcurrentStreams: '1.21' },
    IstioIngressListener: { connectionPool: '1.20', tls: '1.13' },
    ListenerMatch: { listenerFilter: '1.17' },
    LoadBalancerSettings: { warmup: '1.24', warmupDurationSecs: '1.14', zoneAwareLbSetting: '1.31' },
    LocalityLoadBalancerSetting: { failoverPriority: '1.12' },
    OutlierDetection: { consecutiveLocalOriginFailures: '1.11', outlierDetectionHttpErrorCodes: '1.31', splitExternalLocalOriginErrors: '1.11' },
    ReadinessProbe: { grpc: '1.25' },
    RetryBudget: { budgetInterval: '1.31' },
    ServerTLSSettings: { caCertCredentialName: '1.28', caCrl: '1.22', credentialNames: '1.26', insecureSkipVerify: '1.31', tlsCertificates: '1.26' },
    SidecarSpec: { inboundConnectionPool: '1.20' },
    TCPSettings: { idleTimeout: '1.21', maxConnectionDuration: '1.15' },
    TrafficPolicy: { proxyProtocol: '1.21', retryBudget: '1.27', tunnel: '1.14' },
    VirtualHostMatch: { domainName: '1.25' },
    AuthorizationPolicySpec: { targetRef: '1.20', targetRefs: '1.22' },
    JWTRule: { fromCookies: '1.21', outputClaimToHeaders: '1.17', spaceDelimitedClaims: '1.28', timeout: '1.22' },
    RequestAuthenticationSpec: { targetRef: '1.20', targetRefs: '1.22' },
    Source: { notServiceAccounts: '1.25', notTrustDomains: '1.30', serviceAccounts: '1.25', trustDomains: '1.30' },
    AccessLogging: { filter: '1.13', match: '1.14' },
    CustomTag: { formatter: '1.29' },
    Metrics: { reportingInterval: '1.17' },
    TelemetrySpec: { accessLogging: '1.11', metrics: '1.11', targetRef: '1.20', targetRefs: '1.22' },
    Tracing: { disableContextPropagation: '1.30', enableIstioTags: '1.25', match: '1.14', useRequestIdForTraceSampling: '1.13' },
  },
  enums: {
    WasmPluginSpec: { failStrategy: { FAIL_RELOAD: '1.27' } },
    EnvoyConfigObjectMatch: { context: { WAYPOINT: '1.29' } },
    EnvoyConfigObjectPatch: { applyTo: { BOOTSTRAP: '1.11', LISTENER_FILTER: '1.17' } },
    LoadBalancerSettings: { simple: { UNSPECIFIED: '1.14', LEAST_REQUEST: '1.14' } },
    Patch: { operation: { MERGE_AND_REPLACE_LIST: '1.31' } },
    ServerTLSSettings: { mode: { OPTIONAL_MUTUAL: '1.19' } },
    ServiceEntrySpec: { resolution: { DNS_ROUND_ROBIN: '1.12', DYNAMIC_DNS: '1.28' } },
  },
};

// Generated from the CustomResourceDefinitions of releases 1.8 to 1.31 by "npm run generate". Do not edit.
import type { Duration, Kind, ObjectReference, Schema, ValidationRule, WorkloadReference } from './schema';
import type { PolicyTargetReference, WorkloadSelector } from './shared';
import type { Unset } from './unset';

export type ClientTLSMode = 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
export type UnmatchedPreflights = 'UNSPECIFIED' | 'FORWARD' | 'IGNORE';
export type PatchContext = 'ANY' | 'SIDECAR_INBOUND' | 'SIDECAR_OUTBOUND' | 'GATEWAY' | 'WAYPOINT';
export type ApplyTo = 
  | 'INVALID'
  | 'LISTENER'
  | 'FILTER_CHAIN'
  | 'NETWORK_FILTER'
  | 'HTTP_FILTER'
  | 'ROUTE_CONFIGURATION'
  | 'VIRTUAL_HOST'
  | 'HTTP_ROUTE'
  | 'CLUSTER'
  | 'EXTENSION_CONFIG'
  | 'BOOTSTRAP'
  | 'LISTENER_FILTER';
export type RedirectPortSelection = 'FROM_PROTOCOL_DEFAULT' | 'FROM_REQUEST_PORT';
export type H2UpgradePolicy = 'DEFAULT' | 'DO_NOT_UPGRADE' | 'UPGRADE';
export type CaptureMode = 'DEFAULT' | 'IPTABLES' | 'NONE';
export type SimpleLB = 'UNSPECIFIED' | 'LEAST_CONN' | 'RANDOM' | 'PASSTHROUGH' | 'ROUND_ROBIN' | 'LEAST_REQUEST';
export type OutboundTrafficPolicyMode = 'REGISTRY_ONLY' | 'ALLOW_ANY';
export type FilterClass = 'UNSPECIFIED' | 'AUTHN' | 'AUTHZ' | 'STATS';
export type PatchOperation = 'INVALID' | 'MERGE' | 'ADD' | 'REMOVE' | 'INSERT_BEFORE' | 'INSERT_AFTER' | 'INSERT_FIRST' | 'REPLACE' | 'MERGE_AND_REPLACE_LIST';
export type ProxyProtocolVersion = 'V1' | 'V2';
export type RouteMatchAction = 'ANY' | 'ROUTE' | 'REDIRECT' | 'DIRECT_RESPONSE';
export type TLSProtocol = 'TLS_AUTO' | 'TLSV1_0' | 'TLSV1_1' | 'TLSV1_2' | 'TLSV1_3';
export type ServerTLSMode = 'PASSTHROUGH' | 'SIMPLE' | 'MUTUAL' | 'AUTO_PASSTHROUGH' | 'ISTIO_MUTUAL' | 'OPTIONAL_MUTUAL';
export type ServiceEntryLocation = 'MESH_EXTERNAL' | 'MESH_INTERNAL';
export type ServiceEntryResolution = 'NONE' | 'STATIC' | 'DNS' | 'DNS_ROUND_ROBIN' | 'DYNAMIC_DNS';

export interface ClientTLSSettingsFields {
  readonly caCertificates?: string | null;
  /** since 1.22 */
  readonly caCrl?: string | null;
  /** since 1.12 */
  readonly insecureSkipVerify?: boolean | null;
  readonly sni?: string | null;
  readonly subjectAltNames?: readonly string[] | null;
}
export interface ClientTLSSettingsMutualByFiles extends ClientTLSSettingsFields {
  readonly mode: 'MUTUAL';
  readonly clientCertificate: string;
  readonly privateKey: string;
  readonly credentialName?: string | ObjectReference | null;
}
export interface ClientTLSSettingsMutualWithCredential extends ClientTLSSettingsFields {
  readonly mode: 'MUTUAL';
  readonly credentialName: string | ObjectReference;
  readonly clientCertificate?: string | null;
  readonly privateKey?: string | null;
}
export interface ClientTLSSettingsPlain extends ClientTLSSettingsFields {
  readonly mode?: 'DISABLE' | 'SIMPLE' | 'ISTIO_MUTUAL' | null;
  readonly clientCertificate?: string | null;
  readonly privateKey?: string | null;
  readonly credentialName?: string | ObjectReference | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings */
export type ClientTLSSettings =
  | ClientTLSSettingsMutualByFiles
  | ClientTLSSettingsMutualWithCredential
  | ClientTLSSettingsPlain;
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#ClusterMatch */
export interface ClusterMatch {
  readonly name?: string | null;
  /** not negative */
  readonly portNumber?: number | null;
  readonly service?: string | null;
  readonly subset?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings */
export interface ConnectionPoolSettings {
  readonly http?: HTTPSettings | null;
  readonly tcp?: TCPSettings | null;
}
export interface ConsistentHashLBFields {
  /** at least 0; deprecated */
  readonly minimumRingSize?: number | null;
}
export interface ConsistentHashLBByHttpQueryParameterName {
  readonly httpHeaderName?: Unset<'set only one of httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName'>;
  readonly httpCookie?: Unset<'set only one of httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName'>;
  readonly useSourceIp?: Unset<'set only one of httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName'>;
  readonly httpQueryParameterName: string;
}
export interface ConsistentHashLBByUseSourceIp {
  readonly httpHeaderName?: Unset<'set only one of httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName'>;
  readonly httpCookie?: Unset<'set only one of httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName'>;
  readonly useSourceIp: boolean;
  readonly httpQueryParameterName?: Unset<'set only one of httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName'>;
}
export interface ConsistentHashLBByHttpCookie {
  readonly httpHeaderName?: Unset<'set only one of httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName'>;
  readonly httpCookie: HTTPCookie;
  readonly useSourceIp?: Unset<'set only one of httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName'>;
  readonly httpQueryParameterName?: Unset<'set only one of httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName'>;
}
export interface ConsistentHashLBWithHttpHeaderName {
  readonly httpHeaderName?: string | null;
  readonly httpCookie?: Unset<'set only one of httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName'>;
  readonly useSourceIp?: Unset<'set only one of httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName'>;
  readonly httpQueryParameterName?: Unset<'set only one of httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName'>;
}
export interface ConsistentHashLBByMaglev {
  readonly ringHash?: Unset<'set only one of ringHash, maglev'>;
  /** since 1.16 */
  readonly maglev: MagLev;
}
export interface ConsistentHashLBWithRingHash {
  /** since 1.16 */
  readonly ringHash?: RingHash | null;
  readonly maglev?: Unset<'set only one of ringHash, maglev'>;
}
export interface ConsistentHashLBByHttpQueryParameterNameByMaglev extends ConsistentHashLBFields, ConsistentHashLBByHttpQueryParameterName, ConsistentHashLBByMaglev {}
export interface ConsistentHashLBByHttpQueryParameterNameWithRingHash extends ConsistentHashLBFields, ConsistentHashLBByHttpQueryParameterName, ConsistentHashLBWithRingHash {}
export interface ConsistentHashLBByUseSourceIpByMaglev extends ConsistentHashLBFields, ConsistentHashLBByUseSourceIp, ConsistentHashLBByMaglev {}
export interface ConsistentHashLBByUseSourceIpWithRingHash extends ConsistentHashLBFields, ConsistentHashLBByUseSourceIp, ConsistentHashLBWithRingHash {}
export interface ConsistentHashLBByHttpCookieByMaglev extends ConsistentHashLBFields, ConsistentHashLBByHttpCookie, ConsistentHashLBByMaglev {}
export interface ConsistentHashLBByHttpCookieWithRingHash extends ConsistentHashLBFields, ConsistentHashLBByHttpCookie, ConsistentHashLBWithRingHash {}
export interface ConsistentHashLBWithHttpHeaderNameByMaglev extends ConsistentHashLBFields, ConsistentHashLBWithHttpHeaderName, ConsistentHashLBByMaglev {}
export interface ConsistentHashLBWithHttpHeaderNameWithRingHash extends ConsistentHashLBFields, ConsistentHashLBWithHttpHeaderName, ConsistentHashLBWithRingHash {}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConsistentHashLB */
export type ConsistentHashLB =
  | ConsistentHashLBByHttpQueryParameterNameByMaglev
  | ConsistentHashLBByHttpQueryParameterNameWithRingHash
  | ConsistentHashLBByUseSourceIpByMaglev
  | ConsistentHashLBByUseSourceIpWithRingHash
  | ConsistentHashLBByHttpCookieByMaglev
  | ConsistentHashLBByHttpCookieWithRingHash
  | ConsistentHashLBWithHttpHeaderNameByMaglev
  | ConsistentHashLBWithHttpHeaderNameWithRingHash;
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#CookieAttribute */
export interface CookieAttribute {
  readonly name: string;
  readonly value?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#CorsPolicy */
export interface CorsPolicy {
  readonly allowCredentials?: boolean | null;
  readonly allowHeaders?: readonly string[] | null;
  readonly allowMethods?: readonly string[] | null;
  readonly allowOrigin?: readonly string[] | null;
  readonly allowOrigins?: readonly StringMatch[] | null;
  readonly exposeHeaders?: readonly string[] | null;
  /** must be a valid duration greater than 1ms */
  readonly maxAge?: Duration | null;
  /** since 1.23 */
  readonly unmatchedPreflights?: UnmatchedPreflights | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#Delegate */
export interface Delegate {
  readonly name?: string | null;
  readonly namespace?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/sidecar/#Destination */
export interface Destination {
  readonly host: string | ObjectReference;
  readonly port?: PortSelector | null;
  readonly subset?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#DestinationRule */
export interface DestinationRuleSpec<Name extends string = string> {
  readonly exportTo?: readonly string[] | null;
  readonly host: string | ObjectReference;
  readonly subsets?: readonly Subset<Name>[] | null;
  readonly trafficPolicy?: TrafficPolicy | null;
  /** since 1.14 */
  readonly workloadSelector?: WorkloadReference | WorkloadSelector | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#Distribute */
export interface Distribute {
  readonly from?: string | null;
  readonly to?: { readonly [key: string]: number | null } | null;
}
export interface EnvoyConfigObjectMatchFields {
  readonly context?: PatchContext | null;
  readonly proxy?: ProxyMatch | null;
}
export interface EnvoyConfigObjectMatchByWaypoint extends EnvoyConfigObjectMatchFields {
  readonly listener?: Unset<'set only one of listener, routeConfiguration, cluster, waypoint'>;
  readonly routeConfiguration?: Unset<'set only one of listener, routeConfiguration, cluster, waypoint'>;
  readonly cluster?: Unset<'set only one of listener, routeConfiguration, cluster, waypoint'>;
  /** since 1.29 */
  readonly waypoint: WaypointMatch;
}
export interface EnvoyConfigObjectMatchByCluster extends EnvoyConfigObjectMatchFields {
  readonly listener?: Unset<'set only one of listener, routeConfiguration, cluster, waypoint'>;
  readonly routeConfiguration?: Unset<'set only one of listener, routeConfiguration, cluster, waypoint'>;
  readonly cluster: ClusterMatch;
  readonly waypoint?: Unset<'set only one of listener, routeConfiguration, cluster, waypoint'>;
}
export interface EnvoyConfigObjectMatchByRouteConfiguration extends EnvoyConfigObjectMatchFields {
  readonly listener?: Unset<'set only one of listener, routeConfiguration, cluster, waypoint'>;
  readonly routeConfiguration: RouteConfigurationMatch;
  readonly cluster?: Unset<'set only one of listener, routeConfiguration, cluster, waypoint'>;
  readonly waypoint?: Unset<'set only one of listener, routeConfiguration, cluster, waypoint'>;
}
export interface EnvoyConfigObjectMatchWithListener extends EnvoyConfigObjectMatchFields {
  readonly listener?: ListenerMatch | null;
  readonly routeConfiguration?: Unset<'set only one of listener, routeConfiguration, cluster, waypoint'>;
  readonly cluster?: Unset<'set only one of listener, routeConfiguration, cluster, waypoint'>;
  readonly waypoint?: Unset<'set only one of listener, routeConfiguration, cluster, waypoint'>;
}
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyConfigObjectMatch */
export type EnvoyConfigObjectMatch =
  | EnvoyConfigObjectMatchByWaypoint
  | EnvoyConfigObjectMatchByCluster
  | EnvoyConfigObjectMatchByRouteConfiguration
  | EnvoyConfigObjectMatchWithListener;
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyConfigObjectPatch */
export interface EnvoyConfigObjectPatch {
  readonly applyTo?: ApplyTo | null;
  readonly match?: EnvoyConfigObjectMatch | null;
  readonly patch?: Patch | null;
}
export interface EnvoyFilterSpecFields {
  readonly configPatches?: readonly EnvoyConfigObjectPatch[] | null;
  /** since 1.11 */
  readonly priority?: number | null;
}
export interface EnvoyFilterSpecByTargetRefs extends EnvoyFilterSpecFields {
  readonly workloadSelector?: Unset<'set only one of workloadSelector, targetRefs'>;
  /** at most 16 items; since 1.22 */
  readonly targetRefs: readonly (ObjectReference | PolicyTargetReference)[];
}
export interface EnvoyFilterSpecWithWorkloadSelector extends EnvoyFilterSpecFields {
  readonly workloadSelector?: WorkloadReference | WorkloadLabelSelector | null;
  readonly targetRefs?: Unset<'set only one of workloadSelector, targetRefs'>;
}
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter */
export type EnvoyFilterSpec =
  | EnvoyFilterSpecByTargetRefs
  | EnvoyFilterSpecWithWorkloadSelector;
/** See https://istio.io/latest/docs/reference/config/networking/workload-group/#ExecHealthCheckConfig */
export interface ExecHealthCheckConfig {
  readonly command: readonly string[];
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#Failover */
export interface Failover {
  readonly from?: string | null;
  readonly to?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#FilterChainMatch */
export interface FilterChainMatch {
  readonly applicationProtocols?: string | null;
  /** not negative; since 1.9 */
  readonly destinationPort?: number | null;
  readonly filter?: FilterMatch | null;
  readonly name?: string | null;
  readonly sni?: string | null;
  readonly transportProtocol?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#FilterMatch */
export interface FilterMatch {
  readonly name?: string | null;
  readonly subFilter?: SubFilterMatch | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/gateway/#Gateway */
export interface GatewaySpec {
  readonly selector?: WorkloadReference | { readonly [key: string]: string | null } | null;
  readonly servers?: readonly Server[] | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/workload-group/#GrpcHealthCheckConfig */
export interface GrpcHealthCheckConfig {
  /** not negative; port must be between 1-65535 */
  readonly port?: number | null;
  readonly service?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#HeaderOperations */
export interface HeaderOperations {
  readonly add?: { readonly [key: string]: string | null } | null;
  readonly remove?: readonly string[] | null;
  readonly set?: { readonly [key: string]: string | null } | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#Headers */
export interface Headers {
  readonly request?: HeaderOperations | null;
  readonly response?: HeaderOperations | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#HTTP2KeepAlive */
export interface HTTP2KeepAlive {
  /** must be a valid duration greater than 1ms */
  readonly interval?: Duration | null;
  /** must be a valid duration greater than 1ms */
  readonly timeout?: Duration | null;
}
export interface HTTPBodyByBytes {
  readonly string?: Unset<'set only one of string, bytes'>;
  /** base64 */
  readonly bytes: string;
}
export interface HTTPBodyWithString {
  readonly string?: string | null;
  readonly bytes?: Unset<'set only one of string, bytes'>;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPBody */
export type HTTPBody =
  | HTTPBodyByBytes
  | HTTPBodyWithString;
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#HTTPCookie */
export interface HTTPCookie {
  /** since 1.28 */
  readonly attributes?: readonly CookieAttribute[] | null;
  readonly name: string;
  readonly path?: string | null;
  readonly ttl?: Duration | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPDirectResponse */
export interface HTTPDirectResponse {
  readonly body?: HTTPBody | null;
  /** not negative */
  readonly status: number;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection */
export interface HTTPFaultInjection {
  readonly abort?: HTTPFaultInjectionAbort | null;
  readonly delay?: HTTPFaultInjectionDelay | null;
}
export interface HTTPFaultInjectionAbortFields {
  readonly percentage?: Percent | null;
}
export interface HTTPFaultInjectionAbortByHttp2Error extends HTTPFaultInjectionAbortFields {
  readonly httpStatus?: Unset<'set only one of httpStatus, grpcStatus, http2Error'>;
  readonly grpcStatus?: Unset<'set only one of httpStatus, grpcStatus, http2Error'>;
  readonly http2Error: string;
}
export interface HTTPFaultInjectionAbortByGrpcStatus extends HTTPFaultInjectionAbortFields {
  readonly httpStatus?: Unset<'set only one of httpStatus, grpcStatus, http2Error'>;
  readonly grpcStatus: string;
  readonly http2Error?: Unset<'set only one of httpStatus, grpcStatus, http2Error'>;
}
export interface HTTPFaultInjectionAbortWithHttpStatus extends HTTPFaultInjectionAbortFields {
  readonly httpStatus?: number | null;
  readonly grpcStatus?: Unset<'set only one of httpStatus, grpcStatus, http2Error'>;
  readonly http2Error?: Unset<'set only one of httpStatus, grpcStatus, http2Error'>;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjectionAbort */
export type HTTPFaultInjectionAbort =
  | HTTPFaultInjectionAbortByHttp2Error
  | HTTPFaultInjectionAbortByGrpcStatus
  | HTTPFaultInjectionAbortWithHttpStatus;
export interface HTTPFaultInjectionDelayFields {
  readonly percent?: number | null;
  readonly percentage?: Percent | null;
}
export interface HTTPFaultInjectionDelayByExponentialDelay extends HTTPFaultInjectionDelayFields {
  readonly fixedDelay?: Unset<'set only one of fixedDelay, exponentialDelay'>;
  /** must be a valid duration greater than 1ms */
  readonly exponentialDelay: Duration;
}
export interface HTTPFaultInjectionDelayWithFixedDelay extends HTTPFaultInjectionDelayFields {
  /** must be a valid duration greater than 1ms */
  readonly fixedDelay?: Duration | null;
  readonly exponentialDelay?: Unset<'set only one of fixedDelay, exponentialDelay'>;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjectionDelay */
export type HTTPFaultInjectionDelay =
  | HTTPFaultInjectionDelayByExponentialDelay
  | HTTPFaultInjectionDelayWithFixedDelay;
/** See https://istio.io/latest/docs/reference/config/networking/workload-group/#HTTPHeader */
export interface HTTPHeader {
  readonly name?: string | null;
  readonly value?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/workload-group/#HTTPHealthCheckConfig */
export interface HTTPHealthCheckConfig {
  readonly host?: string | null;
  readonly httpHeaders?: readonly HTTPHeader[] | null;
  readonly path?: string | null;
  /** not negative; port must be between 1-65535 */
  readonly port: number;
  /** scheme must be one of [HTTP, HTTPS] */
  readonly scheme?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest */
export interface HTTPMatchRequest {
  readonly authority?: StringMatch | null;
  readonly gateways?: readonly (string | ObjectReference<'Gateway'>)[] | null;
  readonly headers?: { readonly [key: string]: StringMatch | null } | null;
  readonly ignoreUriCase?: boolean | null;
  readonly method?: StringMatch | null;
  readonly name?: string | null;
  /** not negative */
  readonly port?: number | null;
  readonly queryParams?: { readonly [key: string]: StringMatch | null } | null;
  readonly scheme?: StringMatch | null;
  readonly sourceLabels?: { readonly [key: string]: string | null } | null;
  readonly sourceNamespace?: string | null;
  /** since 1.15 */
  readonly statPrefix?: string | null;
  readonly uri?: StringMatch | null;
  readonly withoutHeaders?: { readonly [key: string]: StringMatch | null } | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMirrorPolicy */
export interface HTTPMirrorPolicy {
  readonly destination: Destination;
  readonly percentage?: Percent | null;
}
export interface HTTPRedirectFields {
  readonly authority?: string | null;
  /** not negative */
  readonly redirectCode?: number | null;
  /** since 1.12 */
  readonly scheme?: string | null;
}
export interface HTTPRedirectByDerivePort {
  readonly port?: Unset<'set only one of port, derivePort'>;
  /** since 1.12 */
  readonly derivePort: RedirectPortSelection;
}
export interface HTTPRedirectWithPort {
  /** not negative; since 1.12 */
  readonly port?: number | null;
  readonly derivePort?: Unset<'set only one of port, derivePort'>;
}
export interface HTTPRedirectByPrefixRewrite {
  readonly uri?: Unset<'set only one of uri, prefixRewrite'>;
  /** since 1.31 */
  readonly prefixRewrite: string;
}
export interface HTTPRedirectWithUri {
  readonly uri?: string | null;
  readonly prefixRewrite?: Unset<'set only one of uri, prefixRewrite'>;
}
export interface HTTPRedirectByDerivePortByPrefixRewrite extends HTTPRedirectFields, HTTPRedirectByDerivePort, HTTPRedirectByPrefixRewrite {}
export interface HTTPRedirectByDerivePortWithUri extends HTTPRedirectFields, HTTPRedirectByDerivePort, HTTPRedirectWithUri {}
export interface HTTPRedirectWithPortByPrefixRewrite extends HTTPRedirectFields, HTTPRedirectWithPort, HTTPRedirectByPrefixRewrite {}
export interface HTTPRedirectWithPortWithUri extends HTTPRedirectFields, HTTPRedirectWithPort, HTTPRedirectWithUri {}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect */
export type HTTPRedirect =
  | HTTPRedirectByDerivePortByPrefixRewrite
  | HTTPRedirectByDerivePortWithUri
  | HTTPRedirectWithPortByPrefixRewrite
  | HTTPRedirectWithPortWithUri;
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry */
export interface HTTPRetry {
  readonly attempts?: number | null;
  /** since 1.26; must be a valid duration greater than 1ms */
  readonly backoff?: Duration | null;
  /** must be a valid duration greater than 1ms */
  readonly perTryTimeout?: Duration | null;
  /** since 1.26 */
  readonly retryIgnorePreviousHosts?: boolean | null;
  readonly retryOn?: string | null;
  readonly retryRemoteLocalities?: boolean | null;
}
export interface HTTPRewriteFields {
  readonly authority?: string | null;
}
export interface HTTPRewriteByUriRegexRewrite extends HTTPRewriteFields {
  readonly uri?: Unset<'set only one of uri, uriRegexRewrite'>;
  /** since 1.19 */
  readonly uriRegexRewrite: RegexRewrite;
}
export interface HTTPRewriteWithUri extends HTTPRewriteFields {
  readonly uri?: string | null;
  readonly uriRegexRewrite?: Unset<'set only one of uri, uriRegexRewrite'>;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite */
export type HTTPRewrite =
  | HTTPRewriteByUriRegexRewrite
  | HTTPRewriteWithUri;
export interface HTTPRouteFields {
  readonly corsPolicy?: CorsPolicy | null;
  readonly headers?: Headers | null;
  readonly match?: readonly HTTPMatchRequest[] | null;
  /** not negative */
  readonly mirrorPercent?: number | null;
  readonly mirrorPercentage?: Percent | null;
  /** not negative */
  readonly mirror_percent?: number | null;
  readonly name?: string | null;
  readonly retries?: HTTPRetry | null;
  /** must be a valid duration greater than 1ms */
  readonly timeout?: Duration | null;
}
export interface HTTPRouteDelegate extends HTTPRouteFields {
  readonly delegate: ObjectReference<'VirtualService'> | Delegate;
  readonly route?: Unset<'a route with a delegate has no route'>;
  readonly redirect?: Unset<'a route with a delegate has no redirect'>;
  /** since 1.15 */
  readonly directResponse?: HTTPDirectResponse | null;
  readonly fault?: HTTPFaultInjection | null;
  readonly rewrite?: HTTPRewrite | null;
  readonly mirror?: Destination | null;
  /** since 1.19 */
  readonly mirrors?: readonly HTTPMirrorPolicy[] | null;
}
export interface HTTPRouteDirectResponse {
  readonly route?: Unset<'set only one of route, redirect, directResponse'>;
  readonly redirect?: Unset<'set only one of route, redirect, directResponse'>;
  /** since 1.15 */
  readonly directResponse: HTTPDirectResponse;
  readonly delegate?: Unset<'a route with a delegate has no route'>;
  readonly fault?: (HTTPFaultInjection & Unset<'a direct response has no fault'>) | null;
  readonly rewrite?: Unset<'a direct response has no rewrite'>;
}
export interface HTTPRouteRedirect {
  readonly route?: Unset<'set only one of route, redirect, directResponse'>;
  readonly redirect: HTTPRedirect;
  readonly directResponse?: Unset<'set only one of route, redirect, directResponse'>;
  readonly delegate?: Unset<'a route with a delegate has no route'>;
  readonly fault?: (HTTPFaultInjection & Unset<'a redirect has no fault'>) | null;
  readonly rewrite?: Unset<'a redirect has no rewrite'>;
}
export interface HTTPRouteRouted {
  readonly route: readonly HTTPRouteDestination[];
  readonly redirect?: Unset<'set only one of route, redirect, directResponse'>;
  readonly directResponse?: Unset<'set only one of route, redirect, directResponse'>;
  readonly delegate?: Unset<'a route with a delegate has no route'>;
  readonly fault?: HTTPFaultInjection | null;
  readonly rewrite?: HTTPRewrite | null;
}
export interface HTTPRouteByMirrors {
  /** since 1.19 */
  readonly mirrors: readonly HTTPMirrorPolicy[];
  readonly mirror?: Unset<'set only one of mirror, mirrors'>;
}
export interface HTTPRouteWithMirror {
  readonly mirror?: Destination | null;
  readonly mirrors?: Unset<'set only one of mirror, mirrors'>;
}
export interface HTTPRouteDirectResponseByMirrors extends HTTPRouteFields, HTTPRouteDirectResponse, HTTPRouteByMirrors {}
export interface HTTPRouteDirectResponseWithMirror extends HTTPRouteFields, HTTPRouteDirectResponse, HTTPRouteWithMirror {}
export interface HTTPRouteRedirectByMirrors extends HTTPRouteFields, HTTPRouteRedirect, HTTPRouteByMirrors {}
export interface HTTPRouteRedirectWithMirror extends HTTPRouteFields, HTTPRouteRedirect, HTTPRouteWithMirror {}
export interface HTTPRouteRoutedByMirrors extends HTTPRouteFields, HTTPRouteRouted, HTTPRouteByMirrors {}
export interface HTTPRouteRoutedWithMirror extends HTTPRouteFields, HTTPRouteRouted, HTTPRouteWithMirror {}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute */
export type HTTPRoute =
  | HTTPRouteDelegate
  | HTTPRouteDirectResponseByMirrors
  | HTTPRouteDirectResponseWithMirror
  | HTTPRouteRedirectByMirrors
  | HTTPRouteRedirectWithMirror
  | HTTPRouteRoutedByMirrors
  | HTTPRouteRoutedWithMirror;
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination */
export interface HTTPRouteDestination {
  readonly destination: Destination;
  readonly headers?: Headers | null;
  readonly weight?: number | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#HTTPSettings */
export interface HTTPSettings {
  readonly h2UpgradePolicy?: H2UpgradePolicy | null;
  readonly http1MaxPendingRequests?: number | null;
  /** since 1.31 */
  readonly http2KeepAlive?: HTTP2KeepAlive | null;
  readonly http2MaxRequests?: number | null;
  /** must be a valid duration greater than 1ms */
  readonly idleTimeout?: Duration | null;
  /** since 1.21 */
  readonly maxConcurrentStreams?: number | null;
  readonly maxRequestsPerConnection?: number | null;
  readonly maxRetries?: number | null;
  readonly useClientProtocol?: boolean | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioEgressListener */
export interface IstioEgressListener {
  readonly bind?: string | null;
  readonly captureMode?: CaptureMode | null;
  readonly hosts: readonly (string | ObjectReference)[];
  readonly port?: SidecarPort | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioIngressListener */
export interface IstioIngressListener {
  readonly bind?: string | null;
  readonly captureMode?: CaptureMode | null;
  /** since 1.20 */
  readonly connectionPool?: ConnectionPoolSettings | null;
  readonly defaultEndpoint?: string | null;
  readonly port: SidecarPort;
  /** since 1.13 */
  readonly tls?: ServerTLSSettings | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#L4MatchAttributes */
export interface L4MatchAttributes {
  readonly destinationSubnets?: readonly string[] | null;
  readonly gateways?: readonly (string | ObjectReference<'Gateway'>)[] | null;
  /** not negative */
  readonly port?: number | null;
  readonly sourceLabels?: { readonly [key: string]: string | null } | null;
  readonly sourceNamespace?: string | null;
  readonly sourceSubnet?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#ListenerMatch */
export interface ListenerMatch {
  readonly filterChain?: FilterChainMatch | null;
  /** since 1.17 */
  readonly listenerFilter?: string | null;
  readonly name?: string | null;
  readonly portName?: string | null;
  /** not negative */
  readonly portNumber?: number | null;
}
export interface LoadBalancerSettingsFields {
  readonly localityLbSetting?: LocalityLoadBalancerSetting | null;
  /** since 1.24 */
  readonly warmup?: WarmupConfiguration | null;
  /** deprecated; since 1.14; must be a valid duration greater than 1ms */
  readonly warmupDurationSecs?: Duration | null;
  /** since 1.31 */
  readonly zoneAwareLbSetting?: ZoneAwareLoadBalancerSetting | null;
}
export interface LoadBalancerSettingsByConsistentHash extends LoadBalancerSettingsFields {
  readonly simple?: Unset<'set only one of simple, consistentHash'>;
  readonly consistentHash: ConsistentHashLB;
}
export interface LoadBalancerSettingsWithSimple extends LoadBalancerSettingsFields {
  readonly simple?: SimpleLB | null;
  readonly consistentHash?: Unset<'set only one of simple, consistentHash'>;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings */
export type LoadBalancerSettings =
  | LoadBalancerSettingsByConsistentHash
  | LoadBalancerSettingsWithSimple;
export interface LocalityLoadBalancerSettingFields {
  readonly enabled?: boolean | null;
  /** since 1.12 */
  readonly failoverPriority?: readonly string[] | null;
}
export interface LocalityLoadBalancerSettingByFailover extends LocalityLoadBalancerSettingFields {
  readonly distribute?: Unset<'set only one of distribute, failover'>;
  readonly failover: readonly Failover[];
}
export interface LocalityLoadBalancerSettingWithDistribute extends LocalityLoadBalancerSettingFields {
  readonly distribute?: readonly Distribute[] | null;
  readonly failover?: Unset<'set only one of distribute, failover'>;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting */
export type LocalityLoadBalancerSetting =
  | LocalityLoadBalancerSettingByFailover
  | LocalityLoadBalancerSettingWithDistribute;
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#MagLev */
export interface MagLev {
  /** at least 0 */
  readonly tableSize?: number | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/workload-group/#ObjectMeta */
export interface ObjectMeta {
  /** at most 256 entries */
  readonly annotations?: { readonly [key: string]: string | null } | null;
  /** at most 256 entries */
  readonly labels?: { readonly [key: string]: string | null } | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/sidecar/#OutboundTrafficPolicy */
export interface OutboundTrafficPolicy {
  readonly egressProxy?: Destination | null;
  readonly mode?: OutboundTrafficPolicyMode | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection */
export interface OutlierDetection {
  /** must be a valid duration greater than 1ms */
  readonly baseEjectionTime?: Duration | null;
  /** not negative */
  readonly consecutive5xxErrors?: number | null;
  readonly consecutiveErrors?: number | null;
  /** not negative */
  readonly consecutiveGatewayErrors?: number | null;
  /** not negative; since 1.11 */
  readonly consecutiveLocalOriginFailures?: number | null;
  /** must be a valid duration greater than 1ms */
  readonly interval?: Duration | null;
  readonly maxEjectionPercent?: number | null;
  readonly minHealthPercent?: number | null;
  /** since 1.31 */
  readonly outlierDetectionHttpErrorCodes?: readonly number[] | null;
  /** since 1.11 */
  readonly splitExternalLocalOriginErrors?: boolean | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#Patch */
export interface Patch {
  readonly filterClass?: FilterClass | null;
  readonly operation?: PatchOperation | null;
  readonly value?: { readonly [key: string]: unknown } | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#Percent */
export interface Percent {
  readonly value?: number | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/gateway/#Port */
export interface Port {
  readonly name: string;
  /** not negative */
  readonly number: number;
  readonly protocol: string;
  /** not negative */
  readonly targetPort?: number | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#PortSelector */
export interface PortSelector {
  /** not negative */
  readonly number?: number | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#PortTrafficPolicy */
export interface PortTrafficPolicy {
  readonly connectionPool?: ConnectionPoolSettings | null;
  readonly loadBalancer?: LoadBalancerSettings | null;
  readonly outlierDetection?: OutlierDetection | null;
  readonly port: PortSelector;
  readonly tls?: ClientTLSSettings | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/proxy-config/#ProxyConfig */
export interface ProxyConfigSpec {
  /** at least 0 */
  readonly concurrency?: number | null;
  readonly environmentVariables?: { readonly [key: string]: string | null } | null;
  readonly image?: ProxyImage | null;
  readonly selector?: WorkloadReference | WorkloadSelector | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/proxy-config/#ProxyImage */
export interface ProxyImage {
  readonly imageType?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#ProxyMatch */
export interface ProxyMatch {
  readonly metadata?: { readonly [key: string]: string | null } | null;
  readonly proxyVersion?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#ProxyProtocol */
export interface ProxyProtocol {
  readonly version?: ProxyProtocolVersion | null;
}
export interface ReadinessProbeFields {
  /** at least 0 */
  readonly failureThreshold?: number | null;
  /** at least 0 */
  readonly initialDelaySeconds?: number | null;
  /** at least 0 */
  readonly periodSeconds?: number | null;
  /** at least 0 */
  readonly successThreshold?: number | null;
  /** at least 0 */
  readonly timeoutSeconds?: number | null;
}
export interface ReadinessProbeByGrpc extends ReadinessProbeFields {
  readonly httpGet?: Unset<'set only one of httpGet, tcpSocket, exec, grpc'>;
  readonly tcpSocket?: Unset<'set only one of httpGet, tcpSocket, exec, grpc'>;
  readonly exec?: Unset<'set only one of httpGet, tcpSocket, exec, grpc'>;
  /** since 1.25 */
  readonly grpc: GrpcHealthCheckConfig;
}
export interface ReadinessProbeByExec extends ReadinessProbeFields {
  readonly httpGet?: Unset<'set only one of httpGet, tcpSocket, exec, grpc'>;
  readonly tcpSocket?: Unset<'set only one of httpGet, tcpSocket, exec, grpc'>;
  readonly exec: ExecHealthCheckConfig;
  readonly grpc?: Unset<'set only one of httpGet, tcpSocket, exec, grpc'>;
}
export interface ReadinessProbeByTcpSocket extends ReadinessProbeFields {
  readonly httpGet?: Unset<'set only one of httpGet, tcpSocket, exec, grpc'>;
  readonly tcpSocket: TCPHealthCheckConfig;
  readonly exec?: Unset<'set only one of httpGet, tcpSocket, exec, grpc'>;
  readonly grpc?: Unset<'set only one of httpGet, tcpSocket, exec, grpc'>;
}
export interface ReadinessProbeWithHttpGet extends ReadinessProbeFields {
  readonly httpGet?: HTTPHealthCheckConfig | null;
  readonly tcpSocket?: Unset<'set only one of httpGet, tcpSocket, exec, grpc'>;
  readonly exec?: Unset<'set only one of httpGet, tcpSocket, exec, grpc'>;
  readonly grpc?: Unset<'set only one of httpGet, tcpSocket, exec, grpc'>;
}
/** See https://istio.io/latest/docs/reference/config/networking/workload-group/#ReadinessProbe */
export type ReadinessProbe =
  | ReadinessProbeByGrpc
  | ReadinessProbeByExec
  | ReadinessProbeByTcpSocket
  | ReadinessProbeWithHttpGet;
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#RegexRewrite */
export interface RegexRewrite {
  readonly match?: string | null;
  readonly rewrite?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#RetryBudget */
export interface RetryBudget {
  /** since 1.31 */
  readonly budgetInterval?: Duration | null;
  /** not negative */
  readonly minRetryConcurrency?: number | null;
  /** 0 to 100 */
  readonly percent?: number | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#RingHash */
export interface RingHash {
  /** at least 0 */
  readonly minimumRingSize?: number | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#RouteConfigurationMatch */
export interface RouteConfigurationMatch {
  readonly gateway?: string | null;
  readonly name?: string | null;
  readonly portName?: string | null;
  /** not negative */
  readonly portNumber?: number | null;
  readonly vhost?: VirtualHostMatch | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#RouteDestination */
export interface RouteDestination {
  readonly destination: Destination;
  readonly weight?: number | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#RouteMatch */
export interface RouteMatch {
  readonly action?: RouteMatchAction | null;
  readonly name?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/gateway/#Server */
export interface Server {
  readonly bind?: string | null;
  readonly defaultEndpoint?: string | null;
  readonly hosts: readonly string[];
  readonly name?: string | null;
  readonly port: Port;
  readonly tls?: ServerTLSSettings | null;
}
export interface ServerTLSSettingsFields {
  /** since 1.28 */
  readonly caCertCredentialName?: string | ObjectReference | null;
  /** since 1.22 */
  readonly caCrl?: string | null;
  readonly cipherSuites?: readonly string[] | null;
  readonly httpsRedirect?: boolean | null;
  /** since 1.31 */
  readonly insecureSkipVerify?: boolean | null;
  readonly maxProtocolVersion?: TLSProtocol | null;
  readonly minProtocolVersion?: TLSProtocol | null;
  readonly subjectAltNames?: readonly string[] | null;
  readonly verifyCertificateHash?: readonly string[] | null;
  readonly verifyCertificateSpki?: readonly string[] | null;
}
export interface ServerTLSSettingsIstioMutual extends ServerTLSSettingsFields {
  readonly mode: 'ISTIO_MUTUAL';
  readonly serverCertificate?: Unset<'ISTIO_MUTUAL uses the certificates of the mesh'>;
  readonly privateKey?: Unset<'ISTIO_MUTUAL uses the certificates of the mesh'>;
  readonly caCertificates?: Unset<'ISTIO_MUTUAL uses the certificates of the mesh'>;
  readonly tlsCertificates?: Unset<'ISTIO_MUTUAL uses the certificates of the mesh'>;
  readonly credentialName?: Unset<'ISTIO_MUTUAL uses the certificates of the mesh'>;
  readonly credentialNames?: Unset<'ISTIO_MUTUAL uses the certificates of the mesh'>;
}
export interface ServerTLSSettingsPassthrough extends ServerTLSSettingsFields {
  readonly mode?: 'PASSTHROUGH' | 'AUTO_PASSTHROUGH' | null;
  readonly serverCertificate?: string | null;
  readonly privateKey?: string | null;
  readonly caCertificates?: string | null;
  /** 1 to 2 items; since 1.26 */
  readonly tlsCertificates?: readonly TLSCertificate[] | null;
  readonly credentialName?: string | ObjectReference | null;
  /** 1 to 2 items; since 1.26 */
  readonly credentialNames?: readonly (string | ObjectReference)[] | null;
}
export interface ServerTLSSettingsMutualCertificates extends ServerTLSSettingsFields {
  readonly mode: 'MUTUAL' | 'OPTIONAL_MUTUAL';
  readonly serverCertificate?: string | null;
  readonly privateKey?: string | null;
  readonly caCertificates: string;
  /** 1 to 2 items; since 1.26 */
  readonly tlsCertificates: readonly TLSCertificate[];
  readonly credentialName?: string | ObjectReference | null;
  /** 1 to 2 items; since 1.26 */
  readonly credentialNames?: readonly (string | ObjectReference)[] | null;
}
export interface ServerTLSSettingsCertificates extends ServerTLSSettingsFields {
  readonly mode: 'SIMPLE';
  readonly serverCertificate?: string | null;
  readonly privateKey?: string | null;
  readonly caCertificates?: string | null;
  /** 1 to 2 items; since 1.26 */
  readonly tlsCertificates: readonly TLSCertificate[];
  readonly credentialName?: string | ObjectReference | null;
  /** 1 to 2 items; since 1.26 */
  readonly credentialNames?: readonly (string | ObjectReference)[] | null;
}
export interface ServerTLSSettingsMutualFiles extends ServerTLSSettingsFields {
  readonly mode: 'MUTUAL' | 'OPTIONAL_MUTUAL';
  readonly serverCertificate: string;
  readonly privateKey: string;
  readonly caCertificates: string;
  /** 1 to 2 items; since 1.26 */
  readonly tlsCertificates?: readonly TLSCertificate[] | null;
  readonly credentialName?: string | ObjectReference | null;
  /** 1 to 2 items; since 1.26 */
  readonly credentialNames?: readonly (string | ObjectReference)[] | null;
}
export interface ServerTLSSettingsFiles extends ServerTLSSettingsFields {
  readonly mode: 'SIMPLE';
  readonly serverCertificate: string;
  readonly privateKey: string;
  readonly caCertificates?: string | null;
  /** 1 to 2 items; since 1.26 */
  readonly tlsCertificates?: readonly TLSCertificate[] | null;
  readonly credentialName?: string | ObjectReference | null;
  /** 1 to 2 items; since 1.26 */
  readonly credentialNames?: readonly (string | ObjectReference)[] | null;
}
export interface ServerTLSSettingsManyCredentials extends ServerTLSSettingsFields {
  readonly mode: 'SIMPLE' | 'MUTUAL' | 'OPTIONAL_MUTUAL';
  readonly serverCertificate?: string | null;
  readonly privateKey?: string | null;
  readonly caCertificates?: string | null;
  /** 1 to 2 items; since 1.26 */
  readonly tlsCertificates?: readonly TLSCertificate[] | null;
  readonly credentialName?: string | ObjectReference | null;
  /** 1 to 2 items; since 1.26 */
  readonly credentialNames: readonly (string | ObjectReference)[];
}
export interface ServerTLSSettingsOneCredential extends ServerTLSSettingsFields {
  readonly mode: 'SIMPLE' | 'MUTUAL' | 'OPTIONAL_MUTUAL';
  readonly serverCertificate?: string | null;
  readonly privateKey?: string | null;
  readonly caCertificates?: string | null;
  /** 1 to 2 items; since 1.26 */
  readonly tlsCertificates?: readonly TLSCertificate[] | null;
  readonly credentialName: string | ObjectReference;
  /** 1 to 2 items; since 1.26 */
  readonly credentialNames?: readonly (string | ObjectReference)[] | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings */
export type ServerTLSSettings =
  | ServerTLSSettingsIstioMutual
  | ServerTLSSettingsPassthrough
  | ServerTLSSettingsMutualCertificates
  | ServerTLSSettingsCertificates
  | ServerTLSSettingsMutualFiles
  | ServerTLSSettingsFiles
  | ServerTLSSettingsManyCredentials
  | ServerTLSSettingsOneCredential;
export interface ServiceEntrySpecFields {
  /** at most 256 items */
  readonly addresses?: readonly string[] | null;
  readonly exportTo?: readonly string[] | null;
  /** 1 to 256 items */
  readonly hosts: readonly string[];
  readonly location?: ServiceEntryLocation | null;
  /** at most 256 items; port number cannot be duplicated */
  readonly ports?: readonly ServicePort[] | null;
  readonly subjectAltNames?: readonly string[] | null;
}
export interface ServiceEntrySpecEndpoints extends ServiceEntrySpecFields {
  /** at most 4096 items */
  readonly endpoints: readonly WorkloadEntrySpec[];
  readonly resolution: 'STATIC' | 'DNS' | 'DNS_ROUND_ROBIN';
  readonly workloadSelector?: Unset<'set only one of endpoints, workloadSelector'>;
}
export interface ServiceEntrySpecNoEndpoints extends ServiceEntrySpecFields {
  readonly endpoints?: Unset<'endpoints need resolution STATIC, DNS or DNS_ROUND_ROBIN and no workloadSelector'>;
  readonly resolution?: ServiceEntryResolution | null;
  readonly workloadSelector?: WorkloadReference | WorkloadLabelSelector | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry */
export type ServiceEntrySpec =
  | ServiceEntrySpecEndpoints
  | ServiceEntrySpecNoEndpoints;
/** See https://istio.io/latest/docs/reference/config/networking/service-entry/#ServicePort */
export interface ServicePort {
  /** at most 256 characters */
  readonly name: string;
  /** not negative; port must be between 1-65535 */
  readonly number: number;
  /** at most 256 characters */
  readonly protocol?: string | null;
  /** not negative; port must be between 1-65535 */
  readonly targetPort?: number | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/sidecar/#SidecarPort */
export interface SidecarPort {
  readonly name?: string | null;
  /** not negative */
  readonly number?: number | null;
  readonly protocol?: string | null;
  /** not negative */
  readonly targetPort?: number | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/sidecar/#Sidecar */
export interface SidecarSpec {
  readonly egress?: readonly IstioEgressListener[] | null;
  /** since 1.20 */
  readonly inboundConnectionPool?: ConnectionPoolSettings | null;
  readonly ingress?: readonly IstioIngressListener[] | null;
  readonly outboundTrafficPolicy?: OutboundTrafficPolicy | null;
  readonly workloadSelector?: WorkloadReference | WorkloadLabelSelector | null;
}
export interface StringMatchByRegex {
  readonly exact?: Unset<'set only one of exact, prefix, regex'>;
  readonly prefix?: Unset<'set only one of exact, prefix, regex'>;
  readonly regex: string;
}
export interface StringMatchByPrefix {
  readonly exact?: Unset<'set only one of exact, prefix, regex'>;
  readonly prefix: string;
  readonly regex?: Unset<'set only one of exact, prefix, regex'>;
}
export interface StringMatchWithExact {
  readonly exact?: string | null;
  readonly prefix?: Unset<'set only one of exact, prefix, regex'>;
  readonly regex?: Unset<'set only one of exact, prefix, regex'>;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#StringMatch */
export type StringMatch =
  | StringMatchByRegex
  | StringMatchByPrefix
  | StringMatchWithExact;
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#SubFilterMatch */
export interface SubFilterMatch {
  readonly name?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset */
export interface Subset<Name extends string = string> {
  readonly labels?: { readonly [key: string]: string | null } | null;
  readonly name: Name;
  readonly trafficPolicy?: TrafficPolicy | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/workload-group/#TCPHealthCheckConfig */
export interface TCPHealthCheckConfig {
  readonly host?: string | null;
  /** not negative; port must be between 1-65535 */
  readonly port: number;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#TcpKeepalive */
export interface TcpKeepalive {
  /** must be a valid duration greater than 1ms */
  readonly interval?: Duration | null;
  /** not negative */
  readonly probes?: number | null;
  /** must be a valid duration greater than 1ms */
  readonly time?: Duration | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#TCPRoute */
export interface TCPRoute {
  readonly match?: readonly L4MatchAttributes[] | null;
  readonly route: readonly RouteDestination[];
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#TCPSettings */
export interface TCPSettings {
  /** must be a valid duration greater than 1ms */
  readonly connectTimeout?: Duration | null;
  /** since 1.21 */
  readonly idleTimeout?: Duration | null;
  /** since 1.15; must be a valid duration greater than 1ms */
  readonly maxConnectionDuration?: Duration | null;
  readonly maxConnections?: number | null;
  readonly tcpKeepalive?: TcpKeepalive | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/gateway/#TLSCertificate */
export interface TLSCertificate {
  readonly caCertificates?: string | null;
  readonly privateKey?: string | null;
  readonly serverCertificate?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#TLSMatchAttributes */
export interface TLSMatchAttributes {
  readonly destinationSubnets?: readonly string[] | null;
  readonly gateways?: readonly (string | ObjectReference<'Gateway'>)[] | null;
  /** not negative */
  readonly port?: number | null;
  readonly sniHosts: readonly string[];
  readonly sourceLabels?: { readonly [key: string]: string | null } | null;
  readonly sourceNamespace?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#TLSRoute */
export interface TLSRoute {
  readonly match: readonly TLSMatchAttributes[];
  readonly route: readonly RouteDestination[];
}
export interface TrafficPolicyFields {
  readonly connectionPool?: ConnectionPoolSettings | null;
  readonly loadBalancer?: LoadBalancerSettings | null;
  readonly outlierDetection?: OutlierDetection | null;
  /** at most 4096 items */
  readonly portLevelSettings?: readonly PortTrafficPolicy[] | null;
  /** since 1.27 */
  readonly retryBudget?: RetryBudget | null;
  readonly tls?: ClientTLSSettings | null;
}
export interface TrafficPolicyByProxyProtocol extends TrafficPolicyFields {
  readonly tunnel?: Unset<'set only one of tunnel, proxyProtocol'>;
  /** since 1.21 */
  readonly proxyProtocol: ProxyProtocol;
}
export interface TrafficPolicyWithTunnel extends TrafficPolicyFields {
  /** since 1.14 */
  readonly tunnel?: TunnelSettings | null;
  readonly proxyProtocol?: Unset<'set only one of tunnel, proxyProtocol'>;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy */
export type TrafficPolicy =
  | TrafficPolicyByProxyProtocol
  | TrafficPolicyWithTunnel;
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#TunnelSettings */
export interface TunnelSettings {
  readonly protocol?: string | null;
  readonly targetHost: string;
  /** not negative */
  readonly targetPort: number;
}
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#VirtualHostMatch */
export interface VirtualHostMatch {
  /** since 1.25 */
  readonly domainName?: string | null;
  readonly name?: string | null;
  readonly route?: RouteMatch | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService */
export interface VirtualServiceSpec {
  readonly exportTo?: readonly string[] | null;
  readonly gateways?: readonly (string | ObjectReference<'Gateway'>)[] | null;
  readonly hosts?: readonly string[] | null;
  readonly http?: readonly HTTPRoute[] | null;
  readonly tcp?: readonly TCPRoute[] | null;
  readonly tls?: readonly TLSRoute[] | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#WarmupConfiguration */
export interface WarmupConfiguration {
  /** at least 0 */
  readonly aggression?: number | null;
  /** must be a valid duration greater than 1ms */
  readonly duration: Duration;
  /** 0 to 100 */
  readonly minimumPercent?: number | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#WaypointMatch */
export interface WaypointMatch {
  readonly filter?: FilterMatch | null;
  /** not negative; port must be between 1-65535 */
  readonly portNumber?: number | null;
  readonly route?: WaypointRouteMatch | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#WaypointRouteMatch */
export interface WaypointRouteMatch {
  readonly name?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/service-entry/#WorkloadEntry */
export interface WorkloadEntrySpec {
  /** at most 256 characters; UDS must be an absolute path or abstract socket; UDS may not be a dir */
  readonly address?: string | null;
  /** at most 256 entries */
  readonly labels?: { readonly [key: string]: string | null } | null;
  /** at most 2048 characters */
  readonly locality?: string | null;
  /** at most 2048 characters */
  readonly network?: string | null;
  /** at most 128 entries; port name must be valid */
  readonly ports?: { readonly [key: string]: number | null } | null;
  /** at most 253 characters */
  readonly serviceAccount?: string | ObjectReference | null;
  /** not negative */
  readonly weight?: number | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/workload-group/#WorkloadGroup */
export interface WorkloadGroupSpec {
  readonly metadata?: ObjectMeta | null;
  readonly probe?: ReadinessProbe | null;
  readonly template: WorkloadGroupTemplate;
}
/** See https://istio.io/latest/docs/reference/config/networking/workload-group/#WorkloadGroupTemplate */
export interface WorkloadGroupTemplate {
  /** at most 256 characters; UDS must be an absolute path or abstract socket; UDS may not be a dir */
  readonly address?: string | null;
  /** at most 256 entries */
  readonly labels?: { readonly [key: string]: string | null } | null;
  /** at most 2048 characters */
  readonly locality?: string | null;
  /** at most 2048 characters */
  readonly network?: string | null;
  /** at most 128 entries; port name must be valid */
  readonly ports?: { readonly [key: string]: number | null } | null;
  /** at most 253 characters */
  readonly serviceAccount?: string | ObjectReference | null;
  /** not negative */
  readonly weight?: number | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/envoy-filter/#WorkloadLabelSelector */
export interface WorkloadLabelSelector {
  /** at most 256 entries */
  readonly labels?: { readonly [key: string]: string | null } | null;
}
/** See https://istio.io/latest/docs/reference/config/networking/destination-rule/#ZoneAwareLoadBalancerSetting */
export interface ZoneAwareLoadBalancerSetting {
  readonly enabled?: boolean | null;
  readonly failover?: readonly Failover[] | null;
  readonly failoverPriority?: readonly string[] | null;
  /** 1 to 4294967295 */
  readonly minClusterSize?: number | null;
}

const enums = {
  ClientTLSMode: ['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'] as readonly ClientTLSMode[],
  UnmatchedPreflights: ['UNSPECIFIED', 'FORWARD', 'IGNORE'] as readonly UnmatchedPreflights[],
  PatchContext: ['ANY', 'SIDECAR_INBOUND', 'SIDECAR_OUTBOUND', 'GATEWAY', 'WAYPOINT'] as readonly PatchContext[],
  ApplyTo: [
    'INVALID',
    'LISTENER',
    'FILTER_CHAIN',
    'NETWORK_FILTER',
    'HTTP_FILTER',
    'ROUTE_CONFIGURATION',
    'VIRTUAL_HOST',
    'HTTP_ROUTE',
    'CLUSTER',
    'EXTENSION_CONFIG',
    'BOOTSTRAP',
    'LISTENER_FILTER',
  ] as readonly ApplyTo[],
  RedirectPortSelection: ['FROM_PROTOCOL_DEFAULT', 'FROM_REQUEST_PORT'] as readonly RedirectPortSelection[],
  H2UpgradePolicy: ['DEFAULT', 'DO_NOT_UPGRADE', 'UPGRADE'] as readonly H2UpgradePolicy[],
  CaptureMode: ['DEFAULT', 'IPTABLES', 'NONE'] as readonly CaptureMode[],
  SimpleLB: ['UNSPECIFIED', 'LEAST_CONN', 'RANDOM', 'PASSTHROUGH', 'ROUND_ROBIN', 'LEAST_REQUEST'] as readonly SimpleLB[],
  OutboundTrafficPolicyMode: ['REGISTRY_ONLY', 'ALLOW_ANY'] as readonly OutboundTrafficPolicyMode[],
  FilterClass: ['UNSPECIFIED', 'AUTHN', 'AUTHZ', 'STATS'] as readonly FilterClass[],
  PatchOperation: [
    'INVALID',
    'MERGE',
    'ADD',
    'REMOVE',
    'INSERT_BEFORE',
    'INSERT_AFTER',
    'INSERT_FIRST',
    'REPLACE',
    'MERGE_AND_REPLACE_LIST',
  ] as readonly PatchOperation[],
  ProxyProtocolVersion: ['V1', 'V2'] as readonly ProxyProtocolVersion[],
  RouteMatchAction: ['ANY', 'ROUTE', 'REDIRECT', 'DIRECT_RESPONSE'] as readonly RouteMatchAction[],
  TLSProtocol: ['TLS_AUTO', 'TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3'] as readonly TLSProtocol[],
  ServerTLSMode: ['PASSTHROUGH', 'SIMPLE', 'MUTUAL', 'AUTO_PASSTHROUGH', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL'] as readonly ServerTLSMode[],
  ServiceEntryLocation: ['MESH_EXTERNAL', 'MESH_INTERNAL'] as readonly ServiceEntryLocation[],
  ServiceEntryResolution: ['NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN', 'DYNAMIC_DNS'] as readonly ServiceEntryResolution[],
};

const rule = {
  mustBeAValidDurationGreaterThan: { message: 'must be a valid duration greater than 1ms', rule: 'duration(self) >= duration(\'1ms\')', since: '1.23' },
  onlySupportWaypointMatchWhenContextIsWAYPOINT: {
    message: 'only support waypointMatch when context is WAYPOINT',
    rule: 'has(self.context) ? ((self.context == "WAYPOINT") ? has(self.waypoint) : !has(self.waypoint)) : !has(self.waypoint)',
    since: '1.29',
  },
  onlyOneOfTargetRefsOrWorkloadSelectorCan: {
    message: 'only one of targetRefs or workloadSelector can be set',
    rule: '(has(self.workloadSelector) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1',
    since: '1.24',
  },
  portMustBeBetween165535: { message: 'port must be between 1-65535', rule: '0 < self && self <= 65535' },
  mustBeAValidDurationGreaterThan_2: { message: 'must be a valid duration greater than 1ms', rule: 'duration(self) >= duration(\'1ms\')' },
  portMustBeBetween165535_2: { message: 'port must be between 1-65535', rule: '0 < self && self <= 65535', since: '1.24' },
  schemeMustBeOneOfHTTPHTTPS: { message: 'scheme must be one of [HTTP, HTTPS]', rule: 'self in ["", "HTTP", "HTTPS"]', since: '1.24' },
  onlyOneOfCredentialNamesOrTlsCertificatesCan: {
    message: 'only one of credentialNames or tlsCertificates can be set',
    rule: '(has(self.tlsCertificates) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1',
    since: '1.26',
  },
  onlyOneOfCredentialNameOrCredentialNamesCan: {
    message: 'only one of credentialName or credentialNames can be set',
    rule: '(has(self.credentialName) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1',
    since: '1.26',
  },
  onlyOneOfCredentialNameOrTlsCertificatesCan: {
    message: 'only one of credentialName or tlsCertificates can be set',
    rule: '(has(self.credentialNames) ? 1 : 0) + (has(self.tlsCertificates) ? 1 : 0) <= 1',
    since: '1.26',
  },
  hostnameCannotBeWildcard: { message: 'hostname cannot be wildcard', rule: 'self != "*"', since: '1.24' },
  portNumberCannotBeDuplicated: {
    message: 'port number cannot be duplicated',
    rule: 'self.all(l1, self.exists_one(l2, l1.number == l2.number))',
    since: '1.24',
  },
  onlyOneOfWorkloadSelectorOrEndpointsCan: {
    message: 'only one of WorkloadSelector or Endpoints can be set',
    rule: '(has(self.workloadSelector) ? 1 : 0) + (has(self.endpoints) ? 1 : 0) <= 1',
    since: '1.24',
  },
  cidrAddressesAreAllowedOnlyForNONE: {
    message: 'CIDR addresses are allowed only for NONE/STATIC resolution types',
    rule: '!((has(self.addresses) ? self.addresses : []).exists(k, k.contains("/")) && !((has(self.resolution) ? self.resolution : "NONE") in ["STATIC", "NONE"]))',
    since: '1.24',
  },
  noneModeCannotSetEndpoints: {
    message: 'NONE mode cannot set endpoints',
    rule: '((has(self.resolution) ? self.resolution : "NONE") == "NONE") ? !has(self.endpoints) : true',
    since: '1.24',
  },
  dnsROUNDROBINModeCannotHaveMultiple: {
    message: 'DNS_ROUND_ROBIN mode cannot have multiple endpoints',
    rule: '((has(self.resolution) ? self.resolution : "") == "DNS_ROUND_ROBIN") ? ((has(self.endpoints) ? self.endpoints : []).size() <= 1) : true',
    since: '1.24',
  },
  udsMustBeAnAbsolutePathOr: {
    message: 'UDS must be an absolute path or abstract socket',
    rule: 'self.startsWith("unix://") ? (self.substring(7, 8) == "/" || self.substring(7, 8) == "@") : true',
    since: '1.23',
  },
  udsMayNotBeADir: { message: 'UDS may not be a dir', rule: 'self.startsWith("unix://") ? !self.endsWith("/") : true', since: '1.23' },
  portMustBeBetween165535_3: { message: 'port must be between 1-65535', rule: '0 < self && self <= 65535', since: '1.23' },
  portNameMustBeValid: {
    message: 'port name must be valid',
    rule: 'self.all(key, size(key) < 63 && key.matches("^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$"))',
    since: '1.23',
  },
  addressIsRequired: { message: 'Address is required', rule: 'has(self.address) || has(self.network)', since: '1.23' },
  udsMayNotIncludePorts: {
    message: 'UDS may not include ports',
    rule: '(has(self.address) ? self.address : "").startsWith("unix://") ? !has(self.ports) : true',
    since: '1.23',
  },
  wildcardIsNotSupportedInSelector: { message: 'wildcard is not supported in selector', rule: '!self.contains("*")', since: '1.24' },
} satisfies { readonly [name: string]: ValidationRule };

const types: { readonly [name: string]: Schema } = {
  ClientTLSSettings: {
    type: 'object',
    properties: {
      caCertificates: { type: 'string' },
      caCrl: { type: 'string' },
      clientCertificate: { type: 'string' },
      credentialName: { reference: 'secret', type: 'string' },
      insecureSkipVerify: { nullable: true, type: 'boolean' },
      mode: { type: 'string', enum: enums.ClientTLSMode },
      privateKey: { type: 'string' },
      sni: { type: 'string' },
      subjectAltNames: { type: 'array', items: { type: 'string' } },
    },
  },
  ClusterMatch: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      portNumber: { maximum: 4294967295, minimum: 0, type: 'integer' },
      service: { type: 'string' },
      subset: { type: 'string' },
    },
  },
  ConnectionPoolSettings: { type: 'object', properties: { http: { ref: 'HTTPSettings' }, tcp: { ref: 'TCPSettings' } } },
  ConsistentHashLB: {
    exclusive: [['httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName'], ['ringHash', 'maglev']],
    type: 'object',
    properties: {
      httpCookie: { ref: 'HTTPCookie' },
      httpHeaderName: { type: 'string' },
      httpQueryParameterName: { type: 'string' },
      maglev: { ref: 'MagLev' },
      minimumRingSize: { minimum: 0, type: 'integer' },
      ringHash: { ref: 'RingHash' },
      useSourceIp: { type: 'boolean' },
    },
  },
  CookieAttribute: { required: ['name'], type: 'object', properties: { name: { type: 'string' }, value: { type: 'string' } } },
  CorsPolicy: {
    type: 'object',
    properties: {
      allowCredentials: { nullable: true, type: 'boolean' },
      allowHeaders: { type: 'array', items: { type: 'string' } },
      allowMethods: { type: 'array', items: { type: 'string' } },
      allowOrigin: { type: 'array', items: { type: 'string' } },
      allowOrigins: { type: 'array', items: { ref: 'StringMatch' } },
      exposeHeaders: { type: 'array', items: { type: 'string' } },
      maxAge: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
      unmatchedPreflights: { type: 'string', enum: enums.UnmatchedPreflights },
    },
  },
  Delegate: { type: 'object', properties: { name: { type: 'string' }, namespace: { type: 'string' } } },
  Destination: {
    required: ['host'],
    type: 'object',
    properties: { host: { reference: 'host', type: 'string' }, port: { ref: 'PortSelector' }, subset: { type: 'string' } },
  },
  DestinationRuleSpec: {
    required: ['host'],
    type: 'object',
    properties: {
      exportTo: { type: 'array', items: { type: 'string' } },
      host: { reference: 'host', type: 'string' },
      subsets: { type: 'array', items: { ref: 'Subset' } },
      trafficPolicy: { ref: 'TrafficPolicy' },
      workloadSelector: { reference: 'selector', ref: 'WorkloadSelector' },
    },
  },
  Distribute: {
    type: 'object',
    properties: { from: { type: 'string' }, to: { type: 'object', additionalProperties: { maximum: 4294967295, minimum: 0, type: 'integer' } } },
  },
  EnvoyConfigObjectMatch: {
    exclusive: [['listener', 'routeConfiguration', 'cluster', 'waypoint']],
    type: 'object',
    properties: {
      cluster: { ref: 'ClusterMatch' },
      context: { type: 'string', enum: enums.PatchContext },
      listener: { ref: 'ListenerMatch' },
      proxy: { ref: 'ProxyMatch' },
      routeConfiguration: { ref: 'RouteConfigurationMatch' },
      waypoint: { ref: 'WaypointMatch' },
    },
    rules: [rule.onlySupportWaypointMatchWhenContextIsWAYPOINT],
  },
  EnvoyConfigObjectPatch: {
    type: 'object',
    properties: { applyTo: { type: 'string', enum: enums.ApplyTo }, match: { ref: 'EnvoyConfigObjectMatch' }, patch: { ref: 'Patch' } },
  },
  EnvoyFilterSpec: {
    type: 'object',
    properties: {
      configPatches: { type: 'array', items: { ref: 'EnvoyConfigObjectPatch' } },
      priority: { format: 'int32', type: 'integer' },
      targetRefs: { maxItems: 16, type: 'array', items: { reference: 'target', ref: 'PolicyTargetReference' } },
      workloadSelector: { reference: 'labels', ref: 'WorkloadLabelSelector' },
    },
    rules: [rule.onlyOneOfTargetRefsOrWorkloadSelectorCan],
  },
  ExecHealthCheckConfig: { required: ['command'], type: 'object', properties: { command: { type: 'array', items: { minLength: 1, type: 'string' } } } },
  Failover: { type: 'object', properties: { from: { type: 'string' }, to: { type: 'string' } } },
  FilterChainMatch: {
    type: 'object',
    properties: {
      applicationProtocols: { type: 'string' },
      destinationPort: { maximum: 4294967295, minimum: 0, type: 'integer' },
      filter: { ref: 'FilterMatch' },
      name: { type: 'string' },
      sni: { type: 'string' },
      transportProtocol: { type: 'string' },
    },
  },
  FilterMatch: { type: 'object', properties: { name: { type: 'string' }, subFilter: { ref: 'SubFilterMatch' } } },
  GatewaySpec: {
    type: 'object',
    properties: {
      selector: { reference: 'labels', type: 'object', additionalProperties: { type: 'string' } },
      servers: { type: 'array', items: { ref: 'Server' } },
    },
  },
  GrpcHealthCheckConfig: {
    type: 'object',
    properties: { port: { maximum: 4294967295, minimum: 0, type: 'integer', rules: [rule.portMustBeBetween165535] }, service: { type: 'string' } },
  },
  HeaderOperations: {
    type: 'object',
    properties: {
      add: { type: 'object', additionalProperties: { type: 'string' } },
      remove: { type: 'array', items: { type: 'string' } },
      set: { type: 'object', additionalProperties: { type: 'string' } },
    },
  },
  Headers: { type: 'object', properties: { request: { ref: 'HeaderOperations' }, response: { ref: 'HeaderOperations' } } },
  HTTP2KeepAlive: {
    type: 'object',
    properties: {
      interval: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan_2] },
      timeout: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan_2] },
    },
  },
  HTTPBody: { exclusive: [['string', 'bytes']], type: 'object', properties: { bytes: { format: 'byte', type: 'string' }, string: { type: 'string' } } },
  HTTPCookie: {
    required: ['name'],
    type: 'object',
    properties: {
      attributes: { type: 'array', items: { ref: 'CookieAttribute' } },
      name: { type: 'string' },
      path: { type: 'string' },
      ttl: { type: 'string' },
    },
  },
  HTTPDirectResponse: {
    required: ['status'],
    type: 'object',
    properties: { body: { ref: 'HTTPBody' }, status: { maximum: 4294967295, minimum: 0, type: 'integer' } },
  },
  HTTPFaultInjection: { type: 'object', properties: { abort: { ref: 'HTTPFaultInjectionAbort' }, delay: { ref: 'HTTPFaultInjectionDelay' } } },
  HTTPFaultInjectionAbort: {
    exclusive: [['httpStatus', 'grpcStatus', 'http2Error']],
    type: 'object',
    properties: {
      grpcStatus: { type: 'string' },
      http2Error: { type: 'string' },
      httpStatus: { format: 'int32', type: 'integer' },
      percentage: { ref: 'Percent' },
    },
  },
  HTTPFaultInjectionDelay: {
    exclusive: [['fixedDelay', 'exponentialDelay']],
    type: 'object',
    properties: {
      exponentialDelay: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
      fixedDelay: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
      percent: { format: 'int32', type: 'integer' },
      percentage: { ref: 'Percent' },
    },
  },
  HTTPHeader: { type: 'object', properties: { name: { pattern: '^[-_A-Za-z0-9]+$', type: 'string' }, value: { type: 'string' } } },
  HTTPHealthCheckConfig: {
    required: ['port'],
    type: 'object',
    properties: {
      host: { type: 'string' },
      httpHeaders: { type: 'array', items: { ref: 'HTTPHeader' } },
      path: { type: 'string' },
      port: { maximum: 4294967295, minimum: 0, type: 'integer', rules: [rule.portMustBeBetween165535_2] },
      scheme: { type: 'string', rules: [rule.schemeMustBeOneOfHTTPHTTPS] },
    },
  },
  HTTPMatchRequest: {
    type: 'object',
    properties: {
      authority: { ref: 'StringMatch' },
      gateways: { type: 'array', items: { reference: 'gateway', type: 'string' } },
      headers: { type: 'object', additionalProperties: { ref: 'StringMatch' } },
      ignoreUriCase: { type: 'boolean' },
      method: { ref: 'StringMatch' },
      name: { type: 'string' },
      port: { maximum: 4294967295, minimum: 0, type: 'integer' },
      queryParams: { type: 'object', additionalProperties: { ref: 'StringMatch' } },
      scheme: { ref: 'StringMatch' },
      sourceLabels: { type: 'object', additionalProperties: { type: 'string' } },
      sourceNamespace: { type: 'string' },
      statPrefix: { type: 'string' },
      uri: { ref: 'StringMatch' },
      withoutHeaders: { type: 'object', additionalProperties: { ref: 'StringMatch' } },
    },
  },
  HTTPMirrorPolicy: { required: ['destination'], type: 'object', properties: { destination: { ref: 'Destination' }, percentage: { ref: 'Percent' } } },
  HTTPRedirect: {
    exclusive: [['port', 'derivePort']],
    type: 'object',
    properties: {
      authority: { type: 'string' },
      derivePort: { type: 'string', enum: enums.RedirectPortSelection },
      port: { maximum: 4294967295, minimum: 0, type: 'integer' },
      prefixRewrite: { type: 'string' },
      redirectCode: { maximum: 4294967295, minimum: 0, type: 'integer' },
      scheme: { type: 'string' },
      uri: { type: 'string' },
    },
  },
  HTTPRetry: {
    type: 'object',
    properties: {
      attempts: { format: 'int32', type: 'integer' },
      backoff: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan_2] },
      perTryTimeout: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
      retryIgnorePreviousHosts: { nullable: true, type: 'boolean' },
      retryOn: { type: 'string' },
      retryRemoteLocalities: { nullable: true, type: 'boolean' },
    },
  },
  HTTPRewrite: { type: 'object', properties: { authority: { type: 'string' }, uri: { type: 'string' }, uriRegexRewrite: { ref: 'RegexRewrite' } } },
  HTTPRoute: {
    type: 'object',
    properties: {
      corsPolicy: { ref: 'CorsPolicy' },
      delegate: { reference: 'virtualService', ref: 'Delegate' },
      directResponse: { ref: 'HTTPDirectResponse' },
      fault: { ref: 'HTTPFaultInjection' },
      headers: { ref: 'Headers' },
      match: { type: 'array', items: { ref: 'HTTPMatchRequest' } },
      mirror: { ref: 'Destination' },
      mirrorPercent: { maximum: 4294967295, minimum: 0, nullable: true, type: 'integer' },
      mirrorPercentage: { ref: 'Percent' },
      mirror_percent: { maximum: 4294967295, minimum: 0, nullable: true, type: 'integer' },
      mirrors: { type: 'array', items: { ref: 'HTTPMirrorPolicy' } },
      name: { type: 'string' },
      redirect: { ref: 'HTTPRedirect' },
      retries: { ref: 'HTTPRetry' },
      rewrite: { ref: 'HTTPRewrite' },
      route: { type: 'array', items: { ref: 'HTTPRouteDestination' } },
      timeout: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
    },
  },
  HTTPRouteDestination: {
    required: ['destination'],
    type: 'object',
    properties: { destination: { ref: 'Destination' }, headers: { ref: 'Headers' }, weight: { format: 'int32', type: 'integer' } },
  },
  HTTPSettings: {
    type: 'object',
    properties: {
      h2UpgradePolicy: { type: 'string', enum: enums.H2UpgradePolicy },
      http1MaxPendingRequests: { format: 'int32', type: 'integer' },
      http2KeepAlive: { ref: 'HTTP2KeepAlive' },
      http2MaxRequests: { format: 'int32', type: 'integer' },
      idleTimeout: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
      maxConcurrentStreams: { format: 'int32', type: 'integer' },
      maxRequestsPerConnection: { format: 'int32', type: 'integer' },
      maxRetries: { format: 'int32', type: 'integer' },
      useClientProtocol: { type: 'boolean' },
    },
  },
  IstioEgressListener: {
    required: ['hosts'],
    type: 'object',
    properties: {
      bind: { type: 'string' },
      captureMode: { type: 'string', enum: enums.CaptureMode },
      hosts: { type: 'array', items: { reference: 'egressHost', type: 'string' } },
      port: { ref: 'SidecarPort' },
    },
  },
  IstioIngressListener: {
    required: ['port'],
    type: 'object',
    properties: {
      bind: { type: 'string' },
      captureMode: { type: 'string', enum: enums.CaptureMode },
      connectionPool: { ref: 'ConnectionPoolSettings' },
      defaultEndpoint: { type: 'string' },
      port: { ref: 'SidecarPort' },
      tls: { ref: 'ServerTLSSettings' },
    },
  },
  L4MatchAttributes: {
    type: 'object',
    properties: {
      destinationSubnets: { type: 'array', items: { type: 'string' } },
      gateways: { type: 'array', items: { reference: 'gateway', type: 'string' } },
      port: { maximum: 4294967295, minimum: 0, type: 'integer' },
      sourceLabels: { type: 'object', additionalProperties: { type: 'string' } },
      sourceNamespace: { type: 'string' },
      sourceSubnet: { type: 'string' },
    },
  },
  ListenerMatch: {
    type: 'object',
    properties: {
      filterChain: { ref: 'FilterChainMatch' },
      listenerFilter: { type: 'string' },
      name: { type: 'string' },
      portName: { type: 'string' },
      portNumber: { maximum: 4294967295, minimum: 0, type: 'integer' },
    },
  },
  LoadBalancerSettings: {
    exclusive: [['simple', 'consistentHash']],
    type: 'object',
    properties: {
      consistentHash: { ref: 'ConsistentHashLB' },
      localityLbSetting: { ref: 'LocalityLoadBalancerSetting' },
      simple: { type: 'string', enum: enums.SimpleLB },
      warmup: { ref: 'WarmupConfiguration' },
      warmupDurationSecs: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
      zoneAwareLbSetting: { ref: 'ZoneAwareLoadBalancerSetting' },
    },
  },
  LocalityLoadBalancerSetting: {
    type: 'object',
    properties: {
      distribute: { type: 'array', items: { ref: 'Distribute' } },
      enabled: { nullable: true, type: 'boolean' },
      failover: { type: 'array', items: { ref: 'Failover' } },
      failoverPriority: { type: 'array', items: { type: 'string' } },
    },
  },
  MagLev: { type: 'object', properties: { tableSize: { minimum: 0, type: 'integer' } } },
  ObjectMeta: {
    type: 'object',
    properties: {
      annotations: { maxProperties: 256, type: 'object', additionalProperties: { type: 'string' } },
      labels: { maxProperties: 256, type: 'object', additionalProperties: { type: 'string' } },
    },
  },
  OutboundTrafficPolicy: {
    type: 'object',
    properties: { egressProxy: { ref: 'Destination' }, mode: { type: 'string', enum: enums.OutboundTrafficPolicyMode } },
  },
  OutlierDetection: {
    type: 'object',
    properties: {
      baseEjectionTime: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
      consecutive5xxErrors: { maximum: 4294967295, minimum: 0, nullable: true, type: 'integer' },
      consecutiveErrors: { format: 'int32', type: 'integer' },
      consecutiveGatewayErrors: { maximum: 4294967295, minimum: 0, nullable: true, type: 'integer' },
      consecutiveLocalOriginFailures: { maximum: 4294967295, minimum: 0, nullable: true, type: 'integer' },
      interval: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
      maxEjectionPercent: { format: 'int32', type: 'integer' },
      minHealthPercent: { format: 'int32', type: 'integer' },
      outlierDetectionHttpErrorCodes: { type: 'array', items: { maximum: 599, minimum: 100, type: 'integer' } },
      splitExternalLocalOriginErrors: { type: 'boolean' },
    },
  },
  Patch: {
    type: 'object',
    properties: {
      filterClass: { type: 'string', enum: enums.FilterClass },
      operation: { type: 'string', enum: enums.PatchOperation },
      value: { type: 'object', preserveUnknownFields: true },
    },
  },
  Percent: { type: 'object', properties: { value: { format: 'double', type: 'number' } } },
  Port: {
    required: ['number', 'protocol', 'name'],
    type: 'object',
    properties: {
      name: { type: 'string' },
      number: { maximum: 4294967295, minimum: 0, type: 'integer' },
      protocol: { type: 'string' },
      targetPort: { maximum: 4294967295, minimum: 0, type: 'integer' },
    },
  },
  PortSelector: { type: 'object', properties: { number: { maximum: 4294967295, minimum: 0, type: 'integer' } } },
  PortTrafficPolicy: {
    type: 'object',
    properties: {
      connectionPool: { ref: 'ConnectionPoolSettings' },
      loadBalancer: { ref: 'LoadBalancerSettings' },
      outlierDetection: { ref: 'OutlierDetection' },
      port: { ref: 'PortSelector' },
      tls: { ref: 'ClientTLSSettings' },
    },
  },
  ProxyConfigSpec: {
    type: 'object',
    properties: {
      concurrency: { format: 'int32', minimum: 0, nullable: true, type: 'integer' },
      environmentVariables: { type: 'object', additionalProperties: { maxLength: 2048, type: 'string' } },
      image: { ref: 'ProxyImage' },
      selector: { reference: 'selector', ref: 'WorkloadSelector' },
    },
  },
  ProxyImage: { type: 'object', properties: { imageType: { type: 'string' } } },
  ProxyMatch: { type: 'object', properties: { metadata: { type: 'object', additionalProperties: { type: 'string' } }, proxyVersion: { type: 'string' } } },
  ProxyProtocol: { type: 'object', properties: { version: { type: 'string', enum: enums.ProxyProtocolVersion } } },
  ReadinessProbe: {
    exclusive: [['httpGet', 'tcpSocket', 'exec', 'grpc']],
    type: 'object',
    properties: {
      exec: { ref: 'ExecHealthCheckConfig' },
      failureThreshold: { format: 'int32', minimum: 0, type: 'integer' },
      grpc: { ref: 'GrpcHealthCheckConfig' },
      httpGet: { ref: 'HTTPHealthCheckConfig' },
      initialDelaySeconds: { format: 'int32', minimum: 0, type: 'integer' },
      periodSeconds: { format: 'int32', minimum: 0, type: 'integer' },
      successThreshold: { format: 'int32', minimum: 0, type: 'integer' },
      tcpSocket: { ref: 'TCPHealthCheckConfig' },
      timeoutSeconds: { format: 'int32', minimum: 0, type: 'integer' },
    },
  },
  RegexRewrite: { type: 'object', properties: { match: { type: 'string' }, rewrite: { type: 'string' } } },
  RetryBudget: {
    type: 'object',
    properties: {
      budgetInterval: { type: 'string' },
      minRetryConcurrency: { maximum: 4294967295, minimum: 0, type: 'integer' },
      percent: { format: 'double', maximum: 100, minimum: 0, nullable: true, type: 'number' },
    },
  },
  RingHash: { type: 'object', properties: { minimumRingSize: { minimum: 0, type: 'integer' } } },
  RouteConfigurationMatch: {
    type: 'object',
    properties: {
      gateway: { type: 'string' },
      name: { type: 'string' },
      portName: { type: 'string' },
      portNumber: { maximum: 4294967295, minimum: 0, type: 'integer' },
      vhost: { ref: 'VirtualHostMatch' },
    },
  },
  RouteDestination: {
    required: ['destination'],
    type: 'object',
    properties: { destination: { ref: 'Destination' }, weight: { format: 'int32', type: 'integer' } },
  },
  RouteMatch: { type: 'object', properties: { action: { type: 'string', enum: enums.RouteMatchAction }, name: { type: 'string' } } },
  Server: {
    required: ['port', 'hosts'],
    type: 'object',
    properties: {
      bind: { type: 'string' },
      defaultEndpoint: { type: 'string' },
      hosts: { type: 'array', items: { type: 'string' } },
      name: { type: 'string' },
      port: { ref: 'Port' },
      tls: { ref: 'ServerTLSSettings' },
    },
  },
  ServerTLSSettings: {
    type: 'object',
    properties: {
      caCertCredentialName: { reference: 'secret', type: 'string' },
      caCertificates: { type: 'string' },
      caCrl: { type: 'string' },
      cipherSuites: { type: 'array', items: { type: 'string' } },
      credentialName: { reference: 'secret', type: 'string' },
      credentialNames: { maxItems: 2, minItems: 1, type: 'array', items: { reference: 'secret', type: 'string' } },
      httpsRedirect: { type: 'boolean' },
      insecureSkipVerify: { nullable: true, type: 'boolean' },
      maxProtocolVersion: { type: 'string', enum: enums.TLSProtocol },
      minProtocolVersion: { type: 'string', enum: enums.TLSProtocol },
      mode: { type: 'string', enum: enums.ServerTLSMode },
      privateKey: { type: 'string' },
      serverCertificate: { type: 'string' },
      subjectAltNames: { type: 'array', items: { type: 'string' } },
      tlsCertificates: { maxItems: 2, minItems: 1, type: 'array', items: { ref: 'TLSCertificate' } },
      verifyCertificateHash: { type: 'array', items: { type: 'string' } },
      verifyCertificateSpki: { type: 'array', items: { type: 'string' } },
    },
    rules: [
      rule.onlyOneOfCredentialNamesOrTlsCertificatesCan,
      rule.onlyOneOfCredentialNameOrCredentialNamesCan,
      rule.onlyOneOfCredentialNameOrTlsCertificatesCan,
    ],
  },
  ServiceEntrySpec: {
    required: ['hosts'],
    type: 'object',
    properties: {
      addresses: { maxItems: 256, type: 'array', items: { maxLength: 64, type: 'string' } },
      endpoints: { maxItems: 4096, type: 'array', items: { ref: 'WorkloadEntrySpec' } },
      exportTo: { type: 'array', items: { type: 'string' } },
      hosts: { maxItems: 256, minItems: 1, type: 'array', items: { type: 'string', rules: [rule.hostnameCannotBeWildcard] } },
      location: { type: 'string', enum: enums.ServiceEntryLocation },
      ports: { maxItems: 256, type: 'array', listMapKeys: ['name'], listType: 'map', items: { ref: 'ServicePort' }, rules: [rule.portNumberCannotBeDuplicated] },
      resolution: { type: 'string', enum: enums.ServiceEntryResolution },
      subjectAltNames: { type: 'array', items: { type: 'string' } },
      workloadSelector: { reference: 'labels', ref: 'WorkloadLabelSelector' },
    },
    rules: [
      rule.onlyOneOfWorkloadSelectorOrEndpointsCan,
      rule.cidrAddressesAreAllowedOnlyForNONE,
      rule.noneModeCannotSetEndpoints,
      rule.dnsROUNDROBINModeCannotHaveMultiple,
    ],
  },
  ServicePort: {
    required: ['number', 'name'],
    type: 'object',
    properties: {
      name: { maxLength: 256, type: 'string' },
      number: { maximum: 4294967295, minimum: 0, type: 'integer', rules: [rule.portMustBeBetween165535_2] },
      protocol: { maxLength: 256, type: 'string' },
      targetPort: { maximum: 4294967295, minimum: 0, type: 'integer', rules: [rule.portMustBeBetween165535_2] },
    },
  },
  SidecarPort: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      number: { maximum: 4294967295, minimum: 0, type: 'integer' },
      protocol: { type: 'string' },
      targetPort: { maximum: 4294967295, minimum: 0, type: 'integer' },
    },
  },
  SidecarSpec: {
    type: 'object',
    properties: {
      egress: { type: 'array', items: { ref: 'IstioEgressListener' } },
      inboundConnectionPool: { ref: 'ConnectionPoolSettings' },
      ingress: { type: 'array', items: { ref: 'IstioIngressListener' } },
      outboundTrafficPolicy: { ref: 'OutboundTrafficPolicy' },
      workloadSelector: { reference: 'labels', ref: 'WorkloadLabelSelector' },
    },
  },
  StringMatch: {
    exclusive: [['exact', 'prefix', 'regex']],
    type: 'object',
    properties: { exact: { type: 'string' }, prefix: { type: 'string' }, regex: { type: 'string' } },
  },
  SubFilterMatch: { type: 'object', properties: { name: { type: 'string' } } },
  Subset: {
    required: ['name'],
    type: 'object',
    properties: { labels: { type: 'object', additionalProperties: { type: 'string' } }, name: { type: 'string' }, trafficPolicy: { ref: 'TrafficPolicy' } },
  },
  TCPHealthCheckConfig: {
    required: ['port'],
    type: 'object',
    properties: { host: { type: 'string' }, port: { maximum: 4294967295, minimum: 0, type: 'integer', rules: [rule.portMustBeBetween165535_2] } },
  },
  TcpKeepalive: {
    type: 'object',
    properties: {
      interval: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
      probes: { maximum: 4294967295, minimum: 0, type: 'integer' },
      time: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
    },
  },
  TCPRoute: {
    type: 'object',
    properties: { match: { type: 'array', items: { ref: 'L4MatchAttributes' } }, route: { type: 'array', items: { ref: 'RouteDestination' } } },
  },
  TCPSettings: {
    type: 'object',
    properties: {
      connectTimeout: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
      idleTimeout: { type: 'string' },
      maxConnectionDuration: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
      maxConnections: { format: 'int32', type: 'integer' },
      tcpKeepalive: { ref: 'TcpKeepalive' },
    },
  },
  TLSCertificate: { type: 'object', properties: { caCertificates: { type: 'string' }, privateKey: { type: 'string' }, serverCertificate: { type: 'string' } } },
  TLSMatchAttributes: {
    required: ['sniHosts'],
    type: 'object',
    properties: {
      destinationSubnets: { type: 'array', items: { type: 'string' } },
      gateways: { type: 'array', items: { reference: 'gateway', type: 'string' } },
      port: { maximum: 4294967295, minimum: 0, type: 'integer' },
      sniHosts: { type: 'array', items: { type: 'string' } },
      sourceLabels: { type: 'object', additionalProperties: { type: 'string' } },
      sourceNamespace: { type: 'string' },
    },
  },
  TLSRoute: {
    required: ['match'],
    type: 'object',
    properties: { match: { type: 'array', items: { ref: 'TLSMatchAttributes' } }, route: { type: 'array', items: { ref: 'RouteDestination' } } },
  },
  TrafficPolicy: {
    type: 'object',
    properties: {
      connectionPool: { ref: 'ConnectionPoolSettings' },
      loadBalancer: { ref: 'LoadBalancerSettings' },
      outlierDetection: { ref: 'OutlierDetection' },
      portLevelSettings: { maxItems: 4096, type: 'array', items: { ref: 'PortTrafficPolicy' } },
      proxyProtocol: { ref: 'ProxyProtocol' },
      retryBudget: { ref: 'RetryBudget' },
      tls: { ref: 'ClientTLSSettings' },
      tunnel: { ref: 'TunnelSettings' },
    },
  },
  TunnelSettings: {
    required: ['targetHost', 'targetPort'],
    type: 'object',
    properties: { protocol: { type: 'string' }, targetHost: { type: 'string' }, targetPort: { maximum: 4294967295, minimum: 0, type: 'integer' } },
  },
  VirtualHostMatch: { type: 'object', properties: { domainName: { type: 'string' }, name: { type: 'string' }, route: { ref: 'RouteMatch' } } },
  VirtualServiceSpec: {
    type: 'object',
    properties: {
      exportTo: { type: 'array', items: { type: 'string' } },
      gateways: { type: 'array', items: { reference: 'gateway', type: 'string' } },
      hosts: { type: 'array', items: { type: 'string' } },
      http: { type: 'array', items: { ref: 'HTTPRoute' } },
      tcp: { type: 'array', items: { ref: 'TCPRoute' } },
      tls: { type: 'array', items: { ref: 'TLSRoute' } },
    },
  },
  WarmupConfiguration: {
    required: ['duration'],
    type: 'object',
    properties: {
      aggression: { format: 'double', minimum: 0, nullable: true, type: 'number' },
      duration: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan_2] },
      minimumPercent: { format: 'double', maximum: 100, minimum: 0, nullable: true, type: 'number' },
    },
  },
  WaypointMatch: {
    type: 'object',
    properties: {
      filter: { ref: 'FilterMatch' },
      portNumber: { maximum: 4294967295, minimum: 0, type: 'integer', rules: [rule.portMustBeBetween165535] },
      route: { ref: 'WaypointRouteMatch' },
    },
  },
  WaypointRouteMatch: { type: 'object', properties: { name: { type: 'string' } } },
  WorkloadEntrySpec: {
    type: 'object',
    properties: {
      address: { maxLength: 256, type: 'string', rules: [rule.udsMustBeAnAbsolutePathOr, rule.udsMayNotBeADir] },
      labels: { maxProperties: 256, type: 'object', additionalProperties: { type: 'string' } },
      locality: { maxLength: 2048, type: 'string' },
      network: { maxLength: 2048, type: 'string' },
      ports: {
        maxProperties: 128,
        type: 'object',
        additionalProperties: { maximum: 4294967295, minimum: 0, type: 'integer', rules: [rule.portMustBeBetween165535_3] },
        rules: [rule.portNameMustBeValid],
      },
      serviceAccount: { reference: 'serviceAccountName', maxLength: 253, type: 'string' },
      weight: { maximum: 4294967295, minimum: 0, type: 'integer' },
    },
    rules: [rule.addressIsRequired, rule.udsMayNotIncludePorts],
  },
  WorkloadGroupSpec: {
    required: ['template'],
    type: 'object',
    properties: { metadata: { ref: 'ObjectMeta' }, probe: { ref: 'ReadinessProbe' }, template: { ref: 'WorkloadGroupTemplate' } },
  },
  WorkloadGroupTemplate: {
    type: 'object',
    properties: {
      address: { maxLength: 256, type: 'string', rules: [rule.udsMustBeAnAbsolutePathOr, rule.udsMayNotBeADir] },
      labels: { maxProperties: 256, type: 'object', additionalProperties: { type: 'string' } },
      locality: { maxLength: 2048, type: 'string' },
      network: { maxLength: 2048, type: 'string' },
      ports: {
        maxProperties: 128,
        type: 'object',
        additionalProperties: { maximum: 4294967295, minimum: 0, type: 'integer', rules: [rule.portMustBeBetween165535_3] },
        rules: [rule.portNameMustBeValid],
      },
      serviceAccount: { reference: 'serviceAccountName', maxLength: 253, type: 'string' },
      weight: { maximum: 4294967295, minimum: 0, type: 'integer' },
    },
    rules: [rule.udsMayNotIncludePorts],
  },
  WorkloadLabelSelector: {
    type: 'object',
    properties: {
      labels: { maxProperties: 256, type: 'object', additionalProperties: { maxLength: 63, type: 'string', rules: [rule.wildcardIsNotSupportedInSelector] } },
    },
  },
  ZoneAwareLoadBalancerSetting: {
    type: 'object',
    properties: {
      enabled: { nullable: true, type: 'boolean' },
      failover: { type: 'array', items: { ref: 'Failover' } },
      failoverPriority: { type: 'array', items: { type: 'string' } },
      minClusterSize: { maximum: 4294967295, minimum: 1, nullable: true, type: 'integer' },
    },
  },
};

const kinds: { readonly [groupAndKind: string]: Kind } = {
  'networking.istio.io/DestinationRule': {
    group: 'networking.istio.io',
    kind: 'DestinationRule',
    plural: 'destinationrules',
    scope: 'Namespaced',
    shortNames: ['dr'],
    categories: ['istio-io', 'networking-istio-io'],
    versions: ['v1', 'v1beta1', 'v1alpha3'],
    schema: { type: 'object', properties: { spec: { ref: 'DestinationRuleSpec' }, status: { type: 'object', preserveUnknownFields: true } } },
  },
  'networking.istio.io/EnvoyFilter': {
    group: 'networking.istio.io',
    kind: 'EnvoyFilter',
    plural: 'envoyfilters',
    scope: 'Namespaced',
    categories: ['istio-io', 'networking-istio-io'],
    versions: ['v1alpha3'],
    schema: { type: 'object', properties: { spec: { ref: 'EnvoyFilterSpec' }, status: { type: 'object', preserveUnknownFields: true } } },
  },
  'networking.istio.io/Gateway': {
    group: 'networking.istio.io',
    kind: 'Gateway',
    plural: 'gateways',
    scope: 'Namespaced',
    shortNames: ['gw'],
    categories: ['istio-io', 'networking-istio-io'],
    versions: ['v1', 'v1beta1', 'v1alpha3'],
    schema: { type: 'object', properties: { spec: { ref: 'GatewaySpec' }, status: { type: 'object', preserveUnknownFields: true } } },
  },
  'networking.istio.io/ProxyConfig': {
    group: 'networking.istio.io',
    kind: 'ProxyConfig',
    plural: 'proxyconfigs',
    scope: 'Namespaced',
    categories: ['istio-io', 'networking-istio-io'],
    versions: ['v1beta1'],
    schema: { type: 'object', properties: { spec: { ref: 'ProxyConfigSpec' }, status: { type: 'object', preserveUnknownFields: true } } },
  },
  'networking.istio.io/ServiceEntry': {
    group: 'networking.istio.io',
    kind: 'ServiceEntry',
    plural: 'serviceentries',
    scope: 'Namespaced',
    shortNames: ['se'],
    categories: ['istio-io', 'networking-istio-io'],
    versions: ['v1', 'v1beta1', 'v1alpha3'],
    schema: { required: ['spec'], type: 'object', properties: { spec: { ref: 'ServiceEntrySpec' }, status: { type: 'object', preserveUnknownFields: true } } },
  },
  'networking.istio.io/Sidecar': {
    group: 'networking.istio.io',
    kind: 'Sidecar',
    plural: 'sidecars',
    scope: 'Namespaced',
    categories: ['istio-io', 'networking-istio-io'],
    versions: ['v1', 'v1beta1', 'v1alpha3'],
    schema: { type: 'object', properties: { spec: { ref: 'SidecarSpec' }, status: { type: 'object', preserveUnknownFields: true } } },
  },
  'networking.istio.io/VirtualService': {
    group: 'networking.istio.io',
    kind: 'VirtualService',
    plural: 'virtualservices',
    scope: 'Namespaced',
    shortNames: ['vs'],
    categories: ['istio-io', 'networking-istio-io'],
    versions: ['v1', 'v1beta1', 'v1alpha3'],
    schema: { type: 'object', properties: { spec: { ref: 'VirtualServiceSpec' }, status: { type: 'object', preserveUnknownFields: true } } },
  },
  'networking.istio.io/WorkloadEntry': {
    group: 'networking.istio.io',
    kind: 'WorkloadEntry',
    plural: 'workloadentries',
    scope: 'Namespaced',
    shortNames: ['we'],
    categories: ['istio-io', 'networking-istio-io'],
    versions: ['v1', 'v1beta1', 'v1alpha3'],
    schema: { required: ['spec'], type: 'object', properties: { spec: { ref: 'WorkloadEntrySpec' }, status: { type: 'object', preserveUnknownFields: true } } },
  },
  'networking.istio.io/WorkloadGroup': {
    group: 'networking.istio.io',
    kind: 'WorkloadGroup',
    plural: 'workloadgroups',
    scope: 'Namespaced',
    shortNames: ['wg'],
    categories: ['istio-io', 'networking-istio-io'],
    versions: ['v1', 'v1beta1', 'v1alpha3'],
    schema: { required: ['spec'], type: 'object', properties: { spec: { ref: 'WorkloadGroupSpec' }, status: { type: 'object', preserveUnknownFields: true } } },
  },
};

/** The values of the enums, the schemas of the named types, and the kinds of this file. */
export const networkingIstioIo = { enums, types, kinds };

export { applyOrder, type IgnoredDifference, ignoreWeights, syncWaves } from './apply-order';
export {
  CallGraph,
  type CallGraphProps,
  type ExternalCall,
  type ProgramReference,
  type ResolvedCall,
  type ResolvedGraph,
} from './call-graph';
export type { CallOptions, Method } from './call-options';
export { CanaryRelease, type CanaryReleaseProps, type CanaryStep } from './canary-release';
export { type CircuitBreakerProps, type ConnectionLimits, circuitBreaker, type OutlierSettings } from './circuit-breaker';
export { EgressGateway, type EgressGatewayProps } from './egress-gateway';
export {
  type AtGateway,
  type HttpFilter,
  type InChain,
  insertHttpFilter,
  insertWasm,
  mergeVirtualHost,
  type ProxySide,
  type SidecarInbound,
  type SidecarOutbound,
  type VirtualHosts,
  type WasmModule,
} from './envoy-patches';
export { ExternalService, type ExternalServiceProps } from './external-service';
export { type Abort, type Delay, FaultInjection, type FaultInjectionProps } from './fault-injection';
export { type FluxStagesOptions, writeFluxStages } from './flux-stages';
export type { GatewayReference } from './gateway-binding';
export { HeaderRoute, type HeaderRouteProps, type HeaderRouteRule, type NamesOf, type Takers } from './header-route';
export type { GatewayPods, Ingress, IngressCall } from './ingress-call';
export type { IngressGatewayProps } from './ingress-gateway';
export { IngressRoute, type IngressRouteProps, type IngressRouteRule } from './ingress-route';
export { JwtAuth, type JwtAuthProps } from './jwt-auth';
export { LocalityFailover, type LocalityFailoverProps } from './locality-failover';
export { LuaFilter, type LuaFilterProps, luaFilter, rewriteHost } from './lua-filter';
export { Mirror, type MirrorProps, type MirrorTarget } from './mirror';
export { MultiClusterGateway, type MultiClusterGatewayProps } from './multi-cluster-gateway';
export { NetworkPolicies, type NetworkPoliciesProps } from './network-policies';
export type { Program, ServiceFacts, ServicePort as ProgramPort } from './program';
export { type PatchedProxies, ProxyPatch, type ProxyPatchProps } from './proxy-patch';
export { type GlobalLimit, type LimitKey, type LocalLimit, RateLimit, type RateLimitProps } from './rate-limit';
export type { RequestMatch, TokenClaim } from './request-match';
export { Resilience, type ResilienceProps } from './resilience';
export { idempotentMethods, type Retries, type RetryCondition } from './retries';
export type { ServiceHost } from './service-host';
export type { ServiceIngress, ServiceRoutes, ServiceRoutesProps, SubsetPods } from './service-routes';
export type { Share, Shares } from './shares';
export { SidecarScopes, type SidecarScopesProps } from './sidecar-scopes';
export { TrafficSplit, type TrafficSplitProps } from './traffic-split';
export { type Machine, type MachineService, VirtualMachine, type VirtualMachineProps } from './virtual-machine';
export type { ResilienceWarning } from './warn';
export type { Workload } from './workload';
export { ZeroTrust, type ZeroTrustProps } from './zero-trust';

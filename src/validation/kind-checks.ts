import { checkAuthorizationPolicy } from './authorization-policy';
import type { KindCheck } from './context';
import { checkDestinationRule } from './destination-rule';
import { checkEnvoyFilter } from './envoy-filter';
import { checkGateway } from './gateway';
import { checkPeerAuthentication } from './peer-authentication';
import { checkProxyConfig } from './proxy-config';
import { checkRequestAuthentication } from './request-authentication';
import { checkServiceEntry } from './service-entry';
import { checkSidecar } from './sidecar';
import { checkTelemetry } from './telemetry';
import { checkTrafficExtension } from './traffic-extension';
import { checkVirtualService } from './virtual-service';
import { checkWasmPlugin } from './wasm-plugin';
import { checkWorkloadEntry } from './workload-entry';
import { checkWorkloadGroup } from './workload-group';

/** What istiod checks of each kind beyond its schema, and the type of the kind's spec. */
export const kindChecks: { readonly [groupAndKind: string]: { readonly spec: string; readonly check: KindCheck } } = {
  'extensions.istio.io/TrafficExtension': { spec: 'TrafficExtensionSpec', check: checkTrafficExtension },
  'extensions.istio.io/WasmPlugin': { spec: 'WasmPluginSpec', check: checkWasmPlugin },
  'networking.istio.io/DestinationRule': { spec: 'DestinationRuleSpec', check: checkDestinationRule },
  'networking.istio.io/EnvoyFilter': { spec: 'EnvoyFilterSpec', check: checkEnvoyFilter },
  'networking.istio.io/Gateway': { spec: 'GatewaySpec', check: checkGateway },
  'networking.istio.io/ProxyConfig': { spec: 'ProxyConfigSpec', check: checkProxyConfig },
  'networking.istio.io/ServiceEntry': { spec: 'ServiceEntrySpec', check: checkServiceEntry },
  'networking.istio.io/Sidecar': { spec: 'SidecarSpec', check: checkSidecar },
  'networking.istio.io/VirtualService': { spec: 'VirtualServiceSpec', check: checkVirtualService },
  'networking.istio.io/WorkloadEntry': { spec: 'WorkloadEntrySpec', check: checkWorkloadEntry },
  'networking.istio.io/WorkloadGroup': { spec: 'WorkloadGroupSpec', check: checkWorkloadGroup },
  'security.istio.io/AuthorizationPolicy': { spec: 'AuthorizationPolicySpec', check: checkAuthorizationPolicy },
  'security.istio.io/PeerAuthentication': { spec: 'PeerAuthenticationSpec', check: checkPeerAuthentication },
  'security.istio.io/RequestAuthentication': { spec: 'RequestAuthenticationSpec', check: checkRequestAuthentication },
  'telemetry.istio.io/Telemetry': { spec: 'TelemetrySpec', check: checkTelemetry },
};

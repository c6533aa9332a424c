import type { Rule } from '../../manifest/rule';
import { authorizationPolicyRules } from './authorization-policy';
import { clientTlsRules } from './client-tls';
import { connectionPoolRules } from './connection-pool';
import { decodeRules } from './decode';
import { destinationRuleRules } from './destination-rule';
import { endpointRules } from './endpoint';
import { envoyFilterRules } from './envoy-filter';
import { exportToRules } from './export-to';
import { gatewayRules } from './gateway';
import { httpRouteRules } from './http-route';
import { l4RouteRules } from './l4-route';
import { loadBalancerRules } from './load-balancer';
import { localityRules } from './locality';
import { metadataRules } from './metadata';
import { otherKindRules } from './other-kinds';
import { outlierDetectionRules } from './outlier-detection';
import { peerAuthenticationRules } from './peer-authentication';
import { portFieldRules } from './port-fields';
import { proxyConfigRules } from './proxy-config';
import { releaseRules } from './release';
import { requestAuthenticationRules } from './request-authentication';
import { selectorRules } from './selectors';
import { serverTlsRules } from './server-tls';
import { serviceEntryRules } from './service-entry';
import { sidecarRules } from './sidecar';
import { targetRefRules } from './target-refs';
import { telemetryRules } from './telemetry';
import { trafficExtensionRules } from './traffic-extension';
import { trafficPolicyRules } from './traffic-policy';
import { unreachableRouteRules } from './unreachable-routes';
import { valueRules } from './values';
import { virtualServiceRules } from './virtual-service';
import { wasmModuleRules } from './wasm-module';
import { workloadGroupRules } from './workload-group';
import { yamlRules } from './yaml';

/** The tables of this folder. */
export const ruleTables: readonly { readonly [name: string]: Rule }[] = [
  authorizationPolicyRules,
  clientTlsRules,
  connectionPoolRules,
  decodeRules,
  destinationRuleRules,
  endpointRules,
  envoyFilterRules,
  exportToRules,
  gatewayRules,
  httpRouteRules,
  l4RouteRules,
  loadBalancerRules,
  localityRules,
  metadataRules,
  otherKindRules,
  outlierDetectionRules,
  peerAuthenticationRules,
  portFieldRules,
  proxyConfigRules,
  releaseRules,
  requestAuthenticationRules,
  selectorRules,
  serverTlsRules,
  serviceEntryRules,
  sidecarRules,
  targetRefRules,
  telemetryRules,
  trafficExtensionRules,
  trafficPolicyRules,
  unreachableRouteRules,
  valueRules,
  virtualServiceRules,
  wasmModuleRules,
  workloadGroupRules,
  yamlRules,
];

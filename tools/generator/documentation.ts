import type { Fact } from './model';

/** The reference page of each Istio kind, below istio.io/latest/docs/reference/config/. */
const pages: { readonly [kind: string]: string } = {
  AuthorizationPolicy: 'security/authorization-policy',
  DestinationRule: 'networking/destination-rule',
  EnvoyFilter: 'networking/envoy-filter',
  Gateway: 'networking/gateway',
  PeerAuthentication: 'security/peer_authentication',
  ProxyConfig: 'networking/proxy-config',
  RequestAuthentication: 'security/request_authentication',
  ServiceEntry: 'networking/service-entry',
  Sidecar: 'networking/sidecar',
  Telemetry: 'telemetry',
  TrafficExtension: 'proxy_extensions/traffic_extension',
  VirtualService: 'networking/virtual-service',
  WasmPlugin: 'proxy_extensions/wasm-plugin',
  WorkloadEntry: 'networking/workload-entry',
  WorkloadGroup: 'networking/workload-group',
};

/** Where to read more about a type: the page of the first kind that uses it. Empty for kinds that are not Istio's. */
export const referencePage = (kind: string): string => (pages[kind] ? `https://istio.io/latest/docs/reference/config/${pages[kind]}/` : '');

const range = (low: number | undefined, high: number | undefined, unit: string): string => {
  const suffix = unit ? ` ${unit}` : '';
  if (low !== undefined && high !== undefined) return `${low} to ${high}${suffix}`;
  if (low !== undefined) return `at least ${low}${suffix}`;
  return high === undefined ? '' : `at most ${high}${suffix}`;
};

/** What is to be known of a field beyond its type: bounds, pattern, default, history. */
export function fieldFacts(fact: Fact, isRequired: boolean): string[] {
  const wholeNumbers = fact.maximum === 4294967295 && fact.minimum === 0;
  const facts = [
    isRequired ? 'required' : '',
    wholeNumbers ? 'not negative' : range(fact.minimum, fact.maximum, ''),
    range(fact.minLength, fact.maxLength, 'characters'),
    range(fact.minItems, fact.maxItems, 'items'),
    range(fact.minProperties, fact.maxProperties, 'entries'),
    fact.format === 'byte' ? 'base64' : '',
    fact.default === undefined ? '' : `default ${JSON.stringify(fact.default)}`,
    fact.deprecated ? 'deprecated' : '',
    fact.since ? `since ${fact.since}` : '',
    ...(fact.rules ?? []).flatMap((rule) => (rule.message ? [rule.message] : [])),
  ];
  return facts.filter((text) => text !== '');
}

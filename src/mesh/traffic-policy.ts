import type { Source } from './config-object';
import type { DestinationRule } from './destination-rules';
import type { MeshModel } from './model';
import type { ClientTlsSpec, ConnectionPoolSpec, LoadBalancerSpec, OutlierDetectionSpec, PortPolicySpec, TrafficPolicySpec } from './specs/destination-rule';

/** A part of a policy, and the field that holds it; defaults of MeshConfig have none. */
export interface PolicyPart<T> {
  readonly spec: T;
  readonly source?: Source;
}

/** What holds for one port of a host, or of a subset of it; parts that nobody wrote are absent. */
export interface TrafficPolicy {
  readonly connectionPool?: PolicyPart<ConnectionPoolSpec>;
  readonly loadBalancer?: PolicyPart<LoadBalancerSpec>;
  readonly outlierDetection?: PolicyPart<OutlierDetectionSpec>;
  readonly tls?: PolicyPart<ClientTlsSpec>;
  readonly tunnel?: PolicyPart<NonNullable<TrafficPolicySpec['tunnel']>>;
  readonly proxyProtocol?: PolicyPart<NonNullable<TrafficPolicySpec['proxyProtocol']>>;
}

type Written = { readonly spec: TrafficPolicySpec; readonly source: Source };

const ofPorts = ['connectionPool', 'loadBalancer', 'outlierDetection', 'tls'] as const;
const ofHosts = [...ofPorts, 'tunnel', 'proxyProtocol'] as const;
const noPolicy: TrafficPolicy = {};

/** What a rule says of one port of its host. */
export function hostPolicy(rule: DestinationRule | undefined, port: number): TrafficPolicy {
  return rule?.trafficPolicy === undefined ? noPolicy : policyOfPort(rule.trafficPolicy, port);
}

/** What a policy becomes for a subset: fields of the subset replace it, and what the subset says of just this port replaces all that can be said of ports. */
export function subsetPolicy(base: TrafficPolicy, rule: DestinationRule, subset: string, port: number): TrafficPolicy {
  const written = subsetPolicyOf(rule, subset);
  if (written === undefined) return base;
  const own = policyOfPort(written, port);
  if (portSettings(written.spec, port) < 0) return { ...base, ...own };
  const { tunnel, proxyProtocol } = base;
  return { ...(tunnel && { tunnel }), ...(proxyProtocol && { proxyProtocol }), ...own };
}

/** The policy that a subset writes for itself. */
export function subsetPolicyOf(rule: DestinationRule, subset: string): Written | undefined {
  const found = rule.subsets.get(subset);
  const spec = found?.spec.trafficPolicy;
  if (found === undefined || !spec) return undefined;
  return { spec, source: { manifest: found.source.manifest, path: `${found.source.path}.trafficPolicy` } };
}

/** Fills in the connection pool and the outlier detection of MeshConfig, where a policy has none. */
export function withMeshDefaults({ config }: MeshModel, policy: TrafficPolicy): TrafficPolicy {
  const { connectionPool, outlierDetection } = (config.defaultTrafficPolicy ?? {}) as Pick<PortPolicySpec, 'connectionPool' | 'outlierDetection'>;
  if (connectionPool === undefined && outlierDetection === undefined) return policy;
  return {
    ...(connectionPool && { connectionPool: { spec: connectionPool } }),
    ...(outlierDetection && { outlierDetection: { spec: outlierDetection } }),
    ...policy,
  };
}

/** Where a port is listed, nothing of the policy counts but what stands there. */
function policyOfPort({ spec, source }: Written, port: number): TrafficPolicy {
  const position = portSettings(spec, port);
  if (position < 0) return partsOf(spec, ofHosts, source);
  const settings = spec.portLevelSettings?.[position] as PortPolicySpec;
  return partsOf(settings, ofPorts, { manifest: source.manifest, path: `${source.path}.portLevelSettings[${position}]` });
}

function portSettings(spec: TrafficPolicySpec, port: number): number {
  return spec.portLevelSettings?.findIndex((settings) => settings.port?.number === port) ?? -1;
}

function partsOf(spec: TrafficPolicySpec, names: readonly (keyof TrafficPolicy)[], { manifest, path }: Source): TrafficPolicy {
  const parts: Record<string, PolicyPart<unknown>> = {};
  for (const name of names) {
    if (spec[name]) parts[name] = { spec: spec[name], source: { manifest, path: `${path}.${name}` } };
  }
  return parts as TrafficPolicy;
}

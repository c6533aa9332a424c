import { milliseconds } from '../../manifest/duration';
import { isWildcard } from '../../manifest/host';
import { isIp } from '../../manifest/ip';
import { labelsMatch } from '../../manifest/labels';
import type { Protocol } from '../../manifest/port';
import { type DestinationRule, destinationRuleFor } from '../../mesh/destination-rules';
import { resolveHost } from '../../mesh/dns';
import type { MeshModel } from '../../mesh/model';
import type { Endpoint, MeshPort, Service } from '../../mesh/service';
import { sidecarScopeOf } from '../../mesh/sidecar-scopes';
import type { ServiceEntrySpec } from '../../mesh/specs/service-entry';
import { trafficDistributionOf } from '../../mesh/traffic-distribution';
import { hostPolicy, subsetPolicy, subsetPolicyOf, type TrafficPolicy, withMeshDefaults } from '../../mesh/traffic-policy';
import type { Workload } from '../../mesh/workload';
import type { Cluster, HashPolicy } from '../envoy/cluster';
import { clientTls, readiness } from './client-tls';
import { isLocalityWeighted, localityEndpoints, localityPolicy } from './locality-endpoints';
import { httpVersion, loadBalancing, outlierDetection, unsimulated } from './policy-settings';

/** Which endpoints a cluster stands for. */
export interface ClusterKey {
  readonly host: string;
  readonly port: number;
  /** Empty for the whole service. */
  readonly subset: string;
  /** Whether TLS of callers is forwarded as it is, to endpoints that expect Istio's. */
  readonly forwardsTls?: boolean;
}

/** Everything that shapes one cluster. */
interface Design {
  readonly mesh: MeshModel;
  readonly proxy: Workload;
  readonly service: Service;
  readonly port: MeshPort;
  readonly subset: string;
  readonly rule: DestinationRule | undefined;
  /** What the DestinationRule says; endpoints are judged by it. */
  readonly written: TrafficPolicy;
  /** The same, with what MeshConfig adds. */
  readonly effective: TrafficPolicy;
  readonly type: Cluster['type'];
}

/** The way from a proxy to a port of a service that it knows, or to a subset of it; nothing where one of these is not there. */
export function outboundCluster(mesh: MeshModel, proxy: Workload, base: Cluster, key: ClusterKey): Cluster | undefined {
  const service = sidecarScopeOf(mesh, proxy).service(key.host);
  const port = service?.ports.find(({ number }) => number === key.port);
  if (service === undefined || port === undefined || port.protocol === 'UDP' || service.resolution === 'ALIAS') return undefined;
  const { subset } = key;
  const rule = destinationRuleFor(mesh, proxy, service);
  if (subset !== '' && !rule?.subsets.has(subset)) return undefined;
  const isDynamic = service.resolution === 'DYNAMIC_DNS' && isWildcard(service.hostname);
  if (isDynamic && (subset !== '' || !dynamicProtocols.has(port.protocol))) return undefined;

  const ofHost = hostPolicy(rule, port.number);
  const narrowed = (policy: TrafficPolicy) => (rule === undefined || subset === '' ? policy : subsetPolicy(policy, rule, subset, port.number));
  const effective = narrowed(withMeshDefaults(mesh, ofHost));
  // What the host or the subset itself says goes before what either says of one port.
  const ofSubset = rule && subsetPolicyOf(rule, subset)?.spec.loadBalancer;
  const isUnbalanced = [ofHost.loadBalancer?.spec, ofSubset, effective.loadBalancer?.spec].some((loadBalancer) => loadBalancer?.simple === 'PASSTHROUGH');
  const type = isDynamic ? 'dynamic' : isUnbalanced || (service.resolution === 'NONE' && proxy.proxy === 'sidecar') ? 'originalDestination' : 'static';
  const design: Design = { mesh, proxy, service, port, subset, rule, written: narrowed(ofHost), effective, type };

  const cluster = configure(design, base);
  const tls = key.forwardsTls ? {} : clientTls({ mesh, proxy, service, port: port.number, subset, rule, tls: effective.tls, type, http2: cluster.http2 });
  const complete = { ...cluster, ...tls };
  if (isByName(service) && (type === 'originalDestination' ? service.endpoints(port.number) : endpointsOf(design)).length === 0) return undefined;
  if (type === 'dynamic') return complete;
  // Only listeners of sidecars know where a connection was to go in the first place.
  if (type === 'originalDestination') return proxy.proxy === 'sidecar' ? complete : { ...complete, type: 'static' };
  const endpoints = reachable(design);
  const judge = readiness(mesh, rule, subset, port.number);
  return withLocalities(design, complete, key.forwardsTls ? endpoints.filter((endpoint) => judge(endpoint).isReady) : endpoints);
}

const dynamicProtocols: ReadonlySet<Protocol | undefined> = new Set<Protocol | undefined>(['HTTP', 'TLS', 'GRPC', 'HTTP2']);

function configure({ mesh, proxy, service, port, subset, rule, effective, type }: Design, base: Cluster): Cluster {
  const source = subset === '' ? rule?.trafficPolicy?.source : rule?.subsets.get(subset)?.source;
  const override = type === 'originalDestination' && proxy.proxy === 'sidecar' ? targetPort(service, port.number) : undefined;
  const connectTimeout = effective.connectionPool?.spec.tcp?.connectTimeout;
  const outliers = outlierDetection(effective.outlierDetection);
  return {
    ...base,
    type,
    ...loadBalancing(type, effective.loadBalancer?.spec),
    hash: connectionHash(rule, subset),
    ...(outliers && { outlierDetection: outliers }),
    ...httpVersion(mesh, port.protocol, proxy.proxy === 'sidecar', effective.connectionPool?.spec.http),
    ...(effective.connectionPool?.spec.http?.maxRequestsPerConnection === 1 && { isOneRequestEach: true }),
    ...(connectTimeout !== undefined && { connectTimeout: milliseconds(connectTimeout) }),
    ...(override && { portOverride: override }),
    unsimulated: unsimulated(effective),
    ...(source && { source }),
  };
}

/** What a connection without HTTP is bound by: only addresses count, and nothing that is said of single ports. */
function connectionHash(rule: DestinationRule | undefined, subset: string): readonly HashPolicy[] {
  const ofSubset = rule && subsetPolicyOf(rule, subset)?.spec.loadBalancer;
  const { consistentHash } = ofSubset ?? rule?.trafficPolicy?.spec.loadBalancer ?? {};
  return consistentHash?.useSourceIp ? bySource : [];
}

const bySource: readonly HashPolicy[] = [{ kind: 'sourceIp' }];

/** The port that a ServiceEntry without endpoints has its traffic sent to. */
function targetPort({ registry, resolution, manifest }: Service, port: number): number | undefined {
  if (registry !== 'External' || resolution !== 'NONE') return undefined;
  return (manifest?.object.spec as ServiceEntrySpec | undefined)?.ports?.find(({ number }) => number === port)?.targetPort;
}

function isByName({ resolution }: Service): boolean {
  return resolution === 'DNS' || resolution === 'DNS_ROUND_ROBIN';
}

/** The endpoints of the service, or of the subset. */
function endpointsOf({ service, port, rule, subset }: Design): readonly Endpoint[] {
  const endpoints = service.endpoints(port.number);
  const labels = rule?.subsets.get(subset)?.spec.labels;
  return labels === undefined ? endpoints : endpoints.filter((endpoint) => labelsMatch(labels, endpoint.labels));
}

/**
 * Those that the proxy may choose, with an address that it can find. A pod that is not ready counts as one that goes away, and so does one that is labelled as draining: even where
 * sessions persist only callers that know it from before come back to it.
 */
function reachable(design: Design): readonly Endpoint[] {
  const { mesh, proxy, service } = design;
  const byName = isByName(service);
  return endpointsOf(design).filter(
    ({ address, healthy, labels, workload }) =>
      healthy &&
      !labels['istio.io/draining'] &&
      (workload !== undefined || isIp(address) || (byName && resolveHost(mesh, address, proxy.namespace) !== undefined)),
  );
}

function withLocalities(design: Design, cluster: Cluster, endpoints: readonly Endpoint[]): Cluster {
  const { mesh, proxy, service, subset, written, effective } = design;
  const byName = isByName(service);
  const policy = localityPolicy(mesh, service, effective.loadBalancer);
  const detector = byName ? effective.outlierDetection : written.outlierDetection;
  const localities = localityEndpoints(mesh, endpoints, proxy, policy, detector !== undefined, !byName ? 'all' : subset === '' ? 'first' : 'none');
  return {
    ...cluster,
    localities,
    isLocalityWeighted: isLocalityWeighted(policy, effective.outlierDetection !== undefined),
    // Who wants to be near is told about the unhealthy too, and must not ask them.
    panicThreshold: trafficDistributionOf(mesh, service) ? 0 : (effective.outlierDetection?.spec.minHealthPercent ?? 0),
  };
}

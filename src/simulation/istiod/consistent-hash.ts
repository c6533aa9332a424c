import { milliseconds } from '../../manifest/duration';
import { destinationRuleFor } from '../../mesh/destination-rules';
import type { MeshModel } from '../../mesh/model';
import type { Service } from '../../mesh/service';
import type { LoadBalancerSpec, PortPolicySpec } from '../../mesh/specs/destination-rule';
import type { DestinationSpec } from '../../mesh/specs/virtual-service';
import type { Workload } from '../../mesh/workload';
import type { HashPolicy } from '../envoy/cluster';

/**
 * The hash that binds callers to endpoints is said twice: the cluster says that it hashes, the route says what. The two are read from DestinationRules in slightly different ways, and
 * where only the cluster hashes every request goes where it may.
 */
export type ConsistentHash = NonNullable<LoadBalancerSpec['consistentHash']>;

/** What the route to a destination hashes. What is said of one port counts only for destinations that name it. */
export function destinationHash(mesh: MeshModel, proxy: Workload, destination: DestinationSpec, service: Service | undefined): ConsistentHash | undefined {
  const rule = service && destinationRuleFor(mesh, proxy, service);
  if (rule === undefined) return undefined;
  const subset = destination.subset === undefined ? undefined : rule.subsets.get(destination.subset)?.spec.trafficPolicy;
  const policy = rule.trafficPolicy?.spec;
  const port = destination.port?.number;
  return (
    portHash(subset?.portLevelSettings, port) ??
    subset?.loadBalancer?.consistentHash ??
    portHash(policy?.portLevelSettings, port) ??
    policy?.loadBalancer?.consistentHash
  );
}

/** What the route of a service without VirtualService hashes. */
export function serviceHash(mesh: MeshModel, proxy: Workload, service: Service, port: number): ConsistentHash | undefined {
  const policy = destinationRuleFor(mesh, proxy, service)?.trafficPolicy?.spec;
  return portHash(policy?.portLevelSettings, port) ?? policy?.loadBalancer?.consistentHash;
}

function portHash(
  settings: readonly (PortPolicySpec & { readonly port?: { readonly number?: number } })[] = [],
  port: number | undefined,
): ConsistentHash | undefined {
  return port === undefined ? undefined : settings.find((each) => each.port?.number === port)?.loadBalancer?.consistentHash;
}

/** What Envoy looks at; nothing where no key is given. */
export function hashPolicies(hash: ConsistentHash | undefined): readonly HashPolicy[] {
  if (hash === undefined) return none;
  if (hash.httpHeaderName) return [{ kind: 'header', name: hash.httpHeaderName }];
  if (hash.httpCookie) {
    const { name, path, ttl } = hash.httpCookie;
    return [{ kind: 'cookie', name, ...(path && { path }), ...(ttl !== undefined && { ttl: milliseconds(ttl) }) }];
  }
  if (hash.useSourceIp) return [{ kind: 'sourceIp' }];
  return hash.httpQueryParameterName ? [{ kind: 'query', name: hash.httpQueryParameterName }] : none;
}

const none: readonly HashPolicy[] = [];

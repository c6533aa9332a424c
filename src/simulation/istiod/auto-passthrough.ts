import { isHostSubset } from '../../manifest/host';
import { destinationRuleFor } from '../../mesh/destination-rules';
import type { MeshModel } from '../../mesh/model';
import type { Service } from '../../mesh/service';
import { serviceFor, visibleServices } from '../../mesh/visibility';
import type { Workload } from '../../mesh/workload';

/** The protocols that sidecars name in mutual TLS; only such connections go through. */
export const MESH_PROTOCOLS: readonly string[] = ['istio', 'istio-peer-exchange', 'istio-http/1.0', 'istio-http/1.1', 'istio-h2'];

/**
 * The cluster that a caller of a gateway with AUTO_PASSTHROUGH asks for with its server name, `outbound_.9080_.v1_.reviews.bookinfo.svc.cluster.local`; nothing where the hosts do not
 * allow it, or no such service, port or subset exists.
 */
export function autoPassthroughCluster(mesh: MeshModel, gateway: Workload, hosts: readonly string[], serverName: string): string | undefined {
  const [, port, subset, hostname] = /^outbound_\.(\d+)_\.([^_]*)_\.(.+)$/.exec(serverName) ?? [];
  const service = hostname === undefined ? undefined : serviceFor(mesh, hostname, gateway.namespace);
  if (service === undefined || !mayPass(service, hosts)) return undefined;
  if (!service.ports.some(({ number, protocol }) => number === Number(port) && protocol !== 'UDP')) return undefined;
  const isKnown = subset === '' || destinationRuleFor(mesh, gateway, service)?.subsets.has(subset ?? '');
  return isKnown ? serverName : undefined;
}

/** Whether there is any service that callers may ask for. */
export function hasAutoPassthrough(mesh: MeshModel, gateway: Workload, hosts: readonly string[]): boolean {
  return hosts.length > 0 && visibleServices(mesh, gateway.namespace).some((service) => mayPass(service, hosts));
}

function mayPass({ isMeshExternal, hostname }: Service, hosts: readonly string[]): boolean {
  return !isMeshExternal && hosts.some((host) => isHostSubset(hostname, host));
}

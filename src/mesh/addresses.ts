import { KubernetesService } from './kubernetes-services';
import { type MeshModel, perMesh } from './model';
import { type ExternalHost, listedHosts, openHostAt } from './open-hosts';
import type { Service } from './service';
import type { Workload } from './workload';

/** Who takes connections to an address. */
export type AddressOwner =
  | { readonly kind: 'workload'; readonly workload: Workload }
  /** A Service of Kubernetes, which leads to one of its pods. */
  | { readonly kind: 'service'; readonly service: Service }
  /** A host outside; one without `ports` answers on every port. */
  | { readonly kind: 'external'; readonly external: ExternalHost };

/**
 * Who has an address: a workload, a Service of Kubernetes, or a host outside. Where DNS is open, addresses that ServiceEntries name as endpoints belong to hosts outside too. Addresses
 * of ServiceEntries themselves belong to nobody; only proxies know them.
 */
export function ownerOf(mesh: MeshModel, ip: string): AddressOwner | undefined {
  const owner = owners(mesh).get(ip);
  if (owner !== undefined || isListed(mesh)) return owner;
  const external = openHostAt(mesh, ip) ?? endpointsOutside(mesh).get(ip);
  return external && { kind: 'external', external };
}

/** Whether only what the facts list can be reached outside the cluster. */
export function isListed({ facts }: MeshModel): boolean {
  return facts.dns === 'listed';
}

const owners = perMesh((mesh) => {
  const found = new Map<string, AddressOwner>();
  const add = (ip: string, owner: AddressOwner): void => {
    if (!found.has(ip)) found.set(ip, owner);
  };
  for (const workload of mesh.workloads) add(workload.ip, { kind: 'workload', workload });
  for (const service of mesh.services) {
    if (service instanceof KubernetesService) for (const ip of service.addresses) add(ip, { kind: 'service', service });
  }
  for (const external of listedHosts(mesh)) add(external.ip, { kind: 'external', external });
  return found;
});

const endpointsOutside = perMesh(({ services }) => {
  const found = new Map<string, ExternalHost>();
  for (const service of services) {
    for (const { number } of service.ports) {
      for (const { address, workload } of service.endpoints(number)) {
        if (workload === undefined) found.set(address, { host: address, ip: address });
      }
    }
  }
  return found;
});

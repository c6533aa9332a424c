import { labelsMatch } from '../manifest/labels';
import { compare } from './config-object';
import { podLabels } from './endpoint-sources';
import { KubernetesService } from './kubernetes-services';
import { type MeshModel, perMesh } from './model';
import type { MeshPort, Service } from './service';
import type { Workload } from './workload';

/** A port of a service behind which a workload stands, and the workload's own port there. */
export interface ServiceTarget {
  readonly service: Service;
  readonly port: MeshPort;
  readonly targetPort: number;
}

/**
 * The ports for which a workload's proxy listens because services direct to it, in istiod's order: the older service first, then by hostname. Services of Kubernetes come from the
 * workload's namespace by its labels, or where none selects it by its address; those of ServiceEntries by its address. Ready or not does not matter here.
 */
export function serviceTargets(mesh: MeshModel, workload: Workload): readonly ServiceTarget[] {
  const { known } = targets(mesh);
  let found = known.get(workload);
  if (found === undefined) {
    found = [...ofServiceEntries(mesh, workload), ...ofKubernetes(mesh, workload)].sort(
      (one, other) => one.service.createdAt - other.service.createdAt || compare(one.service.hostname, other.service.hostname),
    );
    known.set(workload, found);
  }
  return found;
}

const targets = perMesh(({ services }) => ({
  known: new Map<Workload, readonly ServiceTarget[]>(),
  kubernetes: byNamespace(services.filter((service) => service instanceof KubernetesService)),
  external: byNamespace(services.filter((service) => service.registry === 'External')),
}));

function ofKubernetes(mesh: MeshModel, workload: Workload): ServiceTarget[] {
  const services = targets(mesh).kubernetes.get(workload.namespace) ?? [];
  const labels = podLabels(workload);
  const selecting = workload.isPod ? services.filter(({ selector }) => selector !== undefined && labelsMatch(selector, labels)) : [];
  if (selecting.length > 0) return selecting.flatMap((service) => withoutRepetitions(service, service.targetPorts(workload)));
  return services.flatMap((service) => byAddress(service, workload.ip));
}

/** Ports of one service that lead to the same port with the same protocol count once. */
function withoutRepetitions(service: Service, ports: readonly { readonly number: number; readonly target: number }[]): ServiceTarget[] {
  const found: ServiceTarget[] = [];
  for (const { number, target } of ports) {
    const port = portOf(service, number);
    if (port && !found.some((other) => other.targetPort === target && other.port.protocol === port.protocol)) found.push({ service, port, targetPort: target });
  }
  return found;
}

function ofServiceEntries(mesh: MeshModel, { namespace, ip }: Workload): ServiceTarget[] {
  return (targets(mesh).external.get(namespace) ?? []).flatMap((service) => byAddress(service, ip));
}

function byAddress(service: Service, ip: string): ServiceTarget[] {
  return service.ports.flatMap((port) =>
    service.endpoints(port.number).flatMap((endpoint) => (endpoint.address === ip ? { service, port, targetPort: endpoint.port } : [])),
  );
}

function portOf(service: Service, number: number): MeshPort | undefined {
  return service.ports.find((port) => port.number === number && port.protocol !== 'UDP');
}

function byNamespace<T extends Service>(services: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const service of services) {
    const known = found.get(service.namespace);
    if (known === undefined) found.set(service.namespace, [service]);
    else known.push(service);
  }
  return found;
}

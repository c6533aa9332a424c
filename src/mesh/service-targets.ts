import { type Labels, labelsMatch } from '../manifest/labels';
import { type ConfigObject, compare, configObject } from './config-object';
import { podLabels, workloadEntryLabels } from './endpoint-sources';
import { entryOf } from './entry-of';
import { KubernetesService } from './kubernetes-services';
import { type MeshModel, perMesh } from './model';
import type { MeshPort, Service } from './service';
import type { WorkloadEntrySpec } from './specs/service-entry';
import type { Workload } from './workload';

/** A port of a service behind which a workload stands, and the workload's own port there. */
export interface ServiceTarget {
  readonly service: Service;
  readonly port: MeshPort;
  readonly targetPort: number;
}

/**
 * The ports for which a workload's proxy listens because services direct to it, in istiod's order: the older service first, then by hostname. Services of Kubernetes come from the
 * workload's namespace by its labels, or where none selects a pod by its address; but where a WorkloadEntry has the address, they are those that select the entry. Those of
 * ServiceEntries come by the address. Ready or not does not matter here.
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

function ofKubernetes(mesh: MeshModel, workload: Workload): readonly ServiceTarget[] {
  const entry = entryOfWorkload(mesh, workload);
  if (entry !== undefined) {
    const services = selecting(mesh, entry.namespace, workloadEntryLabels(entry)).filter(({ resolution }) => resolution === 'STATIC');
    return services.flatMap((service) => byAddress(service, workload.ip));
  }
  const byLabels = targetsByLabels(mesh, workload);
  if (byLabels.length > 0 || !workload.isPod) return byLabels;
  return (targets(mesh).kubernetes.get(workload.namespace) ?? []).flatMap((service) => byAddress(service, workload.ip));
}

/** The ports behind which a workload stands because Services of Kubernetes select its labels. */
export function targetsByLabels(mesh: MeshModel, workload: Workload): readonly ServiceTarget[] {
  return selecting(mesh, workload.namespace, podLabels(workload)).flatMap((service) => withoutRepetitions(service, service.targetPorts(workload)));
}

function selecting(mesh: MeshModel, namespace: string, labels: Labels): readonly KubernetesService[] {
  return (targets(mesh).kubernetes.get(namespace) ?? []).filter(({ selector }) => selector !== undefined && labelsMatch(selector, labels));
}

/** The WorkloadEntry with the address of a workload: of several that with its name, else the first of its namespace, else the first. */
function entryOfWorkload(mesh: MeshModel, { ip, name, namespace }: Workload): ConfigObject<WorkloadEntrySpec> | undefined {
  const entries = entriesByAddress(mesh).get(ip) ?? [];
  const ofNamespace = entries.filter((entry) => entry.namespace === namespace);
  return ofNamespace.find((entry) => entry.name === name) ?? ofNamespace[0] ?? entries[0];
}

/** Those that have labels, without which nobody selects them. */
const entriesByAddress = perMesh(({ manifests }) => {
  const entries = manifests
    .filter(({ object }) => object.kind === 'WorkloadEntry')
    .map((manifest) => configObject<WorkloadEntrySpec>(manifest))
    .filter((entry) => Object.keys(workloadEntryLabels(entry)).length > 0)
    .sort((one, other) => compare(one.namespace, other.namespace) || compare(one.name, other.name));
  const byAddress = new Map<string, ConfigObject<WorkloadEntrySpec>[]>();
  for (const entry of entries) entryOf(byAddress, entry.spec.address ?? '', () => []).push(entry);
  return byAddress;
});

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

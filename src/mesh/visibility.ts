import { entryOf } from './entry-of';
import { isExportedTo } from './export-to';
import { mergeServices } from './merge-services';
import { type MeshModel, perMesh } from './model';
import type { Service } from './service';

/** Whether proxies of a namespace may know a service. */
export function isVisible(service: Service, namespace: string): boolean {
  return isExportedTo(service.exportTo, namespace);
}

/** All services of a hostname, whoever may see them, by age. */
export function servicesOfHost(mesh: MeshModel, hostname: string): readonly Service[] {
  return registry(mesh).byHostname.get(hostname) ?? none;
}

/** The services that proxies of a namespace may know: those exported to it by name first, then the public ones. Namespaces that see only public ones share one list. */
export function visibleServices(mesh: MeshModel, namespace: string): readonly Service[] {
  const { everywhere, exported } = registry(mesh);
  const own = exported.get(namespace);
  if (own === undefined) return everywhere;
  own.all ??= [...own.services, ...everywhere];
  return own.all;
}

/** Those of `visibleServices` that some namespaces declare, in the same order; looks at no others. */
export function visibleServicesOf(mesh: MeshModel, namespace: string, owners: ReadonlySet<string>): readonly Service[] {
  const { exported } = registry(mesh);
  const named = (exported.get(namespace)?.services ?? none).filter((service) => owners.has(service.namespace));
  const open = [...owners].flatMap((owner) => publicByOwner(mesh).get(owner) ?? none);
  return [...named, ...(owners.size === 1 ? open : inOrder(mesh, open))];
}

const publicByOwner = perMesh((mesh) => {
  const owners = new Map<string, Service[]>();
  for (const service of registry(mesh).everywhere) entryOf(owners, service.namespace, () => []).push(service);
  return owners;
});

/** Those of `visibleServices` that declare one hostname, in the same order. */
export function visibleServicesOfHost(mesh: MeshModel, hostname: string, namespace: string): readonly Service[] {
  const visible = servicesOfHost(mesh, hostname).filter((service) => isVisible(service, namespace));
  return visible.length < 2 ? visible : [...visible.filter(({ exportTo }) => !exportTo.has('*')), ...visible.filter(({ exportTo }) => exportTo.has('*'))];
}

/** Puts services into the order of the mesh, by age. */
export function inOrder(mesh: MeshModel, services: readonly Service[]): readonly Service[] {
  const { positions } = registry(mesh);
  return [...services].sort((one, other) => (positions.get(one) as number) - (positions.get(other) as number));
}

/** The service that owns a hostname in its namespace: Kubernetes' before others, then the oldest. */
export function serviceOf(mesh: MeshModel, hostname: string, namespace: string): Service | undefined {
  const own = servicesOfHost(mesh, hostname).filter((service) => service.namespace === namespace);
  return own.find((service) => service.registry === 'Kubernetes') ?? own[0];
}

/** The service that a hostname means to a gateway in a namespace: Kubernetes' before others, then the first that it sees. */
export function serviceFor(mesh: MeshModel, hostname: string, namespace: string): Service | undefined {
  return mergeServices(visibleServicesOfHost(mesh, hostname, namespace));
}

const none: readonly Service[] = [];

interface Registry {
  readonly positions: ReadonlyMap<Service, number>;
  readonly byHostname: ReadonlyMap<string, readonly Service[]>;
  readonly everywhere: readonly Service[];
  /** By the namespace that they are exported to by name. */
  readonly exported: ReadonlyMap<string, { readonly services: Service[]; all?: readonly Service[] }>;
}

const registry = perMesh((mesh): Registry => {
  const positions = new Map<Service, number>();
  const byHostname = new Map<string, Service[]>();
  const everywhere: Service[] = [];
  const exported = new Map<string, { services: Service[]; all?: readonly Service[] }>();
  for (const service of mesh.services) {
    positions.set(service, positions.size);
    entryOf(byHostname, service.hostname, () => []).push(service);
    if (service.exportTo.has('*')) {
      everywhere.push(service);
    } else if (!service.exportTo.has('~')) {
      for (const namespace of service.exportTo) {
        entryOf(exported, namespace, () => ({ services: [] })).services.push(service);
      }
    }
  }
  return { positions, byHostname, everywhere, exported };
});

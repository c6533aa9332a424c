import { parseProtocol } from '../manifest/port';
import { aliasesOf } from './aliases';
import type { Source } from './config-object';
import { egressHosts } from './egress-hosts';
import { mergeServices, withPorts } from './merge-services';
import type { MeshModel } from './model';
import type { ResolvedVirtualService } from './resolved-virtual-service';
import type { Service } from './service';
import type { EgressScope } from './sidecar-scope';
import type { EgressListenerSpec } from './specs/sidecar';
import { MESH_GATEWAY, meshVirtualServicesOf, virtualServicesFor } from './virtual-services';
import { inOrder, isVisible, serviceOf, visibleServices, visibleServicesOf, visibleServicesOfHost } from './visibility';

/** An egress listener, with what only the making of a whole scope asks of it. */
export interface EgressImports extends EgressScope {
  /** What is imported under one hostname; several only where one namespace declares it several times. */
  servicesOfHost(hostname: string): readonly Service[];
  /** The part of a service that callers of a listener with a port can use; undefined for a listener that takes all ports. */
  readonly onItsPort?: (service: Service) => Service | undefined;
}

/**
 * What one egress listener of a Sidecar imports.
 *
 * @param namespace of the proxies that it applies to
 * @param source the listener; absent where nothing is said about egress
 */
export function egressScope(mesh: MeshModel, namespace: string, listener: EgressListenerSpec, source: Source | undefined): EgressImports {
  const { port, bind, captureMode } = listener;
  const hosts = egressHosts(listener.hosts ?? [], namespace);
  // A listener for an HTTP proxy takes requests for all ports.
  const onItsPort =
    port?.number && parseProtocol(port.protocol ?? '') !== 'HTTP_PROXY' ? (service: Service) => withPorts(service, new Set([port.number])) : undefined;

  const select = (candidates: readonly Service[]): readonly Service[] => {
    const imported = hosts.areAll ? candidates : candidates.filter((service) => hosts.imports(service));
    return onItsPort ? imported.flatMap((service) => onItsPort(service) ?? []) : imported;
  };
  const exactServices = (hostname?: string): readonly Service[] | undefined => {
    const entries = hosts.exact?.filter(({ host }) => hostname === undefined || host === hostname);
    const owned = entries?.flatMap((entry) => serviceOf(mesh, entry.host, entry.namespace) ?? []);
    return (
      owned &&
      inOrder(
        mesh,
        owned.filter((service) => isVisible(service, namespace)),
      )
    );
  };

  const servicesOfHost = (hostname: string): readonly Service[] =>
    onePerHost(select(exactServices(hostname) ?? visibleServicesOfHost(mesh, hostname, namespace)), namespace);
  let services: readonly Service[] | undefined;
  let virtualServices: readonly ResolvedVirtualService[] | undefined;

  return {
    ...(port && { port }),
    ...(bind && { bind }),
    ...(captureMode && { captureMode }),
    ...(source && { source }),
    ...(onItsPort && { onItsPort }),
    servicesOfHost,
    service: (hostname) => mergeServices(servicesOfHost(hostname)),
    services: () => {
      const candidates = (): readonly Service[] => (hosts.namespaces ? visibleServicesOf(mesh, namespace, hosts.namespaces) : visibleServices(mesh, namespace));
      services ??= onePerHost(select(exactServices() ?? candidates()), namespace);
      return services;
    },
    virtualServices: () => {
      if (virtualServices === undefined) {
        const visible = hosts.namespaces ? meshVirtualServicesOf(mesh, namespace, hosts.namespaces) : virtualServicesFor(mesh, namespace, MESH_GATEWAY);
        virtualServices = hosts.areAll ? visible : visible.filter((virtualService) => hosts.importsVirtualService(virtualService));
      }
      return virtualServices;
    },
    aliases: (service) => {
      const aliases = aliasesOf(mesh, service.hostname);
      return aliases.length === 0 ? aliases : aliases.filter(({ hostname }) => hosts.importsAlias(service, hostname));
    },
  };
}

/**
 * Leaves each hostname to one namespace: the own one, else the one whose Service is Kubernetes' own, else the first. Lists without such conflicts stay what they are, and
 * namespaces that have no part in any share the result.
 */
function onePerHost(services: readonly Service[], namespace: string): readonly Service[] {
  if (services.length < 2) return services;
  const { contested, resolved } = conflictsOf(services);
  if (contested.size === 0) return services;
  const key = [...contested.values()].some((rivals) => rivals.some((service) => service.namespace === namespace)) ? namespace : '';
  let result = resolved.get(key);
  if (result === undefined) {
    const owners = new Map([...contested].map(([hostname, rivals]) => [hostname, ownerAmong(rivals, namespace)]));
    result = services.filter((service) => (owners.get(service.hostname) ?? service.namespace) === service.namespace);
    resolved.set(key, result);
  }
  return result;
}

function ownerAmong(rivals: readonly Service[], namespace: string): string {
  const own = rivals.find((service) => service.namespace === namespace);
  return (own ?? rivals.find(({ registry }) => registry === 'Kubernetes') ?? (rivals[0] as Service)).namespace;
}

interface Conflicts {
  /** By hostname, where several namespaces declare it. */
  readonly contested: ReadonlyMap<string, readonly Service[]>;
  /** By the namespace in whose eyes they are resolved; empty for all that declare none of the hosts. */
  readonly resolved: Map<string, readonly Service[]>;
}

const conflicts = new WeakMap<readonly Service[], Conflicts>();

function conflictsOf(services: readonly Service[]): Conflicts {
  let known = conflicts.get(services);
  if (known === undefined) {
    const first = new Map<string, Service>();
    const hostnames = new Set<string>();
    for (const service of services) {
      const rival = first.get(service.hostname);
      if (rival === undefined) first.set(service.hostname, service);
      else if (rival.namespace !== service.namespace) hostnames.add(service.hostname);
    }
    const contested = new Map([...hostnames].map((hostname) => [hostname, services.filter((service) => service.hostname === hostname)]));
    known = { contested, resolved: new Map() };
    conflicts.set(services, known);
  }
  return known;
}

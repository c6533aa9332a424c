import { labelsMatch } from '../manifest/labels';
import { type ConfigObject, compare } from './config-object';
import { type EgressImports, egressScope } from './egress-scope';
import { podLabels } from './endpoint-sources';
import { entryOf } from './entry-of';
import { hasFeature } from './features';
import { mergeServices, withPorts } from './merge-services';
import { type MeshModel, perMesh } from './model';
import type { ResolvedVirtualService } from './resolved-virtual-service';
import type { Service } from './service';
import type { SidecarScope } from './sidecar-scope';
import type { SidecarSpec } from './specs/sidecar';
import type { DestinationSpec } from './specs/virtual-service';
import { isVisible, serviceFor, serviceOf, servicesOfHost } from './visibility';
import type { Workload } from './workload';

/** What the proxy of a workload is told of the mesh. Gateways see all that is exported to their namespace, whatever Sidecars say. */
export function sidecarScopeOf(mesh: MeshModel, workload: Workload): SidecarScope {
  const { gateways, sidecars } = scopes(mesh);
  if (workload.proxy === 'gateway') {
    return entryOf(gateways, workload.namespace, () => gatewayScope(mesh, workload.namespace));
  }
  const sidecar = sidecarFor(mesh, workload);
  const ofNamespace = entryOf(sidecars, workload.namespace, () => new Map());
  return entryOf(ofNamespace, sidecar, () => scopeOf(mesh, workload.namespace, sidecar));
}

const scopes = perMesh(() => ({
  gateways: new Map<string, SidecarScope>(),
  sidecars: new Map<string, Map<ConfigObject<SidecarSpec> | undefined, SidecarScope>>(),
}));

/** The Sidecar of a workload: one of its namespace that selects it, else one of its namespace for all, else that of the root namespace for all. */
function sidecarFor(mesh: MeshModel, workload: Workload): ConfigObject<SidecarSpec> | undefined {
  const own = sidecarsByNamespace(mesh).get(workload.namespace) ?? [];
  const ofRoot = sidecarsByNamespace(mesh).get(mesh.config.rootNamespace) ?? [];
  return (
    own.find(({ spec }) => spec.workloadSelector && labelsMatch(spec.workloadSelector.labels ?? {}, podLabels(workload))) ??
    own.find(({ spec }) => !spec.workloadSelector) ??
    ofRoot.find(({ spec }) => !spec.workloadSelector)
  );
}

const sidecarsByNamespace = perMesh((mesh) => {
  const byNamespace = new Map<string, ConfigObject<SidecarSpec>[]>();
  for (const sidecar of mesh.objects.sidecars) entryOf(byNamespace, sidecar.namespace, () => []).push(sidecar);
  return byNamespace;
});

function gatewayScope(mesh: MeshModel, namespace: string): SidecarScope {
  const everything = egressScope(mesh, namespace, { hosts: ['*/*'] }, undefined);
  return {
    namespace,
    outboundTrafficPolicy: mesh.config.outboundTrafficPolicy,
    egress: [everything],
    service: memoised((hostname) => serviceFor(mesh, hostname, namespace)),
  };
}

function scopeOf(mesh: MeshModel, namespace: string, sidecar: ConfigObject<SidecarSpec> | undefined): SidecarScope {
  const listeners = sidecar?.spec.egress ?? [];
  const egress =
    listeners.length === 0
      ? [egressScope(mesh, namespace, { hosts: ['*/*'] }, undefined)]
      : listeners.map((listener, index) => egressScope(mesh, namespace, listener, sidecar && { manifest: sidecar.manifest, path: `spec.egress[${index}]` }));
  return {
    namespace,
    ...(sidecar && { sidecar }),
    outboundTrafficPolicy: outboundTrafficPolicy(mesh, sidecar),
    egress,
    service: memoised((hostname) =>
      mergeServices(egress.flatMap((listener) => [...listener.servicesOfHost(hostname), ...namedAsDestination(mesh, namespace, listener, hostname)])),
    ),
  };
}

function memoised<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (key) => entryOf(known, key, () => ({ value: compute(key) })).value;
}

/** A Sidecar that has the field but no mode in it means REGISTRY_ONLY. */
function outboundTrafficPolicy(mesh: MeshModel, sidecar: ConfigObject<SidecarSpec> | undefined): SidecarScope['outboundTrafficPolicy'] {
  const own = sidecar?.spec.outboundTrafficPolicy;
  return own
    ? { mode: 'REGISTRY_ONLY', ...own, source: { manifest: sidecar.manifest, path: 'spec.outboundTrafficPolicy' } }
    : mesh.config.outboundTrafficPolicy;
}

/** A host that no entry of a listener names is known all the same when an imported VirtualService sends requests there, on the ports that it names. */
function namedAsDestination(mesh: MeshModel, namespace: string, listener: EgressImports, hostname: string): Service[] {
  const virtualServices = destinationsOf(listener.virtualServices())
    .get(hostname)
    ?.filter(({ takesPart }) => takesPart);
  if (virtualServices === undefined) return [];
  const service = serviceOf(mesh, hostname, namespace) ?? bestVisible(mesh, hostname, namespace);
  if (service === undefined) return [];
  return virtualServices.flatMap((virtualService) => {
    const ports = new Set<number>();
    for (const destination of destinations(virtualService, namespace)) {
      if (destination.host === hostname) ports.add(destination.port?.number ?? 0);
    }
    if (ports.size === 0) return [];
    return (listener.onItsPort ? listener.onItsPort(service) : ports.has(0) ? service : withPorts(service, ports)) ?? [];
  });
}

function bestVisible(mesh: MeshModel, hostname: string, namespace: string): Service | undefined {
  const visible = servicesOfHost(mesh, hostname).filter((service) => isVisible(service, namespace));
  if (!hasFeature(mesh, 'PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE', true)) {
    const [first] = visible.map((service) => service.namespace).sort(compare);
    return first === undefined ? undefined : serviceOf(mesh, hostname, first);
  }
  return visible.find(({ registry }) => registry === 'Kubernetes') ?? visible[0];
}

const indices = new WeakMap<readonly ResolvedVirtualService[], ReadonlyMap<string, readonly ResolvedVirtualService[]>>();

/** The VirtualServices of a list by the hosts that they send requests to. */
function destinationsOf(virtualServices: readonly ResolvedVirtualService[]): ReadonlyMap<string, readonly ResolvedVirtualService[]> {
  let index = indices.get(virtualServices);
  if (index === undefined) {
    const byHost = new Map<string, ResolvedVirtualService[]>();
    for (const virtualService of virtualServices) {
      const hosts = new Set(destinations(virtualService).map(({ host }) => host));
      for (const host of hosts) entryOf(byHost, host, () => []).push(virtualService);
    }
    index = byHost;
    indices.set(virtualServices, index);
  }
  return index;
}

/**
 * Where a VirtualService sends requests and their copies.
 *
 * @param namespace leaves out the http routes that are for callers of other namespaces only
 */
function destinations({ http, tls, tcp }: ResolvedVirtualService, namespace?: string): readonly DestinationSpec[] {
  return [
    ...http
      .filter(({ matches }) => {
        const namespaces = matches.flatMap(({ spec }) => spec.sourceNamespace || []);
        return namespace === undefined || namespaces.length === 0 || namespaces.includes(namespace);
      })
      .flatMap(({ spec }) => [
        ...(spec.route ?? []).map(({ destination }) => destination),
        ...(spec.mirror ? [spec.mirror] : []),
        ...(spec.mirrors ?? []).map(({ destination }) => destination),
      ]),
    ...[...tls, ...tcp].flatMap(({ route = [] }) => route.map(({ destination }) => destination)),
  ];
}

import { fullyQualified } from '../manifest/host';
import { byAge, type ConfigObject } from './config-object';
import { delegatedRoutes } from './delegates';
import { entryOf } from './entry-of';
import { type ExportTo, exportToOf, isExportedTo } from './export-to';
import { type MeshModel, perMesh } from './model';
import type { ResolvedHttpRoute, ResolvedVirtualService } from './resolved-virtual-service';
import type { DestinationSpec, HttpRouteSpec, VirtualServiceSpec } from './specs/virtual-service';

/** The name under which a VirtualService is for sidecars. */
export const MESH_GATEWAY = 'mesh';

/**
 * The VirtualServices that a proxy of a namespace sees for a gateway, in the order in which they count: first those that are exported to the own namespace alone or by
 * name, then those of other namespaces that name it, then the public ones; each part by age. Namespaces that see nothing but public ones share one list.
 *
 * For sidecars the list holds VirtualServices that do not take part; only those that a request meets are asked.
 *
 * @param namespace of the proxy, not of the Gateway
 * @param gateway `mesh` for sidecars, or `namespace/name` of a Gateway
 */
export function virtualServicesFor(mesh: MeshModel, namespace: string, gateway: string): readonly ResolvedVirtualService[] {
  const all = allFor(virtualServices(mesh), namespace, gateway);
  return gateway === MESH_GATEWAY ? all : entryOf(takingPart, all, () => all.filter(({ takesPart }) => takesPart));
}

const takingPart = new WeakMap<readonly ResolvedVirtualService[], readonly ResolvedVirtualService[]>();

function allFor({ exported, everywhere }: VirtualServices, namespace: string, gateway: string): readonly ResolvedVirtualService[] {
  const forAll = everywhere.get(gateway) ?? nothing;
  const own = exported.get(namespace)?.get(gateway);
  if (own === undefined) return forAll;
  own.all ??= [...own.fromItself, ...own.fromOthers, ...forAll];
  return own.all;
}

/** Those for sidecars that some namespaces have written, in the same order; looks at no others. */
export function meshVirtualServicesOf(mesh: MeshModel, namespace: string, owners: ReadonlySet<string>): readonly ResolvedVirtualService[] {
  const { fromItself = nothing, fromOthers = nothing } = virtualServices(mesh).exported.get(namespace)?.get(MESH_GATEWAY) ?? {};
  const isOwned = ({ object }: ResolvedVirtualService): boolean => owners.has(object.namespace);
  const open = [...owners].flatMap((owner) => publicByOwner(mesh).get(owner) ?? nothing);
  if (owners.size > 1) open.sort((one, other) => byAge(one.object, other.object));
  return [...fromItself.filter(isOwned), ...fromOthers.filter(isOwned), ...open];
}

const publicByOwner = perMesh((mesh) => {
  const owners = new Map<string, ResolvedVirtualService[]>();
  for (const each of virtualServices(mesh).everywhere.get(MESH_GATEWAY) ?? nothing) entryOf(owners, each.object.namespace, () => []).push(each);
  return owners;
});

const nothing: readonly ResolvedVirtualService[] = [];

interface ExportedVirtualServices {
  readonly fromItself: ResolvedVirtualService[];
  readonly fromOthers: ResolvedVirtualService[];
  /** With the public ones behind them. */
  all?: readonly ResolvedVirtualService[];
}

interface VirtualServices {
  /** By the name of a gateway. */
  readonly everywhere: ReadonlyMap<string, readonly ResolvedVirtualService[]>;
  /** By the namespace that they are exported to, then by the name of a gateway. */
  readonly exported: ReadonlyMap<string, ReadonlyMap<string, ExportedVirtualServices>>;
}

/** Every VirtualService that takes part, by age, whoever sees it. */
export const allVirtualServices = perMesh((mesh): readonly ResolvedVirtualService[] =>
  mesh.objects.virtualServices.filter(({ spec }) => spec.hosts?.length).map((object) => resolve(mesh, object)),
);

const virtualServices = perMesh((mesh): VirtualServices => {
  const everywhere = new Map<string, ResolvedVirtualService[]>();
  const exported = new Map<string, Map<string, ExportedVirtualServices>>();
  for (const virtualService of allVirtualServices(mesh)) {
    const { object } = virtualService;
    const exportTo = exportToOfVirtualService(mesh, object);
    const gateways = new Set(virtualService.gateways);
    if (exportTo.has('*')) {
      for (const gateway of gateways) entryOf(everywhere, gateway, () => []).push(virtualService);
    } else if (!exportTo.has('~')) {
      for (const namespace of exportTo) {
        for (const gateway of gateways) {
          const list = entryOf(
            entryOf(exported, namespace, () => new Map()),
            gateway,
            () => ({ fromItself: [], fromOthers: [] }),
          );
          (namespace === object.namespace ? list.fromItself : list.fromOthers).push(virtualService);
        }
      }
    }
  }
  return { everywhere, exported };
});

/** Who sees a VirtualService. */
export function exportToOfVirtualService({ config }: MeshModel, { spec, namespace }: ConfigObject<VirtualServiceSpec>): ExportTo {
  return exportToOf(spec.exportTo, config.defaultVirtualServiceExportTo, namespace);
}

/** VirtualServices without hosts, which exist only for others to delegate to, by `namespace/name`. */
const delegates = perMesh(
  (mesh) => new Map(mesh.objects.virtualServices.filter(({ spec }) => !spec.hosts?.length).map((object) => [`${object.namespace}/${object.name}`, object])),
);

/** Names are read at once, routes when they are asked for. */
function resolve(mesh: MeshModel, object: ConfigObject<VirtualServiceSpec>): ResolvedVirtualService {
  const { spec, namespace } = object;
  let http: readonly ResolvedHttpRoute[] | undefined;
  let tls: ResolvedVirtualService['tls'] | undefined;
  let tcp: ResolvedVirtualService['tcp'] | undefined;
  return {
    object,
    get takesPart() {
      return mesh.takesPart(object);
    },
    hosts: (spec.hosts ?? []).map((host) => fullyQualified(host, namespace, mesh.domain)),
    gateways: spec.gateways?.length ? spec.gateways.map((name) => gatewayName(name, namespace)) : [MESH_GATEWAY],
    get http() {
      http ??= httpRoutes(mesh, object).flatMap((route) => (route.spec.delegate ? routesOfDelegate(mesh, object, route) : route));
      return http;
    },
    get tls() {
      tls ??= (spec.tls ?? []).map((route) => connectionRoute(route, mesh, namespace));
      return tls;
    },
    get tcp() {
      tcp ??= (spec.tcp ?? []).map((route) => connectionRoute(route, mesh, namespace));
      return tcp;
    },
  };
}

/** What stands in the place of a route that delegates; nothing where there is no such VirtualService, or where it is hidden from the one that names it. */
function routesOfDelegate(mesh: MeshModel, root: ConfigObject<VirtualServiceSpec>, route: ResolvedHttpRoute): readonly ResolvedHttpRoute[] {
  const { name, namespace } = route.spec.delegate ?? {};
  const delegate = delegates(mesh).get(`${namespace || root.namespace}/${name}`);
  if (delegate === undefined || !mesh.takesPart(delegate)) return [];
  return isExportedTo(exportToOfVirtualService(mesh, delegate), root.namespace) ? delegatedRoutes(route, httpRoutes(mesh, delegate)) : [];
}

/** The http section of one object, before anything is delegated. */
function httpRoutes(mesh: MeshModel, object: ConfigObject<VirtualServiceSpec>): readonly ResolvedHttpRoute[] {
  return (object.spec.http ?? []).map((spec, index) => ({
    spec: httpRoute(spec, mesh, object.namespace),
    matches: (spec.match ?? []).map((match, position) => ({
      spec: withGatewayNames(match, object.namespace),
      source: { manifest: object.manifest, path: `spec.http[${index}].match[${position}]` },
    })),
    source: { manifest: object.manifest, path: `spec.http[${index}]` },
  }));
}

function httpRoute(route: HttpRouteSpec, { domain }: MeshModel, namespace: string): HttpRouteSpec {
  const qualify = <T extends DestinationSpec>(destination: T): T => ({ ...destination, host: fullyQualified(destination.host, namespace, domain) });
  return {
    ...route,
    ...(route.route && { route: route.route.map((entry) => ({ ...entry, destination: qualify(entry.destination) })) }),
    ...(route.mirror && { mirror: qualify(route.mirror) }),
    ...(route.mirrors && { mirrors: route.mirrors.map((entry) => ({ ...entry, destination: qualify(entry.destination) })) }),
  };
}

type ConnectionRoute = ResolvedVirtualService['tls'][number];

function connectionRoute<T extends ConnectionRoute>(route: T, { domain }: MeshModel, namespace: string): T {
  return {
    ...route,
    ...(route.match && { match: route.match.map((match) => withGatewayNames(match, namespace)) }),
    ...(route.route && {
      route: route.route.map((entry) => ({ ...entry, destination: { ...entry.destination, host: fullyQualified(entry.destination.host, namespace, domain) } })),
    }),
  };
}

function withGatewayNames<T extends { readonly gateways?: readonly string[] }>(match: T, namespace: string): T {
  return match.gateways?.length ? { ...match, gateways: match.gateways.map((name) => gatewayName(name, namespace)) } : match;
}

/** `namespace/name` of a Gateway as a VirtualService of a namespace may write it: `gw`, `./gw`, `ns/gw`, or the old `gw.ns.svc.cluster.local`. */
function gatewayName(name: string, namespace: string): string {
  if (name === MESH_GATEWAY) return name;
  if (name.startsWith('./')) return `${namespace}${name.slice(1)}`;
  if (name.includes('/')) return name;
  const [gateway, itsNamespace = namespace] = name.split('.');
  return `${itsNamespace}/${gateway}`;
}

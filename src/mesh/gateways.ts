import { labelsMatch } from '../manifest/labels';
import { isHttp, type Protocol, parseProtocol } from '../manifest/port';
import { type ConfigObject, type Source, sourceOf } from './config-object';
import { podLabels } from './endpoint-sources';
import { entryOf } from './entry-of';
import { hasFeature } from './features';
import { type MeshModel, perMesh } from './model';
import { serviceTargets } from './service-targets';
import type { GatewaySpec, ServerSpec, ServerTlsSpec } from './specs/gateway';
import type { Workload } from './workload';

/** A server of a Gateway. */
export interface GatewayServer {
  /** `namespace/name` of the Gateway, as VirtualServices name it. */
  readonly gateway: string;
  /** The port that the Gateway declares, which need not be the one that the pod opens. */
  readonly port: ServerSpec['port'];
  readonly protocol: Protocol | undefined;
  readonly bind: string;
  /** `host`, or `namespace/host` where only VirtualServices of that namespace may use it; `.` and `*` are resolved. */
  readonly hosts: readonly string[];
  readonly tls?: ServerTlsSpec;
  readonly source: Source;
}

/** Servers of one protocol that share a port of a pod. */
export interface ServerPort {
  /** The port that the pod opens. */
  readonly number: number;
  readonly protocol: Protocol | undefined;
  /** An address, or empty for all. */
  readonly bind: string;
  readonly servers: readonly GatewayServer[];
}

/** A server that does not go together with earlier ones. */
export interface LeftOutServer {
  readonly server: GatewayServer;
  /** The port that the pod would open for it. */
  readonly number: number;
  readonly reason: string;
}

/** What all Gateways together want of one pod. */
export interface MergedGateway {
  /** In the order in which they were declared. */
  readonly ports: readonly ServerPort[];
  readonly leftOut: readonly LeftOutServer[];
  /** The servers of requests that share their virtual hosts: all plain ones of a port, and each that ends TLS for itself. */
  serversWith(server: GatewayServer): readonly GatewayServer[];
}

/** Whether TLS passes through a server unopened. */
export function isPassthrough({ tls }: GatewayServer): boolean {
  return tls?.mode === 'PASSTHROUGH' || tls?.mode === 'AUTO_PASSTHROUGH';
}

/** Whether a server ends TLS, or lets it pass; one that only sends callers to HTTPS does neither. */
export function isTlsServer({ tls, protocol }: GatewayServer): boolean {
  return tls !== undefined && !isHttp(protocol);
}

/** Whether a server reads requests: it speaks HTTP, or ends HTTPS. */
export function isHttpServer(server: GatewayServer): boolean {
  return isHttp(server.protocol) || (server.protocol === 'HTTPS' && !isPassthrough(server));
}

/** The Gateways that select a pod, by age; those of all namespaces, unless istiod is told otherwise. */
export function gatewaysOf(mesh: MeshModel, workload: Workload): readonly ConfigObject<GatewaySpec>[] {
  return mesh.objects.gateways.filter((gateway) => reasonAgainst(mesh, workload, gateway) === undefined);
}

/** Why a Gateway does not select a pod. */
function reasonAgainst(mesh: MeshModel, workload: Workload, { spec, namespace }: ConfigObject<GatewaySpec>): string | undefined {
  const { selector = {} } = spec;
  if (!labelsMatch(selector, podLabels(workload))) {
    const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
    return `its Gateway selects pods with ${labels.join(', ')}, and ${workload.name} has other labels`;
  }
  const isElsewhere = namespace !== workload.namespace && hasFeature(mesh, 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE', false);
  return isElsewhere ? `Gateways of ${namespace} are for pods of ${namespace}` : undefined;
}

/** The servers of Gateways that do not select a pod, though it would open a port for them. */
export function unselectedServers(mesh: MeshModel, workload: Workload, port: number): readonly LeftOutServer[] {
  return mesh.objects.gateways.flatMap((gateway) => {
    const reason = reasonAgainst(mesh, workload, gateway);
    const servers = reason === undefined ? [] : [...(gateway.spec.servers ?? []).entries()];
    return servers.flatMap(([index, server]) => {
      const number = podPort(mesh, workload, server.port.number);
      return number === port && reason !== undefined ? { server: gatewayServer(gateway, server, index), number, reason } : [];
    });
  });
}

/** The servers of all Gateways that select a pod, those left out that do not go together with earlier ones. */
export function mergedGateway(mesh: MeshModel, workload: Workload): MergedGateway {
  return entryOf(mergedGateways(mesh), workload, () => merge(mesh, workload));
}

const mergedGateways = perMesh(() => new Map<Workload, MergedGateway>());

function merge(mesh: MeshModel, workload: Workload): MergedGateway {
  const merger = new Merger();
  for (const gateway of gatewaysOf(mesh, workload)) {
    for (const [index, server] of (gateway.spec.servers ?? []).entries()) {
      merger.add(gatewayServer(gateway, server, index), podPort(mesh, workload, server.port.number));
    }
  }
  return { ports: merger.ports, leftOut: merger.leftOut, serversWith: (server) => merger.companions.get(server) ?? [] };
}

function gatewayServer(gateway: ConfigObject<GatewaySpec>, server: ServerSpec, index: number): GatewayServer {
  const { port, bind = '', hosts, tls } = server;
  return {
    gateway: `${gateway.namespace}/${gateway.name}`,
    port,
    protocol: parseProtocol(port.protocol),
    bind,
    hosts: hosts.includes('*/*') ? ['*'] : hosts.map((host) => resolvedHost(host, gateway.namespace)),
    ...(tls && { tls }),
    source: sourceOf(gateway, `spec.servers[${index}]`),
  };
}

function resolvedHost(host: string, namespace: string): string {
  return host.startsWith('./') ? `${namespace}${host.slice(1)}` : host.startsWith('*/') ? host.slice(2) : host;
}

/** A Service with this label wants Gateways to name the ports of the pod itself. */
const NO_TRANSLATION = 'experimental.istio.io/disable-gateway-port-translation';

/** The port of the pod behind a port of the first Service that selects the pod; the number itself where no Service has it. */
function podPort(mesh: MeshModel, workload: Workload, number: number): number {
  const target = serviceTargets(mesh, workload).find(({ service, port }) => port.number === number && !Object.hasOwn(service.labels, NO_TRANSLATION));
  return target?.targetPort ?? number;
}

interface OpenServerPort extends ServerPort {
  readonly servers: GatewayServer[];
}

/** Puts servers together, one after another. */
class Merger {
  readonly ports: OpenServerPort[] = [];
  readonly leftOut: LeftOutServer[] = [];
  readonly companions = new Map<GatewayServer, GatewayServer[]>();
  /** The last plain servers of each port of the pod. */
  private readonly plain = new Map<number, OpenServerPort>();
  /** By port of the pod, the address on which a host is served with TLS or sent to it. */
  private readonly tlsHosts = new Map<number, Map<string, string>>();
  /** The servers that share virtual hosts, by the name of their route configuration. */
  private readonly byRouteName = new Map<string, GatewayServer[]>();

  add(server: GatewayServer, port: number): void {
    const reason = this.reasonAgainst(server, port);
    if (reason !== undefined) {
      this.leftOut.push({ server, number: port, reason });
      return;
    }
    this.place(server, port, this.plain.get(port));
  }

  /** Why a server has no place on a port; a server with TLS claims its hosts before anything else is looked at. */
  private reasonAgainst(server: GatewayServer, port: number): string | undefined {
    const taken = server.tls === undefined ? [] : this.takenHosts(server, port);
    if (taken.length > 0) return `another server has ${taken.join(', ')} on port ${port} with TLS`;
    const plain = this.plain.get(port);
    if (plain !== undefined) {
      return fitsBeside(plain, server) ? undefined : `port ${port} is taken by ${plain.servers[0]?.gateway} with protocol ${plain.protocol}`;
    }
    const isNamesake = isTlsServer(server) && isHttpServer(server) && this.byRouteName.has(routeName(server, port));
    return isNamesake ? `another server of the Gateway has the name ${server.port.name} on port ${server.port.number}` : undefined;
  }

  /** The hosts that have a server with TLS on the port and address already; where there are none, the server has its own from now on. */
  private takenHosts({ hosts, bind }: GatewayServer, port: number): readonly string[] {
    const claimed = entryOf(this.tlsHosts, port, () => new Map());
    const taken = hosts.filter((host) => claimed.get(host) === bind);
    if (taken.length === 0) for (const host of hosts) claimed.set(host, bind);
    return taken;
  }

  private place(server: GatewayServer, port: number, plain?: OpenServerPort): void {
    const { bind, protocol } = server;
    const same = plain?.bind === bind ? plain : this.ports.find((other) => other.number === port && other.bind === bind && other.protocol === protocol);
    const place = same ?? { number: port, protocol, bind, servers: [] };
    if (same === undefined) {
      this.ports.push(place);
      if (!isTlsServer(server)) this.plain.set(port, place);
    }
    place.servers.push(server);
    if (isHttpServer(server)) {
      const companions = entryOf(this.byRouteName, routeName(server, port), () => []);
      companions.push(server);
      this.companions.set(server, companions);
    }
  }
}

/** Beside plain HTTP only plain HTTP has a place, and beside plain TCP nothing, unless it is bound to another address. */
function fitsBeside(plain: ServerPort, { bind, protocol }: GatewayServer): boolean {
  return bind !== plain.bind || (isHttp(plain.protocol) && isHttp(protocol));
}

/** All plain servers of a port share their virtual hosts; each that ends HTTPS has its own. */
function routeName({ protocol, port, gateway, bind }: GatewayServer, podPort: number): string {
  return isHttp(protocol) ? `http.${podPort}.${bind}` : `https.${port.number}.${port.name}.${gateway}.${bind}`;
}

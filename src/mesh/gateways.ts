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

/** What all Gateways together want of one pod. */
export interface MergedGateway {
  /** In the order in which they were declared. */
  readonly ports: readonly ServerPort[];
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
  const onlyOwn = hasFeature(mesh, 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE', false);
  const labels = podLabels(workload);
  return mesh.objects.gateways.filter(({ spec, namespace }) => labelsMatch(spec.selector ?? {}, labels) && (!onlyOwn || namespace === workload.namespace));
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
  return { ports: merger.ports, serversWith: (server) => merger.companions.get(server) ?? [] };
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
  readonly companions = new Map<GatewayServer, GatewayServer[]>();
  /** The last plain servers of each port of the pod. */
  private readonly plain = new Map<number, OpenServerPort>();
  private readonly used = new Set<number>();
  /** By port of the pod, the address on which a host is served with TLS or sent to it. */
  private readonly tlsHosts = new Map<number, Map<string, string>>();
  /** The servers that share virtual hosts, by the name of their route configuration. */
  private readonly byRouteName = new Map<string, GatewayServer[]>();

  add(server: GatewayServer, port: number): void {
    if (server.tls !== undefined && !this.claimHosts(server, port)) return;
    const plain = this.plain.get(port);
    if (!this.used.has(port)) {
      this.used.add(port);
      this.place(server, port);
    } else if (plain !== undefined) {
      if (fitsBeside(plain, server)) this.place(server, port, plain);
    } else if (!isTlsServer(server) || !isHttpServer(server) || !this.byRouteName.has(routeName(server, port))) {
      this.place(server, port);
    }
  }

  /** A host has one server with TLS on each port and address; a server with one that is taken already is left out whole. */
  private claimHosts({ hosts, bind }: GatewayServer, port: number): boolean {
    const claimed = entryOf(this.tlsHosts, port, () => new Map());
    if (hosts.some((host) => claimed.get(host) === bind)) return false;
    for (const host of hosts) claimed.set(host, bind);
    return true;
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

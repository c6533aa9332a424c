import { isHttp } from '../../manifest/port';
import { entryOf } from '../../mesh/entry-of';
import { type GatewayServer, isHttpServer, isPassthrough, mergedGateway, type ServerPort } from '../../mesh/gateways';
import { perMesh } from '../../mesh/model';
import { isUnprivileged } from '../../mesh/unprivileged';
import { virtualServicesFor } from '../../mesh/virtual-services';
import { serviceFor } from '../../mesh/visibility';
import type { Workload } from '../../mesh/workload';
import type { FilterChain, HttpConnectionManager, TcpProxy, WeightedCluster } from '../envoy/configuration';
import { type FilterChainMatch, matchFilterChain } from '../envoy/filter-chain-match';
import type { Connection } from '../network/connection';
import type { Network } from '../network/network';
import { httpFilters, networkFilters } from './authorization';
import { autoPassthroughCluster, hasAutoPassthrough, MESH_PROTOCOLS } from './auto-passthrough';
import { type ConnectionRoute, type RouteReader, tcpRoutes, tlsRoutes } from './connection-routes';
import { gatewayVirtualHosts } from './gateway-virtual-hosts';
import { ServerHosts } from './server-hosts';
import { serverTls } from './server-tls';

/** The filter chain of a gateway for a connection: `refused` where nothing listens on its port, `reset` where something does, but not for such connections. */
export function gatewayFilterChain(network: Network, gateway: Workload, connection: Connection): FilterChain | 'refused' | 'reset' {
  const { ip, port } = connection.destination;
  const ports = entryOf(listeners(network.mesh), gateway, () => new Map<number, readonly GatewayListener[]>());
  const open = entryOf(ports, port, () => listenersOn(network, gateway, port));
  const listener = open.find(({ bind }) => bind === ip) ?? open.find(({ bind }) => bind === '') ?? open[0];
  if (listener === undefined) return 'refused';
  const [hello] = connection.tls;
  const serverName = hello?.sni.toLowerCase() ?? '';
  const chains = [...listener.chains, ...autoPassthroughChains(network, gateway, listener, serverName)];
  const chain = matchFilterChain(chains, { ip, serverName, transport: hello ? 'tls' : 'raw_buffer', applicationProtocols: hello?.alpn ?? [] });
  return chain?.take(serverName) ?? 'reset';
}

/** One address and port of a gateway. */
interface GatewayListener {
  readonly name: string;
  /** Empty for all addresses. */
  readonly bind: string;
  readonly chains: readonly Chain[];
  /** The servers whose callers name the cluster that they want. */
  readonly autoPassthrough: readonly GatewayServer[];
}

interface Chain {
  readonly match: FilterChainMatch;
  take(serverName: string): FilterChain;
}

const listeners = perMesh(() => new Map<Workload, Map<number, readonly GatewayListener[]>>());

const anything: FilterChainMatch = { subnets: [], serverNames: [], applicationProtocols: [] };

/** What listens on a port of a gateway's pod. Nothing does for servers that have no routes, or whose certificates do not exist. */
function listenersOn(network: Network, gateway: Workload, port: number): readonly GatewayListener[] {
  if (port < 1024 && isUnprivileged(gateway)) return [];
  const byBind = new Map<string, ServerPort[]>();
  for (const part of mergedGateway(network.mesh, gateway).ports) {
    if (part.number === port) entryOf(byBind, part.bind, () => []).push(part);
  }
  const claimed = new Map<string, string>();
  return [...byBind].flatMap(([bind, parts]) => {
    const name = `${bind || '0.0.0.0'}_${port}`;
    const chains = parts.flatMap((part) => new ChainBuilder(network, gateway, name, claimed).chainsOf(part));
    const autoPassthrough = parts.flatMap(({ servers }) => servers.filter(({ tls }) => tls?.mode === 'AUTO_PASSTHROUGH'));
    const isOpen = chains.length > 0 || hasAutoPassthrough(network.mesh, gateway, autoPassthrough.flatMap(serverNames));
    return isOpen ? [{ name, bind, chains, autoPassthrough }] : [];
  });
}

/** The names of a server that TLS may ask for. */
function serverNames({ hosts }: GatewayServer): readonly string[] {
  return hosts.map((host) => host.slice(host.indexOf('/') + 1));
}

function autoPassthroughChains(network: Network, gateway: Workload, { name, autoPassthrough }: GatewayListener, serverName: string): readonly Chain[] {
  return autoPassthrough.flatMap((server) => {
    const cluster = autoPassthroughCluster(network.mesh, gateway, serverNames(server), serverName);
    if (cluster === undefined) return [];
    const filter: TcpProxy = { kind: 'tcp', side: 'gateway', clusters: [{ name: cluster, weight: 1 }], filters: [], source: server.source };
    const match = { ...anything, serverNames: [serverName], applicationProtocols: MESH_PROTOCOLS };
    return { match, take: () => ({ name, filter, source: server.source }) };
  });
}

class ChainBuilder {
  constructor(
    private readonly network: Network,
    private readonly gateway: Workload,
    private readonly name: string,
    /** The server names that have a route already, each with the address on which it has it. */
    private readonly claimed: Map<string, string>,
  ) {}

  chainsOf({ protocol, servers }: ServerPort): readonly Chain[] {
    const [first] = servers;
    if (isHttp(protocol)) return first === undefined ? [] : this.plainChain(first, this.connectionManager(first));
    return servers.flatMap((server) => {
      if (server.tls === undefined) return this.tcpRoute(server).flatMap((route) => this.plainChain(server, this.tcpProxy(route)));
      if (isPassthrough(server)) return this.passthroughChains(server);
      if (isHttpServer(server)) return this.tlsChain(server, this.connectionManager(server));
      return this.tcpRoute(server).flatMap((route) => this.tlsChain(server, this.tcpProxy(route)));
    });
  }

  private plainChain(server: GatewayServer, filter: FilterChain['filter']): readonly Chain[] {
    const chain = { name: this.name, filter, source: server.source };
    return [{ match: anything, take: () => chain }];
  }

  private tlsChain(server: GatewayServer, filter: FilterChain['filter']): readonly Chain[] {
    const tls = server.tls && serverTls(this.network.mesh, this.gateway, server.tls);
    if (tls === undefined) return [];
    const { name } = this;
    return [{ match: withNames(serverNames(server)), take: (serverName) => ({ name, tls: tls(serverName), filter, source: server.source }) }];
  }

  /** A chain for each route of the tls section, in the order of the VirtualServices; names that are taken on the port have their chain already. */
  private passthroughChains(server: GatewayServer): readonly Chain[] {
    if (server.tls?.mode === 'AUTO_PASSTHROUGH') return [];
    return this.virtualServices(server)
      .flatMap((virtualService) => tlsRoutes(virtualService, this.reader(server)))
      .flatMap((route) => {
        if (route.sniHosts.some((host) => this.claimed.get(host) === server.bind)) return [];
        for (const host of route.sniHosts) this.claimed.set(host, server.bind);
        const chain = { name: this.name, filter: this.tcpProxy(route), source: route.source };
        return { match: withNames(route.sniHosts), take: () => chain };
      });
  }

  /** The one tcp route of a server: the first that its VirtualServices have for it. */
  private tcpRoute(server: GatewayServer): readonly ConnectionRoute[] {
    return this.virtualServices(server)
      .flatMap((virtualService) => tcpRoutes(virtualService, this.reader(server)))
      .slice(0, 1);
  }

  /** Those that are bound to the Gateway and have a host in common with the server. */
  private virtualServices(server: GatewayServer) {
    return virtualServicesFor(this.network.mesh, this.gateway.namespace, server.gateway).filter(
      ({ hosts, object }) => new ServerHosts(server, object.namespace).common(hosts).length > 0,
    );
  }

  private reader({ gateway, port }: GatewayServer): RouteReader {
    return { gateway, port: port.number, service: (hostname) => serviceFor(this.network.mesh, hostname, this.gateway.namespace) };
  }

  private connectionManager(server: GatewayServer): HttpConnectionManager {
    const servers = mergedGateway(this.network.mesh, this.gateway).serversWith(server);
    let find: ReturnType<typeof gatewayVirtualHosts> | undefined;
    return {
      kind: 'http',
      side: 'gateway',
      virtualHost: (authority) => {
        find ??= gatewayVirtualHosts(this.network, this.gateway, servers);
        return find(authority);
      },
      filters: httpFilters(this.network, this.gateway, 'gateway'),
    };
  }

  private tcpProxy({ clusters, source }: { readonly clusters: readonly WeightedCluster[]; readonly source: ConnectionRoute['source'] }): TcpProxy {
    return { kind: 'tcp', side: 'gateway', clusters, filters: networkFilters(this.network, this.gateway, 'gateway'), source };
  }
}

/** A chain for `*` takes whatever comes, with or without a name. */
function withNames(names: readonly string[]): FilterChainMatch {
  return names.includes('*') ? anything : { ...anything, serverNames: names };
}

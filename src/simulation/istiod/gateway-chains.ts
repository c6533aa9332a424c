import { isHttp } from '../../manifest/port';
import { type GatewayServer, isHttpServer, isPassthrough, mergedGateway, type ServerPort } from '../../mesh/gateways';
import { virtualServicesFor } from '../../mesh/virtual-services';
import { serviceFor } from '../../mesh/visibility';
import type { Workload } from '../../mesh/workload';
import type { FilterChain, HttpConnectionManager, TcpProxy } from '../envoy/configuration';
import type { Network } from '../network/network';
import { httpFilters, networkFilters } from './authorization';
import { hasAutoPassthrough } from './auto-passthrough';
import { type ConnectionRoute, type RouteReader, tcpRoutes, tlsRoutes } from './connection-routes';
import { gatewayVirtualHosts } from './gateway-virtual-hosts';
import { ServerHosts } from './server-hosts';
import { serverTls } from './server-tls';

/** A filter chain of a gateway, with the connections that are for it. */
export interface GatewayChain {
  readonly server: GatewayServer;
  /** What TLS may ask for; `*` where anything will do, or no TLS at all. */
  readonly serverNames: readonly string[];
  /** @param serverName the name that TLS asks for, in lower case */
  take(serverName: string): FilterChain;
}

/** What a server opens: filter chains, or nothing for a reason. */
export type ServerChains = readonly GatewayChain[] | { readonly reason: string };

const anyName = ['*'];

/** The names of a server that TLS may ask for. */
export function serverNames({ hosts }: GatewayServer): readonly string[] {
  return hosts.map((host) => host.slice(host.indexOf('/') + 1));
}

/** Makes the filter chains of one address and port of a gateway's pod. */
export class GatewayChains {
  /** The server names that have a route already. */
  private readonly claimed = new Set<string>();

  constructor(
    private readonly network: Network,
    private readonly gateway: Workload,
    private readonly listenerName: string,
  ) {}

  /** The chains of the servers of one protocol; those that speak plain HTTP have one together. */
  *of({ protocol, servers }: ServerPort): Generator<readonly [GatewayServer, ServerChains]> {
    for (const [index, server] of servers.entries()) {
      if (isHttp(protocol)) yield [server, index === 0 ? this.plain(server, this.connectionManager(server)) : []];
      else yield [server, this.ofServer(server)];
    }
  }

  private ofServer(server: GatewayServer): ServerChains {
    if (server.tls?.mode === 'AUTO_PASSTHROUGH') {
      const isOpen = hasAutoPassthrough(this.network.mesh, this.gateway, serverNames(server));
      return isOpen ? [] : { reason: `no service is called ${serverNames(server).join(' or ')}` };
    }
    if (isPassthrough(server)) return this.passthrough(server);
    if (isHttpServer(server)) return this.withTls(server, this.connectionManager(server));
    const [route] = this.routes(server, tcpRoutes);
    if (route === undefined) return { reason: 'no VirtualService has a tcp route for it' };
    return server.tls === undefined ? this.plain(server, this.tcpProxy(route)) : this.withTls(server, this.tcpProxy(route));
  }

  private plain(server: GatewayServer, filter: FilterChain['filter']): ServerChains {
    const chain = { name: this.listenerName, filter, source: server.source };
    return [{ server, serverNames: anyName, take: () => chain }];
  }

  private withTls(server: GatewayServer, filter: FilterChain['filter']): ServerChains {
    const tls = server.tls && serverTls(this.network.mesh, this.gateway, server.tls);
    if (tls === undefined) return { reason: 'its certificate, or the authority of its callers, does not exist' };
    const name = this.listenerName;
    return [{ server, serverNames: orAny(serverNames(server)), take: (serverName) => ({ name, tls: tls(serverName), filter, source: server.source }) }];
  }

  /** A chain for each route of the tls section, in the order of the VirtualServices; a route with a name that is taken on the port is left out. */
  private passthrough(server: GatewayServer): ServerChains {
    const chains = this.routes(server, tlsRoutes).flatMap((route) => {
      if (route.sniHosts.some((host) => this.claimed.has(host))) return [];
      for (const host of route.sniHosts) this.claimed.add(host);
      const chain = { name: this.listenerName, filter: this.tcpProxy(route), source: route.source };
      return { server, serverNames: orAny(route.sniHosts), take: () => chain };
    });
    return chains.length > 0 ? chains : { reason: 'no VirtualService has a tls route for it' };
  }

  /** The routes of the VirtualServices that are bound to the Gateway of a server and have a host in common with it. */
  private routes(server: GatewayServer, read: typeof tcpRoutes): readonly ConnectionRoute[] {
    const { gateway, port } = server;
    const { mesh } = this.network;
    const { namespace } = this.gateway;
    const reader: RouteReader = { gateway, port: port.number, service: (hostname) => serviceFor(mesh, hostname, namespace) };
    return virtualServicesFor(mesh, namespace, gateway)
      .filter(({ hosts, object }) => new ServerHosts(server, object.namespace).common(hosts).length > 0)
      .flatMap((virtualService) => read(virtualService, reader));
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

  private tcpProxy({ clusters, source }: ConnectionRoute): TcpProxy {
    return { kind: 'tcp', side: 'gateway', clusters, filters: networkFilters(this.network, this.gateway, 'gateway'), source };
  }
}

/** Beside `*` no other name counts. */
function orAny(names: readonly string[]): readonly string[] {
  return names.includes('*') ? anyName : names;
}

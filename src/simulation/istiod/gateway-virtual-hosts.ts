import { isHostSubset, isWildcard } from '../../manifest/host';
import { type Source, sourceOf } from '../../mesh/config-object';
import { entryOf } from '../../mesh/entry-of';
import type { GatewayServer } from '../../mesh/gateways';
import type { ResolvedVirtualService } from '../../mesh/resolved-virtual-service';
import { virtualServicesFor } from '../../mesh/virtual-services';
import type { Workload } from '../../mesh/workload';
import type { Route, VirtualHost } from '../envoy/configuration';
import { DomainTable, hostOf } from '../envoy/domain-table';
import type { Network } from '../network/network';
import { isCatchAll, routesOfVirtualService } from './http-routes';

/**
 * Makes the function that finds the virtual host of a Host header on a gateway, among those of the servers that share them. Every VirtualService that is bound to the Gateway of a
 * server and has a host in common with that server brings its routes to the hosts that the two have in common; the routes of several come one after another, what takes everything last.
 */
export function gatewayVirtualHosts(network: Network, gateway: Workload, servers: readonly GatewayServer[]): (authority: string) => VirtualHost | undefined {
  const table = new DomainTable<HostDraft>();
  const bindings = new Map<string, Binding>();
  for (const server of servers) {
    const hostsByNamespace = new Map<string, ServerHosts>();
    for (const virtualService of virtualServicesFor(network.mesh, gateway.namespace, server.gateway)) {
      const { namespace, name } = virtualService.object;
      const hosts = entryOf(hostsByNamespace, namespace, () => new ServerHosts(server, namespace)).common(virtualService.hosts);
      if (hosts.length === 0) continue;
      const binding = entryOf(bindings, `${server.gateway} ${namespace}/${name}`, () => new Binding(network, gateway, virtualService));
      const contribution = binding.at(server);
      for (const host of hosts) draftOf(table, host).contributions.push(contribution);
    }
    if (server.tls?.httpsRedirect) {
      // A host that is left to one namespace is taken with the namespace in it, which nobody asks for.
      for (const host of server.hosts) if (!host.includes('/')) draftOf(table, host).redirect ??= server;
    }
  }
  return (authority) => {
    for (const draft of table.candidates(hostOf(authority))) {
      const found = draft.virtualHost();
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function draftOf(table: DomainTable<HostDraft>, host: string): HostDraft {
  const known = table.get(host);
  if (known !== undefined) return known;
  const draft = new HostDraft(host.toLowerCase());
  table.add(host, draft);
  return draft;
}

/** The hosts of a server that VirtualServices of one namespace may use. */
export class ServerHosts {
  private readonly exact = new Set<string>();
  private readonly wildcards: string[] = [];

  constructor({ hosts }: GatewayServer, namespace: string) {
    for (const each of hosts) {
      const slash = each.indexOf('/');
      if (slash >= 0 && each.slice(0, slash) !== namespace) continue;
      const host = each.slice(slash + 1);
      if (isWildcard(host)) this.wildcards.push(host);
      else this.exact.add(host);
    }
  }

  /** What these and other hosts have in common: of each two that overlap, the narrower one. */
  common(others: readonly string[]): readonly string[] {
    const common = new Set<string>();
    for (const other of others) {
      if (this.exact.has(other) || this.wildcards.some((wildcard) => isHostSubset(other, wildcard))) common.add(other);
      if (!isWildcard(other)) continue;
      for (const host of [...this.exact, ...this.wildcards]) if (isHostSubset(host, other)) common.add(host);
    }
    return [...common];
  }
}

/** What one VirtualService brings to a server. */
interface Contribution {
  readonly server: GatewayServer;
  readonly source: Source;
  routes(): readonly Route[];
}

/** A VirtualService at one Gateway. The first of the Gateway's servers for whose port it has routes decides for those behind it too. */
class Binding {
  /** One for each port. */
  private readonly servers: GatewayServer[] = [];
  private readonly routesByPort = new Map<number, readonly Route[]>();

  constructor(
    private readonly network: Network,
    private readonly gateway: Workload,
    private readonly virtualService: ResolvedVirtualService,
  ) {}

  at(server: GatewayServer): Contribution {
    if (!this.servers.some(({ port }) => port.number === server.port.number)) this.servers.push(server);
    const servers = [...this.servers];
    return {
      server,
      source: sourceOf(this.virtualService.object, 'spec.hosts'),
      routes: () => servers.map((each) => this.routes(each)).find(({ length }) => length > 0) ?? [],
    };
  }

  private routes({ gateway, port: { number: port }, tls }: GatewayServer): readonly Route[] {
    const reader = { gatewayNames: [gateway], port, isGateway: true, isTls: tls !== undefined };
    return entryOf(this.routesByPort, port, () => routesOfVirtualService(this.network, this.gateway, this.virtualService, reader));
  }
}

/** A virtual host that exists once somebody brings it routes, or sends its callers to HTTPS. */
class HostDraft {
  readonly contributions: Contribution[] = [];
  /** The server that sends all callers to HTTPS, whether or not there are routes. */
  redirect?: GatewayServer;
  private made?: { readonly virtualHost: VirtualHost | undefined };

  constructor(private readonly host: string) {}

  virtualHost(): VirtualHost | undefined {
    this.made ??= { virtualHost: this.make() };
    return this.made.virtualHost;
  }

  private make(): VirtualHost | undefined {
    const effective = this.contributions.map(({ server, source, routes }) => ({ server, source, routes: routes() })).filter(({ routes }) => routes.length > 0);
    const redirecting = this.redirect ?? effective.find(({ server }) => server.tls?.httpsRedirect)?.server;
    const [first] = effective;
    const server = first?.server ?? redirecting;
    if (server === undefined) return undefined;
    const source = redirecting === undefined ? first?.source : { ...redirecting.source, path: `${redirecting.source.path}.tls.httpsRedirect` };
    return {
      name: `${this.host}:${server.port.number}`,
      routes: catchAllsLast(effective.flatMap(({ routes }) => routes)),
      ...(source && { source }),
      ...(redirecting && { requireTls: true }),
    };
  }
}

function catchAllsLast(routes: readonly Route[]): readonly Route[] {
  return [...routes.filter((route) => !isCatchAll(route)), ...routes.filter(isCatchAll)];
}

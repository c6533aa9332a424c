import { sourceOf } from '../../mesh/config-object';
import { entryOf } from '../../mesh/entry-of';
import type { GatewayServer } from '../../mesh/gateways';
import type { ResolvedVirtualService } from '../../mesh/resolved-virtual-service';
import { virtualServicesFor } from '../../mesh/virtual-services';
import type { Workload } from '../../mesh/workload';
import { DomainTable, hostOf } from '../envoy/domain-table';
import type { Route, VirtualHost } from '../envoy/route';
import type { Network } from '../network/network';
import { virtualServicesPassedOver } from './gateway-misses';
import { isCatchAll, routesOfVirtualService } from './http-routes';
import { ServerHosts } from './server-hosts';

/**
 * Makes the function that finds the virtual host of a Host header on a gateway, among those of the servers that share them. Every VirtualService that is bound to the Gateway of a
 * server and has a host in common with that server brings its routes to the hosts that the two have in common; the routes of several come one after another, what takes everything last.
 */
export function gatewayVirtualHosts(network: Network, gateway: Workload, servers: readonly GatewayServer[]): (authority: string) => VirtualHost {
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
    const host = hostOf(authority);
    for (const draft of table.candidates(host)) {
      const found = draft.virtualHost();
      if (found !== undefined) return found;
    }
    return nobody(host, () => virtualServicesPassedOver(network.mesh, gateway, servers, host));
  };
}

/** Requests for a host that no VirtualService brings find no route. */
function nobody(host: string, runnersUp: VirtualHost['runnersUp']): VirtualHost {
  return { name: 'blackhole', routes: [], text: `no VirtualService brings routes for ${host} to this port`, ...(runnersUp && { runnersUp }) };
}

function draftOf(table: DomainTable<HostDraft>, host: string): HostDraft {
  const known = table.get(host);
  if (known !== undefined) return known;
  const draft = new HostDraft(host.toLowerCase());
  table.add(host, draft);
  return draft;
}

/** What one VirtualService brings to a server. */
interface Contribution {
  readonly server: GatewayServer;
  readonly virtualService: ResolvedVirtualService;
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
      virtualService: this.virtualService,
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
    const effective = this.contributions.map((contribution) => ({ ...contribution, routes: contribution.routes() })).filter(({ routes }) => routes.length > 0);
    const redirecting = this.redirect ?? effective.find(({ server }) => server.tls?.httpsRedirect)?.server;
    const [first] = effective;
    const server = first?.server ?? redirecting;
    if (server === undefined) return undefined;
    const source =
      redirecting === undefined
        ? first && sourceOf(first.virtualService.object, 'spec.hosts')
        : { ...redirecting.source, path: `${redirecting.source.path}.tls.httpsRedirect` };
    const owners = effective.map(({ virtualService: { object } }) => `${object.namespace}/${object.name}`).join(', ');
    return {
      name: `${this.host}:${server.port.number}`,
      text: redirecting === undefined ? `${this.host} has the routes of VirtualService ${owners}` : `callers of ${this.host} are sent to HTTPS`,
      routes: catchAllsLast(effective.flatMap(({ routes }) => routes)),
      ...(source && { source }),
      ...(redirecting && { requireTls: true }),
    };
  }
}

function catchAllsLast(routes: readonly Route[]): readonly Route[] {
  return [...routes.filter((route) => !isCatchAll(route)), ...routes.filter(isCatchAll)];
}

import { entryOf } from '../../mesh/entry-of';
import { type GatewayServer, mergedGateway, type ServerPort, unselectedServers } from '../../mesh/gateways';
import { perMesh } from '../../mesh/model';
import { isUnprivileged } from '../../mesh/unprivileged';
import type { Workload } from '../../mesh/workload';
import type { FilterChain } from '../envoy/configuration';
import { DomainTable } from '../envoy/domain-table';
import type { Connection } from '../network/connection';
import type { Network } from '../network/network';
import type { RunnerUp } from '../trace';
import { autoPassthroughCluster, MESH_PROTOCOLS } from './auto-passthrough';
import { type GatewayChain, GatewayChains, serverNames } from './gateway-chains';

/** The filter chain of a gateway for a connection: `refused` where nothing listens on its port, `reset` where something does, but not for such connections. */
export function gatewayFilterChain(network: Network, gateway: Workload, connection: Connection): FilterChain | 'refused' | 'reset' {
  const listener = listenerFor(network, gateway, connection);
  if (listener === undefined) return 'refused';
  const serverName = serverNameOf(connection);
  return autoPassthrough(network, gateway, listener, connection) ?? listener.chains.find(serverName)?.take(serverName) ?? 'reset';
}

/** Why the servers that a gateway has for a port do not take a connection which is refused or reset. */
export function gatewayServersPassedOver(network: Network, gateway: Workload, connection: Connection): readonly RunnerUp[] {
  const { port } = connection.destination;
  const { leftOut } = mergedGateway(network.mesh, gateway);
  const serverName = serverNameOf(connection);
  const asked = serverName === '' ? 'the caller names none' : `the caller asks for ${serverName}`;
  const listener = listenerFor(network, gateway, connection);
  return [
    ...unselectedServers(network.mesh, gateway, port),
    ...leftOut.filter(({ number }) => number === port),
    ...openPort(network, gateway, port).closed,
    ...(listener?.servers ?? []).map((server) => {
      const takes = isAutoPassthrough(server) ? 'mutual TLS of the mesh to a cluster by its name' : `the names ${serverNames(server).join(', ')}`;
      return { server, reason: `it takes ${takes}, and ${asked}` };
    }),
  ].map(({ server, reason }) => ({ what: `server ${server.port.name} of Gateway ${server.gateway}`, missedBy: reason, source: server.source }));
}

function serverNameOf({ tls: [hello] }: Connection): string {
  return hello?.sni.toLowerCase() ?? '';
}

/** One address and port of a gateway. */
interface GatewayListener {
  readonly name: string;
  /** Empty for all addresses. */
  readonly bind: string;
  /** By the name that TLS asks for; `*` for those that take what has another name, or none. */
  readonly chains: DomainTable<GatewayChain>;
  readonly servers: readonly GatewayServer[];
}

const ANY_ADDRESS = '0.0.0.0';

/** What came of the servers of one port. */
interface OpenPort {
  readonly listeners: readonly GatewayListener[];
  readonly closed: readonly { readonly server: GatewayServer; readonly reason: string }[];
}

const openPorts = perMesh(() => new Map<Workload, Map<number, OpenPort>>());

function openPort(network: Network, gateway: Workload, port: number): OpenPort {
  const ports = entryOf(openPorts(network.mesh), gateway, () => new Map<number, OpenPort>());
  return entryOf(ports, port, () => open(network, gateway, port));
}

function listenerFor(network: Network, gateway: Workload, { destination: { ip, port } }: Connection): GatewayListener | undefined {
  const { listeners } = openPort(network, gateway, port);
  return listeners.find(({ bind }) => bind === ip) ?? listeners.find(({ bind }) => bind === '') ?? listeners[0];
}

/** What listens on a port of a gateway's pod. Nothing does for servers that have no routes, or whose certificates do not exist. */
function open(network: Network, gateway: Workload, port: number): OpenPort {
  const parts = mergedGateway(network.mesh, gateway).ports.filter(({ number }) => number === port);
  const closed: { readonly server: GatewayServer; readonly reason: string }[] = [];
  if (port < 1024 && isUnprivileged(gateway)) {
    for (const { servers } of parts) closed.push(...servers.map((server) => ({ server, reason: 'the pod may open no port below 1024' })));
    return { listeners: [], closed };
  }
  const byBind = new Map<string, ServerPort[]>();
  for (const part of parts) entryOf(byBind, part.bind === ANY_ADDRESS ? '' : part.bind, () => []).push(part);
  const listeners: GatewayListener[] = [];
  for (const [bind, ofBind] of byBind) {
    const name = `${bind || ANY_ADDRESS}_${port}`;
    const builder = new GatewayChains(network, gateway, name);
    const chains = new DomainTable<GatewayChain>();
    const servers: GatewayServer[] = [];
    let rivals: readonly GatewayServer[] | undefined;
    for (const [server, made] of ofBind.flatMap((part) => [...builder.of(part)])) {
      if ('reason' in made) {
        closed.push({ server, reason: made.reason });
        continue;
      }
      servers.push(server);
      for (const chain of made) {
        const taken = chain.serverNames.find((serverName) => !chains.add(serverName, chain) && chains.get(serverName) !== chain);
        if (taken !== undefined) rivals ??= [(chains.get(taken) as GatewayChain).server, server];
      }
    }
    if (rivals !== undefined) {
      const names = rivals.map(({ port: { name } }) => name).join(' and ');
      closed.push(...servers.map((server) => ({ server, reason: `the proxy refuses the whole listener, because servers ${names} take the same connections` })));
    } else if (servers.length > 0) {
      listeners.push({ name, bind, chains, servers });
    }
  }
  return { listeners, closed };
}

function isAutoPassthrough({ tls }: GatewayServer): boolean {
  return tls?.mode === 'AUTO_PASSTHROUGH';
}

/** What becomes of a connection that asks for a cluster by its name. */
function autoPassthrough(network: Network, gateway: Workload, { name, servers }: GatewayListener, connection: Connection): FilterChain | 'reset' | undefined {
  for (const server of servers.filter(isAutoPassthrough)) {
    const cluster = autoPassthroughCluster(network.mesh, gateway, serverNames(server), serverNameOf(connection));
    if (cluster === undefined) continue;
    if (!connection.tls[0]?.alpn.some((protocol) => MESH_PROTOCOLS.includes(protocol))) return 'reset';
    const { source } = server;
    return { name, filter: { kind: 'tcp', side: 'gateway', clusters: [{ name: cluster, weight: 1 }], filters: [], source }, source };
  }
  return undefined;
}

import { entryOf } from '../../mesh/entry-of';
import { type GatewayServer, mergedGateway, type ServerPort, unselectedServers } from '../../mesh/gateways';
import { perMesh } from '../../mesh/model';
import { isUnprivileged } from '../../mesh/unprivileged';
import type { Workload } from '../../mesh/workload';
import type { FilterChain } from '../envoy/configuration';
import { matchFilterChain } from '../envoy/filter-chain-match';
import type { Connection } from '../network/connection';
import type { Network } from '../network/network';
import type { RunnerUp } from '../trace';
import { autoPassthroughCluster, MESH_PROTOCOLS } from './auto-passthrough';
import { anyConnection, type GatewayChain, GatewayChains, serverNames } from './gateway-chains';

/** The filter chain of a gateway for a connection: `refused` where nothing listens on its port, `reset` where something does, but not for such connections. */
export function gatewayFilterChain(network: Network, gateway: Workload, connection: Connection): FilterChain | 'refused' | 'reset' {
  const listener = listenerFor(network, gateway, connection);
  if (listener === undefined) return 'refused';
  const [hello] = connection.tls;
  const serverName = serverNameOf(connection);
  const chains = [...listener.chains, ...autoPassthroughChains(network, gateway, listener, serverName)];
  const inspected = { ip: connection.destination.ip, serverName, transport: hello ? 'tls' : 'raw_buffer', applicationProtocols: hello?.alpn ?? [] } as const;
  return matchFilterChain(chains, inspected)?.take(serverName) ?? 'reset';
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
    ...new Map(
      listener?.chains.map(({ server }) => [server, { server, reason: `it takes the names ${serverNames(server).join(', ')}, and ${asked}` }]),
    ).values(),
    ...(listener?.autoPassthrough ?? []).map((server) => ({ server, reason: `it takes mutual TLS of the mesh to a cluster by its name, and ${asked}` })),
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
  readonly chains: readonly GatewayChain[];
  /** The servers whose callers name the cluster that they want. */
  readonly autoPassthrough: readonly GatewayServer[];
}

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
  for (const part of parts) entryOf(byBind, part.bind, () => []).push(part);
  const listeners: GatewayListener[] = [];
  for (const [bind, ofBind] of byBind) {
    const name = `${bind || '0.0.0.0'}_${port}`;
    const builder = new GatewayChains(network, gateway, name);
    const chains: GatewayChain[] = [];
    const opened: GatewayServer[] = [];
    for (const [server, made] of ofBind.flatMap((part) => [...builder.of(part)])) {
      if ('reason' in made) closed.push({ server, reason: made.reason });
      else {
        chains.push(...made);
        opened.push(server);
      }
    }
    const rivals = rivalsAmong(chains);
    if (rivals !== undefined) {
      const reason = `the proxy refuses the whole listener, because servers ${rivals.map(({ server }) => server.port.name).join(' and ')} take the same connections`;
      closed.push(...opened.map((server) => ({ server, reason })));
    } else if (opened.length > 0) {
      listeners.push({ name, bind, chains, autoPassthrough: opened.filter(({ tls }) => tls?.mode === 'AUTO_PASSTHROUGH') });
    }
  }
  return { listeners, closed };
}

/** Two chains for the same connections, which Envoy does not accept in one listener. */
function rivalsAmong(chains: readonly GatewayChain[]): readonly [GatewayChain, GatewayChain] | undefined {
  const owners = new Map<string, GatewayChain>();
  for (const chain of chains) {
    const { serverNames: names } = chain.match;
    for (const name of new Set(names.length > 0 ? names : [''])) {
      const owner = owners.get(name);
      if (owner !== undefined) return [owner, chain];
      owners.set(name, chain);
    }
  }
  return undefined;
}

function autoPassthroughChains(network: Network, gateway: Workload, { name, autoPassthrough }: GatewayListener, serverName: string): readonly GatewayChain[] {
  return autoPassthrough.flatMap((server) => {
    const cluster = autoPassthroughCluster(network.mesh, gateway, serverNames(server), serverName);
    if (cluster === undefined) return [];
    const chain: FilterChain = {
      name,
      filter: { kind: 'tcp', side: 'gateway', clusters: [{ name: cluster, weight: 1 }], filters: [], source: server.source },
      source: server.source,
    };
    return { server, match: { ...anyConnection, serverNames: [serverName], applicationProtocols: MESH_PROTOCOLS }, take: () => chain };
  });
}

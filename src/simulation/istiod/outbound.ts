import { ownerOf } from '../../mesh/addresses';
import { missingPort } from '../../mesh/dns';
import { entryOf } from '../../mesh/entry-of';
import type { SidecarScope } from '../../mesh/sidecar-scope';
import { sidecarScopeOf } from '../../mesh/sidecar-scopes';
import type { Workload } from '../../mesh/workload';
import type { FilterChain, HttpConnectionManager, TcpProxy } from '../envoy/configuration';
import { type Inspected, matchFilterChain } from '../envoy/filter-chain-match';
import type { Connection } from '../network/connection';
import type { Network } from '../network/network';
import { destinationCluster } from './destination-cluster';
import { ANY_ADDRESS, LOOPBACK, type OutboundChain, type OutboundListener, outboundListener } from './outbound-listener';
import { egressOfPort, SidecarVirtualHosts, unknownHost } from './sidecar-virtual-hosts';

/**
 * How the sidecar of a caller takes a connection that the caller opens.
 *
 * @returns `refused` where the caller connects to the sidecar itself, at the loopback address, and nothing is opened there
 */
export function outboundFilterChain(network: Network, caller: Workload, connection: Connection): FilterChain | 'refused' {
  const scope = sidecarScopeOf(network.mesh, caller);
  const { ip, port } = connection.destination;
  if (ip === LOOPBACK) {
    const bound = [LOOPBACK, ANY_ADDRESS].map((address) => listenerAt(network, scope, caller, address, port)).find((listener) => listener?.isBound);
    return bound === undefined ? 'refused' : chainOf(network, scope, caller, connection, bound);
  }
  const listener = listenerAt(network, scope, caller, ip, port) ?? listenerAt(network, scope, caller, ANY_ADDRESS, port);
  return listener === undefined ? unknownDestination(network, scope, connection) : chainOf(network, scope, caller, connection, listener);
}

/** Listeners for any address, which may have a part for each of many services, are kept; undefined ones too. */
const shared = new WeakMap<SidecarScope, Map<number, { readonly listener: OutboundListener | undefined }>>();

function listenerAt({ mesh }: Network, scope: SidecarScope, caller: Workload, address: string, port: number): OutboundListener | undefined {
  if (address !== ANY_ADDRESS) return outboundListener(mesh, scope, caller, address, port);
  const known = entryOf(shared, scope, () => new Map()).get(port);
  if (known !== undefined) return known.listener;
  const listener = outboundListener(mesh, scope, caller, address, port);
  if (!listener?.dependsOnLabels) shared.get(scope)?.set(port, { listener });
  return listener;
}

function chainOf(network: Network, scope: SidecarScope, caller: Workload, connection: Connection, listener: OutboundListener): FilterChain {
  const chain = matchFilterChain(listener.chains, inspect(connection, listener)) ?? listener.fallback;
  if (chain === undefined) return { ...unknownTraffic(network, scope, connection), name: 'PassthroughFilterChain' };
  const { use, source, service } = chain;
  return {
    name: listener.name,
    filter: use.kind === 'tcp' ? tcpProxy(use.clusters, source) : httpConnectionManager(network, scope, caller, connection, use.only),
    ...(source && { source }),
    text: textOf(chain, listener.name, service.hostname),
  };
}

function textOf({ use }: OutboundChain, listener: string, hostname: string): string {
  if (use.kind === 'tcp') return `the connection is one to ${hostname} (listener ${listener})`;
  return use.only === undefined
    ? `the port carries HTTP, so the Host header counts (listener ${listener})`
    : `the request is one to ${hostname} (listener ${listener})`;
}

/** What the inspectors of a listener see of a connection: they are there only where a chain asks for what they see. */
function inspect({ destination, tls: [hello], payload }: Connection, { chains }: OutboundListener): Inspected {
  const looksAtTls = chains.some(({ match }) => match.serverNames.length > 0);
  if (hello !== undefined) {
    return looksAtTls
      ? { ip: destination.ip, serverName: hello.sni.toLowerCase(), transport: 'tls', applicationProtocols: hello.alpn }
      : { ip: destination.ip, serverName: '', transport: 'raw_buffer', applicationProtocols: [] };
  }
  return { ip: destination.ip, serverName: '', transport: 'raw_buffer', applicationProtocols: payload.kind === 'http' ? ['http/1.1'] : [] };
}

function httpConnectionManager(
  network: Network,
  scope: SidecarScope,
  caller: Workload,
  { destination }: Connection,
  only: Extract<OutboundChain['use'], { kind: 'http' }>['only'],
): HttpConnectionManager {
  const egress = egressOfPort(scope, destination.port);
  return {
    kind: 'http',
    side: 'outbound',
    filters: [],
    virtualHost: (authority) => {
      if (egress === undefined) return undefined;
      const { port } = destination;
      const hosts = entryOf(entryOf(virtualHosts, caller, newMap), port, () => new SidecarVirtualHosts(network, caller, scope, egress, port));
      return only === undefined ? hosts.find(authority) : hosts.only(only);
    },
  };
}

/** The virtual hosts that callers have asked, by the port. */
const virtualHosts = new WeakMap<Workload, Map<number, SidecarVirtualHosts>>();
const newMap = (): Map<number, SidecarVirtualHosts> => new Map();

function tcpProxy(clusters: TcpProxy['clusters'], source: TcpProxy['source']): TcpProxy {
  return { kind: 'tcp', side: 'outbound', clusters, filters: [], ...(source && { source }) };
}

/** Connections for which there is no listener. */
function unknownDestination(network: Network, scope: SidecarScope, connection: Connection): FilterChain {
  const { destination, tls, payload } = connection;
  if (destination.port === 15001) {
    return {
      name: 'virtualOutbound-blackhole',
      filter: tcpProxy([{ name: 'BlackHoleCluster', weight: 1 }], undefined),
      text: 'nobody connects to the sidecar itself',
    };
  }
  if (scope.outboundTrafficPolicy.mode === 'ALLOW_ANY_DYNAMIC_DNS' && tls.length === 0 && payload.kind === 'http') {
    const virtualHost = unknownHost(scope);
    return { name: 'virtualOutbound-catchall-tcp-http', filter: { kind: 'http', side: 'outbound', filters: [], virtualHost: () => virtualHost } };
  }
  return { ...unknownTraffic(network, scope, connection), name: 'virtualOutbound-catchall-tcp' };
}

/** Connections to unknown destinations go there, through a proxy, or nowhere. */
function unknownTraffic(
  { mesh }: Network,
  { outboundTrafficPolicy: { mode, egressProxy, source } }: SidecarScope,
  { destination: { ip, port } }: Connection,
): Omit<FilterChain, 'name'> {
  const isAllowed = mode === 'ALLOW_ANY' || mode === 'ALLOW_ANY_DYNAMIC_DNS';
  const owner = ownerOf(mesh, ip);
  const why = (owner?.kind === 'service' && missingPort(mesh, owner.service.hostname, undefined, port)) || 'nobody knows this destination';
  const cluster = !isAllowed ? 'BlackHoleCluster' : egressProxy ? destinationCluster(egressProxy, undefined, 0) : 'PassthroughCluster';
  return {
    filter: tcpProxy([{ name: cluster, weight: 1, ...(source && { source }) }], source),
    ...(source && { source }),
    text: `${why}, and traffic to unknown destinations ${isAllowed ? (egressProxy ? 'goes through a proxy' : 'passes') : 'is blocked'}`,
  };
}

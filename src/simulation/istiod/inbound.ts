import { entryOf } from '../../mesh/entry-of';
import { type MeshModel, perMesh } from '../../mesh/model';
import { type EffectiveMtlsMode, mtlsMode, portsWithMtlsMode } from '../../mesh/peer-authentications';
import { acceptedTrustDomains } from '../../mesh/trust-domains';
import { spiffeIdentity, type Workload } from '../../mesh/workload';
import type { FilterChain, HttpConnectionManager, ServerTls, TcpProxy } from '../envoy/configuration';
import { type FilterChainMatch, type Inspected, matchFilterChain } from '../envoy/filter-chain-match';
import type { RetryPolicy, VirtualHost } from '../envoy/route';
import type { Connection } from '../network/connection';
import type { Network } from '../network/network';
import { httpFilters, networkFilters } from './authorization';
import { ended, INBOUND_MATCHES, type InboundMatch, treatmentOf } from './inbound-matches';
import { afterTls, type InboundPort, inboundPorts, isDeclared } from './inbound-ports';
import { serverTls } from './server-tls';

/** The port on which sidecars take all redirected connections. */
const INBOUND_LISTENER = 15006;

/** A filter chain with the connections that it takes. */
interface Chain {
  readonly match: FilterChainMatch;
  readonly chain: FilterChain;
}

/** The filter chain that takes a connection to a workload at its sidecar; `reset` where none does. */
export function inboundFilterChain(network: Network, workload: Workload, connection: Connection): FilterChain | 'reset' {
  const { mesh } = network;
  const { port } = connection.destination;
  if (port === INBOUND_LISTENER) return blackHole;
  const ofWorkload = entryOf(known(mesh), workload, () => new Map<number, readonly Chain[]>());
  const declared = inboundPorts(mesh, workload).get(port);
  // All ports that nobody declares share their chains, but for those with a mode of their own.
  const key = declared !== undefined || hasOwnMode(mesh, workload, port) ? port : 0;
  const chains = entryOf(ofWorkload, key, () =>
    declared === undefined ? undeclaredChains(network, workload, key) : declaredChains(network, workload, declared),
  );
  return select(chains, connection);
}

const known = perMesh(() => new Map<Workload, Map<number, readonly Chain[]>>());

function select(chains: readonly Chain[], { tls: [hello], destination, payload }: Connection): FilterChain | 'reset' {
  // Without any chain for TLS nobody looks whether the bytes are TLS.
  const isTls = hello !== undefined && chains.some(({ chain }) => chain.inspectsTls !== false);
  const sniffed = hello === undefined && payload.kind === 'http' ? HTTP_1 : [];
  const inspected: Inspected = {
    ip: destination.ip,
    serverName: isTls ? hello.sni.toLowerCase() : '',
    transport: isTls ? 'tls' : 'raw_buffer',
    applicationProtocols: isTls ? hello.alpn : sniffed,
  };
  return matchFilterChain(chains, inspected)?.chain ?? 'reset';
}

/** What an inspector calls a plaintext request. */
const HTTP_1: readonly string[] = ['http/1.1'];

function declaredChains(network: Network, workload: Workload, port: InboundPort): readonly Chain[] {
  const { mesh } = network;
  const mode = mtlsMode(mesh, workload, port.target);
  const cluster = `inbound|${port.target}||`;
  const name = `${port.bind}_${port.target}`;
  if (port.tls !== undefined && mode.mode === 'DISABLE') {
    const tls = serverTls(mesh, workload, port.tls)?.('');
    const { match, protocol } = ended(treatmentOf(afterTls(port.protocol)) === 'http' ? 'http' : 'tcp');
    return tls === undefined ? [] : [{ match, chain: filterChain(network, workload, { name, cluster, port, protocol, tls }) }];
  }
  return chainsOf(network, workload, mode, INBOUND_MATCHES[treatmentOf(port.protocol)][mode.mode], () => name, { cluster, port });
}

function undeclaredChains(network: Network, workload: Workload, port: number): readonly Chain[] {
  const mode = mtlsMode(network.mesh, workload, port);
  const name = ({ protocol }: InboundMatch) => (protocol === 'http' ? 'virtualInbound-catchall-http' : 'virtualInbound');
  return chainsOf(network, workload, mode, INBOUND_MATCHES.sniffed[mode.mode], name, { cluster: 'InboundPassthroughCluster' });
}

/** Whether a policy sets a mode for a port that nobody declares. */
function hasOwnMode(mesh: MeshModel, workload: Workload, port: number): boolean {
  return portsWithMtlsMode(mesh, workload).has(port) && !isDeclared(mesh, workload, port);
}

interface Destination {
  readonly cluster: string;
  readonly port?: InboundPort;
}

function chainsOf(
  network: Network,
  workload: Workload,
  { source }: EffectiveMtlsMode,
  matches: readonly InboundMatch[],
  nameOf: (match: InboundMatch) => string,
  destination: Destination,
): readonly Chain[] {
  const tls = meshTls(network.mesh, workload);
  const inspectsTls = matches.some(({ match }) => match.transport === 'tls');
  return matches.map((inbound) => {
    const { match, protocol, endsTls } = inbound;
    const name = nameOf(inbound);
    const chain = filterChain(network, workload, { name, protocol, ...destination, ...(endsTls ? { tls } : {}) });
    return { match, chain: { ...chain, inspectsTls, ...(source === undefined ? {} : { source }) } };
  });
}

interface ChainParts extends Destination {
  readonly name: string;
  readonly protocol: 'http' | 'tcp';
  readonly tls?: ServerTls;
}

function filterChain(network: Network, workload: Workload, { name, cluster, port, protocol, tls }: ChainParts): FilterChain {
  const filter = protocol === 'http' ? connectionManager(network, workload, cluster, port) : tcpProxy(network, workload, cluster);
  return { name, filter, ...(tls === undefined ? {} : { tls }), ...(port?.source === undefined ? {} : { source: port.source }) };
}

function tcpProxy(network: Network, workload: Workload, cluster: string): TcpProxy {
  return { kind: 'tcp', side: 'inbound', clusters: [{ name: cluster, weight: 1 }], filters: networkFilters(network, workload, 'inbound') };
}

/** Retries of a sidecar towards its own application, where the connection breaks before the request is out. */
const inboundRetry: RetryPolicy = {
  attempts: 2,
  on: ['reset-before-request'],
  statusCodes: [],
  perTryTimeout: 0,
  avoidPreviousHosts: false,
  remoteLocalities: false,
};

function connectionManager(network: Network, workload: Workload, cluster: string, port: InboundPort | undefined): HttpConnectionManager {
  const host: VirtualHost = {
    name: `inbound|http|${port?.port ?? 0}`,
    routes: [
      {
        name: 'default',
        match: { path: { kind: 'prefix', value: '/', ignoreCase: false }, headers: [], query: [], claims: [] },
        action: {
          kind: 'forward',
          clusters: [{ name: cluster, weight: 1 }],
          timeout: 0,
          ...(port?.protocol === 'GRPC' || port?.protocol === 'GRPC-Web' ? {} : { retry: inboundRetry }),
          mirrors: [],
          clusterNotFoundStatus: 503,
        },
      },
    ],
  };
  const operation = `${port?.host ?? ''}:${port?.port ?? 0}/*`;
  return { kind: 'http', side: 'inbound', virtualHost: () => host, filters: httpFilters(network, workload, 'inbound'), operation };
}

/** Istio's mutual TLS: both sides show certificates of the mesh, and the caller's states an identity of an accepted trust domain. */
function meshTls(mesh: MeshModel, { namespace, serviceAccount }: Workload): ServerTls {
  const domains = acceptedTrustDomains(mesh);
  return {
    certificate: { ca: 'mesh', hosts: [], uri: spiffeIdentity(mesh.config.trustDomain, namespace, serviceAccount) },
    clientCertificate: 'required',
    clientCa: 'mesh',
    refuses: ({ uri }) => {
      if (domains.length === 0 || domains.some((domain) => uri?.startsWith(`spiffe://${domain}/`))) return undefined;
      return uri === undefined ? "the caller's certificate states no identity" : `the identity ${uri} is not of the trust domain ${domains.join(' or ')}`;
    },
  };
}

/** Connections to the listener's own port would come back to it without end. */
const blackHole: FilterChain = {
  name: 'virtualInbound-blackhole',
  filter: { kind: 'tcp', side: 'inbound', clusters: [{ name: 'BlackHoleCluster', weight: 1 }], filters: [] },
};

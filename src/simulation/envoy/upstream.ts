import type { Source } from '../../mesh/config-object';
import { resolveHost } from '../../mesh/dns';
import type { Endpoint } from '../../mesh/service';
import type { Workload } from '../../mesh/workload';
import type { Journey } from '../journey';
import { applicationReply } from '../network/application';
import { workloadApplication } from '../network/applications';
import type { ClientHello, Payload, Reply } from '../network/connection';
import type { Network } from '../network/network';
import type { Cluster } from './cluster';
import type { HttpRequest } from './http';
import { type EndpointQuestion, pickEndpoint } from './load-balancer';
import { countAnswer } from './outlier-detection';

/** What a proxy sends on. */
export interface Upstream {
  /** Where the caller wanted to go: what clusters of the kind `originalDestination` connect to. */
  readonly destination: { readonly ip: string; readonly port: number };
  /** The caller's address, by which a hash may choose. */
  readonly sourceIp: string;
  /** TLS of the caller's that the proxy does not end. */
  readonly tls: readonly ClientHello[];
  readonly payload: Payload;
  /** The proxy carries bytes and does not look at what they are. @default - false */
  readonly isOpaque?: boolean;
}

/** One try: the endpoint that was taken, and what came of it. */
export interface Attempt {
  /** Absent where the cluster goes to the original destination. */
  readonly endpoint?: Endpoint;
  /** `noHost`: the cluster has no endpoint that could be asked. */
  readonly reply: Reply | 'noHost';
  /** The TLS that the proxy itself began towards the endpoint. */
  readonly hello?: ClientHello;
}

/** The address from which a sidecar connects to its own application, unless that listens on the loopback address. */
const INBOUND_SOURCE = '127.0.0.6';

/** Chooses an endpoint of a cluster and connects to it, with the TLS that the cluster has for it. */
export function attempt(
  network: Network,
  journey: Journey,
  proxy: Workload,
  cluster: Cluster,
  upstream: Upstream,
  history: Omit<EndpointQuestion, 'request' | 'sourceIp'> = {},
): Attempt {
  if (cluster.type === 'blackhole') return { reply: 'noHost' };
  if (cluster.type === 'originalDestination') {
    // What the application sends to the proxy itself was never meant for another address.
    return upstream.destination.ip === LOOPBACK ? { reply: 'noHost' } : connectTo(network, journey, proxy, cluster, undefined, upstream);
  }
  const request = requestOf(upstream);
  const endpoint =
    cluster.type === 'dynamic'
      ? namedHost(upstream, request)
      : pickEndpoint(journey, proxy, cluster, { ...history, ...(request && { request }), sourceIp: upstream.sourceIp });
  if (endpoint === undefined) return { reply: 'noHost' };
  const made = connectTo(network, journey, proxy, cluster, endpoint, upstream);
  if (made.reply !== 'noHost') countAnswer(journey, proxy, cluster, endpoint, made.reply);
  return { endpoint, ...made };
}

/** Where egress listeners stand that applications connect to themselves, and where applications may listen. */
const LOOPBACK = '127.0.0.1';

function connectTo(
  network: Network,
  journey: Journey,
  proxy: Workload,
  cluster: Cluster,
  endpoint: Endpoint | undefined,
  upstream: Upstream,
): Omit<Attempt, 'endpoint'> {
  const { destination } = upstream;
  const request = requestOf(upstream);
  const payload: Payload = request === undefined ? upstream.payload : { kind: 'http', request: { ...request, version: versionOf(cluster, request) } };
  if (isOwnApplication(cluster)) {
    const port = endpoint?.port ?? destination.port;
    const sourceIp = endpoint?.address === LOOPBACK ? proxy.ip : INBOUND_SOURCE;
    const connection = { sourceIp, destination: { ip: proxy.ip, port }, tls: upstream.tls, payload };
    return { reply: applicationReply(workloadApplication(network.mesh, proxy), journey, connection) };
  }
  const host = endpoint?.address ?? destination.ip;
  const ip = resolveHost(network.mesh, host, proxy.namespace);
  if (ip === undefined) return { reply: { kind: 'failure', failure: 'refused', reason: `${host} has no address`, elapsed: 0 } };
  const target = endpoint ?? address(ip, destination.port);
  const hello = cluster.tls(target, request);
  noteTls(journey, proxy, hello, cluster.tlsSource?.(target));
  const reply = network.connect(journey, {
    sourceIp: proxy.ip,
    destination: { ip, port: endpoint?.port ?? cluster.portOverride ?? destination.port },
    tls: hello === undefined ? upstream.tls : [hello, ...upstream.tls],
    payload,
    isKept: request !== undefined && !cluster.isOneRequestEach,
  });
  return hello === undefined ? { reply } : { reply, hello };
}

function requestOf({ payload, isOpaque = false }: Upstream): HttpRequest | undefined {
  return payload.kind === 'http' && !isOpaque ? payload.request : undefined;
}

/** Whether the proxy itself begins TLS, and what made it do so. */
function noteTls(journey: Journey, proxy: Workload, hello: ClientHello | undefined, source: Source | undefined): void {
  const isMesh = hello?.certificate?.ca === 'mesh';
  const text =
    hello === undefined
      ? 'sent as it is'
      : isMesh
        ? `sent by mutual TLS as ${hello.certificate?.uri}`
        : `sent by TLS${hello.sni === '' ? '' : ` for ${hello.sni}`}`;
  journey.note({ decision: hello === undefined || isMesh ? 'mtls' : 'tls', proxy, text, ...(source && { source }) });
}

/** Clusters of the inbound side lead to the application behind the proxy. */
function isOwnApplication({ name }: Cluster): boolean {
  return name.startsWith('inbound|') || name === 'InboundPassthroughCluster';
}

/** HTTP as the cluster speaks it, or as the request came where the cluster goes along with that. */
function versionOf({ http2, keepsVersion }: Cluster, { version }: HttpRequest): HttpRequest['version'] {
  return keepsVersion ? version : http2 ? 'HTTP/2.0' : 'HTTP/1.1';
}

/** The host that a request names, or the caller's TLS. */
function namedHost({ tls: [hello], destination }: Upstream, request: HttpRequest | undefined): Endpoint | undefined {
  if (request === undefined) return hello?.sni ? address(hello.sni, destination.port) : undefined;
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(request.authority) ?? [];
  return address(host, port === undefined ? 80 : Number(port));
}

/** An address of which no service says anything. */
function address(address: string, port: number): Endpoint {
  return {
    address,
    port,
    labels: {},
    locality: { region: '', zone: '', subzone: '' },
    weight: 1,
    serviceAccount: '',
    namespace: '',
    tlsMode: 'disabled',
    healthy: true,
  };
}

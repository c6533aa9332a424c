import { isIp } from '../../manifest/ip';
import { meantHost, resolveHost } from '../../mesh/dns';
import { entryOf } from '../../mesh/entry-of';
import { type MeshModel, perMesh } from '../../mesh/model';
import type { Workload } from '../../mesh/workload';
import { giveUp } from '../envoy/give-up';
import { Headers } from '../envoy/http';
import type { Journey } from '../journey';
import type { CallerTls, Target, TrafficRequest } from '../request';
import { certificateCovers } from './certificates';
import type { Certificate, ClientHello, Connection, Payload, Reply } from './connection';
import type { MeshNetwork } from './mesh-network';

/** The address of somebody outside the cluster. */
const OUTSIDE = '127.6.0.1';
const DEFAULT_TIMEOUT = 10_000;

/** Who asks, once the caller's words have been looked up in the mesh. */
export interface Client {
  /** Absent for somebody outside the cluster. */
  readonly workload?: Workload;
  /** The gateway that somebody outside asks. */
  readonly via?: Workload;
  /** Why the name in the URL leads somebody outside nowhere. */
  readonly lost?: string;
}

/** Makes a request as its caller does: looks the name up, opens a connection, begins TLS, and waits for the answer. */
export function ask(network: MeshNetwork, journey: Journey, client: Client, request: TrafficRequest, target: Target): Reply {
  const { workload, via } = client;
  const destination = destinationOf(network.mesh, client, request, target);
  if (destination === undefined) {
    const meant = meantHost(network.mesh, target.host, workload?.namespace);
    const question = meant === undefined ? '' : `; did you mean ${meant}?`;
    journey.note({ decision: 'host', text: client.lost ?? `DNS does not know ${target.host}${question}` });
    return { kind: 'failure', failure: 'dns', reason: client.lost ?? `${target.host} is not known to DNS${question}`, elapsed: 0 };
  }
  const connection: Connection = {
    sourceIp: workload?.ip ?? request.source ?? OUTSIDE,
    destination,
    tls: target.isTls ? [callerHello(target.host, request.tls ?? {})] : [],
    payload: payloadOf(request, target),
  };
  const reply = via === undefined ? network.open(journey, workload, connection) : network.connect(journey, connection);
  const timeout = request.timeoutMs ?? DEFAULT_TIMEOUT;
  if (reply.elapsed <= timeout) return reply;
  giveUp(journey.hops, 0);
  return { kind: 'failure', failure: 'timeout', reason: `no answer within ${timeout} ms`, elapsed: timeout };
}

function destinationOf(
  mesh: MeshModel,
  { workload, via, lost }: Client,
  request: TrafficRequest,
  { host, port }: Target,
): Connection['destination'] | undefined {
  if (via !== undefined) return { ip: via.ip, port: gatewayPort(mesh, via, port) };
  if (lost !== undefined) return undefined;
  const ip = request.ip ?? resolveHost(mesh, host, workload?.namespace);
  return ip === undefined ? undefined : { ip, port };
}

/** The port of the pod to which the gateway's Service sends a port; without a Service the port itself. */
export function gatewayPort(mesh: MeshModel, gateway: Workload, port: number): number {
  const ports = entryOf(gatewayPorts(mesh), gateway, () => new Map<number, number>());
  return entryOf(ports, port, () => {
    const targets = mesh.services
      .flatMap((service) => (service.registry === 'Kubernetes' ? service.endpoints(port) : []))
      .filter(({ address }) => address === gateway.ip);
    return targets.at(-1)?.port ?? port;
  });
}

const gatewayPorts = perMesh(() => new Map<Workload, Map<number, number>>());

function callerHello(
  host: string,
  { sni = isIp(host) ? '' : host, ca = 'public', cert, insecure = false, checkHost = true, alpn = [] }: CallerTls,
): ClientHello {
  const certificate: Certificate | undefined = cert === undefined ? undefined : { hosts: [], ...cert };
  return {
    sni,
    alpn,
    ...(certificate === undefined ? {} : { certificate }),
    distrusts: (server) => {
      if (insecure) return undefined;
      if (server.ca !== ca) return `the caller trusts certificates of ${ca}, and this one is of ${server.ca}`;
      if (checkHost && !certificateCovers(server, sni || host)) return `the certificate is for ${server.hosts.join(', ') || 'no host'}, not for ${sni || host}`;
      return undefined;
    },
  };
}

function payloadOf(request: TrafficRequest, target: Target): Payload {
  const { method = 'GET', headers = {}, body = '' } = request;
  if (target.scheme === 'tcp' || target.scheme === 'tls') return { kind: 'tcp', data: body };
  const sent = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value ?? []].flat()) sent.add(name, one.trim());
  }
  const authority = sent.has('host') ? sent.all('host').join() : target.authority;
  sent.delete('host');
  if (!sent.has('user-agent')) sent.add('user-agent', 'cdk8s-istio');
  if (body !== '' || method === 'POST' || method === 'PUT' || method === 'PATCH') sent.set('content-length', String(Buffer.byteLength(body)));
  const claims = request.claims === undefined ? {} : { claims: request.claims };
  return { kind: 'http', request: { method, scheme: target.scheme, authority, path: target.path, headers: sent, body, ...claims } };
}

import { mtlsMode } from '../../mesh/peer-authentications';
import type { Workload } from '../../mesh/workload';
import type { Journey } from '../journey';
import type { Connection, Reply } from '../network/connection';
import { handshake } from '../network/handshake';
import type { Network } from '../network/network';
import type { FilterChain } from './configuration';
import type { Peer } from './filter';
import { handleHttp } from './http-connection-manager';
import type { Side } from './side';
import { handleTcp } from './tcp-proxy';

/** How a listener takes a connection: a filter chain, no listener at all, or a listener none of whose chains matches. */
export type Acceptance = FilterChain | 'refused' | 'reset';

/** A connection that as many proxies pass on to one another goes round in circles. */
const MAX_DEPTH = 12;

/** Lets a proxy take a connection, unless that has been handed on so often that nobody will ever answer. */
export function handleConnection(network: Network, journey: Journey, proxy: Workload, side: Side, acceptance: Acceptance, connection: Connection): Reply {
  if (journey.depth === MAX_DEPTH) {
    const reason = `${MAX_DEPTH} proxies hand the connection on, one to the other, and nobody answers`;
    journey.note({ decision: 'timeout', proxy, text: reason });
    return { kind: 'failure', failure: 'timeout', reason, elapsed: Number.POSITIVE_INFINITY };
  }
  journey.depth += 1;
  const reply = take(network, journey, proxy, side, acceptance, connection);
  journey.depth -= 1;
  return reply;
}

/** Takes a connection: TLS ends where the chain says so, then the payload goes its way. */
function take(network: Network, journey: Journey, proxy: Workload, side: Side, acceptance: Acceptance, connection: Connection): Reply {
  const [hello, ...inner] = connection.tls;
  const failed = (failure: 'refused' | 'reset', reason: string): Reply => ({
    kind: 'failure',
    failure,
    reason,
    elapsed: 0,
    ...(hello === undefined ? {} : { hello }),
  });
  if (acceptance === 'refused') {
    return failed('refused', `${proxy.name} has no listener on port ${connection.destination.port}`);
  }
  if (acceptance === 'reset') {
    journey.hop({ proxy, side, flags: 'NR', details: 'filter_chain_not_found' });
    const reason = `no filter chain of ${proxy.name} takes this connection`;
    noteMode(network, journey, proxy, side, connection, undefined);
    return hello === undefined ? failed('reset', reason) : { kind: 'failure', failure: 'handshake', reason, elapsed: 0, hello };
  }
  if (acceptance.text !== undefined) journey.note({ decision: 'listener', proxy, text: acceptance.text, ...sourceOf(acceptance) });
  const base: Omit<Peer, 'certificate'> = {
    ip: connection.sourceIp,
    remoteIp: connection.sourceIp,
    sni: acceptance.inspectsTls === false ? '' : (hello?.sni ?? ''),
    destination: connection.destination,
  };
  if (acceptance.tls === undefined) {
    noteMode(network, journey, proxy, side, connection, acceptance);
    return handlePayload(network, journey, proxy, acceptance, connection, base);
  }
  if (hello === undefined) {
    journey.note({ decision: 'tls', proxy, text: 'plaintext came where TLS is expected', ...sourceOf(acceptance) });
    return failed('reset', `${proxy.name} expects TLS on port ${connection.destination.port}, and plaintext came`);
  }
  const serverCertificate = acceptance.tls.certificate;
  const done = handshake(hello, acceptance.tls);
  if (!done.done) {
    const uri = done.refused?.uri;
    if (acceptance.filter.kind === 'tcp') journey.hop({ proxy, side, chain: acceptance.name, ...(uri === undefined ? {} : { peer: uri }) });
    journey.note({ decision: 'tls', proxy, text: `the handshake fails: ${done.reason}`, ...sourceOf(acceptance) });
    return { kind: 'failure', failure: done.failure, reason: done.reason, elapsed: 0, hello, serverCertificate };
  }
  if (acceptance.filter.kind === 'http' && hello.alpn.includes('h2') && !speaksHttp2(connection)) {
    const reason = `HTTP/2 was agreed on with ${proxy.name}, and something else came`;
    journey.note({ decision: 'listener', proxy, text: reason, ...sourceOf(acceptance) });
    return failed('reset', reason);
  }
  const peer = done.clientCertificate === undefined ? base : { ...base, certificate: done.clientCertificate };
  noteMode(network, journey, proxy, side, connection, acceptance);
  const reply = handlePayload(network, journey, proxy, acceptance, { ...connection, tls: inner }, peer);
  // TLS inside of it is the caller's own, and shows the caller the certificate of whoever ends it.
  return inner.length > 0 ? reply : { ...reply, serverCertificate };
}

/** Servers prefer HTTP/2 when they are offered it; who forwards bytes as they are offers it for a port that speaks it, whatever the bytes are. */
function speaksHttp2({ tls, payload }: Connection): boolean {
  return tls.length === 1 && payload.kind === 'http' && payload.request.version === 'HTTP/2.0';
}

/** What a server's sidecar makes of a connection, and the PeerAuthentication that says so. */
function noteMode(
  { mesh }: Network,
  journey: Journey,
  proxy: Workload,
  side: Side,
  { destination, tls: [hello] }: Connection,
  chain: FilterChain | undefined,
): void {
  if (side !== 'inbound') return;
  const { mode, source } = mtlsMode(mesh, proxy, destination.port);
  const carried = hello === undefined ? 'plaintext' : chain?.tls === undefined ? "TLS that is not the mesh's" : 'mutual TLS';
  const text = `${carried} is ${chain === undefined ? 'refused' : 'accepted'} by ${proxy.name}: its mode is ${mode}`;
  journey.note({ decision: 'mtls', proxy, text, ...(source && { source }) });
}

function handlePayload(network: Network, journey: Journey, proxy: Workload, chain: FilterChain, connection: Connection, peer: Peer): Reply {
  if (chain.filter.kind === 'tcp') {
    return handleTcp(network, journey, proxy, chain, connection, peer);
  }
  const [hello] = connection.tls;
  if (hello !== undefined || connection.payload.kind !== 'http') {
    const uri = peer.certificate?.uri;
    journey.hop({
      proxy,
      side: chain.filter.side,
      chain: chain.name,
      status: 400,
      flags: 'DPE',
      details: 'http1.codec_error',
      ...(uri === undefined ? {} : { peer: uri }),
    });
    journey.note({ decision: 'listener', proxy, text: 'the bytes are no HTTP, and the listener expects HTTP', ...sourceOf(chain) });
    const reason = `${proxy.name} expects HTTP on port ${connection.destination.port}, and something else came`;
    return hello === undefined
      ? { kind: 'failure', failure: 'protocol', reason, elapsed: 0 }
      : { kind: 'failure', failure: 'handshake', reason, elapsed: 0, hello };
  }
  return handleHttp(network, journey, proxy, chain, connection, peer);
}

function sourceOf({ source }: FilterChain): Pick<FilterChain, 'source'> {
  return source === undefined ? {} : { source };
}

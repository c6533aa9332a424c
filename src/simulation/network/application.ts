import type { Labels } from '../../manifest/labels';
import type { Behavior } from '../../mesh/facts';
import { copyRequest, Headers, type Served } from '../envoy/http';
import type { Journey } from '../journey';
import type { Certificate, ClientHello, Connection, Reply } from './connection';
import { handshake } from './handshake';

/** What answers behind an address: the application of a workload, or a host outside the cluster. */
export interface Application {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly behavior: Behavior;
  /** Whether it listens on a port at all. */
  listens(port: number): boolean;
  /** The certificate with which it speaks TLS on a port; undefined where it speaks plaintext. `offered` says whether the caller begins TLS. */
  certificate(port: number, offered: boolean): Certificate | undefined;
}

/**
 * Lets an application take a connection: it notes what it received, and answers 200 or as its behavior says. Like the echo servers of a test bed it obeys request headers:
 * `x-echo-seq: 503,reset,200` (one answer for each attempt, the last repeats), `x-echo-delay-ms: 100`, `x-echo-header-NAME: value` (a header of the answer).
 */
export function applicationReply(application: Application, journey: Journey, connection: Connection): Reply {
  const { behavior } = application;
  const { port } = connection.destination;
  if (behavior.down || !application.listens(port)) {
    return { kind: 'failure', failure: 'refused', reason: `nothing listens on port ${port} of ${application.name}`, elapsed: 0 };
  }
  if (behavior.reset) {
    return {
      kind: 'failure',
      failure: connection.tls.length > 0 ? 'handshake' : 'reset',
      reason: `${application.name} resets every connection`,
      elapsed: 0,
      ...failing(connection.tls[0]),
    };
  }
  const certificate = application.certificate(port, connection.tls.length > 0);
  const [hello, ...inner] = connection.tls;
  if (certificate === undefined) {
    return hello === undefined
      ? answer(application, journey, connection, undefined)
      : { kind: 'failure', failure: 'handshake', reason: `${application.name} does not speak TLS on port ${port}`, elapsed: 0, hello };
  }
  if (hello === undefined) {
    return { kind: 'failure', failure: 'reset', reason: `${application.name} speaks TLS only on port ${port}`, elapsed: 0 };
  }
  if (hello.alpn.length > 0 && !hello.alpn.includes(HTTP_1)) {
    const reason = `${application.name} speaks ${HTTP_1} within TLS, and the caller offers ${hello.alpn.join(', ')}`;
    return { kind: 'failure', failure: 'handshake', reason, elapsed: 0, hello };
  }
  const done = handshake(hello, { certificate, clientCertificate: 'optional' });
  if (!done.done) return { kind: 'failure', failure: done.failure, reason: done.reason, elapsed: 0, serverCertificate: certificate, hello };
  if (inner.length > 0) {
    return {
      kind: 'failure',
      failure: 'handshake',
      reason: `${application.name} does not expect TLS inside of TLS`,
      elapsed: 0,
      serverCertificate: certificate,
      ...failing(inner[0]),
    };
  }
  const client = done.clientCertificate;
  const tls = {
    sni: hello.sni,
    ...(client === undefined ? {} : { clientSubject: client.cn ? `CN=${client.cn}` : '', ...(client.uri ? { clientURI: client.uri } : {}) }),
  };
  return { ...answer(application, journey, connection, tls), serverCertificate: certificate };
}

/** What applications agree to within TLS. */
const HTTP_1 = 'http/1.1';

/** Names the TLS that fails, where there is any. */
function failing(hello: ClientHello | undefined): { readonly hello?: ClientHello } {
  return hello === undefined ? {} : { hello };
}

/** Servers refuse paths with broken percent-encoding. */
const readablePath = /^(?:\/(?:[^%?]|%[0-9A-Fa-f]{2})*(?:\?.*)?|\*)$/s;

function answer(application: Application, journey: Journey, { payload, destination, sourceIp }: Connection, tls: Served['tls']): Reply {
  const { name, namespace, labels, behavior } = application;
  const served: Served = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
    port: destination.port,
    sourceIp,
    ...(payload.kind === 'http' ? { request: copyRequest(payload.request) } : {}),
    ...(tls === undefined ? {} : { tls }),
  };
  if (payload.kind === 'http' && !readablePath.test(payload.request.path)) {
    return { kind: 'response', response: { status: 400, headers: new Headers(), body: '400 Bad Request' }, elapsed: 0 };
  }
  const attempt = journey.received.length;
  journey.receive(served);
  if (payload.kind === 'tcp') return { kind: 'bytes', server: served, elapsed: 0 };
  const { headers } = payload.request;
  let status = behavior.status ?? 200;
  const sequence = headers.get('x-echo-seq')?.split(',');
  if (sequence !== undefined) {
    const turn = sequence[Math.min(attempt, sequence.length - 1)] as string;
    if (turn === 'reset') {
      const isOfStream = payload.request.version === 'HTTP/2.0';
      return { kind: 'failure', failure: 'reset', reason: `${name} ${isOfStream ? 'resets the request' : 'cuts the connection'}`, elapsed: 0, isOfStream };
    }
    status = Number(turn);
  }
  if (behavior.mode === 'extauthz') status = headers.get('x-ext-authz') === 'allow' ? 200 : 403;
  const responseHeaders = new Headers();
  for (const [header, value] of headers) {
    if (header.startsWith('x-echo-header-')) responseHeaders.set(header.slice('x-echo-header-'.length), value);
  }
  if (headers.get('content-type')?.startsWith('application/grpc')) {
    responseHeaders.set('trailer', 'Grpc-Status');
    responseHeaders.set('grpc-status', '0');
  }
  return {
    kind: 'response',
    response: { status, headers: responseHeaders, server: served },
    elapsed: Number(headers.get('x-echo-delay-ms') ?? behavior.delayMs ?? 0),
  };
}

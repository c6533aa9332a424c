import { compare } from '../mesh/config-object';
import type { HttpRequest } from './envoy/http';
import type { Hop, Journey } from './journey';
import type { Failure, Reply } from './network/connection';

/** What an application received of a request. */
export interface Received {
  readonly workload: string;
  readonly path?: string;
  readonly authority?: string;
}

/** What came of one request, with the fields that a traffic test file can expect; a field that does not apply is absent. */
export interface CallResult {
  /** The HTTP status; null for connections without HTTP, and when nothing was answered. */
  readonly status: number | null;
  /** Why nothing was answered. */
  readonly error: 'refused' | 'reset' | 'timeout' | 'tls' | 'tls-verify' | 'dns' | 'protocol' | null;
  /** The reason in words. */
  readonly errorDetail?: string;
  /** Who answered: a workload, or the host outside the cluster. */
  readonly workload?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** The port of the application. */
  readonly port?: number;
  readonly method?: string;
  readonly path?: string;
  readonly authority?: string;
  /** As the application received it: `HTTP/1.1`, `HTTP/2.0`, `tcp`. */
  readonly protocol?: string;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly sourceIP?: string;
  /** TLS that ended at the application itself. */
  readonly upstreamTLS?: { readonly sni: string; readonly clientSubject?: string; readonly clientURI?: string };
  /** Whether the last hop reached the server's sidecar with a client certificate. */
  readonly mtls?: boolean;
  /** The SPIFFE identity in it. */
  readonly peer?: string;
  /** The body of answers that come from a proxy. */
  readonly body?: string;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** The names in the certificate that the caller saw. */
  readonly serverCert?: readonly string[];
  /** Of the caller's sidecar, or of the gateway: Envoy's response flags, details, route name, cluster. */
  readonly flags?: string;
  readonly details?: string;
  readonly route?: string;
  readonly upstreamCluster?: string;
  readonly attempts?: number;
  /** Of the server's sidecar. */
  readonly serverFlags?: string;
  readonly serverDetails?: string;
  readonly serverChain?: string;
  /** Everything that applications received, when that is more than the answered request. */
  readonly received?: readonly Received[];
  readonly elapsedMs: number;
}

const errors: Readonly<Record<Failure, NonNullable<CallResult['error']>>> = {
  refused: 'refused',
  handshake: 'tls',
  untrusted: 'tls-verify',
  reset: 'reset',
  timeout: 'timeout',
  dns: 'dns',
  protocol: 'protocol',
};

/** Headers by which proxies and test servers talk among themselves. */
const hiddenRequestHeaders = /^(?:x-request-id|x-b3-.*|traceparent|tracestate|x-envoy-expected-rq-timeout-ms|x-envoy-decorator-operation|x-echo-.*)$/;
const hiddenResponseHeaders: ReadonlySet<string> = new Set([
  'date',
  'content-length',
  'content-type',
  'x-envoy-upstream-service-time',
  'connection',
  'transfer-encoding',
]);

/** Puts together what one way of a request showed. `entry` is the proxy that the caller spoke to first: its own sidecar or a gateway. */
export function callResult(journey: Journey, reply: Reply, entry: Hop['proxy'] | undefined, checksServer: boolean): CallResult {
  const response = reply.kind === 'response' ? reply.response : undefined;
  const served = reply.kind === 'bytes' ? reply.server : response?.server;
  const hops = [...journey.hops, ...journey.mirrored.flatMap(({ hops }) => hops)];
  // A caller that reaches itself has its sidecar on both sides; of a request the way out is noted last, of a connection the way in.
  const own = hops.filter(({ proxy }) => proxy === entry);
  const first =
    own.findLast(({ side, details }) => side !== 'inbound' && details !== undefined) ?? own.findLast(({ side }) => side !== 'inbound') ?? own.at(-1);
  const isServers = ({ side, proxy }: Hop): boolean => side === 'inbound' && proxy !== entry && (served === undefined || proxy.name === served.name);
  // Of a copy that reaches the same server a passage that is over is known, one of a connection that stays open is not.
  const inbound = hops.findLast((hop) => isServers(hop) && hop.status !== undefined) ?? hops.findLast(isServers);
  // Who refuses a certificate keeps nothing of it.
  const names =
    checksServer && !(reply.kind === 'failure' && reply.failure === 'untrusted')
      ? [...(reply.serverCertificate?.hosts ?? []), ...(reply.serverCertificate?.uri === undefined ? [] : [reply.serverCertificate.uri])]
      : [];
  const others = journey.received.length > 1 || journey.received.some((each) => each !== served);
  return defined({
    status: response?.status ?? null,
    error: reply.kind === 'failure' ? errors[reply.failure] : null,
    errorDetail: reply.kind === 'failure' ? reply.reason : undefined,
    workload: served?.name,
    namespace: served?.namespace,
    labels: served?.labels,
    port: served?.port,
    ...(served !== undefined && served.request === undefined ? { protocol: 'tcp' } : requestFields(served?.request)),
    sourceIP: served?.sourceIp,
    upstreamTLS: served?.tls,
    mtls: inbound !== undefined ? inbound.peer !== undefined : served !== undefined ? false : undefined,
    peer: inbound?.peer,
    body: served === undefined ? response?.body || undefined : undefined,
    responseHeaders: response?.headers.toRecord((name) => !hiddenResponseHeaders.has(name)),
    serverCert: names.length > 0 ? names : undefined,
    flags: first?.flags,
    details: first?.details,
    route: first?.route,
    upstreamCluster: first?.cluster,
    attempts: (first?.attempts ?? 1) > 1 ? first?.attempts : undefined,
    serverFlags: inbound?.flags,
    serverDetails: inbound?.details && withoutBrackets(inbound.details),
    serverChain: inbound?.chain,
    received: others
      ? journey.received
          .map(({ name, request }): Received => defined({ workload: name, path: request?.path, authority: request?.authority }))
          .sort((one, other) => compare(one.workload, other.workload) || compare(one.path ?? '', other.path ?? ''))
      : undefined,
    elapsedMs: reply.elapsed,
  });
}

/** Details of answers, without what stands in brackets; but names of policies stay. */
function withoutBrackets(details: string): string {
  return details.startsWith('rbac') ? details : details.replace(/\[\S+?\]/g, '');
}

function requestFields(request: HttpRequest | undefined): Partial<CallResult> {
  return request === undefined
    ? {}
    : {
        method: request.method,
        path: request.path,
        authority: request.authority,
        protocol: request.version ?? 'HTTP/1.1',
        requestHeaders: request.headers.toRecord((name) => !hiddenRequestHeaders.test(name)),
      };
}

/** Leaves out what is undefined. */
function defined<T extends object>(fields: { [Field in keyof T]: T[Field] | undefined }): T {
  const found: Partial<T> = {};
  for (const field in fields) {
    const value = fields[field];
    if (value !== undefined) found[field] = value;
  }
  return found as T;
}

import { isIp } from '../../manifest/ip';
import type { Headers } from './http';
import type { Stream } from './stream';

/** Headers by which callers could change how proxies treat them; nobody in the mesh may. */
const internalHeaders: ReadonlySet<string> = new Set([
  'x-envoy-internal',
  'x-envoy-retriable-status-codes',
  'x-envoy-retriable-header-names',
  'x-envoy-retry-on',
  'x-envoy-retry-grpc-on',
  'x-envoy-max-retries',
  'x-envoy-upstream-alt-stat-name',
  'x-envoy-upstream-rq-timeout-ms',
  'x-envoy-upstream-rq-per-try-timeout-ms',
  'x-envoy-upstream-rq-timeout-alt-response',
  'x-envoy-expected-rq-timeout-ms',
  'x-envoy-force-trace',
  'x-envoy-ip-tags',
  'x-envoy-original-url',
  'x-envoy-hedge-on-per-try-timeout',
]);

/** What callers from outside could claim about proxies before the gateway. */
const edgeHeaders: ReadonlySet<string> = new Set([
  'x-envoy-decorator-operation',
  'x-envoy-downstream-service-cluster',
  'x-envoy-downstream-service-node',
  'x-envoy-original-path',
  'x-envoy-original-host',
]);

/** What speaks of one connection and ends with it. */
const connectionHeaders: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);

/** The protocol to which a caller wants to change the connection, in lower case; such requests keep the headers that say so. */
export function upgradeOf(headers: Headers): string | undefined {
  return connectionOptions(headers).includes('upgrade') ? headers.get('upgrade')?.toLowerCase() : undefined;
}

function connectionOptions(headers: Headers): string[] {
  return headers.all('connection').flatMap((list) => list.split(',').map((option) => option.trim().toLowerCase()));
}

/** Writes into the request what a proxy knows of its connection, and takes out what callers must not say. */
export function readForwardedHeaders(stream: Stream): void {
  const { request, settings, manager } = stream;
  const { headers } = request;
  const isGateway = manager.side === 'gateway';
  removeUntrusted(headers, isGateway);
  stream.peer = { ...stream.peer, remoteIp: remoteAddress(stream) };
  if (isGateway) {
    const known = headers.all('x-forwarded-for');
    headers.set('x-forwarded-for', [...known, stream.peer.ip].join());
  }
  const trustsProto = !isGateway || settings.trustedProxies > 0;
  if (!trustsProto || !headers.has('x-forwarded-proto')) headers.set('x-forwarded-proto', stream.isTls ? 'https' : 'http');
  if (settings.addsForwardedPort && (!trustsProto || !headers.has('x-forwarded-port'))) {
    headers.set('x-forwarded-port', String(stream.peer.destination.port));
  }
  const proto = headers.get('x-forwarded-proto')?.toLowerCase();
  request.scheme = proto === 'http' || proto === 'https' ? proto : stream.isTls ? 'https' : 'http';
  if (isGateway) headers.set('x-envoy-external-address', stream.peer.remoteIp);
  forwardClientCertificate(stream);
}

/** The caller's own address: where proxies are trusted with it what they wrote, else that of the connection. Sidecars always believe the last proxy. */
function remoteAddress({ request, manager, settings, peer }: Stream): string {
  const skipped = manager.side === 'gateway' ? settings.trustedProxies - 1 : 0;
  if (skipped < 0) return peer.ip;
  const written = request.headers.all('x-forwarded-for').join();
  const address =
    written
      .split(',')
      .at(-1 - skipped)
      ?.trim() ?? '';
  return isIp(address) ? address : peer.ip;
}

/** Takes out what callers must not say, and what speaks of their connection alone; what else belongs to the connection they may list themselves. */
function removeUntrusted(headers: Headers, isGateway: boolean): void {
  const isUpgrade = upgradeOf(headers) !== undefined;
  for (const name of connectionOptions(headers)) if (!isUpgrade || name !== 'upgrade') headers.delete(name);
  headers.deleteWhere((name) => {
    const isOfConnection = connectionHeaders.has(name) && !(isUpgrade && (name === 'connection' || name === 'upgrade'));
    return isOfConnection || internalHeaders.has(name) || (isGateway && edgeHeaders.has(name));
  });
  const te = headers.get('te');
  if (te !== undefined && te !== 'trailers') {
    if (te.split(',').some((value) => value.trim() === 'trailers')) headers.set('te', 'trailers');
    else headers.delete('te');
  }
}

const FORWARDED_CLIENT_CERT = 'x-forwarded-client-cert';

/** What servers learn of the client's certificate. Its hash and its text are not simulated, so dots stand for them. */
function forwardClientCertificate({ request: { headers }, settings, peer: { certificate }, chain }: Stream): void {
  const { forwardClientCert, clientCertDetails } = settings;
  if (forwardClientCert === 'ALWAYS_FORWARD_ONLY') return;
  if (forwardClientCert === 'SANITIZE' || certificate === undefined) {
    headers.delete(FORWARDED_CLIENT_CERT);
    return;
  }
  if (forwardClientCert === 'FORWARD_ONLY') return;
  const by = chain.tls?.certificate.uri;
  const element = [
    ...(by === undefined ? [] : [`By=${by}`]),
    'Hash=...',
    ...(clientCertDetails.cert ? ['Cert="..."'] : []),
    ...(clientCertDetails.subject ? [`Subject="${certificate.cn ? `CN=${certificate.cn}` : ''}"`] : []),
    ...(clientCertDetails.uri ? [`URI=${certificate.uri ?? ''}`] : []),
    ...(clientCertDetails.dns ? certificate.hosts.map((host) => `DNS=${host}`) : []),
  ].join(';');
  const known = forwardClientCert === 'APPEND_FORWARD' ? headers.all(FORWARDED_CLIENT_CERT) : [];
  headers.set(FORWARDED_CLIENT_CERT, [...known, element].join());
}

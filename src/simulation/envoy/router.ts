import type { Cluster } from './cluster';
import type { FormatContext } from './header-format';
import { applyMutations } from './header-mutations';
import { copyRequest, Headers, type HttpRequest, type HttpResponse } from './http';
import { localReply } from './local-reply';
import { redirectLocation, rewrittenPath } from './rewrites';
import type { DirectResponse, Forward, Redirect, Route } from './route';
import type { Stream } from './stream';
import { UpstreamRequest } from './upstream-request';

/** Does with a request what its route says. */
export function followRoute(stream: Stream, route: Route): HttpResponse {
  switch (route.action.kind) {
    case 'redirect':
      return redirect(stream, route, route.action);
    case 'directResponse':
      return respond(stream, route, route.action);
    case 'forward':
      return forward(stream, route, route.action);
  }
}

function redirect(stream: Stream, { match, source, responseHeaders }: Route, action: Redirect): HttpResponse {
  const location = redirectLocation(stream.request, action, match.path);
  stream.note('answer', `redirected to ${location}`, source);
  const headers = Headers.of({ location });
  return localReply(stream, { status: action.status, body: '', details: 'direct_response', headers, ...(responseHeaders && { mutations: responseHeaders }) });
}

const sameLocation: Redirect = { kind: 'redirect', status: 301 };

function respond(stream: Stream, { match, source, responseHeaders }: Route, { status, body = '' }: DirectResponse): HttpResponse {
  stream.note('answer', `answered ${status} by the proxy, as the route says`, source);
  // Such statuses come with a place to go, and here that is where the request went.
  const hasLocation = status === 201 || (status >= 300 && status < 400);
  const headers = hasLocation ? Headers.of({ location: redirectLocation(stream.request, sameLocation, match.path) }) : new Headers();
  return localReply(stream, { status, body, details: 'direct_response', headers, ...(responseHeaders && { mutations: responseHeaders }) });
}

function forward(stream: Stream, route: Route, action: Forward): HttpResponse {
  const { network, proxy, hop, weighted } = stream;
  const cluster = weighted && network.cluster(proxy, weighted.name);
  if (cluster === undefined) {
    stream.note('destination', `the cluster ${weighted?.name} does not exist: no such host, port or subset`, weighted?.source);
    hop.attempts = 0;
    return localReply(stream, { status: action.clusterNotFoundStatus, body: '', details: 'cluster_not_found', flag: 'NC' });
  }
  hop.attempts = 1;
  stream.sent = finalRequest(stream, route, action, cluster);
  return new UpstreamRequest(stream, stream.sent, action, cluster).answer();
}

/** The request as servers get it: changed first by the cluster that was drawn, then by the route, then its host and its path. */
function finalRequest(stream: Stream, route: Route, action: Forward, cluster: Cluster): HttpRequest {
  const { weighted, settings } = stream;
  const request = copyRequest(stream.request);
  const { headers } = request;
  const context: FormatContext = { stream, request, responseCode: 0 };
  if (settings.countsAttempts) headers.set('x-envoy-attempt-count', '1');
  if (weighted?.requestHeaders) applyMutations(headers, weighted.requestHeaders, context);
  if (weighted?.hostRewrite !== undefined) request.authority = weighted.hostRewrite;
  if (route.requestHeaders) {
    applyMutations(headers, route.requestHeaders, context);
    stream.note('headers', 'request headers are changed', route.source);
  }
  if (action.hostRewrite !== undefined) {
    if (action.appendsForwardedHost) headers.set('x-forwarded-host', [...headers.all('x-forwarded-host'), request.authority].join());
    if (settings.addsDebugHeaders) headers.set('x-envoy-original-host', request.authority);
    stream.note('rewrite', `host ${request.authority} becomes ${action.hostRewrite}`, route.source);
    request.authority = action.hostRewrite;
  }
  if (action.pathRewrite !== undefined) {
    const path = rewrittenPath(request.path, action.pathRewrite, route.match.path);
    if (settings.addsDebugHeaders) headers.set('x-envoy-original-path', request.path);
    stream.note('rewrite', `path ${request.path} becomes ${path}`, route.source);
    request.path = path;
  }
  if (request.body === '' && !cluster.http2 && !bodylessMethods.has(request.method) && !headers.has('content-length')) headers.set('content-length', '0');
  return request;
}

/** Requests of other methods say that they have no body. */
const bodylessMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'TRACE', 'CONNECT']);

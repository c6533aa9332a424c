import { entryOf } from '../../mesh/entry-of';
import type { Workload } from '../../mesh/workload';
import { patchedFilters } from '../istiod/envoy-filters';
import type { Journey } from '../journey';
import type { Connection, Reply } from '../network/connection';
import type { Network } from '../network/network';
import type { RunnerUp } from '../trace';
import { clusterTitle } from './cluster-title';
import { codecProblem } from './codec';
import type { FilterChain } from './configuration';
import { allowOrigin, answerPreflight } from './cors-filter';
import { injectFault } from './fault-filter';
import type { FilterContext, Peer, VerifiedToken } from './filter';
import { readForwardedHeaders, upgradeOf } from './forwarded-headers';
import { waitingTime } from './grpc-timeout';
import { copyRequest, Headers, type HttpResponse } from './http';
import { type LocalReply, localReply } from './local-reply';
import { normalizePath } from './path-normalization';
import type { Forward, Route, VirtualHost, WeightedCluster } from './route';
import { describeMatch, findRoute, missOf, RoutedRequest } from './route-match';
import { followRoute } from './router';
import { Stream } from './stream';

/** Lets a proxy handle a request: it reads its headers, finds its route, asks the filters, and does what the route says. */
export function handleHttp(network: Network, journey: Journey, proxy: Workload, chain: FilterChain, connection: Connection, peer: Peer): Reply {
  const { payload } = connection;
  if (payload.kind !== 'http') return { kind: 'failure', failure: 'protocol', reason: `${proxy.name} expects HTTP`, elapsed: 0 };
  const stream = new Stream(network, journey, proxy, chain, connection, copyRequest(payload.request), peer);
  const response = answer(stream);
  finishHeaders(stream, response.headers);
  stream.hop.status = response.status;
  return { kind: 'response', response, elapsed: stream.elapsed };
}

function answer(stream: Stream): HttpResponse {
  const { request, settings, manager } = stream;
  const problem = codecProblem(request);
  if (problem !== undefined) {
    stream.note('answer', 'the request is no proper HTTP');
    return localReply(stream, { status: 400, body: 'Bad Request', details: problem, flag: 'DPE' });
  }
  const path = normalizePath(request.path, settings.pathNormalization);
  if (path === undefined) {
    stream.note('route', `the path ${request.path} cannot be read`);
    return localReply(stream, { status: 400, body: '', details: 'path_normalization_failed' });
  }
  request.path = path;
  readForwardedHeaders(stream);
  const host = manager.virtualHost(request.authority);
  if (host?.requireTls && request.headers.get('x-forwarded-proto') !== 'https') return askFilters(stream, host, true) ?? redirectToTls(stream, host);
  stream.route = host && findRoute(host.routes, new RoutedRequest(request));
  const refused = refuseUpgrade(stream, host);
  if (refused !== undefined) return refused;
  // A caller that says itself which operation it is, is a proxy.
  const isNamed = request.headers.has(OPERATION);
  const waits = manager.side === 'inbound' ? waitingTime(request.headers) : undefined;
  const answered = askFilters(stream, host, stream.route !== undefined) ?? answerRequest(stream);
  const response = waits !== undefined && stream.hop.details === 'via_upstream' && stream.elapsed >= waits ? giveUpAfter(stream, waits) : answered;
  if (manager.side !== 'inbound') response.headers.delete(OPERATION);
  else if (!isNamed && manager.operation !== undefined) response.headers.set(OPERATION, manager.operation);
  return response;
}

/** The header by which the sidecar of a server says which operation a request was. Proxies that ask keep it to themselves. */
const OPERATION = 'x-envoy-decorator-operation';

function answerRequest(stream: Stream): HttpResponse {
  const response = noRoute(stream) ?? injectFault(stream) ?? answerPreflight(stream);
  if (response !== undefined) return response;
  const answered = followRoute(stream, stream.route as Route);
  allowOrigin(stream, answered.headers);
  return answered;
}

/** The sidecar of a server asks no longer than its caller waits, whatever protocol that speaks. */
function giveUpAfter(stream: Stream, waits: number): HttpResponse {
  stream.elapsed = waits;
  stream.note('timeout', `the caller waits ${waits} ms, as its header grpc-timeout says, and nobody has answered by then`);
  return localReply(stream, { status: 504, body: 'downstream duration timeout', details: 'max_duration_timeout', grpcStatus: DEADLINE_EXCEEDED });
}

const DEADLINE_EXCEEDED = 4;

/** No other protocol is let through than websockets. */
function refuseUpgrade(stream: Stream, host: VirtualHost | undefined): HttpResponse | undefined {
  const upgrade = upgradeOf(stream.request.headers);
  if (upgrade === undefined || upgrade === 'websocket') return undefined;
  if (host !== undefined) enterRoute(stream, host, undefined);
  stream.note('answer', `the connection cannot become one of ${upgrade}`);
  return localReply(stream, { status: 403, body: '', details: 'upgrade_failed' });
}

/** Asks the filters before the router. What a token says can lead to another route. */
function askFilters(stream: Stream, host: VirtualHost | undefined, hasRoute: boolean): HttpResponse | undefined {
  const { network, journey, proxy, peer, manager, connection } = stream;
  const context: FilterContext = { network, journey, proxy, peer, hasRoute: () => hasRoute };
  const patched = patchedFilters(network.mesh, proxy, manager.side, connection.destination.port);
  let refused: LocalReply | undefined;
  for (const filter of patched.length === 0 ? manager.filters : [...manager.filters, ...patched]) {
    const verdict = filter.apply(stream.request, context);
    stream.elapsed += verdict.elapsed ?? 0;
    if (verdict.kind === 'answer') {
      const { flags: flag, ...reply } = verdict;
      refused = { ...reply, ...(flag !== undefined && { flag }) };
      break;
    }
    if (verdict.responseHeaders !== undefined) stream.filterHeaders.push(verdict.responseHeaders);
  }
  const chosen = patched.length === 0 ? host : chooseAgain(stream);
  if (chosen !== undefined) enterRoute(stream, chosen, context.token);
  return refused && localReply(stream, refused);
}

/** A script may have changed what routes look at. */
function chooseAgain(stream: Stream): VirtualHost | undefined {
  const { manager, request } = stream;
  const host = manager.virtualHost(request.authority);
  stream.route = host && findRoute(host.routes, new RoutedRequest(request));
  return host;
}

/** Settles the route and draws one of its clusters. */
function enterRoute(stream: Stream, host: VirtualHost, token: VerifiedToken | undefined): void {
  const { network, journey, proxy, hop } = stream;
  const routed = new RoutedRequest(stream.request, token);
  if (token !== undefined) stream.route = findRoute(host.routes, routed);
  const { route } = stream;
  if (host.requireTls) return;
  if (host.text !== undefined) stream.note('host', host.text, host.source, host.runnersUp);
  noteRoute(stream, host, routed);
  if (route?.name) hop.route = route.name;
  if (route?.action.kind !== 'forward') return;
  const { clusters } = route.action;
  const [only, ...others] = clusters;
  stream.weighted = others.length === 0 ? only : journey.chance.pick(clusters.map((value) => ({ value, weight: value.weight })));
  noteCluster(stream, clusters);
  notePatience(stream, route.action);
  if (stream.weighted !== undefined && network.cluster(proxy, stream.weighted.name) !== undefined) hop.cluster = stream.weighted.name;
}

/** What is said of a route that takes a request. */
const texts = new WeakMap<Route, string>();

/** The server's side has but one route and one cluster, of which there is nothing to tell. */
function noteRoute(stream: Stream, { name, routes }: VirtualHost, request: RoutedRequest): void {
  const { route } = stream;
  if (stream.manager.side === 'inbound') return;
  const passed = route === undefined ? routes : routes.slice(0, routes.indexOf(route));
  const text =
    route === undefined
      ? `none of the ${routes.length} routes of ${name} takes the request`
      : entryOf(texts, route, () => (route.source === undefined ? titleOf(route) : `${titleOf(route)}: ${describeMatch(route.match)}`));
  stream.note('route', text, route?.source, () =>
    passed.map((each): RunnerUp => ({ what: titleOf(each), missedBy: missOf(each.match, request) ?? '', ...(each.source && { source: each.source }) })),
  );
}

function noteCluster(stream: Stream, clusters: readonly WeightedCluster[]): void {
  const { weighted } = stream;
  if (weighted === undefined || stream.manager.side === 'inbound') return;
  const others = clusters.filter((each) => each !== weighted);
  const total = clusters.reduce((sum, { weight }) => sum + weight, 0);
  const share = others.length === 0 ? '' : `, ${weighted.weight} of ${total}`;
  stream.note('destination', `${clusterTitle(weighted.name)}${share}`, weighted.source, () =>
    others.map(({ name, weight, source }): RunnerUp => ({ what: clusterTitle(name), missedBy: `the draw, ${weight} of ${total}`, ...(source && { source }) })),
  );
}

/** How long the proxy waits, and how often it asks again. */
function notePatience(stream: Stream, action: Forward): void {
  if (stream.manager.side === 'inbound') return;
  const text = entryOf(patience, action, () => {
    const { timeout, retry } = action;
    const retries =
      retry === undefined
        ? 'no retries'
        : `up to ${retry.attempts} ${retry.attempts === 1 ? 'retry' : 'retries'} on ${[...retry.on, ...retry.statusCodes].join(', ')}`;
    return `${timeout === 0 ? 'none' : `${timeout} ms`}; ${retries}`;
  });
  stream.note('timeout', text, action.retry?.source);
}

const patience = new WeakMap<Forward, string>();

function titleOf({ name, source }: Route): string {
  const place = source?.path.replace(/^spec\./, '');
  if (source === undefined) return name === 'default' ? 'straight to the service' : name;
  const { namespace = 'default', name: object } = (source.manifest.object.metadata ?? {}) as { readonly namespace?: string; readonly name?: string };
  return `${source.manifest.object.kind} ${namespace}/${object} ${name ? `${name} (${place})` : place}`;
}

function noRoute(stream: Stream): HttpResponse | undefined {
  if (stream.route !== undefined) return undefined;
  return localReply(stream, { status: 404, body: '', details: 'route_not_found', flag: 'NR' });
}

function redirectToTls(stream: Stream, { source }: VirtualHost): HttpResponse {
  const { authority, path } = stream.request;
  const location = `https://${authority}${path}`;
  stream.note('answer', `redirected to ${location}`, source);
  return localReply(stream, { status: 301, body: '', details: 'direct_response', headers: Headers.of({ location }) });
}

/** What every answer gets, whoever wrote it. */
function finishHeaders({ settings, filterHeaders }: Stream, headers: Headers): void {
  for (const added of filterHeaders) for (const [name, value] of added) headers.add(name, value);
  headers.delete('connection');
  headers.delete('transfer-encoding');
  if (settings.serverName !== undefined) headers.set('server', settings.serverName);
}

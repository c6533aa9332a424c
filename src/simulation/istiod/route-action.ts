import { milliseconds } from '../../manifest/duration';
import type { Source } from '../../mesh/config-object';
import type { MeshModel } from '../../mesh/model';
import type { ResolvedHttpRoute } from '../../mesh/resolved-virtual-service';
import type { Service } from '../../mesh/service';
import type { DestinationSpec, HttpDestinationSpec, HttpRouteSpec } from '../../mesh/specs/virtual-service';
import type { Workload } from '../../mesh/workload';
import type { DirectResponse, Forward, Mirror, Redirect, Route, WeightedCluster } from '../envoy/route';
import { destinationHash, hashPolicies } from './consistent-hash';
import { destinationCluster } from './destination-cluster';
import { bothMutations, headerOperations } from './header-operations';
import { proxySettings } from './proxy-settings';
import { retryPolicy } from './retry-policy';
import { percentageOf } from './route-filters';
import { fieldOf } from './source-fields';

/** Where a route is for. */
export interface ActionContext {
  readonly port: number;
  /** Whether the server has TLS settings of any kind. */
  readonly isTls: boolean;
  service(hostname: string): Service | undefined;
}

/** What becomes of the requests that a route takes, and how their headers change. */
export function routeAction(
  mesh: MeshModel,
  proxy: Workload,
  { spec, source }: ResolvedHttpRoute,
  context: ActionContext,
): Pick<Route, 'action' | 'requestHeaders' | 'responseHeaders'> {
  const headers = headerOperations(spec.headers);
  let action: Route['action'];
  let requestHeaders = headers.request;
  let responseHeaders = headers.response;
  if (spec.redirect) {
    action = redirect(spec.redirect, context);
  } else if (spec.directResponse) {
    action = directResponse(spec.directResponse);
  } else {
    const [only, ...others] = spec.route ?? [];
    const destination = only !== undefined && others.length === 0 ? headerOperations(only.headers) : undefined;
    requestHeaders = bothMutations(requestHeaders, destination?.request);
    responseHeaders = bothMutations(responseHeaders, destination?.response);
    action = forward(mesh, proxy, spec, source, context, spec.rewrite?.authority || headers.authority || destination?.authority);
  }
  return { action, ...(requestHeaders && { requestHeaders }), ...(responseHeaders && { responseHeaders }) };
}

function forward(mesh: MeshModel, proxy: Workload, spec: HttpRouteSpec, source: Source, context: ActionContext, hostRewrite: string | undefined): Forward {
  const { route = [], rewrite } = spec;
  const isSingle = route.length === 1;
  const taken = route.map((destination, index) => ({ destination, index })).filter(({ destination: { weight } }) => isSingle || (weight ?? 0) > 0);
  const hashes = taken.map(({ destination: { destination } }) => destinationHash(mesh, proxy, destination, context.service(destination.host)));
  const retry = retryPolicy(mesh, spec.retries && { spec: spec.retries, source: fieldOf(source, 'retries') }, isSingle && hashes[0] !== undefined);
  return {
    kind: 'forward',
    clusters: taken.map(({ destination, index }) => weightedCluster(destination, isSingle, fieldOf(source, `route[${index}]`), context)),
    ...pathRewrite(rewrite),
    ...(hostRewrite && { hostRewrite }),
    ...(rewrite && proxySettings(mesh).outbound.addsForwardedHost && { appendsForwardedHost: true }),
    timeout: spec.timeout === undefined ? 0 : milliseconds(spec.timeout),
    ...(retry && { retry }),
    mirrors: mirrorsOf(spec, source, context),
    hash: hashes.flatMap(hashPolicies),
    clusterNotFoundStatus: 503,
  };
}

/** The headers of a single destination are changed along with those of the route. */
function weightedCluster({ destination, weight, headers }: HttpDestinationSpec, isSingle: boolean, source: Source, context: ActionContext): WeightedCluster {
  const name = clusterOf(destination, context);
  if (isSingle) return { name, weight: 1, source };
  const { request, response, authority } = headerOperations(headers);
  return {
    name,
    weight: weight ?? 0,
    ...(request && { requestHeaders: request }),
    ...(response && { responseHeaders: response }),
    ...(authority && { hostRewrite: authority }),
    source,
  };
}

function clusterOf(destination: DestinationSpec, { service, port }: ActionContext): string {
  return destinationCluster(destination, service(destination.host), port);
}

function pathRewrite({ uri, uriRegexRewrite }: NonNullable<HttpRouteSpec['rewrite']> = {}): Pick<Forward, 'pathRewrite'> {
  if (uriRegexRewrite) return { pathRewrite: { kind: 'regex', pattern: uriRegexRewrite.match ?? '', substitution: uriRegexRewrite.rewrite ?? '' } };
  return uri ? { pathRewrite: { kind: 'prefix', value: uri } } : {};
}

/** Copies go out unless somebody says how many and says none. */
function mirrorsOf({ mirror, mirrorPercentage, mirrorPercent, mirrors }: HttpRouteSpec, source: Source, context: ActionContext): readonly Mirror[] {
  const single = mirror && {
    cluster: clusterOf(mirror, context),
    percentage: mirrorPercentage ? percentageOf(mirrorPercentage) : (mirrorPercent ?? 100),
    source: fieldOf(source, 'mirror'),
  };
  const listed = (mirrors ?? []).map(({ destination, percentage }, index) => ({
    cluster: clusterOf(destination, context),
    percentage: percentage ? percentageOf(percentage) : 100,
    source: fieldOf(source, `mirrors[${index}]`),
  }));
  return [...(single ? [single] : []), ...listed].filter(({ percentage }) => percentage > 0);
}

function redirect(spec: NonNullable<HttpRouteSpec['redirect']>, { port: listenerPort, isTls }: ActionContext): Redirect {
  const { uri, prefixRewrite, authority, scheme, port, derivePort, redirectCode } = spec;
  const number = port ?? (derivePort === 'FROM_REQUEST_PORT' ? listenerPort : 0);
  const isDefault = number === ((scheme || (isTls ? 'https' : 'http')) === 'https' ? 443 : 80);
  return {
    kind: 'redirect',
    ...(prefixRewrite ? { prefixRewrite } : uri && { path: uri }),
    ...(authority && { authority }),
    ...(scheme && { scheme }),
    ...(number && !isDefault && { port: number }),
    status: redirectCode || 301,
  };
}

function directResponse({ status, body }: NonNullable<HttpRouteSpec['directResponse']>): DirectResponse {
  const text = body?.string ?? (body?.bytes === undefined ? undefined : decode(body.bytes));
  return { kind: 'directResponse', status, ...(text !== undefined && { body: text }) };
}

function decode(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0)));
}

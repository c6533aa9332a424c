import { labelsMatch } from '../../manifest/labels';
import { podLabels } from '../../mesh/endpoint-sources';
import { entryOf } from '../../mesh/entry-of';
import { withPorts } from '../../mesh/merge-services';
import type { ResolvedHttpMatch, ResolvedHttpRoute, ResolvedVirtualService } from '../../mesh/resolved-virtual-service';
import type { Service } from '../../mesh/service';
import { sidecarScopeOf } from '../../mesh/sidecar-scopes';
import type { HttpMatchSpec } from '../../mesh/specs/virtual-service';
import { isVisible, serviceFor, serviceOf } from '../../mesh/visibility';
import type { Workload } from '../../mesh/workload';
import type { Route } from '../envoy/route';
import type { Network } from '../network/network';
import { destinationHash, hashPolicies, serviceHash } from './consistent-hash';
import { destinationCluster, outboundCluster } from './destination-cluster';
import { retryPolicy } from './retry-policy';
import { type ActionContext, routeAction } from './route-action';
import { corsPolicy, faultOf } from './route-filters';
import { ANY_PATH, routeMatch } from './route-match';

/** For whom the http section of a VirtualService is read. */
export interface HttpRouteReader {
  /** `mesh`, or the Gateway that has the server, as `namespace/name`. */
  readonly gatewayNames: readonly string[];
  /** Of the listener; for a gateway the number that its server declares. */
  readonly port: number;
  readonly isGateway: boolean;
  /** Whether the server has TLS settings of any kind; redirects without a scheme ask. @default - false */
  readonly isTls?: boolean;
  /**
   * The service that a hostname means to the proxy.
   * @default - for sidecars the one in its scope, where it has the port; for gateways that of the VirtualService's namespace, else the one that the gateway sees
   */
  service?(hostname: string): Service | undefined;
}

/**
 * The routes that a VirtualService brings to one proxy and port: one for each match that is left once port, gateway and caller have been looked at. What takes
 * every request is the last, whatever follows it. A list without routes means that the VirtualService says nothing here.
 */
export function routesOfVirtualService(network: Network, proxy: Workload, virtualService: ResolvedVirtualService, reader: HttpRouteReader): readonly Route[] {
  const { byProxy, byContent } = entryOf(known, virtualService, () => ({
    byProxy: new Map<Workload, Read[]>(),
    byContent: new Map<string, readonly Route[]>(),
  }));
  const read = entryOf(byProxy, proxy, () => []);
  const { gatewayNames, port, isTls = false } = reader;
  for (const each of read) if (each.port === port && each.isTls === isTls && each.gateway === gatewayNames[0] && gatewayNames.length === 1) return each.routes;
  const service = memoised((hostname) => (reader.service ? reader.service(hostname) : knownService(network, proxy, virtualService, reader, hostname)));
  const left = matchesFor(virtualService, proxy, reader);
  // Most proxies read the same, and share what they read.
  const content = contentOf(network, proxy, left, { port, isTls, service });
  const routes = entryOf(byContent, content, () => translated(network, proxy, left, { port, isTls, service }));
  if (gatewayNames.length === 1) read.push({ port, isTls, gateway: gatewayNames[0] as string, routes });
  return routes;
}

/** What one proxy has read of a VirtualService. */
interface Read {
  readonly port: number;
  readonly isTls: boolean;
  readonly gateway: string;
  readonly routes: readonly Route[];
}

const known = new WeakMap<ResolvedVirtualService, { readonly byProxy: Map<Workload, Read[]>; readonly byContent: Map<string, readonly Route[]> }>();

function memoised<T>(find: (key: string) => T): (key: string) => T {
  const found = new Map<string, { readonly value: T }>();
  return (key) => entryOf(found, key, () => ({ value: find(key) })).value;
}

/** A route, with one of its matches where it has any. */
interface Left {
  readonly index: number;
  readonly http: ResolvedHttpRoute;
  readonly position: number;
  readonly match?: ResolvedHttpMatch;
}

function matchesFor({ http: routes }: ResolvedVirtualService, proxy: Workload, reader: HttpRouteReader): readonly Left[] {
  return routes.flatMap((http, index): Left[] => {
    if (http.matches.length === 0) return [{ index, http, position: -1 }];
    return http.matches.flatMap((match, position) => (isFor(match.spec, proxy, reader) ? [{ index, http, position, match }] : []));
  });
}

/** A text that is the same for everybody who reads the same routes. */
function contentOf({ mesh }: Network, proxy: Workload, left: readonly Left[], { port, isTls, service }: ActionContext): string {
  const destinations = new Set<string>();
  for (const http of new Set(left.map((each) => each.http))) {
    const { route = [], mirror, mirrors = [] } = http.spec;
    for (const { destination } of [...route, ...mirrors, ...(mirror ? [{ destination: mirror }] : [])]) {
      const to = service(destination.host);
      destinations.add(`${destinationCluster(destination, to, port)} ${JSON.stringify(destinationHash(mesh, proxy, destination, to)) ?? ''}`);
    }
  }
  return [port, isTls, ...left.map(({ index, position }) => `${index}.${position}`), ...destinations].join(' ');
}

function translated(network: Network, proxy: Workload, left: readonly Left[], context: ActionContext): readonly Route[] {
  const routes: Route[] = [];
  for (const { http, match } of left) {
    const route = translate(network, proxy, http, match, context);
    routes.push(route);
    if (match === undefined || isCatchAll(route)) break;
  }
  return routes;
}

/** The route of a service that no VirtualService directs. */
export function defaultRoute({ mesh }: Network, proxy: Workload, service: Service, port: number): Route {
  const hash = serviceHash(mesh, proxy, service, port);
  // Unlike that of a VirtualService's route, this retry policy never minds the hash.
  const retry = retryPolicy(mesh, undefined, false);
  return {
    name: 'default',
    match: ANY_PATH,
    action: {
      kind: 'forward',
      clusters: [{ name: outboundCluster(port, service.hostname), weight: 1 }],
      timeout: 0,
      ...(retry && { retry }),
      mirrors: [],
      hash: hashPolicies(hash),
      clusterNotFoundStatus: 503,
    },
  };
}

/** Whether a route takes every request, so that nothing behind it is ever reached. */
export function isCatchAll({ match: { path, headers, query, claims } }: Route): boolean {
  const takesAnyPath = (path.kind === 'prefix' && path.value === '/') || (path.kind === 'regex' && path.value === '.*');
  return takesAnyPath && headers.length === 0 && query.length === 0 && claims.length === 0;
}

/** A match that names gateways asks for nothing else about the caller. */
function isFor({ port, gateways, sourceLabels, sourceNamespace }: HttpMatchSpec, proxy: Workload, reader: HttpRouteReader): boolean {
  if (port && port !== reader.port) return false;
  if (gateways?.length) return gateways.some((name) => reader.gatewayNames.includes(name));
  return labelsMatch(sourceLabels ?? {}, podLabels(proxy)) && (!sourceNamespace || sourceNamespace === proxy.namespace);
}

function translate({ mesh }: Network, proxy: Workload, http: ResolvedHttpRoute, match: ResolvedHttpMatch | undefined, context: ActionContext): Route {
  const { spec } = http;
  const { action, requestHeaders, responseHeaders } = routeAction(mesh, proxy, http, context);
  const fault = spec.fault && faultOf(spec.fault, http.source);
  return {
    name: (spec.name ?? '') + (match?.spec.name ? `.${match.spec.name}` : ''),
    match: routeMatch(match?.spec),
    action,
    ...(requestHeaders && { requestHeaders }),
    ...(responseHeaders && { responseHeaders }),
    ...(fault && { fault }),
    ...(spec.corsPolicy && { cors: corsPolicy(spec.corsPolicy, http.source) }),
    source: match?.source ?? http.source,
  };
}

/** Sidecars look among the services of their port alone, and those seem to have no other port. */
function knownService(
  { mesh }: Network,
  proxy: Workload,
  { object }: ResolvedVirtualService,
  { port, isGateway }: HttpRouteReader,
  hostname: string,
): Service | undefined {
  if (isGateway) {
    const own = serviceOf(mesh, hostname, object.namespace);
    return own !== undefined && isVisible(own, proxy.namespace) ? own : serviceFor(mesh, hostname, proxy.namespace);
  }
  const service = sidecarScopeOf(mesh, proxy).service(hostname);
  return service && withPorts(service, new Set([port]));
}

import { labelsMatch } from '../../manifest/labels';
import { podLabels } from '../../mesh/endpoint-sources';
import { withPorts } from '../../mesh/merge-services';
import type { ResolvedHttpMatch, ResolvedHttpRoute, ResolvedVirtualService } from '../../mesh/resolved-virtual-service';
import type { Service } from '../../mesh/service';
import { sidecarScopeOf } from '../../mesh/sidecar-scopes';
import type { HttpMatchSpec } from '../../mesh/specs/virtual-service';
import { isVisible, serviceFor, serviceOf } from '../../mesh/visibility';
import type { Workload } from '../../mesh/workload';
import type { Route } from '../envoy/configuration';
import type { Network } from '../network/network';
import { hashPolicies, serviceHash } from './consistent-hash';
import { outboundCluster } from './destination-cluster';
import { retryPolicy } from './retry-policy';
import { routeAction } from './route-action';
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
  const routes: Route[] = [];
  for (const http of virtualService.http) {
    if (http.matches.length === 0) {
      routes.push(translate(network, proxy, virtualService, reader, http));
      return routes;
    }
    for (const match of http.matches) {
      if (!isFor(match.spec, proxy, reader)) continue;
      const route = translate(network, proxy, virtualService, reader, http, match);
      routes.push(route);
      if (isCatchAll(route)) return routes;
    }
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

function translate(
  network: Network,
  proxy: Workload,
  virtualService: ResolvedVirtualService,
  reader: HttpRouteReader,
  http: ResolvedHttpRoute,
  match?: ResolvedHttpMatch,
): Route {
  const { spec } = http;
  const service = (hostname: string) => (reader.service ? reader.service(hostname) : knownService(network, proxy, virtualService, reader, hostname));
  const { action, requestHeaders, responseHeaders } = routeAction(network.mesh, proxy, http, { ...reader, isTls: reader.isTls ?? false, service });
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

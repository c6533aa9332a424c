import { labelsMatch } from '../../manifest/labels';
import { type Source, sourceOf } from '../../mesh/config-object';
import { podLabels } from '../../mesh/endpoint-sources';
import type { ResolvedVirtualService } from '../../mesh/resolved-virtual-service';
import type { Service } from '../../mesh/service';
import type { ConnectionMatchSpec, WeightedDestinationSpec } from '../../mesh/specs/virtual-service';
import type { Workload } from '../../mesh/workload';
import type { WeightedCluster } from '../envoy/route';
import { destinationCluster } from './destination-cluster';

/** For whom the tls and tcp sections of a VirtualService are read. */
export interface RouteReader {
  /** `mesh`, or the Gateway that has the server, as `namespace/name`. */
  readonly gateway: string;
  /** Of the listener; for a gateway the number that its server declares. */
  readonly port: number;
  /** The caller whose sidecar reads; absent on gateways, which do not ask where a connection comes from. */
  readonly caller?: Workload;
  /** The service that a hostname means to the proxy. */
  service(hostname: string): Service | undefined;
}

/** A way for connections that is left once port, gateway and caller have been looked at. */
export interface ConnectionRoute {
  /** The server names of TLS, `*.example.com` among them; empty for TCP. */
  readonly sniHosts: readonly string[];
  /** The destinations; empty where they do not matter. */
  readonly subnets: readonly string[];
  readonly clusters: readonly WeightedCluster[];
  /** The match entry, or the route where it has none. */
  readonly source: Source;
}

/** The routes of the tls section: one for each match that is left, in order. */
export function tlsRoutes(virtualService: ResolvedVirtualService, reader: RouteReader): readonly ConnectionRoute[] {
  return virtualService.tls.flatMap(({ match = [], route = [] }, index) => {
    if (route.length === 0) return [];
    const path = `spec.tls[${index}]`;
    return match.flatMap((each, position) =>
      isFor(each, reader)
        ? [
            {
              sniHosts: each.sniHosts ?? [],
              subnets: each.destinationSubnets ?? [],
              clusters: clustersOf(virtualService, route, path, reader),
              source: sourceOf(virtualService.object, `${path}.match[${position}]`),
            },
          ]
        : [],
    );
  });
}

/**
 * The routes of the tcp section, in order; the one that takes every destination is the last, whatever follows it. A route whose matches all name destinations takes
 * those of all its matches that are left.
 */
export function tcpRoutes(virtualService: ResolvedVirtualService, reader: RouteReader): readonly ConnectionRoute[] {
  const routes: ConnectionRoute[] = [];
  for (const [index, { match = [], route = [] }] of virtualService.tcp.entries()) {
    if (route.length === 0) continue;
    const path = `spec.tcp[${index}]`;
    const left = [...match.entries()].filter(([, each]) => isFor(each, reader));
    if (match.length > 0 && left.length === 0) continue;
    const everywhere = left.find(([, { destinationSubnets }]) => !destinationSubnets?.length);
    const [position] = everywhere ?? left[0] ?? [];
    const takesAll = match.length === 0 || everywhere !== undefined;
    routes.push({
      sniHosts: [],
      subnets: takesAll ? [] : left.flatMap(([, { destinationSubnets = [] }]) => destinationSubnets),
      clusters: clustersOf(virtualService, route, path, reader),
      source: sourceOf(virtualService.object, position === undefined ? path : `${path}.match[${position}]`),
    });
    if (takesAll) break;
  }
  return routes;
}

/** Whether the answer of `tlsRoutes` and `tcpRoutes` for sidecars depends on more than the namespace of the caller. */
export function asksForLabels({ tls, tcp }: ResolvedVirtualService): boolean {
  return [...tls, ...tcp].some(({ match = [] }) => match.some(({ sourceLabels }) => sourceLabels !== undefined));
}

function isFor({ gateways, port, sourceLabels, sourceNamespace }: ConnectionMatchSpec, reader: RouteReader): boolean {
  return (
    (!gateways?.length || gateways.includes(reader.gateway)) &&
    (!port || port === reader.port) &&
    (reader.caller === undefined ||
      (labelsMatch(sourceLabels ?? {}, podLabels(reader.caller)) && (!sourceNamespace || sourceNamespace === reader.caller.namespace)))
  );
}

/** A single destination takes everything, whatever its weight. */
function clustersOf(
  { object }: ResolvedVirtualService,
  route: readonly WeightedDestinationSpec[],
  path: string,
  reader: RouteReader,
): readonly WeightedCluster[] {
  return route
    .map(({ destination, weight = 0 }, index) => ({
      name: destinationCluster(destination, reader.service(destination.host), reader.port),
      weight: route.length === 1 ? 1 : weight,
      source: sourceOf(object, `${path}.route[${index}]`),
    }))
    .filter(({ weight }) => weight > 0);
}

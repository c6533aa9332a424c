import type { Service } from '../../mesh/service';
import type { DestinationSpec } from '../../mesh/specs/virtual-service';

/**
 * The name of the cluster that a destination means.
 *
 * @param service the service of its host, where the proxy knows one; an alias stands for another host, and a single port need not be named
 * @param port of the listener, for destinations that say nothing about theirs
 */
export function destinationCluster(destination: DestinationSpec, service: Service | undefined, port: number): string {
  const [only, ...others] = service?.ports ?? [];
  const number = destination.port?.number || (others.length === 0 ? only?.number : undefined) || port;
  return outboundCluster(number, service?.externalName ?? destination.host, destination.subset);
}

/** The name of a cluster for the endpoints of a service, or of one subset of them. */
export function outboundCluster(port: number, host: string, subset = ''): string {
  return `outbound|${port}|${subset}|${host}`;
}

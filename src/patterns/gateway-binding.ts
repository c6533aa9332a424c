import type { IConstruct } from 'constructs';
import type { Server } from '../../imports/networking.istio.io';
import type { ObjectReference } from '../../imports/schema';
import { specOf } from '../constructs/spec-of';
import { hostsOverlap } from '../manifest/host';

/** A Gateway: the construct, an `ApiObject` of one, or its name, as `namespace/name` when it is in another namespace. */
export type GatewayReference = string | ObjectReference<'Gateway'>;

/** How messages name a gateway. */
export function gatewayName(gateway: GatewayReference): string {
  return `Gateway ${typeof gateway === 'string' ? gateway : gateway.name}`;
}

/** Which of the hosts a gateway does not let in for routes of a namespace, in words; empty for a gateway that is only known by its name. */
export function bindingProblems(
  gateway: GatewayReference,
  hosts: readonly string[],
  routes: IConstruct & { readonly metadata: { readonly namespace?: string } },
): string[] {
  if (typeof gateway === 'string') return [];
  const { servers } = specOf(gateway);
  if (!Array.isArray(servers)) return [];
  const served = (servers as readonly Server[]).flatMap((server) => server.hosts);
  const problems = hosts.filter((host) => !served.some((each) => lets(each, host, gateway.metadata.namespace, routes.metadata.namespace)));
  return problems.map((host) => `${gatewayName(gateway)} does not serve the host ${host} to this namespace, so it answers 404; it serves ${served.join(', ')}`);
}

/** Whether a host of a server, which may state the namespace that it is for, lets in a host of routes. */
function lets(serverHost: string, host: string, gatewayNamespace: string | undefined, routesNamespace: string | undefined): boolean {
  const slash = serverHost.indexOf('/');
  const from = slash < 0 ? '*' : serverHost.slice(0, slash);
  const fits = from === '*' || (from === '.' ? gatewayNamespace : from) === routesNamespace || routesNamespace === undefined;
  return fits && hostsOverlap(serverHost.slice(slash + 1), host);
}

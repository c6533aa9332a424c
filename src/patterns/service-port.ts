import type { IConstruct } from 'constructs';
import { authorLocation, writtenAt } from '../constructs/call-site';
import { toJsonOf } from '../constructs/spec-of';
import type { ServiceHost } from './service-host';

/** A port of a Service, as its manifest has it. */
export interface Port {
  readonly port: number;
  readonly name?: string;
  readonly targetPort?: number | string;
  readonly appProtocol?: string;
  readonly protocol?: string;
}

/** How Istio spells the protocols, at the head of a port's name or in appProtocol, that it does not look into. */
const opaque = /^(?:tcp|udp|tls|https|mongo|mysql|redis)(?:-|$)/i;

const protocolOf = ({ appProtocol, name = '' }: Port): string => appProtocol ?? name;

/** Whether Istio does not look into what comes to a port. */
export const isOpaque = (port: Port): boolean => port.protocol === 'UDP' || opaque.test(protocolOf(port));

/**
 * What is wrong with sending HTTP to a port of a service, as far as the object of the service says; empty for hosts that are text.
 * @param needed whether a port must be named when the service has several: a gateway listens on a port of its own and cannot take over that of the caller
 */
export function portProblems(service: ServiceHost, port: number | undefined, needed: boolean): string[] {
  const ports = portsOf(service);
  if (ports.length === 0) return [];
  const name = (service as { name: string }).name;
  const listed = ports.map((each) => each.port).join(', ');
  const chosen = port === undefined ? (ports.length === 1 ? ports[0] : undefined) : ports.find((each) => each.port === port);
  if (!chosen) {
    if (port === undefined) return needed ? [`Service ${name} has the ports ${listed}: say by "port" which one is meant`] : [];
    const target = ports.find(({ targetPort }) => targetPort === port);
    return [`Service ${name} has no port ${port}; ${target ? `${port} is the container's port, that of the Service is ${target.port}` : `it has ${listed}`}`];
  }
  return isOpaque(chosen)
    ? [
        `port ${chosen.port} of Service ${name} is "${protocolOf(chosen)}", so Istio does not read HTTP on it and uses none of these routes; name it http, http2 or grpc`,
      ]
    : [];
}

/** The ports that a Service states; none for what is no Service. */
export function portsOf(service: ServiceHost): readonly Port[] {
  if (typeof service === 'string' || service.kind !== 'Service') return [];
  const { spec } = (toJsonOf(service) ?? {}) as { spec?: { ports?: readonly Port[] } };
  return spec?.ports ?? [];
}

/** Lets the synth refuse routes of HTTP for a Service whose only port does not speak it: Istio ignores them there. */
export function requireHttp(routes: IConstruct, service: ServiceHost): void {
  routes.node.addValidation({ validate: () => portProblems(service, undefined, false).map((problem) => problem + writtenAt(authorLocation(routes))) });
}

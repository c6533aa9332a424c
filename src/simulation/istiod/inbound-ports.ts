import { type Protocol, parseProtocol } from '../../manifest/port';
import { type Source, sourceOf } from '../../mesh/config-object';
import { entryOf } from '../../mesh/entry-of';
import { hasFeature } from '../../mesh/features';
import { type MeshModel, perMesh } from '../../mesh/model';
import { serviceTargets } from '../../mesh/service-targets';
import { sidecarScopeOf } from '../../mesh/sidecar-scopes';
import type { ServerTlsSpec } from '../../mesh/specs/gateway';
import type { Workload } from '../../mesh/workload';

/** A port of a workload that its sidecar serves as declared: by a Service, or by a Sidecar's `ingress`. */
export interface InboundPort {
  /** The port of the workload. */
  readonly target: number;
  /** The port of the Service, which only names things. */
  readonly port: number;
  /** The host of the Service, or the Sidecar; it only names things too. */
  readonly host: string;
  readonly protocol: Protocol | undefined;
  readonly bind: string;
  /** TLS that a Sidecar asks for, which takes effect where mutual TLS is switched off. */
  readonly tls?: ServerTlsSpec;
  readonly source?: Source;
}

const WILDCARD = '0.0.0.0';

/** The declared ports of a workload. Where two Services declare one port, the older one decides about its protocol. */
export function inboundPorts(mesh: MeshModel, workload: Workload): ReadonlyMap<number, InboundPort> {
  return entryOf(known(mesh), workload, () => declaredPorts(mesh, workload));
}

const known = perMesh(() => new Map<Workload, ReadonlyMap<number, InboundPort>>());

function declaredPorts(mesh: MeshModel, workload: Workload): ReadonlyMap<number, InboundPort> {
  const ports = new Map<number, InboundPort>();
  const add = (port: InboundPort) => {
    if (!ports.has(port.target)) ports.set(port.target, port);
  };
  const { sidecar } = sidecarScopeOf(mesh, workload);
  const ingress = sidecar?.spec.ingress ?? [];
  const listeners = ingress.map((listener, index): InboundPort => {
    const protocol = parseProtocol(listener.port.protocol ?? '');
    const tls = hasFeature(mesh, 'ENABLE_TLS_ON_SIDECAR_INGRESS', false) ? listener.tls : undefined;
    return {
      target: listener.port.number,
      port: listener.port.number,
      host: `${sidecar?.name}.${sidecar?.namespace}`,
      protocol: tls === undefined ? protocol : afterTls(protocol),
      bind: listener.bind || WILDCARD,
      ...(tls === undefined ? {} : { tls }),
      ...(sidecar === undefined ? {} : { source: sourceOf(sidecar, `spec.ingress[${index}]`) }),
    };
  });
  // A listener with capture mode NONE is bound beside the one that takes what is redirected, and callers of other pods never come to it.
  const captured = listeners.filter((_, index) => ingress[index]?.captureMode !== 'NONE');
  if (ingress.length === 0 || hasFeature(mesh, 'PILOT_ALLOW_SIDECAR_SERVICE_INBOUND_LISTENER_MERGE', false)) {
    const replaced = new Set(listeners.map(({ target }) => target));
    for (const port of servicePorts(mesh, workload)) if (!replaced.has(port.target)) add(port);
  }
  for (const port of captured) add(port);
  return ports;
}

/** Ports named by a Sidecar's `ingress`, or else by Services: the others are taken as they come. */
export function isDeclared(mesh: MeshModel, workload: Workload, port: number): boolean {
  const ingress = sidecarScopeOf(mesh, workload).sidecar?.spec.ingress ?? [];
  return ingress.length > 0 ? ingress.some((listener) => listener.port.number === port) : servicePorts(mesh, workload).some(({ target }) => target === port);
}

/** The protocol once TLS has ended. */
export function afterTls(protocol: Protocol | undefined): Protocol | undefined {
  return protocol === 'HTTPS' ? 'HTTP' : protocol === 'TLS' ? 'TCP' : protocol;
}

function servicePorts(mesh: MeshModel, workload: Workload): readonly InboundPort[] {
  return serviceTargets(mesh, workload).map(({ service: { manifest, hostname }, port: { number, protocol }, targetPort }) => ({
    target: targetPort,
    port: number,
    host: hostname,
    protocol,
    bind: WILDCARD,
    ...(manifest === undefined ? {} : { source: { manifest, path: 'spec.ports' } }),
  }));
}

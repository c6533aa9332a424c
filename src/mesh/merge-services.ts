import type { Labels } from '../manifest/labels';
import { entryOf } from './entry-of';
import type { MeshPort, Service } from './service';

/**
 * The one service that several declarations of a hostname become in the eyes of one proxy. The first one counts, unless a later one is Kubernetes' own; what the
 * same namespace declares twice in the same manner has the ports of both.
 *
 * @param declarations in the order in which they count
 */
export function mergeServices(declarations: readonly Service[]): Service | undefined {
  let merged: Service | undefined;
  for (const service of declarations) {
    merged = merged === undefined ? service : mergedWith(merged, service);
  }
  return merged;
}

/** A service without its other ports; nothing where none of them is left. */
export function withPorts(service: Service, numbers: ReadonlySet<number>): Service | undefined {
  const ports = service.ports.filter(({ number }) => numbers.has(number));
  if (ports.length === service.ports.length) return service;
  if (ports.length === 0) return undefined;
  return variant(service, `only ${ports.map(({ number }) => number).join()}`, () => ({ ...service, ports, endpoints: (port) => service.endpoints(port) }));
}

function mergedWith(known: Service, other: Service): Service {
  if (known === other) return known;
  if (known.registry !== other.registry) return other.registry === 'Kubernetes' ? other : known;
  if (samePorts(known.ports, other.ports) || !alike(known, other)) return known;
  const added = other.ports.filter(({ number }) => !known.ports.some((port) => port.number === number));
  if (added.length === 0) return known;
  const isAdded = (port: number): boolean => added.some(({ number }) => number === port);
  return variant(known, `and ${other.name} ${added.map(({ number }) => number).join()}`, () => ({
    ...known,
    ports: [...known.ports, ...added],
    endpoints: (port) => (isAdded(port) ? other : known).endpoints(port),
  }));
}

function samePorts(one: readonly MeshPort[], other: readonly MeshPort[]): boolean {
  return (
    one.length === other.length &&
    one.every((port, index) => {
      const counterpart = other[index] as MeshPort;
      return port.name === counterpart.name && port.number === counterpart.number && port.protocol === counterpart.protocol;
    })
  );
}

function alike(one: Service, other: Service): boolean {
  return (
    one.namespace === other.namespace &&
    one.resolution === other.resolution &&
    sameLabels(one.labels, other.labels) &&
    one.exportTo.size === other.exportTo.size &&
    [...one.exportTo].every((namespace) => other.exportTo.has(namespace))
  );
}

function sameLabels(one: Labels, other: Labels): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

/** Proxies that see the same part of a service share it. */
const variants = new WeakMap<Service, Map<string, Service>>();

function variant(service: Service, key: string, make: () => Service): Service {
  let known = variants.get(service);
  if (known === undefined) {
    known = new Map();
    variants.set(service, known);
  }
  return entryOf(known, key, make);
}

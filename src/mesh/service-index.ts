import { isWildcard } from '../manifest/host';
import { entryOf } from './entry-of';
import type { Service } from './service';

/** The services of a list by what a connection or a request can ask for; each answer keeps the order of the list. */
export interface ServiceIndex {
  /** With a port of that number that is not UDP's. */
  onPort(port: number): readonly Service[];
  /** Without an address of their own, and with an endpoint at that one behind a port: headless ones, and ServiceEntries whose callers go where they please. */
  behind(address: string, port: number): readonly Service[];
  /** With that address, or CIDR block, written so. */
  withAddress(address: string): readonly Service[];
  /** With that hostname, in lower case. */
  named(hostname: string): readonly Service[];
  /** Whose hostname begins with `*`. */
  readonly wildcards: readonly Service[];
}

const indices = new WeakMap<readonly Service[], ServiceIndex>();

/** The index of a list, made once for each list. */
export function serviceIndex(services: readonly Service[]): ServiceIndex {
  return entryOf(indices, services, () => indexed(services));
}

const none: readonly Service[] = [];

function indexed(services: readonly Service[]): ServiceIndex {
  const byPort = new Map<number, Service[]>();
  const unaddressed = new Map<number, Service[]>();
  const byEndpoint = new Map<number, ReadonlyMap<string, readonly Service[]>>();
  const byAddress = new Map<string, Service[]>();
  const byHostname = new Map<string, Service[]>();
  for (const service of services) {
    const isUnaddressed = service.resolution === 'NONE' && service.addresses.length === 0;
    for (const number of new Set(service.ports.flatMap(({ number, protocol }) => (protocol === 'UDP' ? [] : number)))) {
      append(byPort, number, service);
      if (isUnaddressed) append(unaddressed, number, service);
    }
    for (const address of service.addresses) append(byAddress, address, service);
    append(byHostname, service.hostname.toLowerCase(), service);
  }
  return {
    onPort: (port) => byPort.get(port) ?? none,
    behind: (address, port) => {
      const candidates = unaddressed.get(port);
      return candidates === undefined ? none : (entryOf(byEndpoint, port, () => servicesByEndpoint(candidates, port)).get(address) ?? none);
    },
    withAddress: (address) => byAddress.get(address) ?? none,
    named: (hostname) => byHostname.get(hostname) ?? none,
    wildcards: services.filter(({ hostname }) => isWildcard(hostname)),
  };
}

function servicesByEndpoint(services: readonly Service[], port: number): ReadonlyMap<string, readonly Service[]> {
  const byEndpoint = new Map<string, Service[]>();
  for (const service of services) {
    const addresses = new Set(service.endpoints(port).map(({ address }) => address));
    for (const address of addresses) append(byEndpoint, address, service);
  }
  return byEndpoint;
}

function append<K>(map: Map<K, Service[]>, key: K, service: Service): void {
  entryOf(map, key, (): Service[] => []).push(service);
}

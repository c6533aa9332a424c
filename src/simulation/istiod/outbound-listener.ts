import { isWildcard } from '../../manifest/host';
import { parseCidr } from '../../manifest/ip';
import { isHttp, isTcp, isTls, type Protocol, parseProtocol } from '../../manifest/port';
import { type Source, sourceOf } from '../../mesh/config-object';
import type { MeshModel } from '../../mesh/model';
import type { MeshPort, Service } from '../../mesh/service';
import { serviceIndex } from '../../mesh/service-index';
import type { EgressScope, SidecarScope } from '../../mesh/sidecar-scope';
import { virtualServiceIndex } from '../../mesh/virtual-service-index';
import type { Workload } from '../../mesh/workload';
import type { FilterChainMatch } from '../envoy/filter-chain-match';
import type { WeightedCluster } from '../envoy/route';
import { asksForLabels, type RouteReader, tcpRoutes, tlsRoutes } from './connection-routes';
import { outboundCluster } from './destination-cluster';
import { otherNames } from './host-names';

/** The address of listeners that take connections to every address. */
export const ANY_ADDRESS = '0.0.0.0';

/** The address on which listeners are opened that applications connect to themselves. */
export const LOOPBACK = '127.0.0.1';

/** One way in which a listener takes connections. */
export interface OutboundChain {
  readonly match: FilterChainMatch;
  /** Where connections go, or for HTTP whose requests they carry: those for all hosts of the port, or for a sniffed port those for the one service at the address. */
  readonly use: { readonly kind: 'tcp'; readonly clusters: readonly WeightedCluster[] } | { readonly kind: 'http'; readonly only?: Service };
  /** The service that it is there for. */
  readonly service: Service;
  /** The port of the service, or the part of a VirtualService, that says so. */
  readonly source?: Source;
}

/** What takes the connections of a workload to one address and port. */
export interface OutboundListener {
  /** As istiod names it: `0.0.0.0_9080`. */
  readonly name: string;
  /** Whether it is opened for real, so that applications connect to it themselves. */
  readonly isBound: boolean;
  readonly chains: readonly OutboundChain[];
  /** Takes the connections that no other chain does; where there is none, they are treated as those to unknown destinations. */
  readonly fallback?: OutboundChain;
  /** Whether callers with other labels may find other routes. */
  readonly dependsOnLabels: boolean;
}

/**
 * The listener of a sidecar for one address and port, `0.0.0.0` for the one that takes what no other takes; undefined where no service asks for one. Every service that
 * is imported on the port has a part in it, in order; what does not go together with earlier ones is left out, as istiod does it.
 */
export function outboundListener(mesh: MeshModel, scope: SidecarScope, caller: Workload, address: string, port: number): OutboundListener | undefined {
  const draft = new ListenerDraft(mesh, scope, caller, address, port);
  for (const egress of scope.egress) {
    // Nobody adds to what an earlier listener with a port of its own takes.
    if (egress.port === undefined && draft.isBegun) break;
    if (egress.port !== undefined && egress.port.number !== port) continue;
    for (const place of placesAt(egress, caller, address, port)) draft.add(egress, place);
  }
  return draft.finish();
}

/** One reason to listen at an address. */
interface Place {
  readonly service: Service;
  readonly protocol: Protocol | undefined;
  /** Of the service: an address, a CIDR block, or `0.0.0.0` where it has none. */
  readonly own: string;
  readonly isBound: boolean;
}

/** Ports of the sidecar itself, which no listener for all addresses can have. */
const portsOfSidecar: ReadonlySet<number> = new Set([15001, 15006, 15021, 15090]);

/** What an egress listener has to listen for at an address, in the order of its services. */
function placesAt(egress: EgressScope, caller: Workload, address: string, port: number): readonly Place[] {
  const isBound = egress.captureMode === 'NONE';
  const bind = egress.bind ?? (isBound ? LOOPBACK : undefined);
  if (bind !== undefined && bind !== address) return [];
  return candidatesAt(egress, caller, address, port, bind).flatMap((service) =>
    portsOf(egress, service, port).flatMap(({ protocol }) => {
      if (service.resolution === 'ALIAS' || protocol === 'UDP') return [];
      if (portsOfSidecar.has(port) && (bind === undefined ? isHttp(protocol) : bind === ANY_ADDRESS)) return [];
      const own = service.addresses.length > 0 ? service.addresses : [ANY_ADDRESS];
      const places = own.map((each) => ({ service, protocol, own: each, isBound }));
      if (bind !== undefined) return places;
      if (isHttp(protocol)) return address === ANY_ADDRESS ? places.slice(0, 1) : [];
      if (listensForEndpoints(egress, service, port)) return address === ANY_ADDRESS ? [] : places;
      return places.filter((place) => (place.own.includes('/') ? ANY_ADDRESS : place.own) === address);
    }),
  );
}

/** A superset of the services that have a place at an address. */
function candidatesAt(egress: EgressScope, caller: Workload, address: string, port: number, bind: string | undefined): readonly Service[] {
  const services = egress.services();
  const index = serviceIndex(services);
  // What a listener with a port imports has that port, or is for an HTTP proxy, and so for all ports.
  if (bind !== undefined || address === ANY_ADDRESS) return egress.port === undefined ? index.onPort(port) : services;
  const own = index.withAddress(address).filter(({ ports }) => ports.some(({ number }) => number === port));
  const behind = address === caller.ip ? [] : index.behind(address, port).filter((service) => listensForEndpoints(egress, service, port));
  return behind.length === 0 ? own : [...own, ...behind];
}

/** Requests for whatever host and port are sent to it, as to an HTTP proxy. */
export function isHttpProxy({ port }: EgressScope): boolean {
  return parseProtocol(port?.protocol ?? '') === 'HTTP_PROXY';
}

/** A port that a Sidecar declares has the protocol that is written there, whatever the service says. */
function portsOf({ port }: EgressScope, { ports }: Service, number: number): readonly Pick<MeshPort, 'protocol'>[] {
  return port === undefined ? ports.filter((each) => each.number === number) : [{ protocol: parseProtocol(port.protocol ?? '') }];
}

/** Connections to a service without an address are taken at the addresses of its endpoints, where it has some and they are known. */
function listensForEndpoints({ port: declared }: EgressScope, service: Service, port: number): boolean {
  return (
    declared === undefined &&
    service.resolution === 'NONE' &&
    service.addresses.length === 0 &&
    (service.registry === 'Kubernetes' || hasSelector(service) || service.endpoints(port).length > 0)
  );
}

function hasSelector({ manifest }: Service): boolean {
  return (manifest?.object.spec as { readonly workloadSelector?: unknown } | undefined)?.workloadSelector !== undefined;
}

const anything: FilterChainMatch = { subnets: [], serverNames: [], applicationProtocols: [] };
const anyHttp: FilterChainMatch = { ...anything, transport: 'raw_buffer', applicationProtocols: ['http/1.1', 'h2c'] };

/** A listener while one place after another is added to it. */
class ListenerDraft {
  private chains: OutboundChain[] = [];
  private protocol: Protocol | undefined;
  private isBound = false;
  private dependsOnLabels = false;
  private readonly reader: RouteReader;
  isBegun = false;

  constructor(
    private readonly mesh: MeshModel,
    scope: SidecarScope,
    private readonly caller: Workload,
    private readonly address: string,
    private readonly port: number,
  ) {
    this.reader = { gateway: 'mesh', port, caller, service: scope.service };
  }

  /** HTTP and TCP on one address are told apart by looking at the traffic; of HTTP, and of sniffed traffic, the first place stands for all. */
  add(egress: EgressScope, place: Place): void {
    const { protocol } = place;
    if (!this.isBegun) {
      this.replace(egress, place);
      return;
    }
    if ((isHttp(protocol) && !isTcp(this.protocol)) || (protocol === undefined && this.protocol === undefined)) return;
    // Their servers speak first, so that looking at the traffic would be in their way.
    if (protocol !== this.protocol && [protocol, this.protocol].some((each) => each === 'Mongo' || each === 'MySQL')) return;
    if (protocol === undefined && isHttp(this.protocol)) {
      this.replace(egress, place);
      return;
    }
    for (const chain of this.chainsOf(egress, place)) {
      if (!this.chains.some(({ match }) => coincide(match, chain.match))) this.chains.push(chain);
    }
    if (isTcp(protocol) !== isTcp(this.protocol)) this.protocol = undefined;
  }

  finish(): OutboundListener | undefined {
    if (!this.isBegun) return undefined;
    const { chains, isBound, dependsOnLabels } = this;
    const fallback = chains.findLast(({ match }) => takesAll(match));
    return {
      name: `${this.address}_${this.port}`,
      isBound,
      chains: chains.filter(({ match }) => !takesAll(match)),
      ...(fallback && { fallback }),
      dependsOnLabels,
    };
  }

  private replace(egress: EgressScope, place: Place): void {
    this.chains = this.chainsOf(egress, place);
    // Where any address is listened for, what is no HTTP has to pass.
    this.protocol = this.isForAllHosts(place.protocol) ? undefined : place.protocol;
    this.isBound = place.isBound;
    this.isBegun = true;
  }

  private isForAllHosts(protocol: Protocol | undefined): boolean {
    return this.address === ANY_ADDRESS && isHttp(protocol) && protocol !== 'HTTP_PROXY';
  }

  private chainsOf(egress: EgressScope, place: Place): OutboundChain[] {
    const { protocol, service } = place;
    const http = (match: FilterChainMatch, only?: Service): OutboundChain => ({
      match,
      use: { kind: 'http', ...(only && { only }) },
      service,
      ...this.portOf(service),
    });
    if (isHttp(protocol)) return [http(this.isForAllHosts(protocol) ? anyHttp : anything)];
    const connections = isTls(protocol) ? this.tlsChains(egress, place) : this.tcpChains(egress, place);
    return protocol === undefined ? [...connections, http(anyHttp, this.address === ANY_ADDRESS ? undefined : service)] : connections;
  }

  private tcpChains(egress: EgressScope, place: Place): OutboundChain[] {
    const chains: OutboundChain[] = [];
    const own = this.subnetsOf(egress, place);
    let isComplete = false;
    for (const virtualService of this.virtualServicesOf(egress, place.service)) {
      for (const { subnets, clusters, source } of tcpRoutes(virtualService, this.reader)) {
        const match = { ...anything, subnets: subnets.length > 0 ? subnets : own };
        chains.push({ match, use: { kind: 'tcp', clusters }, service: place.service, source });
        if (subnets.length === 0) return chains;
        isComplete ||= sameMembers(subnets, own);
      }
    }
    return isComplete ? chains : [...chains, this.serviceChain(place.service, { ...anything, subnets: own })];
  }

  private tlsChains(egress: EgressScope, place: Place): OutboundChain[] {
    const chains = new Map<string, OutboundChain>();
    const own = this.subnetsOf(egress, place);
    // What one match says of destinations holds for those behind it that say nothing.
    let current = own;
    for (const virtualService of this.virtualServicesOf(egress, place.service)) {
      for (const { sniHosts, subnets, clusters, source } of tlsRoutes(virtualService, this.reader)) {
        if (subnets.length > 0) current = subnets;
        const key = `${sniHosts.join()}|${subnets.join()}`;
        if (chains.has(key)) continue;
        const match = { ...anything, subnets: current, serverNames: sniHosts.includes('*') ? [] : sniHosts };
        chains.set(key, { match, use: { kind: 'tcp', clusters }, service: place.service, source });
      }
    }
    if (chains.size > 0) return [...chains.values()];
    const serverNames = this.sharesAddress(place) ? this.namesOf(egress, place.service) : [];
    return [this.serviceChain(place.service, { ...anything, subnets: own, serverNames })];
  }

  /** Only the name that TLS asks for tells services apart that have no address of their own. */
  private sharesAddress({ service, own }: Place): boolean {
    return own.includes('/') || (own === ANY_ADDRESS && this.address === ANY_ADDRESS) || (service.resolution === 'DYNAMIC_DNS' && isWildcard(service.hostname));
  }

  private namesOf(egress: EgressScope, service: Service): readonly string[] {
    const { namespace } = this.caller;
    const aliases = egress.aliases(service).flatMap(({ hostname }) => [hostname, ...otherNames(hostname, { namespace, domain: this.mesh.domain })]);
    return [service.hostname, ...aliases];
  }

  private subnetsOf(egress: EgressScope, { own, isBound }: Place): readonly string[] {
    return own.includes('/') && egress.bind === undefined && !isBound ? [own] : [];
  }

  /** A Sidecar may declare another port than the only one of a service. */
  private serviceChain(service: Service, match: FilterChainMatch): OutboundChain {
    const [only, ...others] = service.ports;
    const port = only !== undefined && others.length === 0 ? only.number : this.port;
    return { match, use: { kind: 'tcp', clusters: [{ name: outboundCluster(port, service.hostname), weight: 1 }] }, service, ...this.portOf(service) };
  }

  private virtualServicesOf(egress: EgressScope, service: Service) {
    const found = virtualServiceIndex(egress.virtualServices())
      .overlapping(service.hostname)
      .map(({ virtualService }) => virtualService);
    this.dependsOnLabels ||= found.some(asksForLabels);
    return found;
  }

  private portOf(service: Service): { readonly source?: Source } {
    const source = portSource(service, this.port);
    return source ? { source } : {};
  }
}

/** The port in the object that declares a service; the whole of its spec where the number is only a Sidecar's. */
export function portSource({ manifest }: Service, port: number): Source | undefined {
  if (manifest === undefined) return undefined;
  const { ports = [] } = (manifest.object.spec ?? {}) as { readonly ports?: readonly { readonly port?: number; readonly number?: number }[] };
  const index = ports.findIndex((each) => (each.port ?? each.number) === port);
  return sourceOf({ manifest }, index < 0 ? 'spec' : `spec.ports[${index}]`);
}

function takesAll({ subnets, serverNames, transport, applicationProtocols }: FilterChainMatch): boolean {
  return subnets.length === 0 && serverNames.length === 0 && transport === undefined && applicationProtocols.length === 0;
}

/** Whether two chains would take the same connections, so that the later one never had any. */
function coincide(one: FilterChainMatch, other: FilterChainMatch): boolean {
  return (
    one.transport === other.transport &&
    sameMembers(one.applicationProtocols, other.applicationProtocols) &&
    sameMembers(one.serverNames, other.serverNames) &&
    sameMembers(one.subnets.flatMap(blockOf), other.subnets.flatMap(blockOf))
  );
}

/** A CIDR block without the bits that do not count; nothing for one that holds every address. */
function blockOf(subnet: string): string[] {
  const range = parseCidr(subnet.includes('/') ? subnet : `${subnet}/${subnet.includes(':') ? 128 : 32}`);
  if (range === undefined || subnet.startsWith(`${ANY_ADDRESS}/`)) return [];
  const masked = range.address.map((byte, index) => byte & (0xff << Math.max(8 - Math.max(range.bits - index * 8, 0), 0)) & 0xff);
  return [`${masked.join('.')}/${range.bits}`];
}

function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return new Set(one).size === new Set(other).size && one.every((member) => other.includes(member));
}

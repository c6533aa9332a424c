import { hostsOverlap, isWildcard } from '../../manifest/host';
import { isHttp } from '../../manifest/port';
import { aliasTarget } from '../../mesh/aliases';
import { sourceOf } from '../../mesh/config-object';
import { missingPort } from '../../mesh/dns';
import { withPorts } from '../../mesh/merge-services';
import type { ResolvedVirtualService } from '../../mesh/resolved-virtual-service';
import type { MeshPort, Service } from '../../mesh/service';
import { type ServiceIndex, serviceIndex } from '../../mesh/service-index';
import type { EgressScope, SidecarScope } from '../../mesh/sidecar-scope';
import { type Positioned, type VirtualServiceIndex, virtualServiceIndex, virtualServicesOfHost } from '../../mesh/virtual-service-index';
import type { Workload } from '../../mesh/workload';
import { hostOf } from '../envoy/domain-table';
import type { Route, VirtualHost } from '../envoy/route';
import type { Network } from '../network/network';
import type { RunnerUp } from '../trace';
import { destinationCluster } from './destination-cluster';
import { type Caller, hostnamesBehind } from './host-names';
import { defaultRoute, routesOfVirtualService } from './http-routes';
import { isHttpProxy, portSource } from './outbound-listener';

/** Something that wants a domain: a service, or a host of a VirtualService that no service has. */
interface Claim {
  readonly host: string;
  /** That of the VirtualService in its list; the earlier gets the domain, and services without VirtualService come last. */
  readonly position: number;
  readonly routes: readonly Route[];
  readonly virtualService?: ResolvedVirtualService;
  readonly service?: Service;
  /** The VirtualServices that have the host of the service. */
  readonly candidates?: readonly Positioned[];
}

const gatewayNames = ['mesh'];

/** Where services without VirtualService stand. */
const LAST = Number.POSITIVE_INFINITY;

/**
 * The virtual hosts of a sidecar for one port: those of all services that are imported with that port as HTTP, or as one whose traffic is looked at, and of VirtualServices. Who has
 * a domain is looked up when somebody asks for it.
 */
export class SidecarVirtualHosts {
  private readonly services: ServiceIndex;
  private readonly virtualServices: VirtualServiceIndex;
  /** Who calls, for names that depend on it. */
  private readonly names: Caller;
  /** An HTTP proxy takes requests for all ports, but as it drops the port of the Host header, only those for port 80 find their host. */
  private readonly isProxy: boolean;
  private readonly servicePort: number;
  private readonly owners = new Map<string, VirtualHost>();

  /** @param egress the egress listener that has the port */
  constructor(
    private readonly network: Network,
    private readonly caller: Workload,
    private readonly scope: SidecarScope,
    private readonly egress: EgressScope,
    private readonly port: number,
  ) {
    this.services = serviceIndex(egress.services());
    this.virtualServices = virtualServiceIndex(egress.virtualServices());
    this.names = { namespace: caller.namespace, domain: network.mesh.domain };
    this.isProxy = isHttpProxy(egress);
    this.servicePort = this.isProxy ? 80 : port;
  }

  /** The virtual host of a Host header: that with the very name, else that with the longest wildcard around it, else the one for all unknown hosts. */
  find(authority: string): VirtualHost {
    const host = hostOf(authority);
    return this.ownerAt(host) ?? this.ownerOfWildcard(host) ?? unknownHost(this.scope, missingPort(this.network.mesh, host, this.caller.namespace, this.port));
  }

  /** The virtual host to which all requests go that come to an address of a service whose port is sniffed. */
  only(service: Service): VirtualHost | undefined {
    return this.ownerAt(service.hostname.toLowerCase());
  }

  /** Names that somebody has are kept; of those that nobody has there may be any number. */
  private ownerAt(domain: string): VirtualHost | undefined {
    const known = this.owners.get(domain);
    if (known !== undefined) return known;
    const owner = this.ownerOf(domain);
    if (owner !== undefined) this.owners.set(domain, owner);
    return owner;
  }

  private ownerOfWildcard(host: string): VirtualHost | undefined {
    const suffixes: string[] = [];
    for (let dot = host.indexOf('.', 1); dot >= 0; dot = host.indexOf('.', dot + 1)) suffixes.push(host.slice(dot));
    for (const { host: wildcard } of this.virtualServices.wildcards) {
      if (!wildcard.startsWith('*.') && wildcard.length <= host.length && host.endsWith(wildcard.slice(1))) suffixes.push(wildcard.slice(1));
    }
    suffixes.sort((one, other) => other.length - one.length);
    for (const suffix of suffixes) {
      const owner = this.ownerAt(`*${suffix}`);
      if (owner !== undefined) return owner;
    }
    return undefined;
  }

  private ownerOf(domain: string): VirtualHost | undefined {
    let first: Claim | undefined;
    for (const claim of [...this.claimsOfVirtualServices(domain), ...this.servicesWith(domain).flatMap((service) => this.claimOf(service) ?? [])]) {
      if (first === undefined || isEarlier(claim, first)) first = claim;
    }
    return first && this.virtualHost(first);
  }

  private virtualHost({ host, routes, virtualService, service, candidates = [] }: Claim): VirtualHost {
    const name = `${host}:${this.servicePort}`;
    const runnersUp = (): readonly RunnerUp[] => candidates.filter((each) => each.virtualService !== virtualService).map((each) => this.missed(each, host));
    if (virtualService === undefined) {
      const source = service && portSource(service, this.servicePort);
      return { name, routes, ...(source && { source }), text: `${host} has no VirtualService that is for this caller`, runnersUp };
    }
    const { object, hosts } = virtualService;
    const index = hosts.findIndex((each) => each.toLowerCase() === host || (isWildcard(each) && hostsOverlap(each.toLowerCase(), host)));
    const source = sourceOf(object, `spec.hosts[${index}]`);
    return { name, routes, source, text: `VirtualService ${object.namespace}/${object.name} has the routes of ${host}`, runnersUp };
  }

  private missed({ virtualService }: Positioned, host: string): RunnerUp {
    const { object } = virtualService;
    const missedBy =
      this.routesOf(virtualService).length === 0 ? `none of its routes is for this caller and port ${this.port}` : `an earlier VirtualService has ${host}`;
    return { what: `VirtualService ${object.namespace}/${object.name}`, missedBy, source: sourceOf(object, 'spec.hosts') };
  }

  private routesOf(virtualService: ResolvedVirtualService): readonly Route[] {
    return routesOfVirtualService(this.network, this.caller, virtualService, {
      gatewayNames,
      port: this.isProxy ? 0 : this.port,
      isGateway: false,
      // The services of a port are known by that port alone.
      service: (hostname) => {
        const service = this.serviceNamed(hostname);
        return service && !this.isProxy ? withPorts(service, new Set([this.port])) : service;
      },
    });
  }

  /** Services have their routes from the first VirtualService that has some for the caller and the port. */
  private claimOf(service: Service): Claim | undefined {
    const host = service.hostname.toLowerCase();
    const candidates = virtualServicesOfHost(this.virtualServices, host);
    for (const { virtualService, position } of candidates) {
      const routes = this.routesOf(virtualService);
      if (routes.length > 0) return { host, position, routes, virtualService, service, candidates };
    }
    if (service.resolution === 'ALIAS' || !this.ownsPlainNames(service)) return undefined;
    return { host, position: LAST, routes: [defaultRoute(this.network, this.caller, service, this.servicePort)], service, candidates };
  }

  /** The names without a port belong to the first port of a service, and of them an HTTP proxy keeps those of port 80. */
  private ownsPlainNames(service: Service): boolean {
    return !this.isProxy || service.ports.find(({ protocol }) => isHttpOrSniffed(protocol))?.number === 80;
  }

  /** Hosts of VirtualServices that no service has. */
  private claimsOfVirtualServices(domain: string): Claim[] {
    const candidates = this.virtualServices.withHost(domain);
    if (candidates.length === 0 || this.isRegistered(domain)) return [];
    for (const { virtualService, position } of candidates) {
      const routes = this.bringsOtherHosts(virtualService) ? this.routesOf(virtualService) : [];
      if (routes.length > 0) return [{ host: domain, position, routes, virtualService, candidates }];
    }
    return [];
  }

  /** Whether a host of a VirtualService is that of a service, whatever the protocol of the port. */
  private isRegistered(host: string): boolean {
    return isWildcard(host) ? this.onPort().some(({ hostname }) => hostsOverlap(hostname.toLowerCase(), host)) : this.serviceNamed(host) !== undefined;
  }

  /** Hosts that no service has count on port 80, on others only beside one that a service has. */
  private bringsOtherHosts(virtualService: ResolvedVirtualService): boolean {
    if (!this.isProxy && this.port === 80) return true;
    return virtualService.hosts.some((host) => {
      const name = host.toLowerCase();
      if (!isWildcard(name)) return this.isRoutable(this.serviceNamed(name));
      return this.onPort().some((service) => {
        const hostname = service.hostname.toLowerCase();
        return (
          hostsOverlap(hostname, name) &&
          this.isRoutable(service) &&
          virtualServicesOfHost(this.virtualServices, hostname)[0]?.virtualService === virtualService
        );
      });
    });
  }

  private onPort(): readonly Service[] {
    return this.isProxy ? this.egress.services() : this.services.onPort(this.port);
  }

  /** Of several declarations of a hostname that have the port, the last one counts. */
  private serviceNamed(hostname: string): Service | undefined {
    return this.services.named(hostname).findLast((service) => this.isProxy || portOf(service, this.port) !== undefined);
  }

  /** Whether the port of a service is one for requests. */
  private isRoutable(service: Service | undefined): service is Service {
    const port = service && portOf(service, this.servicePort);
    return port !== undefined && isHttpOrSniffed(port.protocol);
  }

  /** The services that list a domain among theirs. */
  private servicesWith(domain: string): readonly Service[] {
    const own = this.serviceNamed(domain);
    // A hostname belongs to its own service, even if it is a short form of another's.
    if (this.isRoutable(own) && own.resolution !== 'ALIAS') return [own];
    const found = new Set(this.servicesCalled(domain));
    for (const service of this.services.withAddress(domain.startsWith('[') ? domain.slice(1, -1) : domain)) {
      if (this.isRoutable(service) && this.serviceNamed(service.hostname.toLowerCase()) === service) found.add(service);
    }
    if (domain.startsWith('*.')) {
      for (const service of this.servicesCalled(domain.slice(2))) {
        if (service.resolution === 'NONE' && service.registry === 'Kubernetes') found.add(service);
      }
    }
    return [...found];
  }

  /** The services that callers mean by a name: a hostname, a form of one, or that of an alias. */
  private servicesCalled(name: string): Service[] {
    return [name, ...hostnamesBehind(name, this.names)].flatMap((hostname) => {
      const service = this.serviceNamed(hostname);
      const target = aliasTarget(this.network.mesh, hostname);
      const behind = target === undefined ? undefined : this.serviceNamed(target.toLowerCase());
      const isAlias = this.isRoutable(behind) && this.egress.aliases(behind).some((alias) => alias.hostname === hostname);
      return [...(this.isRoutable(service) ? [service] : []), ...(isAlias ? [behind] : [])];
    });
  }
}

/** Of one VirtualService the hosts that no service has come first, then services in the order of its hosts. */
function isEarlier(one: Claim, other: Claim): boolean {
  const place = ({ virtualService, service, host }: Claim): number => (service === undefined ? -1 : (virtualService?.hosts.indexOf(host) ?? 0));
  return one.position === other.position ? place(one) < place(other) : one.position < other.position;
}

/** The egress listener whose services have the virtual hosts of a port. */
export function egressOfPort({ egress }: SidecarScope, port: number): EgressScope | undefined {
  return egress.find((each) => each.port === undefined || each.port.number === port);
}

function portOf({ ports }: Service, port: number): MeshPort | undefined {
  return ports.find(({ number, protocol }) => number === port && protocol !== 'UDP');
}

function isHttpOrSniffed(protocol: MeshPort['protocol']): boolean {
  return protocol === undefined || isHttp(protocol);
}

/**
 * What is made of requests for hosts that nobody knows: they go where they were sent, through a proxy, or nowhere.
 * @param why says so
 */
export function unknownHost({ outboundTrafficPolicy: { mode, egressProxy, source } }: SidecarScope, why = 'nobody knows this host'): VirtualHost {
  switch (mode) {
    case 'ALLOW_ANY_DYNAMIC_DNS':
      return catchAll('allow_any_dynamic_dns', forwardTo('AllowAnyDynamicDNSCluster'), `${why}, and hosts that nobody knows are looked up`, source);
    case 'ALLOW_ANY':
      return egressProxy === undefined
        ? catchAll('allow_any', forwardTo('PassthroughCluster'), `${why}, and traffic to unknown hosts passes`, source)
        : catchAll('allow_any', forwardTo(destinationCluster(egressProxy, undefined, 0)), `${why}, and traffic to unknown hosts goes through a proxy`, source);
    default:
      return catchAll('block_all', { kind: 'directResponse', status: 502 }, `${why}, and traffic to unknown hosts is blocked`, source);
  }
}

function catchAll(name: string, action: Route['action'], text: string, source: VirtualHost['source']): VirtualHost {
  const match: Route['match'] = { path: { kind: 'prefix', value: '/', ignoreCase: false }, headers: [], query: [], claims: [] };
  return { name, routes: [{ name, match, action, ...(source && { source }) }], text, ...(source && { source }) };
}

function forwardTo(cluster: string): Route['action'] {
  return { kind: 'forward', clusters: [{ name: cluster, weight: 1 }], timeout: 0, mirrors: [], clusterNotFoundStatus: 503 };
}

import { isIp } from '../manifest/ip';
import type { Labels } from '../manifest/labels';
import type { Manifest } from '../manifest/manifest';
import type { Endpoint, MeshPort, Resolution, Service } from './service';

/** An endpoint that stands behind one port of a service. */
export interface Instance {
  readonly portName: string;
  /** Set for ServiceEntries, whose ports are also known by their numbers. */
  readonly portNumber?: number;
  readonly endpoint: Endpoint;
}

/** What a service is, before its endpoints are looked for. */
export type ServiceFacts = Omit<Service, 'endpoints'>;

const nobody: readonly Endpoint[] = [];

/** A service whose endpoints are found when they are first asked for. */
export abstract class RegisteredService implements Service {
  readonly hostname: string;
  readonly name: string;
  readonly namespace: string;
  readonly registry: 'Kubernetes' | 'External';
  readonly resolution: Resolution;
  readonly isHeadless: boolean;
  readonly isMeshExternal: boolean;
  readonly addresses: readonly string[];
  readonly ports: readonly MeshPort[];
  readonly exportTo: ReadonlySet<string>;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly createdAt: number;
  readonly subjectAltNames: readonly string[];
  declare readonly externalName?: string;
  declare readonly manifest?: Manifest;
  /** Services of the same hostname and namespace, this one among them: whatever stands behind one stands behind all. */
  private peers: readonly RegisteredService[] = [this];
  private own: readonly Instance[] | undefined;
  private readonly byPort = new Map<number, readonly Endpoint[]>();

  constructor(facts: ServiceFacts) {
    this.hostname = facts.hostname;
    this.name = facts.name;
    this.namespace = facts.namespace;
    this.registry = facts.registry;
    this.resolution = facts.resolution;
    this.isHeadless = facts.isHeadless;
    this.isMeshExternal = facts.isMeshExternal;
    this.addresses = facts.addresses;
    this.ports = facts.ports;
    this.exportTo = facts.exportTo;
    this.labels = facts.labels;
    this.annotations = facts.annotations;
    this.createdAt = facts.createdAt;
    this.subjectAltNames = facts.subjectAltNames;
    if (facts.externalName !== undefined) this.externalName = facts.externalName;
    if (facts.manifest !== undefined) this.manifest = facts.manifest;
  }

  /** Looks for the endpoints that this object alone brings. */
  protected abstract find(): readonly Instance[];

  /** The endpoints that this object alone brings. */
  instances(): readonly Instance[] {
    this.own ??= this.find();
    return this.own;
  }

  share(peers: readonly RegisteredService[]): void {
    this.peers = peers;
  }

  endpoints(port: number): readonly Endpoint[] {
    let endpoints = this.byPort.get(port);
    if (endpoints === undefined) {
      const target = this.ports.find(({ number, protocol }) => number === port && protocol !== 'UDP');
      endpoints = target === undefined ? nobody : this.standingBehind(target);
      this.byPort.set(port, endpoints);
    }
    return endpoints;
  }

  /** Proxies resolve names of endpoints only for services that are found by DNS; those are told apart by the numbers of their ports, others by their names. */
  private standingBehind(port: MeshPort): readonly Endpoint[] {
    const isDns = this.resolution === 'DNS' || this.resolution === 'DNS_ROUND_ROBIN';
    const instances = this.peers.length === 1 ? this.instances() : this.ofAllPeers();
    return instances
      .filter((instance) => (isDns && instance.portNumber !== undefined ? instance.portNumber === port.number : instance.portName === port.name))
      .map(({ endpoint }) => endpoint)
      .filter(({ address, port }) => isDns || port === 0 || isIp(address));
  }

  /** A service that goes round one name has one endpoint for each port: that of the first object. */
  private ofAllPeers(): readonly Instance[] {
    const taken = new Set<number | undefined>();
    return this.peers.flatMap((peer) =>
      peer.instances().filter(({ portNumber }) => {
        if (peer.resolution === 'DNS_ROUND_ROBIN' && taken.has(portNumber)) return false;
        taken.add(portNumber);
        return true;
      }),
    );
  }
}

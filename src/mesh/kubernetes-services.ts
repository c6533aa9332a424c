import { isIp } from '../manifest/ip';
import type { Labels } from '../manifest/labels';
import type { Manifest } from '../manifest/manifest';
import { servicePortProtocol } from '../manifest/port';
import { type ConfigObject, configObject } from './config-object';
import { type EndpointSources, podEndpoint, workloadEntryLabels } from './endpoint-sources';
import { exportToOf } from './export-to';
import type { ServiceFact } from './facts';
import { parseLocality, topologyLabels } from './locality';
import { madeUpAddress } from './made-up-addresses';
import type { MeshConfig } from './mesh-config';
import { type Instance, RegisteredService } from './registered-service';
import type { WorkloadEntrySpec } from './specs/service-entry';
import { spiffeIdentity, type Workload } from './workload';
import { workloadEntryEndpoint } from './workload-entries';

/** A Service of Kubernetes, from a fact, a manifest, or both. */
interface ServiceObject extends ServiceFact {
  readonly namespace: string;
  readonly clusterIPs?: readonly string[];
  readonly publishNotReadyAddresses?: boolean;
  readonly createdAt: number;
  readonly manifest?: Manifest;
}

type Port = NonNullable<ServiceFact['ports']>[number];

/** A service that Kubernetes knows. */
export class KubernetesService extends RegisteredService {
  constructor(
    private readonly object: ServiceObject,
    config: MeshConfig,
    domain: string,
    madeUp: string,
    private readonly sources: EndpointSources,
  ) {
    const { name, namespace, labels = {}, annotations = {}, createdAt, manifest } = object;
    const isHeadless = object.clusterIP === 'None';
    const isAlias = object.type === 'ExternalName' && Boolean(object.externalName);
    super({
      hostname: `${name}.${namespace}.svc.${domain}`,
      name,
      namespace,
      registry: 'Kubernetes',
      resolution: isHeadless ? 'NONE' : isAlias ? 'ALIAS' : 'STATIC',
      isHeadless,
      isMeshExternal: isAlias,
      addresses: addressesOf(object, madeUp),
      ports: (object.ports ?? []).map((port) => ({ name: port.name ?? '', number: port.port, protocol: servicePortProtocol(port) })),
      exportTo: exportToOf(listOf(annotations['networking.istio.io/exportTo']), config.defaultServiceExportTo, namespace),
      labels,
      annotations,
      createdAt,
      subjectAltNames: [
        ...listOf(annotations['alpha.istio.io/canonical-serviceaccounts']),
        ...listOf(annotations['alpha.istio.io/kubernetes-serviceaccounts']).map((account) => spiffeIdentity(config.trustDomain, namespace, account)),
      ],
      ...(isAlias ? { externalName: object.externalName as string } : {}),
      ...(manifest === undefined ? {} : { manifest }),
    });
  }

  /** What it selects pods by; nothing where it selects none. */
  get selector(): Labels | undefined {
    const { selector } = this.object;
    return selector && Object.keys(selector).length > 0 ? selector : undefined;
  }

  /** The pods that it selects, ready or not. */
  members(): readonly Workload[] {
    return this.selector === undefined || this.externalName !== undefined ? [] : this.sources.pods(this.namespace).select(this.selector);
  }

  /** The ports of a workload to which it directs traffic; a named port that the workload does not have is left out. */
  targetPorts(workload: Pick<Workload, 'containerPorts'>): { readonly name: string; readonly number: number; readonly target: number }[] {
    return (this.object.ports ?? []).flatMap((port) => {
      const target = port.protocol === 'UDP' ? undefined : targetPort(port, workload.containerPorts);
      return target === undefined ? [] : { name: port.name ?? '', number: port.port, target };
    });
  }

  protected find(): readonly Instance[] {
    const members = this.members().flatMap((workload) =>
      this.targetPorts(workload).map(({ name, target }) => ({
        portName: name,
        endpoint: { ...podEndpoint(workload), port: target, ...(this.object.publishNotReadyAddresses ? { healthy: true } : {}) },
      })),
    );
    return withoutDuplicates([...members, ...this.listedInstances(), ...this.workloadEntryInstances()]);
  }

  /** What EndpointSlices list; who has such an address is known where a pod of the same namespace has it. */
  private listedInstances(): Instance[] {
    return this.sources
      .slices(this.namespace, this.name)
      .filter(({ isMirrored }) => !isMirrored || this.selector === undefined)
      .flatMap(({ ports, endpoints }) =>
        endpoints.flatMap(({ addresses, ready, pod }) =>
          addresses.flatMap((address) => {
            const owner = this.sources.workloadAt(address);
            const workload = owner?.namespace === this.namespace ? owner : undefined;
            // Pods that a slice names and that are not there wait until they come.
            if (pod !== undefined && (workload === undefined || workload.name !== pod.name)) return [];
            const known = workload?.isPod ? podEndpoint(workload) : unknownEndpoint(address, owner);
            return ports.map(({ name = '', port = 0 }) => ({ portName: name, endpoint: { ...known, port, healthy: ready } }));
          }),
        ),
      );
  }

  /** WorkloadEntries of the namespace that it selects as it selects pods. */
  private workloadEntryInstances(): Instance[] {
    if (this.selector === undefined || this.resolution !== 'STATIC') return [];
    return this.sources
      .workloadEntries(this.namespace)
      .select(this.selector)
      .filter(({ spec }) => isIp(spec.address ?? ''))
      .flatMap((entry) => {
        const endpoint = workloadEntryEndpoint(entry.spec, workloadEntryLabels(entry), this.namespace, this.sources);
        return this.workloadEntryPorts(entry).map(({ name, target }) => ({ portName: name, endpoint: { ...endpoint, port: target } }));
      });
  }

  /** The ports of a WorkloadEntry: by the name of the target port, or by that of the Service's port, else by number. */
  workloadEntryPorts({ spec }: ConfigObject<WorkloadEntrySpec>): { readonly name: string; readonly number: number; readonly target: number }[] {
    const named = spec.ports ?? {};
    return (this.object.ports ?? []).flatMap((port) => {
      const { name = '', targetPort = port.port } = port;
      const target = typeof targetPort === 'string' ? named[targetPort] : (named[name] ?? targetPort);
      return port.protocol === 'UDP' || !target ? [] : { name, number: port.port, target };
    });
  }
}

function targetPort({ port, targetPort = port }: Port, containerPorts: ReadonlyMap<string, number>): number | undefined {
  if (typeof targetPort === 'number') return targetPort || port;
  return containerPorts.get(targetPort) ?? (/^\d+$/.test(targetPort) ? Number(targetPort) : undefined);
}

function unknownEndpoint(address: string, workload: Workload | undefined): Omit<Instance['endpoint'], 'port' | 'healthy'> {
  const locality = parseLocality(undefined);
  return {
    address,
    labels: topologyLabels(locality),
    locality,
    weight: 1,
    serviceAccount: '',
    namespace: '',
    tlsMode: 'disabled',
    ...(workload === undefined ? {} : { workload }),
  };
}

function withoutDuplicates(instances: readonly Instance[]): readonly Instance[] {
  const seen = new Set<string>();
  return instances.filter(({ portName, endpoint: { address, port } }) => {
    const key = `${portName}/${address}/${port}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function addressesOf({ clusterIP, clusterIPs, type }: ServiceObject, madeUp: string): readonly string[] {
  if (clusterIP === 'None' || type === 'ExternalName') return [];
  if (clusterIPs && clusterIPs.length > 1) return clusterIPs;
  return [clusterIP || madeUp];
}

function listOf(text: string | undefined): string[] {
  return text ? text.split(',').map((part) => part.trim()) : [];
}

/** All Services of Kubernetes: those of the facts in their order, then those of the manifests that no fact names. The fields of a fact replace those of the manifest. */
export function kubernetesServices(
  manifests: readonly Manifest[],
  facts: readonly ServiceFact[],
  config: MeshConfig,
  domain: string,
  sources: EndpointSources,
): KubernetesService[] {
  const declared = new Map<string, ServiceObject>();
  for (const manifest of manifests) {
    if (manifest.object.kind !== 'Service' || manifest.object.apiVersion !== 'v1') continue;
    const { name, namespace, labels, annotations, createdAt, spec } = configObject<Partial<ServiceObject>>(manifest);
    declared.set(`${namespace}/${name}`, { ...spec, name, namespace, labels, annotations, createdAt, manifest });
  }
  const objects = facts.map((fact): ServiceObject => {
    const namespace = fact.namespace ?? 'default';
    const key = `${namespace}/${fact.name}`;
    const known = declared.get(key);
    declared.delete(key);
    return { createdAt: 0, ...known, ...fact, namespace };
  });
  return [...objects, ...declared.values()].map((object, index) => new KubernetesService(object, config, domain, madeUpAddress('service', index + 1), sources));
}

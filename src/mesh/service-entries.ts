import { isIp, parseCidr } from '../manifest/ip';
import { parseProtocol } from '../manifest/port';
import type { ConfigObject } from './config-object';
import { type EndpointOfWorkload, type EndpointSources, podEndpoint, workloadEntryLabels } from './endpoint-sources';
import { exportToOf } from './export-to';
import type { MeshConfig } from './mesh-config';
import { type Instance, RegisteredService, type ServiceFacts } from './registered-service';
import type { MeshPort, Resolution } from './service';
import { visibleByNamespace } from './service-entry-visibility';
import type { ServiceEntrySpec } from './specs/service-entry';
import { workloadEntryEndpoint } from './workload-entries';

type PortSpec = NonNullable<ServiceEntrySpec['ports']>[number];

/** An endpoint before its port is chosen: by the name of the service's port, or of none. */
interface Target {
  readonly endpoint: EndpointOfWorkload;
  port(name: string): number | undefined;
}

/** One host of a ServiceEntry. */
class ServiceEntryService extends RegisteredService {
  constructor(
    facts: ServiceFacts,
    private readonly entry: ConfigObject<ServiceEntrySpec>,
    private readonly sources: EndpointSources,
  ) {
    super(facts);
  }

  protected find(): readonly Instance[] {
    const { ports = [] } = this.entry.spec;
    return targetsOf(this.hostname, this.entry, this.sources).flatMap((target) => ports.map((port) => instance(target, port)));
  }
}

/** The services of ServiceEntries, one for each host. */
export function servicesOfServiceEntries(
  entries: readonly ConfigObject<ServiceEntrySpec>[],
  config: MeshConfig,
  namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>,
  sources: EndpointSources,
): RegisteredService[] {
  return entries.flatMap((entry) => {
    const { spec, name, namespace, labels, annotations, createdAt, manifest } = entry;
    const { ports = [], resolution = 'NONE', location } = spec;
    const facts: Omit<ServiceFacts, 'hostname'> = {
      name,
      namespace,
      registry: 'External',
      resolution,
      isHeadless: false,
      isMeshExternal: location !== 'MESH_INTERNAL',
      addresses: addressesOf(spec.addresses ?? []),
      ports: ports.map((port) => meshPort(port, resolution)),
      exportTo: visibleByNamespace(exportToOf(spec.exportTo, config.defaultServiceExportTo, namespace), namespace, namespaces.get(namespace) ?? {}, config),
      labels,
      annotations,
      createdAt,
      subjectAltNames: spec.subjectAltNames ?? [],
      manifest,
    };
    return spec.hosts.map((hostname) => new ServiceEntryService({ ...facts, hostname }, entry, sources));
  });
}

function meshPort({ name, number, protocol = '', targetPort }: PortSpec, resolution: Resolution): MeshPort {
  return { name, number, protocol: parseProtocol(protocol), ...(resolution === 'NONE' && targetPort ? { targetPort } : {}) };
}

/** CIDR blocks that hold one address become that address. */
function addressesOf(written: readonly string[]): readonly string[] {
  return written.flatMap((address) => {
    if (isIp(address)) return address;
    const block = parseCidr(address);
    if (block === undefined) return [];
    return block.bits === block.address.length * 8 ? address.slice(0, address.indexOf('/')) : address;
  });
}

/** A named port of the endpoint counts first, then the target port of the ServiceEntry, then the number itself. */
function instance({ endpoint, port: portOf }: Target, { name, number, targetPort }: PortSpec): Instance {
  return { portName: name, portNumber: number, endpoint: { ...endpoint, port: portOf(name) || targetPort || number } };
}

function targetsOf(hostname: string, { spec, namespace }: ConfigObject<ServiceEntrySpec>, sources: EndpointSources): Target[] {
  const isDns = spec.resolution === 'DNS' || spec.resolution === 'DNS_ROUND_ROBIN';
  if (spec.workloadSelector) {
    const selector = spec.workloadSelector.labels ?? {};
    const pods = sources.pods(namespace).select(selector);
    const entries = sources.workloadEntries(namespace).select(selector);
    return [
      ...pods.filter(({ ready }) => ready).map((pod) => ({ endpoint: podEndpoint(pod), port: (name: string) => pod.containerPorts.get(name) })),
      ...entries
        .filter(({ spec: { address = '' } }) => isDns || isIp(address))
        .map((entry) => ({
          endpoint: workloadEntryEndpoint(entry.spec, workloadEntryLabels(entry), namespace, sources),
          port: (name: string) => entry.spec.ports?.[name],
        })),
    ];
  }
  const { endpoints = [] } = spec;
  if (endpoints.length === 0 && isDns) {
    const endpoint = workloadEntryEndpoint({ address: hostname }, {}, namespace, sources);
    return [{ endpoint, port: () => undefined }];
  }
  return endpoints.map((written) => ({
    endpoint: workloadEntryEndpoint(written, written.labels ?? {}, namespace, sources),
    port: (name: string) => written.ports?.[name],
  }));
}

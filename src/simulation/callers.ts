import { isHostSubset } from '../manifest/host';
import { labelsMatch } from '../manifest/labels';
import { identityOf } from '../manifest/manifest';
import { entryOf } from '../mesh/entry-of';
import { type MeshModel, perMesh } from '../mesh/model';
import type { GatewaySpec, ServerSpec } from '../mesh/specs/gateway';
import type { Workload } from '../mesh/workload';
import { workloadsNamed } from '../mesh/workloads';
import { checkClient } from './check-input';
import type { Client } from './network/client';
import { manifestOf, objectOf } from './read-app';
import type { Caller, ClientFact, Target, TrafficRequest } from './request';

/** The address of a client that only a request describes. */
const CLIENT_ADDRESS = '127.7.0.1';

/**
 * Looks up who asks, and through which gateway.
 * @throws TypeError for a workload that the mesh does not have, or that several namespaces have
 */
export function findClient(mesh: MeshModel, request: TrafficRequest, target: Target): Client {
  const { from, via, ip } = request;
  if (from !== 'outside') {
    if (via != null)
      throw new TypeError("via is for callers outside, from: 'outside'; somebody inside asks a gateway by the name of its Service, or at its address with ip");
    return { workload: workloadOf(mesh, from, 'from') };
  }
  if (via != null) return { via: workloadOf(mesh, via, 'via') };
  // What is listed is asked directly, and so are addresses; of public names the gateway that serves them is.
  if (mesh.facts.dns === 'listed' || ip !== undefined || isAddress(target.host)) return {};
  if (isClusterName(mesh, target.host)) {
    return {
      lost: `${target.host} is a name of the cluster, which nobody outside knows: ask for a host that a gateway serves, name the gateway with via, or ask from a caller inside`,
    };
  }
  const gateway = gatewayServing(mesh, target);
  if (gateway !== undefined) return { via: gateway };
  return isExternal(mesh, target.host) ? {} : { lost: `no gateway of the mesh serves ${target.host}` };
}

/** The gateway one of whose servers is there for the host, on the port if there is one. */
function gatewayServing(mesh: MeshModel, { host, port }: Target): Workload | undefined {
  const serves = ({ server }: Served): boolean => server.hosts.some((pattern) => isHostSubset(host, pattern.slice(pattern.indexOf('/') + 1).toLowerCase()));
  const ports = servedPorts(mesh);
  return (ports.get(port)?.find(serves) ?? [...ports.values()].flat().find(serves))?.pod;
}

/** Whether the facts list a host outside. */
function isExternal({ facts }: MeshModel, host: string): boolean {
  const name = host.replace(/\.$/, '');
  return (facts.external ?? []).some(({ host, aliases = [] }) => [host, ...aliases].some((each) => each.toLowerCase() === name));
}

/** A server with the first pod that its Gateway selects. */
interface Served {
  readonly pod: Workload;
  readonly server: ServerSpec;
}

/** The servers of all Gateways by their port. */
const servedPorts = perMesh((mesh) => {
  const found = new Map<number, Served[]>();
  for (const { spec } of mesh.objects.gateways) {
    const pod = mesh.workloads.find(({ proxy, labels }) => proxy === 'gateway' && labelsMatch(spec.selector ?? {}, labels));
    if (pod !== undefined) for (const server of spec.servers ?? []) entryOf(found, server.port.number, () => []).push({ pod, server });
  }
  return found;
});

function workloadOf(mesh: MeshModel, caller: Caller, field: string): Workload {
  if (typeof caller === 'string') return named(mesh, caller);
  const construct = objectOf(caller);
  if (construct === undefined) {
    if ('node' in caller) {
      throw new TypeError(`${field} is a construct that is no object of Kubernetes, such as an App or a Chart; name a workload, or give the construct of one`);
    }
    checkClient(field, caller);
    return labelled(mesh, caller) ?? described(caller);
  }
  const { object } = manifestOf(construct);
  const { kind, name, namespace = 'default' } = identityOf(object);
  const selector = kind === 'Gateway' ? (object.spec as GatewaySpec | undefined)?.selector : undefined;
  const gateway = selector && mesh.workloads.find(({ proxy, labels }) => proxy === 'gateway' && labelsMatch(selector, labels));
  return gateway ?? named(mesh, `${name}.${namespace}`);
}

function named(mesh: MeshModel, name: string): Workload {
  const workloads = workloadsNamed(mesh, name);
  const [workload, ...others] = workloads.length > 0 ? workloads : behindServices(mesh, name);
  if (workload !== undefined && others.length === 0) return workload;
  if (workload !== undefined) {
    const names = [workload, ...others].map(({ namespace }) => `${name}.${namespace}`).sort();
    throw new TypeError(`several namespaces have ${name}; write ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`);
  }
  const known = mesh.workloads.slice(0, 12).map((each) => `${each.name}.${each.namespace}`);
  const more = mesh.workloads.length > known.length ? ` and ${mesh.workloads.length - known.length} more` : '';
  throw new TypeError(
    `the mesh has no workload ${name}; ${known.length === 0 ? 'it has none at all' : `it has ${known.join(', ')}${more}`}. Callers that no manifest declares are described: { name, namespace, labels, serviceAccount, sidecar }`,
  );
}

/** A Service stands for the first workload behind it; several namespaces may have one of that name. */
function behindServices({ services }: MeshModel, name: string): readonly Workload[] {
  return services.flatMap((service) => {
    if (service.registry !== 'Kubernetes' || ![service.name, `${service.name}.${service.namespace}`, service.hostname].includes(name)) return [];
    const workloads = service.ports.flatMap(({ number }) => service.endpoints(number).map(({ workload }) => workload));
    return workloads.find((workload) => workload !== undefined) ?? [];
  });
}

/** Labels alone stand for the first workload that has them. */
function labelled({ workloads }: MeshModel, { name, namespace, labels = {} }: ClientFact): Workload | undefined {
  if (name !== undefined || Object.keys(labels).length === 0) return undefined;
  return workloads.find((workload) => labelsMatch(labels, workload.labels) && (namespace ?? workload.namespace) === workload.namespace);
}

/** A sentence about labels that were to choose a caller, and that no workload has. */
export function unknownLabels(mesh: MeshModel, from: Caller): string | undefined {
  if (typeof from === 'string' || 'node' in from || from.name !== undefined || labelled(mesh, from) !== undefined) return undefined;
  const labels = Object.entries(from.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  const { name, namespace } = described(from);
  return labels.length === 0 ? undefined : `no workload has the labels ${labels.join(',')}: a caller ${name}.${namespace} that has them is assumed`;
}

function described(client: ClientFact): Workload {
  const { name = 'client', namespace = 'default', labels = { app: name }, serviceAccount = 'default', sidecar = true, ip = CLIENT_ADDRESS } = client;
  return {
    name,
    namespace,
    labels,
    serviceAccount,
    proxy: sidecar ? 'sidecar' : 'none',
    ip,
    locality: { region: '', zone: '', subzone: '' },
    containerPorts: new Map(),
    ports: [],
    tlsPorts: [],
    certHosts: [],
    certCA: 'public',
    ready: true,
    isPod: true,
    behavior: {},
    replicas: 1,
  };
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':');
}

function isClusterName(mesh: MeshModel, host: string): boolean {
  return clusterNames(mesh).has(host.endsWith('.') ? host.slice(0, -1) : host);
}

/** The hostnames of Services, and all that is left of them when labels at their end are left out. */
const clusterNames = perMesh((mesh) => {
  const names = new Set<string>();
  for (const { registry, hostname } of mesh.services) {
    if (registry !== 'Kubernetes') continue;
    for (let end = hostname.length; end > 0; end = hostname.lastIndexOf('.', end - 1)) names.add(hostname.slice(0, end));
  }
  return names;
});

import { isHostSubset } from '../manifest/host';
import { labelsMatch } from '../manifest/labels';
import { identityOf } from '../manifest/manifest';
import { entryOf } from '../mesh/entry-of';
import { type MeshModel, perMesh } from '../mesh/model';
import type { GatewaySpec, ServerSpec } from '../mesh/specs/gateway';
import type { Workload } from '../mesh/workload';
import { findWorkload } from '../mesh/workloads';
import type { Client } from './network/client';
import { manifestOf, objectOf } from './read-app';
import type { Caller, ClientFact, Target, TrafficRequest } from './request';

/** The address of a client that only a request describes. */
const CLIENT_ADDRESS = '127.7.0.1';

/**
 * Looks up who asks, and through which gateway.
 * @throws TypeError for a workload that the mesh does not have
 */
export function findClient(mesh: MeshModel, { from, via }: TrafficRequest, target: Target): Client {
  if (from !== 'outside') return { workload: workloadOf(mesh, from) };
  if (via !== undefined) return { via: workloadOf(mesh, via) };
  // Names of the cluster and addresses are asked directly; of public names the gateway that serves them is.
  if (mesh.facts.dns === 'listed' || isAddress(target.host) || isClusterName(mesh, target.host)) return {};
  const gateway = gatewayServing(mesh, target);
  return gateway === undefined ? {} : { via: gateway };
}

/** The gateway one of whose servers is there for the host; one that has at least the port will do. */
function gatewayServing(mesh: MeshModel, { host, port }: Target): Workload | undefined {
  const onPort = servedPorts(mesh).get(port) ?? [];
  const serving = onPort.find(({ server }) => server.hosts.some((pattern) => isHostSubset(host, pattern.slice(pattern.indexOf('/') + 1))));
  return (serving ?? onPort[0])?.pod;
}

/** The servers of all Gateways by their port, each with the first pod that its Gateway selects. */
const servedPorts = perMesh((mesh) => {
  const found = new Map<number, { readonly pod: Workload; readonly server: ServerSpec }[]>();
  for (const { spec } of mesh.objects.gateways) {
    const pod = mesh.workloads.find(({ proxy, labels }) => proxy === 'gateway' && labelsMatch(spec.selector ?? {}, labels));
    if (pod !== undefined) for (const server of spec.servers ?? []) entryOf(found, server.port.number, () => []).push({ pod, server });
  }
  return found;
});

function workloadOf(mesh: MeshModel, caller: Caller): Workload {
  if (typeof caller === 'string') return named(mesh, caller);
  const construct = objectOf(caller);
  if (construct === undefined) return labelled(mesh, caller as ClientFact) ?? described(caller as ClientFact);
  const { object } = manifestOf(construct);
  const { kind, name, namespace = 'default' } = identityOf(object);
  const selector = kind === 'Gateway' ? (object.spec as GatewaySpec | undefined)?.selector : undefined;
  const gateway = selector && mesh.workloads.find(({ proxy, labels }) => proxy === 'gateway' && labelsMatch(selector, labels));
  return gateway ?? named(mesh, `${name}.${namespace}`);
}

function named(mesh: MeshModel, name: string): Workload {
  const workload = findWorkload(mesh, name) ?? behindService(mesh, name);
  if (workload !== undefined) return workload;
  const known = mesh.workloads.slice(0, 12).map((each) => `${each.name}.${each.namespace}`);
  const more = mesh.workloads.length > known.length ? ` and ${mesh.workloads.length - known.length} more` : '';
  throw new TypeError(
    `the mesh has no workload ${name}; ${known.length === 0 ? 'it has none at all' : `it has ${known.join(', ')}${more}`}. Callers that no manifest declares are described: { name, namespace, labels, serviceAccount, sidecar }`,
  );
}

/** A Service stands for the first workload behind it. */
function behindService({ services }: MeshModel, name: string): Workload | undefined {
  const service = services.find((each) => each.registry === 'Kubernetes' && [each.name, `${each.name}.${each.namespace}`, each.hostname].includes(name));
  const workloads = service?.ports.flatMap(({ number }) => service.endpoints(number).map(({ workload }) => workload));
  return workloads?.find((workload) => workload !== undefined);
}

/** Labels alone stand for the first workload that has them. */
function labelled({ workloads }: MeshModel, { name, namespace, labels = {} }: ClientFact): Workload | undefined {
  if (name !== undefined || Object.keys(labels).length === 0) return undefined;
  return workloads.find((workload) => labelsMatch(labels, workload.labels) && (namespace ?? workload.namespace) === workload.namespace);
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

import type { Labels } from '../manifest/labels';
import { identityOf, type Manifest } from '../manifest/manifest';
import { byAge, type ConfigObject, compare, configObject } from './config-object';
import { endpointSources } from './endpoint-sources';
import type { MeshFacts } from './facts';
import { kubernetesServices } from './kubernetes-services';
import { machinesOf } from './machines';
import { meshConfig } from './mesh-config';
import type { ConfigObjects, MeshModel } from './model';
import type { RegisteredService } from './registered-service';
import type { Service } from './service';
import { servicesOfServiceEntries } from './service-entries';
import { workloadsOf } from './workloads';

/** Objects without creation time are as old as each other, and younger than Services of Kubernetes without one. */
const age = Date.UTC(2026, 0, 1);

const lists = new Map<string, keyof ConfigObjects>([
  ['networking.istio.io/VirtualService', 'virtualServices'],
  ['networking.istio.io/DestinationRule', 'destinationRules'],
  ['networking.istio.io/Gateway', 'gateways'],
  ['networking.istio.io/ServiceEntry', 'serviceEntries'],
  ['networking.istio.io/Sidecar', 'sidecars'],
  ['security.istio.io/PeerAuthentication', 'peerAuthentications'],
  ['security.istio.io/RequestAuthentication', 'requestAuthentications'],
  ['security.istio.io/AuthorizationPolicy', 'authorizationPolicies'],
]);

/** Kinds of Istio's groups that configure no proxy by themselves. */
const inert: ReadonlySet<string> = new Set(['WorkloadEntry', 'WorkloadGroup']);

/** Groups whose other kinds take effect in proxies. */
const effective: ReadonlySet<string> = new Set([
  'networking.istio.io',
  'security.istio.io',
  'extensions.istio.io',
  'telemetry.istio.io',
  'gateway.networking.k8s.io',
]);

/**
 * Builds the mesh that manifests and facts describe. Of manifests with the same kind, namespace and name the last one counts, as if they were applied one after another; objects without
 * namespace belong to `default`. Where DNS is open, the machines of WorkloadEntries are there too.
 *
 * @param isRefused whether a cluster would refuse a manifest, which then takes no part; asked when it matters, and perhaps several times
 */
export function buildMesh(manifests: readonly Manifest[], facts: MeshFacts = {}, isRefused: (manifest: Manifest) => boolean = () => false): MeshModel {
  const config = meshConfig(facts.mesh);
  const domain = 'cluster.local';
  const applied = lastOfEach(manifests, isRefused).filter((manifest) => judgedWhenMet.has(String(manifest.object.kind)) || !isRefused(manifest));
  const objects = configObjects(applied, facts.documentOrder ?? false);
  const declared = declaredNamespaces(applied, facts);
  const listed = workloadsOf(applied, facts.workloads ?? [], declared);
  const workloads = facts.dns === 'listed' ? listed : [...listed, ...machinesOf(applied, objects.serviceEntries, listed)];
  const sources = endpointSources(applied, workloads);
  const kubernetes = kubernetesServices(applied, facts.services ?? [], config, domain, sources);
  const namespaces = allNamespaces(declared, [...workloads, ...kubernetes, ...objects.serviceEntries]);
  const services = inOrder([...servicesOfServiceEntries(objects.serviceEntries, config, namespaces, sources), ...kubernetes]);
  shareEndpoints(services);
  return { config, domain, facts, manifests: applied, objects, takesPart: ({ manifest }) => !isRefused(manifest), workloads, services, namespaces };
}

/** Applying an object again changes it where it stands, unless it is refused. */
function lastOfEach(manifests: readonly Manifest[], isRefused: (manifest: Manifest) => boolean): readonly Manifest[] {
  const found = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const { apiVersion, kind, namespace = 'default', name } = identityOf(manifest.object);
    const key = `${groupOf(apiVersion)}/${kind}/${namespace}/${name}`;
    if (!found.has(key) || !isRefused(manifest)) found.set(key, manifest);
  }
  return [...found.values()];
}

function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}

/** Kinds of which a mesh may have thousands, and a request meets a few. */
const judgedWhenMet: ReadonlySet<string> = new Set(['VirtualService', 'DestinationRule', 'AuthorizationPolicy']);

function configObjects(manifests: readonly Manifest[], inDocumentOrder: boolean): ConfigObjects {
  const found: { [K in keyof ConfigObjects]: ConfigObject<never>[] } = {
    virtualServices: [],
    destinationRules: [],
    gateways: [],
    serviceEntries: [],
    sidecars: [],
    peerAuthentications: [],
    requestAuthentications: [],
    authorizationPolicies: [],
    others: [],
  };
  for (const [index, manifest] of manifests.entries()) {
    const { apiVersion, kind } = identityOf(manifest.object);
    const group = groupOf(apiVersion);
    if (!effective.has(group) || inert.has(kind)) continue;
    found[lists.get(`${group}/${kind}`) ?? 'others'].push(configObject<never>(manifest, age + (inDocumentOrder ? index * 1000 : 0)));
  }
  for (const list of Object.values(found)) list.sort(byAge);
  return found;
}

/** Namespaces with what is said about them; those of the facts add to those of the manifests. */
function declaredNamespaces(manifests: readonly Manifest[], { namespaces = {} }: MeshFacts): Map<string, Labels> {
  const found = new Map<string, Labels>();
  for (const manifest of manifests) {
    if (manifest.object.kind !== 'Namespace') continue;
    const { name, labels } = configObject<unknown>(manifest);
    found.set(name, labels);
  }
  for (const [name, labels] of Object.entries(namespaces)) found.set(name, { ...found.get(name), ...labels });
  return found;
}

function allNamespaces(declared: ReadonlyMap<string, Labels>, objects: readonly { readonly namespace: string }[]): ReadonlyMap<string, Labels> {
  const found = new Map<string, Labels>();
  for (const name of [...declared.keys(), ...objects.map(({ namespace }) => namespace)]) {
    if (!found.has(name)) found.set(name, { 'kubernetes.io/metadata.name': name, ...declared.get(name) });
  }
  return found;
}

/** istiod's order: the older first, then by name (of a ServiceEntry that is its host), then by namespace. */
function inOrder(services: RegisteredService[]): RegisteredService[] {
  return services.sort(
    (one, other) =>
      one.createdAt - other.createdAt ||
      compare(nameInOrder(one), nameInOrder(other)) ||
      compare(one.namespace, other.namespace) ||
      compare(one.name, other.name),
  );
}

function nameInOrder({ registry, hostname, name }: Service): string {
  return registry === 'External' ? hostname : name;
}

/** Objects that declare the same hostname in the same namespace have their endpoints in common. */
function shareEndpoints(services: readonly RegisteredService[]): void {
  const byHost = new Map<string, RegisteredService[]>();
  for (const service of services) {
    const key = `${service.namespace}/${service.hostname}`;
    const known = byHost.get(key);
    if (known === undefined) byHost.set(key, [service]);
    else known.push(service);
  }
  for (const peers of byHost.values()) {
    if (peers.length > 1) for (const service of peers) service.share(peers);
  }
}

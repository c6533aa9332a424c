import type { Labels } from '../manifest/labels';
import type { Manifest } from '../manifest/manifest';
import { type ConfigObject, compare, configObject } from './config-object';
import { type EndpointSlice, endpointSlices } from './endpoint-slices';
import { LabelIndex } from './label-index';
import { localityLabel, topologyLabels } from './locality';
import type { Endpoint } from './service';
import type { WorkloadEntrySpec } from './specs/service-entry';
import type { Workload } from './workload';

/** What the endpoints of services are made of. */
export interface EndpointSources {
  /** Pods of a namespace, by their labels; those that are scaled to nothing are left out. */
  pods(namespace: string): LabelIndex<Workload>;
  /** Healthy WorkloadEntries of a namespace, by their labels. */
  workloadEntries(namespace: string): LabelIndex<ConfigObject<WorkloadEntrySpec>>;
  /** What manifests list as endpoints of a Service of Kubernetes. */
  slices(namespace: string, service: string): readonly EndpointSlice[];
  workloadAt(ip: string): Workload | undefined;
}

/** Indexes workloads and manifests for the services that will ask. */
export function endpointSources(manifests: readonly Manifest[], workloads: readonly Workload[]): EndpointSources {
  const entries = manifests
    .filter(({ object }) => object.kind === 'WorkloadEntry')
    .map((manifest) => configObject<WorkloadEntrySpec>(manifest))
    .filter(isHealthy)
    .sort((one, other) => compare(one.name, other.name));
  const pods = indexByNamespace(
    workloads.filter(({ isPod, replicas }) => isPod && replicas > 0),
    podLabels,
  );
  const workloadEntries = indexByNamespace(entries, workloadEntryLabels);
  const byIp = new Map<string, Workload>();
  for (const workload of workloads) if (!byIp.has(workload.ip)) byIp.set(workload.ip, workload);
  const slices = endpointSlices(manifests);
  return { pods, workloadEntries, slices: (namespace, service) => slices.get(`${namespace}/${service}`) ?? [], workloadAt: (ip) => byIp.get(ip) };
}

function indexByNamespace<T extends { readonly namespace: string }>(items: readonly T[], labelsOf: (item: T) => Labels): (namespace: string) => LabelIndex<T> {
  const byNamespace = new Map<string, T[]>();
  for (const item of items) {
    const known = byNamespace.get(item.namespace);
    if (known === undefined) byNamespace.set(item.namespace, [item]);
    else known.push(item);
  }
  const indices = new Map<string, LabelIndex<T>>();
  return (namespace) => {
    let index = indices.get(namespace);
    if (index === undefined) {
      index = new LabelIndex(byNamespace.get(namespace) ?? [], labelsOf);
      indices.set(namespace, index);
    }
    return index;
  };
}

/** The labels that the pods carry once they run: with those that injection adds. */
export function podLabels({ name, labels, proxy }: Workload): Labels {
  return {
    'service.istio.io/canonical-name': labels['app.kubernetes.io/name'] ?? labels.app ?? name,
    ...(proxy === 'sidecar' && { 'security.istio.io/tlsMode': 'istio' }),
    ...labels,
  };
}

/** What a workload is as an endpoint, but for the port. */
export type EndpointOfWorkload = Omit<Endpoint, 'port'>;

const ofPods = new WeakMap<Workload, EndpointOfWorkload>();

/** A pod as an endpoint; one object for all services that it stands behind. */
export function podEndpoint(workload: Workload): EndpointOfWorkload {
  let endpoint = ofPods.get(workload);
  if (endpoint === undefined) {
    const labels = podLabels(workload);
    const locality = localityLabel(labels) ?? workload.locality;
    endpoint = {
      address: workload.ip,
      labels: { ...labels, ...topologyLabels(locality) },
      locality,
      weight: workload.replicas,
      serviceAccount: workload.serviceAccount,
      namespace: workload.namespace,
      tlsMode: labels['security.istio.io/tlsMode'] === 'istio' ? 'istio' : 'disabled',
      healthy: workload.ready,
      workload,
    };
    ofPods.set(workload, endpoint);
  }
  return endpoint;
}

/** Labels of the object win over those of its spec. */
export function workloadEntryLabels({ spec, labels }: ConfigObject<WorkloadEntrySpec>): Labels {
  return { ...spec.labels, ...labels };
}

/** Where health is checked, an entry is out of service until somebody reports it as healthy. */
function isHealthy({ annotations, manifest }: ConfigObject<WorkloadEntrySpec>): boolean {
  if (annotations['proxy.istio.io/health-checks-enabled'] !== 'true') return true;
  const { conditions = [] } = (manifest.object.status ?? {}) as { readonly conditions?: readonly { readonly type?: string; readonly status?: string }[] };
  return conditions.some(({ type, status }) => type === 'Healthy' && status === 'True');
}

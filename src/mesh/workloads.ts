import type { Manifest } from '../manifest/manifest';
import { entryOf } from './entry-of';
import type { WorkloadFact } from './facts';
import { injection, isGatewayPod } from './injection';
import { localityLabel, parseLocality } from './locality';
import { madeUpAddress } from './made-up-addresses';
import { type MeshModel, perMesh } from './model';
import { type PodTemplate, podTemplates, runningContainers } from './pod-template';
import type { Locality, Workload } from './workload';

/**
 * The workloads of a mesh: first those of the facts, in their order, then those of the manifests that no fact names. A fact that has name and namespace of a manifest's workload
 * adds to it, and wins where both say something. The n-th gets the n-th made-up address, unless its own is known.
 *
 * @param namespaces labels of the namespaces that are declared
 */
export function workloadsOf(
  manifests: readonly Manifest[],
  facts: readonly WorkloadFact[],
  namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>,
): Workload[] {
  const pods = podTemplates(manifests);
  const getsSidecar = injection({ namespaces, pods });
  const byName = new Map<string, PodTemplate>();
  for (const pod of pods) if (!byName.has(key(pod))) byName.set(key(pod), pod);
  const named = new Set<PodTemplate>();
  const workloads = facts.map((fact, index) => {
    const pod = byName.get(key(fact));
    if (pod === undefined) return ofFact(fact, index + 1);
    named.add(pod);
    return withFact(ofPod(pod, index + 1, getsSidecar), fact);
  });
  for (const pod of pods) if (!named.has(pod)) workloads.push(ofPod(pod, workloads.length + 1, getsSidecar));
  return workloads;
}

function key({ name, namespace }: { readonly name: string; readonly namespace?: string }): string {
  return `${namespace ?? 'default'}/${name}`;
}

function ofFact(fact: WorkloadFact, n: number): Workload {
  const { name } = fact;
  return withFact(
    {
      name,
      namespace: fact.namespace ?? 'default',
      labels: fact.labels ? {} : { app: name },
      serviceAccount: 'default',
      proxy: 'sidecar',
      ip: madeUpAddress('workload', n),
      locality: parseLocality(undefined),
      containerPorts: new Map(),
      ports: [],
      tlsPorts: [],
      certHosts: [name],
      certCA: 'public',
      ready: true,
      isPod: true,
      behavior: {},
      replicas: 1,
    },
    fact,
  );
}

function withFact(workload: Workload, fact: WorkloadFact): Workload {
  return {
    ...workload,
    labels: { ...workload.labels, ...fact.labels },
    serviceAccount: fact.serviceAccount ?? workload.serviceAccount,
    proxy: proxyOf(workload, fact),
    ip: fact.ip ?? workload.ip,
    locality: fact.locality ? parseLocality(fact.locality) : workload.locality,
    containerPorts: new Map([...workload.containerPorts, ...Object.entries(fact.containerPorts ?? {})]),
    ports: [...new Set([...workload.ports, ...(fact.ports ?? [])])],
    tlsPorts: fact.tlsPorts ?? workload.tlsPorts,
    certHosts: fact.certHosts ?? workload.certHosts,
    certCA: fact.certCA ?? workload.certCA,
    ready: fact.ready ?? workload.ready,
    isPod: fact.pod ?? workload.isPod,
    behavior: fact.behavior ?? workload.behavior,
  };
}

function proxyOf(workload: Workload, { gateway, sidecar }: WorkloadFact): Workload['proxy'] {
  if (gateway ?? (sidecar === undefined && workload.proxy === 'gateway')) return 'gateway';
  return (sidecar ?? workload.proxy !== 'none') ? 'sidecar' : 'none';
}

function ofPod(pod: PodTemplate, n: number, getsSidecar: (pod: PodTemplate) => boolean): Workload {
  const { manifest, name, namespace, labels, spec, replicas, ready } = pod;
  const containers = runningContainers(spec);
  return {
    name,
    namespace,
    labels,
    serviceAccount: spec.serviceAccountName || spec.serviceAccount || 'default',
    proxy: isGatewayPod(pod) ? 'gateway' : getsSidecar(pod) ? 'sidecar' : 'none',
    ip: pod.ip ?? madeUpAddress('workload', n),
    locality: localityOf(pod),
    containerPorts: containerPorts(containers),
    ports: containers.flatMap(({ ports = [] }) => ports.flatMap(({ containerPort }) => containerPort ?? [])),
    tlsPorts: [],
    certHosts: [name],
    certCA: 'public',
    ready,
    isPod: true,
    behavior: {},
    replicas,
    manifest,
  };
}

/** As Kubernetes finds them: the first port of a name counts. */
function containerPorts(containers: ReturnType<typeof runningContainers>): Map<string, number> {
  const found = new Map<string, number>();
  for (const { ports = [] } of containers) {
    for (const { name, containerPort, protocol = 'TCP' } of ports) {
      if (name && containerPort !== undefined && protocol === 'TCP' && !found.has(name)) found.set(name, containerPort);
    }
  }
  return found;
}

/** Pods that choose their nodes by place run there. */
function localityOf({ labels, spec: { nodeSelector = {} } }: PodTemplate): Locality {
  return (
    localityLabel(labels) ?? {
      region: nodeSelector['topology.kubernetes.io/region'] ?? '',
      zone: nodeSelector['topology.kubernetes.io/zone'] ?? '',
      subzone: nodeSelector['topology.istio.io/subzone'] ?? '',
    }
  );
}

const byNames = perMesh(({ workloads }) => {
  const bare = new Map<string, Workload[]>();
  // A full name wins over a bare one that happens to hold a dot.
  const full = new Map<string, Workload[]>();
  for (const workload of workloads) {
    const { name, namespace } = workload;
    if (full.has(`${name}.${namespace}`)) continue;
    full.set(`${name}.${namespace}`, [workload]);
    entryOf(bare, name, () => []).push(workload);
  }
  return new Map([...bare, ...full]);
});

/** The workloads of a name: that of `productpage-v1.bookinfo`, or of `productpage-v1` one from each namespace that has it. */
export function workloadsNamed(mesh: MeshModel, name: string): readonly Workload[] {
  return byNames(mesh).get(name) ?? [];
}

/** The workload of a name; the first where several namespaces have it. */
export function findWorkload(mesh: MeshModel, name: string): Workload | undefined {
  return workloadsNamed(mesh, name)[0];
}

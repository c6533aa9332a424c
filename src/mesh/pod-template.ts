import type { Labels } from '../manifest/labels';
import type { KubernetesObject, Manifest } from '../manifest/manifest';

/** What the registry reads of the pods that a manifest makes. */
export interface PodTemplate {
  readonly manifest: Manifest;
  /** Name and namespace of the object, which stand for those of its pods. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly spec: PodSpec;
  readonly replicas: number;
  /** Of a pod that runs already. */
  readonly ip?: string;
  readonly ready: boolean;
}

export interface PodSpec {
  readonly serviceAccountName?: string;
  readonly serviceAccount?: string;
  readonly hostNetwork?: boolean;
  readonly nodeSelector?: Labels;
  readonly containers: readonly ContainerSpec[];
  readonly initContainers?: readonly ContainerSpec[];
}

export interface ContainerSpec {
  readonly name?: string;
  readonly image?: string;
  readonly args?: readonly string[];
  readonly restartPolicy?: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort?: number; readonly protocol?: string }[];
}

interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly ownerReferences?: readonly { readonly kind?: string; readonly name?: string }[];
}

interface PodStatus {
  readonly podIP?: string;
  readonly phase?: string;
  readonly conditions?: readonly { readonly type?: string; readonly status?: string }[];
}

/**
 * The pods of all manifests: Pods themselves, the jobs of CronJobs, and every kind with `spec.template` that holds labels and containers, such as Deployments, StatefulSets,
 * DaemonSets, ReplicaSets, Jobs and Rollouts. What another of the manifests owns (the ReplicaSet of a Deployment) is not counted again.
 */
export function podTemplates(manifests: readonly Manifest[]): PodTemplate[] {
  const found: PodTemplate[] = [];
  for (const manifest of manifests) {
    const template = read(manifest);
    if (template !== undefined) found.push(template);
  }
  const owners = new Set(found.map(({ manifest, namespace, name }) => `${String(manifest.object.kind)}/${namespace}/${name}`));
  return found.filter(({ manifest, namespace }) => {
    const { ownerReferences = [] } = metadataOf(manifest.object);
    return !ownerReferences.some(({ kind, name }) => owners.has(`${kind}/${namespace}/${name}`));
  });
}

function read(manifest: Manifest): PodTemplate | undefined {
  const { object } = manifest;
  const { name = '', namespace } = metadataOf(object);
  const about = { manifest, name, namespace: namespace || 'default' };
  const spec = record(object.spec);
  if (object.kind === 'Pod') {
    const { phase, podIP, conditions = [] } = record(object.status) as PodStatus;
    const pod = podSpec(spec);
    if (pod === undefined || phase === 'Succeeded' || phase === 'Failed') return undefined;
    const ready = !conditions.some(({ type, status }) => type === 'Ready' && status === 'False');
    return { ...about, ...labelsAndAnnotations(object), spec: pod, replicas: 1, ready, ...(podIP ? { ip: podIP } : {}) };
  }
  const template = record(object.kind === 'CronJob' ? record(record(spec.jobTemplate).spec).template : spec.template);
  const pod = podSpec(record(template.spec));
  if (pod === undefined) return undefined;
  const replicas = typeof spec.replicas === 'number' && object.kind !== 'DaemonSet' ? spec.replicas : 1;
  return { ...about, ...labelsAndAnnotations(template), spec: pod, replicas, ready: true };
}

function podSpec(spec: KubernetesObject): PodSpec | undefined {
  return Array.isArray(spec.containers) && spec.containers.length > 0 ? (spec as unknown as PodSpec) : undefined;
}

function labelsAndAnnotations(object: KubernetesObject): { readonly labels: Labels; readonly annotations: Labels } {
  const { labels, annotations } = metadataOf(object);
  return { labels: labels ?? {}, annotations: annotations ?? {} };
}

function metadataOf(object: KubernetesObject): Metadata {
  return record(object.metadata) as Metadata;
}

function record(value: unknown): KubernetesObject {
  return typeof value === 'object' && value !== null ? (value as KubernetesObject) : {};
}

/** Containers that run as long as the pod does, with sidecars that are written as init containers. */
export function runningContainers({ containers, initContainers }: PodSpec): readonly ContainerSpec[] {
  return [...containers, ...(initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')];
}

import type { Labels } from '../manifest/labels';
import { labelsMatch } from '../manifest/labels';
import type { KubernetesObject, Manifest } from '../manifest/manifest';
import type { MeshFacts, WorkloadFact } from '../mesh/facts';
import type { GatewaySpec } from '../mesh/specs/gateway';

/** What is taken for granted because nobody says otherwise: the facts with it, and a sentence for each assumption, by the workload that it is about. */
export interface Assumptions {
  readonly facts: MeshFacts;
  readonly sentences: ReadonlyMap<string, string>;
}

type Template = {
  readonly spec?: { readonly template?: { readonly metadata?: { readonly labels?: Labels } } };
  readonly metadata?: { readonly labels?: Labels };
};

/**
 * Manifests of applications seldom hold the gateway that they rely on. For every Gateway that selects no pod a gateway pod with just these labels is assumed in the root
 * namespace.
 */
export function assume(manifests: readonly Manifest[], facts: MeshFacts, isRefused: (manifest: Manifest) => boolean): Assumptions {
  const pods: Labels[] = [
    ...manifests.flatMap(({ object }) => {
      const { spec, metadata } = object as Template;
      const labels = object.kind === 'Pod' ? metadata?.labels : spec?.template?.metadata?.labels;
      return labels === undefined ? [] : [labels];
    }),
    ...(facts.workloads ?? []).flatMap(({ labels }) => (labels === undefined ? [] : [labels])),
  ];
  const root = String(facts.mesh?.rootNamespace ?? 'istio-system');
  const workloads = new Map<string, WorkloadFact>();
  const sentences = new Map<string, string>();
  for (const manifest of manifests) {
    const { object } = manifest;
    if (object.kind !== 'Gateway' || !String(object.apiVersion).startsWith('networking.istio.io/') || isRefused(manifest)) continue;
    const { selector = {} } = (object.spec ?? {}) as GatewaySpec;
    if (!pods.some((labels) => labelsMatch(selector, labels))) {
      const labels = Object.keys(selector).length === 0 ? { istio: 'ingressgateway' } : selector;
      const name = nameOfGateway(labels);
      if (!workloads.has(JSON.stringify(labels))) {
        workloads.set(JSON.stringify(labels), { name, namespace: root, labels, serviceAccount: name, gateway: true });
        sentences.set(name, `no pod carries the labels ${describe(labels)} of Gateway ${identity(object)}: a gateway ${name} in ${root} is assumed`);
      }
    }
  }
  if (workloads.size === 0) return { facts, sentences };
  return { facts: { ...facts, workloads: [...(facts.workloads ?? []), ...workloads.values()] }, sentences };
}

function nameOfGateway(labels: Labels): string {
  const name = labels.istio ?? labels.app ?? Object.values(labels)[0] ?? 'gateway';
  return name.startsWith('istio') ? name : `istio-${name}`;
}

function describe(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

function identity({ metadata }: KubernetesObject): string {
  const { name = '', namespace } = (metadata ?? {}) as { readonly name?: string; readonly namespace?: string };
  return namespace === undefined ? name : `${namespace}/${name}`;
}

import { JsonPatch } from 'cdk8s';
import { type Claim, type ClusterService, type ClusterWorkload, catalogue, manifestsOf, type Scenario, type Step } from '../../src/scenarios';

/** A plain object of Kubernetes, read without knowing its kind. */
// biome-ignore lint/suspicious/noExplicitAny: manifests of every kind
export type Manifest = any;

/** The scenario with an id. */
export function scenarioOf(id: string): Scenario {
  return named(catalogue, id);
}

/** The step that a claim is about. */
export function stepOf({ steps }: Scenario, { step }: Pick<Claim, 'step'>): Step {
  return step === undefined ? (steps[steps.length - 1] as Step) : named(steps, step);
}

/** The manifests of a step of a scenario as kustomize gives them to the cluster; without a step, of the last one. */
export function builtStep(id: string, step?: string): Manifest[] {
  return builtManifests(stepOf(scenarioOf(id), { step }));
}

function named<Item extends { readonly id: string }>(items: readonly Item[], id: string): Item {
  const found = items.find((item) => item.id === id);
  if (!found) throw new Error(`there is no ${id} among ${items.map((item) => item.id).join(', ')}`);
  return found;
}

/** The manifests of a step as kustomize gives them to the cluster. */
export function builtManifests(step: Step, props: object = {}): Manifest[] {
  return manifestsOf(step, props).map((object: Manifest) => {
    const patches = (step.patches ?? []).filter(({ target }) => target.kind === object.kind && target.name === object.metadata.name);
    return patches.reduce((patched, { operations }) => JsonPatch.apply(patched, ...operations.map(operation)), object);
  });
}

function operation(patch: NonNullable<Step['patches']>[number]['operations'][number]): JsonPatch {
  return patch.op === 'remove' ? JsonPatch.remove(patch.path) : JsonPatch[patch.op](patch.path, patch.value);
}

/** Makes a case for the traffic tests of a claim: its step's manifests, the Services and pods that Kubernetes would make of them, and what the claim adds. */
export function trafficCase(scenario: Scenario, claim: Claim): object {
  const step = stepOf(scenario, claim);
  const { name, step: _step, props, services = [], workloads = [], notJudged: _reason, ...rest } = claim;
  const manifests = builtManifests(step, props);
  return {
    name: `${scenario.id}/${step.id}: ${name}`,
    istio: manifests.filter(({ apiVersion }) => /\.istio\.io\//.test(apiVersion)),
    namespaces: Object.fromEntries(ofKind(manifests, 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels ?? {}])),
    services: merge(ofKind(manifests, 'Service').map(service), services),
    workloads: merge(pods(manifests), workloads),
    ...rest,
  };
}

export function ofKind(manifests: readonly Manifest[], kind: string): Manifest[] {
  return manifests.filter((object) => object.kind === kind);
}

function service({ metadata, spec }: Manifest): object {
  const { ports, selector, type, externalName, clusterIP } = spec;
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    ...(metadata.annotations ? { annotations: metadata.annotations } : {}),
    ...(metadata.labels ? { labels: metadata.labels } : {}),
    ports: (ports ?? []).map(({ nodePort: _nodePort, ...port }: Manifest) => port),
    ...(selector ? { selector } : {}),
    ...(type === 'ExternalName' ? { type, externalName } : {}),
    ...(clusterIP ? { clusterIP } : {}),
  };
}

/** One pod for each Deployment, named like it. */
function pods(manifests: readonly Manifest[]): object[] {
  const injected = new Set(
    ofKind(manifests, 'Namespace')
      .filter(({ metadata }) => metadata.labels?.['istio-injection'] === 'enabled')
      .map(({ metadata }) => metadata.name),
  );
  return ofKind(manifests, 'Deployment').map(({ metadata, spec: { template } }) => ({
    name: metadata.name,
    namespace: metadata.namespace,
    labels: template.metadata.labels,
    ...(template.spec.serviceAccountName ? { serviceAccount: template.spec.serviceAccountName } : {}),
    sidecar: injected.has(metadata.namespace) && template.metadata.annotations?.['sidecar.istio.io/inject'] !== 'false',
    ports: template.spec.containers.flatMap(({ ports = [] }: Manifest) => ports.map(({ containerPort }: Manifest) => containerPort)),
  }));
}

type Named = Pick<ClusterService & ClusterWorkload, 'name' | 'namespace'>;

/** Adds what the cluster has beside the manifests; what bears the same name says more about one of theirs. */
function merge(own: object[], others: readonly Named[]): object[] {
  const key = ({ name, namespace = 'default' }: Named): string => `${namespace}/${name}`;
  const merged = new Map(own.map((item) => [key(item as Named), item]));
  for (const other of others) merged.set(key(other), { ...merged.get(key(other)), ...other });
  return [...merged.values()];
}

import { labelsMatch } from '../manifest/labels';
import { identityOf } from '../manifest/manifest';
import type { ConfigObject } from '../mesh/config-object';
import { type MeshModel, perMesh } from '../mesh/model';
import type { Workload } from '../mesh/workload';
import { findCluster } from './istiod/clusters';
import { unsimulatedEnvoyFilters } from './istiod/envoy-filters';

/** Kinds that only observe, or only say how a proxy is run; EnvoyFilters are looked at one by one. */
const withoutEffectOnAnswers: ReadonlySet<string> = new Set(['EnvoyFilter', 'Telemetry', 'ProxyConfig', 'WorkloadGroup', 'WorkloadEntry']);

type Selecting = {
  readonly workloadSelector?: { readonly labels?: Readonly<Record<string, string>> };
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
};

/** Sentences about the objects that would change what a proxy does and that are not simulated, such as an EnvoyFilter. */
export function unsimulatedAt(mesh: MeshModel, proxy: Workload): readonly string[] {
  return [...unsimulated(mesh).filter((object) => applies(mesh, object, proxy)), ...unsimulatedEnvoyFilters(mesh, proxy)].map(
    ({ kind, namespace, name }) => `${kind} ${namespace}/${name} applies to ${proxy.name}.${proxy.namespace}, and its effect is not simulated`,
  );
}

/** Sentences about what a DestinationRule asks for on the way to a cluster and that is not simulated, such as a tunnel. */
export function unsimulatedTowards(mesh: MeshModel, proxy: Workload, cluster: string): readonly string[] {
  const found = findCluster(mesh, proxy, cluster)?.unsimulated ?? [];
  return found.map(({ text, source }) => {
    const { kind, namespace = 'default', name } = identityOf(source?.manifest.object ?? {});
    return `${kind} ${namespace}/${name} says that ${text}, which is not simulated`;
  });
}

const unsimulated = perMesh(({ objects }) => objects.others.filter(({ kind }) => !withoutEffectOnAnswers.has(kind)) as readonly ConfigObject<Selecting>[]);

function applies({ config }: MeshModel, { namespace, spec }: ConfigObject<Selecting>, proxy: Workload): boolean {
  const selector = spec.workloadSelector?.labels ?? spec.selector?.matchLabels ?? {};
  return (namespace === config.rootNamespace || namespace === proxy.namespace) && labelsMatch(selector, proxy.labels);
}

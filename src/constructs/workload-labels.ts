import { specOf, toJsonOf } from './spec-of';

type Labels = Readonly<Record<string, string>>;

/**
 * The labels that choose the pods of a workload: what its own selector matches, otherwise the labels of its pods.
 * Takes workloads of every cdk8s-plus version by shape, and cdk8s ApiObjects of the kinds that Kubernetes has for them.
 */
export function workloadLabels(workload: object): Labels | undefined {
  return labelsByShape(workload as WorkloadShape) ?? labelsByManifest(workload);
}

interface WorkloadShape {
  readonly matchLabels?: unknown;
  readonly podMetadata?: { toJson?(): unknown };
}

/** cdk8s-plus gives each pod a label with the address of its construct, which changes when the construct moves: no label to rely on beside the author's own. */
const ADDRESS = 'cdk8s.io/metadata.addr';

function labelsByShape({ matchLabels, podMetadata }: WorkloadShape): Labels | undefined {
  const matched = labelMap(matchLabels);
  if (matched) return matched;
  const all = (podMetadata?.toJson?.() as { labels?: Record<string, string> } | undefined)?.labels ?? {};
  const { [ADDRESS]: _address, ...own } = all;
  return labelMap(own) ?? labelMap(all);
}

interface PodTemplate {
  readonly metadata?: { readonly labels?: unknown };
}

interface WorkloadSpec {
  readonly selector?: { readonly matchLabels?: unknown };
  readonly template?: PodTemplate;
  readonly jobTemplate?: { readonly spec?: { readonly template?: PodTemplate } };
}

function labelsByManifest(workload: object): Labels | undefined {
  const { kind } = workload as { kind?: unknown };
  const spec = specOf(workload) as WorkloadSpec;
  switch (kind) {
    case 'Pod':
      return labelMap((toJsonOf(workload)?.metadata as PodTemplate['metadata'])?.labels);
    case 'Service':
      return labelMap(spec.selector);
    case 'CronJob':
      return labelMap(spec.jobTemplate?.spec?.template?.metadata?.labels);
    default:
      return labelMap(spec.selector?.matchLabels) ?? labelMap(spec.template?.metadata?.labels);
  }
}

function labelMap(labels: unknown): Labels | undefined {
  return typeof labels === 'object' && labels !== null && Object.keys(labels).length > 0 ? { ...(labels as Labels) } : undefined;
}

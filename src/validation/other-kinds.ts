import type { KubernetesObject } from '../manifest/manifest';
import type { Report } from '../manifest/rule';
import { suggest } from '../manifest/suggest';
import { otherKindRules as rules } from './rules/other-kinds';

type Fields = { readonly [field: string]: unknown };

/** The groups of Kubernetes' own kinds, none of which has a name or a namespace beside its metadata. */
const builtIn: ReadonlySet<string> = new Set(['', 'apps', 'batch', 'autoscaling', 'policy', 'networking.k8s.io', 'rbac.authorization.k8s.io']);

/** Looks at objects that are not Istio's for slips that Istio suffers from: misplaced names, and volumes that the injector cannot read. */
export function checkOtherKind(object: KubernetesObject, report: Report): void {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    return;
  }
  const slash = apiVersion.indexOf('/');
  if (!builtIn.has(slash < 0 ? '' : apiVersion.slice(0, slash))) {
    return;
  }
  for (const field of ['name', 'namespace']) {
    if (typeof object[field] === 'string' && fields(object.metadata)[field] === undefined) {
      report(rules.outsideMetadata, field, `${field} stands beside metadata, where the ${kind} has no such field.`, `move ${field} into metadata`);
    }
  }
  const { template, jobTemplate } = fields(object.spec);
  const pods: readonly [string, unknown][] = [
    ['metadata', object.metadata],
    ['spec.template.metadata', fields(template).metadata],
    ['spec.jobTemplate.spec.template.metadata', fields(fields(fields(jobTemplate).spec).template).metadata],
  ];
  for (const [path, metadata] of pods) {
    checkUserVolumes(fields(fields(metadata).annotations), `${path}.annotations`, report);
  }
}

const annotations: { readonly [annotation: string]: readonly string[] | undefined } = {
  'sidecar.istio.io/userVolumeMount': ['name', 'mountPath', 'mountPropagation', 'readOnly', 'recursiveReadOnly', 'subPath', 'subPathExpr'],
  'sidecar.istio.io/userVolume': undefined,
};

/** The volumes of a sidecar are JSON in an annotation of the pod, which nobody checks until a pod is created. */
function checkUserVolumes(values: Fields, path: string, report: Report): void {
  for (const [annotation, known] of Object.entries(annotations)) {
    const text = values[annotation];
    if (typeof text !== 'string') {
      continue;
    }
    const at = `${path}[${annotation}]`;
    const mounts = parse(text);
    if (mounts === undefined) {
      report(rules.volumeNotJson, at, `The annotation ${annotation} is no JSON.`);
      continue;
    }
    for (const [volume, mount] of Object.entries(fields(mounts))) {
      for (const field of known === undefined ? [] : Object.keys(fields(mount))) {
        if (!known?.includes(field)) {
          const meant = suggest(field, known ?? []);
          report(rules.volumeMountField, at, `The mount of ${volume} has no field ${field}.`, meant === undefined ? undefined : `write ${meant}`);
        }
      }
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {});

import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ObjectReference } from '../../imports/schema';
import { workloadLabels } from '../constructs/workload-labels';
import { badInput } from './bad-input';

/**
 * The pods that a pattern is about: a Deployment, StatefulSet, DaemonSet, Pod or Service of any cdk8s-plus version or as an ApiObject,
 * their labels, or a name, which stands for the label `app`.
 */
export type Workload = string | ObjectReference | { readonly [label: string]: string };

/** The labels that choose the pods of a workload. Throws when there are none, because an empty selector is a whole namespace. */
export function podLabels(workload: Workload): Readonly<Record<string, string>> {
  if (typeof workload === 'string') {
    if (workload === '') throw badInput('the name of the workload is empty');
    return { app: workload };
  }
  if (isObject(workload)) {
    const labels = workloadLabels(workload);
    if (!labels) throw badInput(`${workload.kind} ${workload.name} has no labels to select its pods by`);
    return labels;
  }
  if (Object.keys(workload).length === 0) throw badInput('the workload has no labels, and without any the whole namespace would be meant');
  return { ...workload };
}

/** What objects about a workload are called after: its name, otherwise its label `app`, otherwise the values of its labels. */
export function nameOf(workload: Workload | ObjectReference): string {
  if (typeof workload === 'string') return workload;
  if (isObject(workload)) return workload.name;
  return workload.app ?? Object.values(workload).join('-');
}

/**
 * The namespace for the objects that select a workload: they only see pods of their own. That is the workload's, where it is known, otherwise the chart's.
 * Undefined where neither is known.
 */
export function namespaceOf(scope: Construct, workload?: Workload | ObjectReference): string | undefined {
  const own = isObject(workload) ? workload.metadata.namespace : undefined;
  return own ?? Chart.of(scope).namespace;
}

/** Whether a value is a construct that stands for a Kubernetes object, rather than a name or labels. */
export function isObject(value: unknown): value is ObjectReference {
  const { kind, name, metadata } = (typeof value === 'object' && value !== null ? value : {}) as Partial<ObjectReference>;
  return typeof kind === 'string' && typeof name === 'string' && typeof metadata === 'object';
}

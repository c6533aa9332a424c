import type { ObjectReference } from '../../imports/schema';
import { specOf, toJsonOf } from '../constructs/spec-of';
import { workloadLabels } from '../constructs/workload-labels';
import { badInput } from './bad-input';
import { isOpaque, portsOf } from './service-port';
import { isObject, podLabels, type Workload } from './workload';

/** What is known of a service of a call graph beside its name. */
export interface ServiceFacts {
  /** Its pods. @default - what its Service or its Deployments select, otherwise the label `app` with its name */
  readonly workload?: Workload;
  /** The service accounts that its pods run as. @default - those of its Deployments, otherwise one with its name */
  readonly serviceAccount?: string | ObjectReference | readonly (string | ObjectReference)[];
  /** The port of the pods behind each port of the Service, where they differ: `{ 80: 8080 }`. @default - what the Service says, otherwise the same ports */
  readonly targetPorts?: Readonly<Record<number, number>>;
}

/** A port of a Service. */
export interface ServicePort {
  readonly number: number;
  /** The port of the pods, or its name. */
  readonly targetPort: number | string;
  /** Whether policies can look at methods and paths there. */
  readonly isHttp: boolean;
}

/** A service of the graph with its pods. */
export interface Program {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccounts: readonly string[];
  /** Of its Service; undefined while only its name is known. */
  readonly ports: readonly ServicePort[] | undefined;
  readonly targetPorts: Readonly<Record<number, number>>;
}

/** Puts together what is known of a service from its facts, its objects, and the convention. */
export function programOf(name: string, namespace: string, objects: readonly ObjectReference[], facts: ServiceFacts): Program {
  const known = [...objects, ...(isObject(facts.workload) ? [facts.workload] : [])];
  const service = known.find(({ kind }) => kind === 'Service');
  const workloads = known.filter(({ kind }) => kind !== 'Service');
  return {
    name,
    namespace,
    labels: facts.workload === undefined ? labelsOf(name, service, workloads) : podLabels(facts.workload),
    serviceAccounts: facts.serviceAccount === undefined ? accountsOf(name, workloads) : [facts.serviceAccount].flat().map(accountName),
    ports: service && portsOf(service).map((port) => ({ number: port.port, targetPort: port.targetPort ?? port.port, isHttp: !isOpaque(port) })),
    targetPorts: facts.targetPorts ?? {},
  };
}

/** The selector of the Service covers all of its Deployments; without one it is what these have in common. */
function labelsOf(name: string, service: ObjectReference | undefined, workloads: readonly ObjectReference[]): Readonly<Record<string, string>> {
  const selected = service && workloadLabels(service);
  if (selected) return selected;
  const [first, ...others] = workloads.map((workload) => podLabels(workload));
  if (!first) return { app: name };
  const common = Object.entries(first).filter(([key, value]) => others.every((labels) => labels[key] === value));
  if (common.length === 0) throw badInput(`the workloads of ${name} have no label in common to select their pods by`);
  return Object.fromEntries(common);
}

function accountsOf(name: string, workloads: readonly ObjectReference[]): readonly string[] {
  if (workloads.length === 0) return [name];
  return [...new Set(workloads.map(accountOf))];
}

interface PodOwner {
  readonly serviceAccount?: { readonly name?: unknown };
}

function accountOf(workload: ObjectReference): string {
  const byShape = (workload as PodOwner).serviceAccount?.name;
  if (typeof byShape === 'string') return byShape;
  const { template } = specOf(workload) as { template?: { spec?: { serviceAccountName?: unknown } } };
  const written =
    workload.kind === 'Pod' ? (toJsonOf(workload)?.spec as { serviceAccountName?: unknown })?.serviceAccountName : template?.spec?.serviceAccountName;
  if (typeof written === 'string') return written;
  throw badInput(`${workload.kind} ${workload.name} has no service account of its own, so every program without one could call in its name; give it one`);
}

const accountName = (account: string | ObjectReference): string => (typeof account === 'string' ? account : account.name);

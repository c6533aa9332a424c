import type { IConstruct } from 'constructs';
import type { Reference, Schema } from '../../imports/schema';
import { fullyQualified } from '../manifest/host';
import { clusterDomain, trustDomain } from './mesh-context';
import { specOf } from './spec-of';
import { workloadLabels } from './workload-labels';

/** An object that stands in a field in place of the text that names it. */
interface Referent {
  readonly value: object;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** The object whose field is written. */
export interface Consumer extends IConstruct {
  readonly kind: string;
  readonly name: string;
  readonly metadata: { readonly namespace?: string };
}

/** How a kind of field writes the objects that may stand in it. */
export interface ReferenceRule {
  /** `group/Kind` of each, the group of Kubernetes' own kinds being empty; absent for workloads, which are known by their labels. */
  readonly takes?: readonly string[];
  /** What is written, in words, for the documentation. */
  readonly writes: string;
  write(referent: Referent, consumer: Consumer, schema: Schema): unknown;
}

const workload: Pick<ReferenceRule, 'writes' | 'write'> = {
  writes:
    "the labels that the workload's own selector matches, otherwise the labels of its pods. Except in a Gateway and in `istio-system`, a workload of another namespace is an error",
  write(referent, consumer, schema) {
    const labels = workloadLabels(referent.value);
    if (!labels) throw new Error(`${describe(referent)} has no labels to select its pods by`);
    requireReach(referent, consumer);
    if (schema.properties?.matchLabels) return { matchLabels: labels };
    return schema.properties?.labels ? { labels } : labels;
  },
};

/** Where Istio looks for configuration of the whole mesh, unless the mesh says otherwise. */
const ROOT_NAMESPACE = 'istio-system';

/** Proxies read the credentials that these kinds name in the namespace of their own pods, which the object does not know. */
const readByProxies: ReadonlySet<string> = new Set(['Gateway', 'DestinationRule']);

/** Every kind of reference: what it takes and what it writes. The tables of the documentation are made from this. */
export const referenceRules: { readonly [reference in Reference]: ReferenceRule } = {
  gateway: {
    takes: ['networking.istio.io/Gateway'],
    writes: '`name`; `namespace/name` from another namespace',
    write: (gateway, consumer) => (isNear(gateway, consumer) ? gateway.name : `${gateway.namespace}/${gateway.name}`),
  },
  host: {
    takes: ['/Service', 'networking.istio.io/ServiceEntry', 'networking.istio.io/DestinationRule'],
    writes:
      'a Service: `name`; `name.namespace.svc.cluster.local` from another namespace. A ServiceEntry: its only host. A DestinationRule: its host, made a full name from another namespace',
    write: hostOf,
  },
  virtualService: {
    takes: ['networking.istio.io/VirtualService'],
    writes: '`{ name }`; `{ name, namespace }` from another namespace',
    write: (routes, consumer) => ({ name: routes.name, ...(isNear(routes, consumer) ? {} : { namespace: routes.namespace }) }),
  },
  secret: {
    takes: ['/Secret', 'cert-manager.io/Certificate'],
    writes:
      'a Secret: `name`. A Certificate: the name of its Secret. In a Gateway or DestinationRule it must lie where the pods of the proxies run; elsewhere an object of another namespace is an error',
    write(secret, consumer) {
      if (!readByProxies.has(consumer.kind)) requireNear(secret, consumer);
      return secret.kind === 'Certificate' ? (specOf(secret.value).secretName ?? secret.name) : secret.name;
    },
  },
  egressHost: {
    takes: ['/Service', 'networking.istio.io/ServiceEntry'],
    writes: '`./host`; `namespace/host` from another namespace. The host of a Service is its full name, that of a ServiceEntry its only host',
    write(referent, consumer) {
      const host =
        referent.kind === 'Service' ? fullyQualified(referent.name, requireNamespace(referent, consumer), clusterDomain(consumer)) : onlyHost(referent);
      return `${isNear(referent, consumer) ? '.' : referent.namespace}/${host}`;
    },
  },
  selector: workload,
  labels: workload,
  principal: {
    takes: ['/ServiceAccount'],
    writes: '`cluster.local/ns/namespace/sa/name`',
    write: (account, consumer) => `${trustDomain(consumer)}/ns/${requireNamespace(account, consumer)}/sa/${account.name}`,
  },
  serviceAccount: {
    takes: ['/ServiceAccount'],
    writes: '`namespace/name`; `name` while no namespace is known',
    write(account, consumer) {
      const namespace = account.namespace ?? consumer.metadata.namespace;
      return namespace === undefined ? account.name : `${namespace}/${account.name}`;
    },
  },
  serviceAccountName: {
    takes: ['/ServiceAccount'],
    writes: '`name`. An object of another namespace is an error',
    write(account, consumer) {
      requireNear(account, consumer);
      return account.name;
    },
  },
  target: {
    takes: ['/Service', 'networking.istio.io/ServiceEntry', 'gateway.networking.k8s.io/Gateway', 'gateway.networking.k8s.io/GatewayClass'],
    writes: '`{ group, kind, name }`. An object of another namespace is an error',
    write(target, consumer) {
      if (target.kind !== 'GatewayClass') requireNear(target, consumer);
      return { group: groupOf(target), kind: target.kind, name: target.name };
    },
  },
  namespace: { takes: ['/Namespace'], writes: '`name`', write: (namespace) => namespace.name },
};

/** Whether an object looks like one that may stand for another: it has a kind and a name. */
export function isReferent(value: object): boolean {
  const { kind, name } = value as { kind?: unknown; name?: unknown };
  return typeof kind === 'string' && typeof name === 'string';
}

/** What a field writes for an object that stands in it; `schema` is that of the field. Throws when the field does not take such an object. */
export function writeReference(reference: Reference, value: object, consumer: Consumer, schema: Schema): unknown {
  const rule = referenceRules[reference];
  const referent = referentOf(value);
  if (rule.takes && !rule.takes.includes(`${groupOf(referent)}/${referent.kind}`)) {
    throw new Error(`${describe(referent)} cannot stand here; it takes ${rule.takes.map(kindInWords).join(' or ')}`);
  }
  return rule.write(referent, consumer, schema);
}

/** `Service`, or `Gateway (networking.istio.io)`. */
export function kindInWords(groupAndKind: string): string {
  const [group, kind] = groupAndKind.split('/') as [string, string];
  return group === '' ? kind : `${kind} (${group})`;
}

function referentOf(value: object): Referent {
  const { apiVersion, kind, name, metadata } = value as { apiVersion?: unknown; kind: string; name: string; metadata?: { namespace?: string } };
  return { value, apiVersion: typeof apiVersion === 'string' ? apiVersion : '', kind, name, namespace: metadata?.namespace };
}

function groupOf({ apiVersion }: Referent): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] as string) : '';
}

function describe({ kind, name, namespace, apiVersion }: Referent): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}${apiVersion.includes('/') ? ` (${apiVersion})` : ''}`;
}

/** An object whose namespace is not known is taken to be where its consumer is: both are applied with the same default. */
function isNear(referent: Referent, consumer: Consumer): boolean {
  return referent.namespace === undefined || referent.namespace === consumer.metadata.namespace;
}

function requireNear(referent: Referent, consumer: Consumer): void {
  if (isNear(referent, consumer)) return;
  const { namespace } = consumer.metadata;
  throw new Error(
    `${describe(referent)} is not in the namespace of ${consumer.kind} ${namespace ? `${namespace}/` : ''}${consumer.name}, which can only name one of its own`,
  );
}

/** Selectors hold in the namespace of their object alone; those of a Gateway, and those in the mesh's root namespace, hold everywhere. */
function requireReach(referent: Referent, consumer: Consumer): void {
  if (consumer.kind === 'Gateway' || consumer.metadata.namespace === ROOT_NAMESPACE || consumer.metadata.namespace === undefined) return;
  if (isNear(referent, consumer)) return;
  const { namespace } = consumer.metadata;
  throw new Error(
    `${describe(referent)} is not in namespace ${namespace}, and ${consumer.kind} ${namespace}/${consumer.name} selects workloads of its own namespace only`,
  );
}

function requireNamespace(referent: Referent, consumer: Consumer): string {
  const namespace = referent.namespace ?? consumer.metadata.namespace;
  if (namespace === undefined)
    throw new Error(`the namespace of ${describe(referent)} is part of what is written here: give it a metadata.namespace, or its chart a namespace`);
  return namespace;
}

function hostOf(referent: Referent, consumer: Consumer): string {
  switch (referent.kind) {
    case 'ServiceEntry':
      return onlyHost(referent);
    case 'DestinationRule':
      return hostOfRule(referent, consumer);
    default:
      return hostOfService(referent, consumer);
  }
}

function hostOfService(service: Referent, consumer: Consumer): string {
  // Istio completes short names by the namespace of the object, but not in a Sidecar.
  const namespace =
    consumer.kind === 'Sidecar' ? (service.namespace ?? consumer.metadata.namespace) : isNear(service, consumer) ? undefined : service.namespace;
  return namespace === undefined ? service.name : fullyQualified(service.name, namespace, clusterDomain(consumer));
}

/** The host of a rule as its consumer must write it: a short name means a Service of the rule's own namespace. */
function hostOfRule(rule: Referent, consumer: Consumer): string {
  const host = specOf(rule.value).host;
  if (typeof host === 'object' && host !== null && isReferent(host)) {
    const referent = referentOf(host);
    return hostOf({ ...referent, namespace: referent.namespace ?? rule.namespace }, consumer);
  }
  if (typeof host !== 'string') throw new Error(`${describe(rule)} has no host that is known here; write the host as text`);
  return isNear(rule, consumer) ? host : fullyQualified(host, rule.namespace as string, clusterDomain(consumer));
}

function onlyHost(entry: Referent): string {
  const hosts = specOf(entry.value).hosts;
  if (!Array.isArray(hosts) || hosts.length !== 1 || typeof hosts[0] !== 'string') {
    throw new Error(`${describe(entry)} has ${Array.isArray(hosts) ? hosts.length : 'no known'} hosts; write the one that is meant as text`);
  }
  return hosts[0];
}

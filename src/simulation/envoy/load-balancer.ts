import type { Endpoint } from '../../mesh/service';
import type { Workload } from '../../mesh/workload';
import type { Journey } from '../journey';
import type { Cluster, HashPolicy, LocalityEndpoints } from './configuration';
import { hashKey } from './hash-key';
import { type HashTable, hashRing, maglevTable, type WeightedEndpoint } from './hash-table';
import type { HttpRequest } from './http';
import { isEjected } from './outlier-detection';
import { type PriorityLoad, priorityLoads } from './priority-load';

/** What the choice of an endpoint depends on, beside the cluster. */
export interface EndpointQuestion {
  readonly request?: HttpRequest;
  readonly sourceIp: string;
  /** What the route says that callers are bound by; by default what the cluster says of connections. */
  readonly hash?: readonly HashPolicy[];
  /** Endpoints that were asked before and failed, in order. */
  readonly tried?: readonly Endpoint[];
  /** Whether another endpoint is to be asked, as long as there is one. */
  readonly avoidsTried?: boolean;
  /** Whether priorities are left that were tried twice. */
  readonly leavesPriorities?: boolean;
}

/** Endpoints among which chance decides, all of one priority. A group is a locality, or all of them together. */
interface Group {
  readonly weight: number;
  readonly endpoints: readonly Endpoint[];
}

interface Priority {
  readonly load: number;
  readonly groups: readonly Group[];
  /** For clusters that hash; made when the first key comes. */
  table?: HashTable;
}

/** How often Envoy chooses again when it comes upon an endpoint that has failed. */
const SELECTION_ATTEMPTS = 6;

/**
 * Chooses an endpoint of a cluster as Envoy does: a priority by its health, a locality by its weight, an endpoint by its own, or whatever the key of the caller leads to.
 * Round robin, least request and random are the same to one request: shares by weight.
 */
export function pickEndpoint(journey: Journey, proxy: Workload, cluster: Cluster, question: EndpointQuestion): Endpoint | undefined {
  const isOut = (endpoint: Endpoint) => isEjected(journey, proxy, cluster, endpoint);
  const anyOut = cluster.outlierDetection !== undefined && cluster.localities.some(({ endpoints }) => endpoints.some(isOut));
  const left = prioritiesLeft(cluster, question);
  const priorities = anyOut || left.size > 0 ? plan(cluster, isOut, left) : planOf(cluster);
  if (priorities.length === 0) return undefined;
  const endpoint = choose(journey, cluster, priorities, question);
  if (endpoint !== undefined) note(journey, proxy, cluster, priorities, endpoint);
  return endpoint;
}

function choose(journey: Journey, cluster: Cluster, priorities: readonly Priority[], question: EndpointQuestion): Endpoint | undefined {
  if (cluster.loadBalancing === 'RING_HASH' || cluster.loadBalancing === 'MAGLEV') {
    const policies = question.hash ?? (question.request === undefined ? cluster.hash : []);
    const key = hashKey(policies, question.request, question.sourceIp);
    if (key !== undefined) return byKey(cluster, priorities, key, question);
  }
  return byChance(journey, priorities, question);
}

/** Every second attempt adds the priorities of all that were tried to those that get nothing more; once none is left, all of them count again. */
function prioritiesLeft({ localities }: Cluster, { tried = none, leavesPriorities }: EndpointQuestion): ReadonlySet<number> {
  if (!leavesPriorities || tried.length < 2) return noPriorities;
  const counted = tried.slice(0, tried.length - (tried.length % 2));
  const left = new Set(localities.filter(({ endpoints }) => endpoints.some((endpoint) => counted.includes(endpoint))).map(({ priority }) => priority));
  return localities.every(({ priority }) => left.has(priority)) ? noPriorities : left;
}

const none: readonly Endpoint[] = [];
const noPriorities: ReadonlySet<number> = new Set();

const plans = new WeakMap<Cluster, readonly Priority[]>();

/** What chance decides about as long as nothing is out. */
function planOf(cluster: Cluster): readonly Priority[] {
  let known = plans.get(cluster);
  if (known === undefined) {
    known = plan(cluster, () => false, noPriorities);
    plans.set(cluster, known);
  }
  return known;
}

/** The priorities that get traffic and have somebody to ask. */
function plan(cluster: Cluster, isOut: (endpoint: Endpoint) => boolean, left: ReadonlySet<number>): readonly Priority[] {
  const isHealthy = (endpoint: Endpoint) => endpoint.healthy && !isOut(endpoint);
  const levels: LocalityEndpoints[][] = [];
  for (const locality of cluster.localities) {
    const level = levels[locality.priority];
    if (level === undefined) levels[locality.priority] = [locality];
    else level.push(locality);
  }
  const health = Array.from(levels, (level = [], priority) => {
    const endpoints = level.flatMap((locality) => locality.endpoints);
    return { total: endpoints.length, healthy: left.has(priority) ? 0 : endpoints.filter(isHealthy).length };
  });
  return priorityLoads(health, cluster.panicThreshold).flatMap(({ load, isPanicking }: PriorityLoad, index): Priority[] => {
    const groups = groupsOf(levels[index] ?? [], cluster.isLocalityWeighted && !isPanicking, isPanicking ? () => true : isHealthy);
    return load > 0 && groups.length > 0 ? [{ load, groups }] : [];
  });
}

function groupsOf(level: readonly LocalityEndpoints[], isLocalityWeighted: boolean, isAsked: (endpoint: Endpoint) => boolean): readonly Group[] {
  const groups = isLocalityWeighted
    ? level.map(({ weight, endpoints }) => {
        const asked = endpoints.filter(isAsked);
        // A locality keeps its weight as long as 1 of 1.4 endpoints is healthy.
        return { weight: weight * Math.min(1, (1.4 * asked.length) / endpoints.length), endpoints: asked };
      })
    : [{ weight: 1, endpoints: level.flatMap(({ endpoints }) => endpoints.filter(isAsked)) }];
  return groups.filter(({ weight, endpoints }) => weight > 0 && endpoints.length > 0);
}

function byChance({ chance }: Journey, priorities: readonly Priority[], { tried = none, avoidsTried }: EndpointQuestion): Endpoint | undefined {
  if (avoidsTried && tried.length > 0) {
    const others = sharesOf(priorities).filter(({ endpoint }) => !tried.includes(endpoint));
    if (others.length > 0) return chance.pick(others.map(({ endpoint, share }) => ({ value: endpoint, weight: share })));
  }
  const { groups } = chance.pick(priorities.map((value) => ({ value, weight: value.load })));
  const { endpoints } = chance.pick(groups.map((value) => ({ value, weight: value.weight })));
  return chance.pick(endpoints.map((value) => ({ value, weight: value.weight })));
}

/** The share of each endpoint, in relation to the others; whole numbers where there is one group alone. */
function sharesOf(priorities: readonly Priority[]): readonly WeightedEndpoint[] {
  const [priority, ...rest] = priorities;
  if (priority !== undefined && rest.length === 0 && priority.groups.length === 1) {
    return (priority.groups[0] as Group).endpoints.map((endpoint) => ({ endpoint, share: endpoint.weight }));
  }
  return priorities.flatMap(({ load, groups }) => normalised(groups).map(({ endpoint, share }) => ({ endpoint, share: load * share })));
}

/** The shares of the endpoints of a priority, which sum to 1. */
function normalised(groups: readonly Group[]): readonly WeightedEndpoint[] {
  const all = groups.reduce((sum, { weight }) => sum + weight, 0);
  return groups.flatMap(({ weight, endpoints }) => {
    const total = endpoints.reduce((sum, endpoint) => sum + endpoint.weight, 0);
    return endpoints.map((endpoint) => ({ endpoint, share: ((weight / all) * endpoint.weight) / total }));
  });
}

function byKey(cluster: Cluster, priorities: readonly Priority[], key: bigint, { tried = none, avoidsTried }: EndpointQuestion): Endpoint | undefined {
  let percent = Number(key % 100n) + 1;
  const priority = priorities.find(({ load }) => {
    percent -= load;
    return percent <= 0;
  });
  if (priority === undefined) return undefined;
  priority.table ??= (cluster.loadBalancing === 'RING_HASH' ? hashRing : maglevTable)(normalised(priority.groups), cluster.hashTableSize);
  let endpoint = priority.table.find(key, 0);
  for (let attempt = 1; avoidsTried && tried.includes(endpoint) && attempt < SELECTION_ATTEMPTS; attempt++) endpoint = priority.table.find(key, attempt);
  return endpoint;
}

function note(journey: Journey, proxy: Workload, { source }: Cluster, priorities: readonly Priority[], { workload, address, port }: Endpoint): void {
  const candidates = priorities.reduce((sum, { groups }) => groups.reduce((count, { endpoints }) => count + endpoints.length, sum), 0);
  const text = `${workload?.name ?? address}, port ${port}${candidates > 1 ? `, one of ${candidates} endpoints` : ''}`;
  journey.note({ decision: 'destination', proxy, text, ...(source && { source }) });
}

import type { Endpoint } from '../../mesh/service';
import type { Workload } from '../../mesh/workload';
import type { Option } from '../chance';
import type { Journey } from '../journey';
import type { Cluster, HashPolicy, LocalityEndpoints } from './cluster';
import { hashKey } from './hash-key';
import { type HashTable, hashRing, maglevTable, type WeightedEndpoint } from './hash-table';
import type { HttpRequest } from './http';
import { isEjected } from './outlier-detection';
import { priorityLoads } from './priority-load';

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

/** Endpoints with their weights: those of a locality, or all of a priority together. */
type Group = readonly Option<Endpoint>[];

/** What chance decides about within a priority; for clusters that hash also their table, made when the first key comes. */
interface Priority {
  readonly groups: readonly Option<Group>[];
  table?: HashTable;
}

/** The priorities that get traffic and have somebody to ask, with their loads. */
type Plan = readonly Option<Priority>[];

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
  const plan = anyOut || left.size > 0 ? makePlan(cluster, isOut, left) : planOf(cluster);
  if (plan.length === 0) return undefined;
  const endpoint = choose(journey, cluster, plan, question);
  if (endpoint !== undefined) note(journey, proxy, cluster, plan, endpoint);
  return endpoint;
}

function choose(journey: Journey, cluster: Cluster, plan: Plan, question: EndpointQuestion): Endpoint | undefined {
  if (cluster.loadBalancing === 'RING_HASH' || cluster.loadBalancing === 'MAGLEV') {
    const policies = question.hash ?? (question.request === undefined ? cluster.hash : []);
    const key = hashKey(policies, question.request, question.sourceIp);
    if (key !== undefined) return byKey(cluster, plan, key, question);
  }
  return byChance(journey, plan, question);
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

const plans = new WeakMap<Cluster, Plan>();

/** What chance decides about as long as nothing is out. */
function planOf(cluster: Cluster): Plan {
  let known = plans.get(cluster);
  if (known === undefined) {
    known = makePlan(cluster, () => false, noPriorities);
    plans.set(cluster, known);
  }
  return known;
}

function makePlan(cluster: Cluster, isOut: (endpoint: Endpoint) => boolean, left: ReadonlySet<number>): Plan {
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
  return priorityLoads(health, cluster.panicThreshold).flatMap(({ load, isPanicking }, index): Plan => {
    const groups = groupsOf(levels[index] ?? [], cluster.isLocalityWeighted && !isPanicking, isPanicking ? () => true : isHealthy);
    return load > 0 && groups.length > 0 ? [{ value: { groups }, weight: load }] : [];
  });
}

function groupsOf(level: readonly LocalityEndpoints[], isLocalityWeighted: boolean, isAsked: (endpoint: Endpoint) => boolean): readonly Option<Group>[] {
  const groupOf = (endpoints: readonly Endpoint[]): Group => endpoints.filter(isAsked).map((value) => ({ value, weight: value.weight }));
  const groups = isLocalityWeighted
    ? level.map(({ weight, endpoints }) => {
        const value = groupOf(endpoints);
        // A locality keeps its weight as long as 1 of 1.4 endpoints is healthy.
        return { value, weight: weight * Math.min(1, (1.4 * value.length) / endpoints.length) };
      })
    : [{ value: groupOf(level.flatMap(({ endpoints }) => endpoints)), weight: 1 }];
  return groups.filter(({ value, weight }) => weight > 0 && value.length > 0);
}

function byChance({ chance }: Journey, plan: Plan, { tried = none, avoidsTried }: EndpointQuestion): Endpoint | undefined {
  if (avoidsTried && tried.length > 0) {
    const others = sharesOf(plan).filter(({ value }) => !tried.includes(value));
    if (others.length > 0) return chance.pick(others);
  }
  return chance.pick(chance.pick(chance.pick(plan).groups));
}

/** The share of each endpoint, in relation to the others; whole numbers where there is one group alone. */
function sharesOf(plan: Plan): Group {
  const [only] = plan;
  if (only !== undefined && plan.length === 1 && only.value.groups.length === 1) return (only.value.groups[0] as Option<Group>).value;
  return plan.flatMap(({ value: { groups }, weight }) => normalised(groups).map(({ endpoint, share }) => ({ value: endpoint, weight: weight * share })));
}

/** The shares of the endpoints of a priority, which sum to 1. */
function normalised(groups: readonly Option<Group>[]): readonly WeightedEndpoint[] {
  const all = sumOf(groups);
  return groups.flatMap(({ value: group, weight }) => {
    const total = sumOf(group);
    return group.map(({ value: endpoint, weight: own }) => ({ endpoint, share: ((weight / all) * own) / total }));
  });
}

function sumOf(options: readonly Option<unknown>[]): number {
  return options.reduce((sum, { weight }) => sum + weight, 0);
}

function byKey(cluster: Cluster, plan: Plan, key: bigint, { tried = none, avoidsTried }: EndpointQuestion): Endpoint | undefined {
  let percent = Number(key % 100n) + 1;
  const priority = plan.find(({ weight }) => {
    percent -= weight;
    return percent <= 0;
  })?.value;
  if (priority === undefined) return undefined;
  priority.table ??= (cluster.loadBalancing === 'RING_HASH' ? hashRing : maglevTable)(normalised(priority.groups), cluster.hashTableSize);
  let endpoint = priority.table.find(key, 0);
  for (let attempt = 1; avoidsTried && tried.includes(endpoint) && attempt < SELECTION_ATTEMPTS; attempt++) endpoint = priority.table.find(key, attempt);
  return endpoint;
}

function note(journey: Journey, proxy: Workload, { source }: Cluster, plan: Plan, { workload, address, port }: Endpoint): void {
  const candidates = plan.reduce((sum, { value }) => value.groups.reduce((count, group) => count + group.value.length, sum), 0);
  const text = `${workload?.name ?? address}, port ${port}${candidates > 1 ? `, one of ${candidates} endpoints` : ''}`;
  journey.note({ decision: 'destination', proxy, text, ...(source && { source }) });
}

import type { Labels } from '../../manifest/labels';
import { compare, type Source } from '../../mesh/config-object';
import { podLabels } from '../../mesh/endpoint-sources';
import { parseLocality, topologyLabels } from '../../mesh/locality';
import type { MeshModel } from '../../mesh/model';
import type { Endpoint, Service } from '../../mesh/service';
import type { LoadBalancerSpec, LocalityLoadBalancerSpec, ZoneAwareLoadBalancerSpec } from '../../mesh/specs/destination-rule';
import { trafficDistributionOf } from '../../mesh/traffic-distribution';
import type { PolicyPart } from '../../mesh/traffic-policy';
import type { Locality, Workload } from '../../mesh/workload';
import type { LocalityEndpoints } from '../envoy/cluster';

/** Which endpoints a client prefers, and on what grounds. */
export type LocalityPolicy =
  | { readonly kind: 'locality'; readonly setting: LocalityLoadBalancerSpec; readonly alwaysFailsOver: boolean; readonly source?: Source }
  | { readonly kind: 'zoneAware'; readonly setting: ZoneAwareLoadBalancerSpec; readonly source?: Source };

/** What the DestinationRule says about localities, else the Service, else the mesh; nothing where the first of them that speaks switches it off. */
export function localityPolicy(mesh: MeshModel, service: Service, loadBalancer: PolicyPart<LoadBalancerSpec> | undefined): LocalityPolicy | undefined {
  const { zoneAwareLbSetting, localityLbSetting } = loadBalancer?.spec ?? {};
  const path = (field: string) =>
    loadBalancer?.source === undefined ? {} : { source: { ...loadBalancer.source, path: `${loadBalancer.source.path}.${field}` } };
  if (zoneAwareLbSetting) return { kind: 'zoneAware', setting: zoneAwareLbSetting, ...path('zoneAwareLbSetting') };
  if (localityLbSetting) return ofSetting(localityLbSetting, path('localityLbSetting'));
  const distribution = trafficDistributionOf(mesh, service);
  if (distribution !== undefined) {
    const { near, source } = distribution;
    return { kind: 'locality', setting: { failoverPriority: nearest[near] }, alwaysFailsOver: true, ...(source && { source }) };
  }
  const ofMesh = mesh.config as Pick<LoadBalancerSpec, 'zoneAwareLbSetting' | 'localityLbSetting'>;
  if (ofMesh.zoneAwareLbSetting) return { kind: 'zoneAware', setting: ofMesh.zoneAwareLbSetting };
  return ofSetting(ofMesh.localityLbSetting ?? {}, {});
}

function ofSetting(setting: LocalityLoadBalancerSpec, source: { readonly source?: Source }): LocalityPolicy | undefined {
  return setting.enabled === false ? undefined : { kind: 'locality', setting, alwaysFailsOver: false, ...source };
}

const NETWORK = 'topology.istio.io/network';
const toZone = [NETWORK, 'topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];
const nearest = { zone: toZone, node: [...toZone, 'topology.istio.io/subzone', 'kubernetes.io/hostname'] };

/** Whether Envoy first chooses a locality by its weight, and only then an endpoint in it. */
export function isLocalityWeighted(policy: LocalityPolicy | undefined, detectsOutliers: boolean): boolean {
  if (policy?.kind !== 'locality') return false;
  const { distribute, failover, failoverPriority } = policy.setting;
  return Boolean(distribute) || ((detectsOutliers || policy.alwaysFailsOver) && Boolean(failover ?? failoverPriority));
}

/** A locality with what is there, before it is ordered. */
interface Group {
  readonly locality: Locality;
  readonly endpoints: readonly Endpoint[];
  weight: number;
  priority: number;
}

/**
 * Sorts endpoints into localities, with the priorities and weights that they have for one client.
 *
 * @param failsOver whether outlier detection will notice that a locality has gone
 * @param regrouped which localities `failoverPriority` may take apart; istiod overlooks some for services that are found by DNS
 */
export function localityEndpoints(
  mesh: MeshModel,
  endpoints: readonly Endpoint[],
  client: Workload,
  policy: LocalityPolicy | undefined,
  failsOver: boolean,
  regrouped: 'all' | 'first' | 'none',
): readonly LocalityEndpoints[] {
  const groups = byLocality(endpoints);
  if (policy === undefined) return groups;
  const { setting } = policy;
  if (policy.kind === 'zoneAware') {
    if (setting.enabled === false) return groups;
    const regional = setting.failoverPriority?.length ? byLabels(groups, labelsOf(mesh, client), setting.failoverPriority, regrouped) : groups;
    rank(regional, 3, ({ region }) => regionRank(client.locality.region, region, setting.failover));
    return regional;
  }
  if (policy.setting.distribute) {
    return distributed(groups, client.locality, policy.setting.distribute);
  }
  if (!failsOver && !policy.alwaysFailsOver) return groups;
  const { failoverPriority = [], failover = [] } = setting;
  const ordered = failoverPriority.length > 0 ? byLabels(groups, labelsOf(mesh, client), failoverPriority, regrouped) : groups;
  if (failoverPriority.length === 0 || failover.length > 0) rank(ordered, 5, (locality) => distance(client.locality, locality, failover));
  return ordered;
}

function byLocality(endpoints: readonly Endpoint[]): Group[] {
  const groups = new Map<string, { locality: Locality; endpoints: Endpoint[]; weight: number; priority: number }>();
  for (const endpoint of endpoints) {
    const { region, zone, subzone } = endpoint.locality;
    const key = `${region}/${zone}/${subzone}`;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { locality: endpoint.locality, endpoints: [endpoint], weight: endpoint.weight, priority: 0 });
    } else {
      group.endpoints.push(endpoint);
      group.weight += endpoint.weight;
    }
  }
  return groups.size < 2 ? [...groups.values()] : [...groups].sort(([one], [other]) => compare(one, other)).map(([, group]) => group);
}

/** The first entry that is for the client's locality gives the weights; what it does not name gets nothing. */
function distributed(groups: Group[], from: Locality, entries: NonNullable<LocalityLoadBalancerSpec['distribute']>): readonly Group[] {
  const entry = entries.find((each) => localityMatches(from, each.from));
  if (entry === undefined) return groups;
  const left = new Set(groups);
  for (const [to, weight] of Object.entries(entry.to ?? {})) {
    const taken = [...left].filter(({ locality }) => localityMatches(locality, to));
    const total = taken.reduce((sum, group) => sum + group.weight, 0);
    for (const group of taken) {
      left.delete(group);
      group.weight = Math.ceil((group.weight * weight) / total) || group.weight;
    }
  }
  return groups.filter((group) => !left.has(group));
}

/** Whether a locality is one of those that a rule names: `eu/eu-1/*`, `eu/*`, `*`. */
function localityMatches({ region, zone, subzone }: Locality, rule = ''): boolean {
  const named = parseLocality(rule);
  return (
    (named.region === '*' || named.region === region) &&
    (named.zone === '*' || named.zone === '' || named.zone === zone) &&
    (named.subzone === '*' || named.subzone === '' || named.subzone === subzone)
  );
}

type Failover = readonly { readonly from?: string; readonly to?: string }[];

function distance(client: Locality, { region, zone, subzone }: Locality, failover: Failover): number {
  if (client.region === region) return client.zone !== zone ? 2 : client.subzone === subzone ? 0 : 1;
  const rule = failover.find(({ from = '' }) => from === client.region);
  return rule === undefined || rule.to === region ? 3 : 4;
}

function regionRank(client: string, region: string, failover: Failover = []): number {
  if (client === region) return 0;
  const rule = failover.find(({ from = '' }) => from === client);
  return rule?.to === region ? 1 : 2;
}

/** Ranks localities within the priorities that they have, and counts these from 0 without gaps. */
function rank(groups: readonly Group[], ranks: number, rankOf: (locality: Locality) => number): void {
  for (const group of groups) group.priority = group.priority * ranks + rankOf(group.locality);
  closeGaps(groups);
}

function closeGaps(groups: readonly Group[]): void {
  const priorities = [...new Set(groups.map(({ priority }) => priority))].sort((one, other) => one - other);
  for (const group of groups) group.priority = priorities.indexOf(group.priority);
}

function labelsOf({ facts }: MeshModel, client: Workload): Labels {
  return facts.topology === 'pods' ? podLabels(client) : { ...podLabels(client), ...topologyLabels(client.locality) };
}

/** Orders endpoints by how many labels they share with the client, counted from the first one of the list; `label=value` compares with a value of its own. */
function byLabels(groups: readonly Group[], labels: Labels, priorities: readonly string[], regrouped: 'all' | 'first' | 'none'): readonly Group[] {
  const taken = regrouped === 'all' ? groups : regrouped === 'first' ? groups.slice(0, 1) : [];
  if (taken.length === 0) return groups;
  const wanted = priorities.map((text): readonly [string, string] => {
    const [name = '', value, ...more] = text.split('=');
    return [name, value !== undefined && more.length === 0 ? value : (labels[name] ?? '')];
  });
  const split = taken.flatMap(({ locality, endpoints }) => {
    const byPriority = new Map<number, Endpoint[]>();
    for (const endpoint of endpoints) {
      const priority = labelDistance(endpoint.labels, wanted);
      const known = byPriority.get(priority);
      if (known === undefined) byPriority.set(priority, [endpoint]);
      else known.push(endpoint);
    }
    return [...byPriority].map(
      ([priority, members]): Group => ({ locality, priority, endpoints: members, weight: members.reduce((sum, { weight }) => sum + weight, 0) }),
    );
  });
  closeGaps(split);
  return split;
}

/** 0 where all labels agree; another network, if the list begins with networks, is further than anything else. */
function labelDistance(labels: Labels, wanted: readonly (readonly [string, string])[]): number {
  const differs = ([name, value]: readonly [string, string]) => (labels[name] ?? '') !== value;
  const otherNetwork = wanted[0]?.[0] === NETWORK && differs(wanted[0]);
  const position = wanted.findIndex((each, index) => !(index === 0 && otherNetwork) && differs(each));
  return (position < 0 ? 0 : wanted.length - position) + (otherNetwork ? wanted.length : 0);
}

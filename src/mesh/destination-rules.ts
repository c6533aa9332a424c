import { fullyQualified, isWildcard } from '../manifest/host';
import { labelsMatch } from '../manifest/labels';
import { byAge, type ConfigObject, compare, type Source, sourceOf } from './config-object';
import { podLabels } from './endpoint-sources';
import { entryOf } from './entry-of';
import { hasFeature } from './features';
import { type MeshModel, perMesh } from './model';
import type { Service } from './service';
import type { DestinationRuleSpec, SubsetSpec, TrafficPolicySpec } from './specs/destination-rule';
import type { Workload } from './workload';

/** What DestinationRules say of a host together: several of one host, namespace and audience count as one. */
export interface DestinationRule {
  readonly namespace: string;
  readonly workloadSelector?: Readonly<Record<string, string>>;
  /** That of the first rule that has one. */
  readonly trafficPolicy?: { readonly spec: TrafficPolicySpec; readonly source: Source };
  /** Those of all rules; of several with one name the first counts. */
  readonly subsets: ReadonlyMap<string, { readonly spec: SubsetSpec; readonly source: Source }>;
  /** The rule that began it. */
  readonly source: Source;
}

/** A DestinationRule as the rules behind it are merged into it. */
interface Consolidated {
  readonly namespace: string;
  /** As written: `.` and the name of the namespace are not the same here. */
  readonly exportTo: ReadonlySet<string>;
  readonly workloadSelector?: Readonly<Record<string, string>>;
  trafficPolicy?: { readonly spec: TrafficPolicySpec; readonly source: Source };
  readonly subsets: Map<string, { readonly spec: SubsetSpec; readonly source: Source }>;
  readonly source: Source;
}

/** The rules of one host in their order, merged when they are first asked for. */
interface HostRules {
  readonly written: { readonly rule: ConfigObject<DestinationRuleSpec>; readonly exportTo: ReadonlySet<string> }[];
  merged?: readonly Consolidated[];
}

/** Rules of one namespace by their hosts. */
interface RulesByHost {
  readonly exact: Map<string, HostRules>;
  readonly wildcard: Map<string, HostRules>;
}

interface Index {
  /** By namespace: what its own proxies see. */
  readonly local: ReadonlyMap<string, RulesByHost>;
  /** By namespace: what it lets others see, though perhaps not all of them. */
  readonly exported: ReadonlyMap<string, RulesByHost>;
  /** Rules of the root namespace that only its own proxies see. */
  readonly privateToRoot: RulesByHost;
}

/**
 * The DestinationRule by which a client reaches a service: one of the client's namespace, else of the service's, else of the root namespace. Within a namespace the most specific host
 * counts, and nothing is inherited from one level to the next.
 *
 * @param direction rules with a workloadSelector count for the way out only
 */
export function destinationRuleFor(
  mesh: MeshModel,
  client: Workload,
  service: Pick<Service, 'hostname' | 'namespace'>,
  direction: 'outbound' | 'inbound' = 'outbound',
): DestinationRule | undefined {
  let general: Consolidated | undefined;
  for (const rule of candidates(mesh, client.namespace, service)) {
    if (rule.workloadSelector === undefined) {
      // Of several that could not be merged the youngest counts.
      general = rule;
    } else if (direction === 'outbound' && rule.namespace === client.namespace && labelsMatch(rule.workloadSelector, podLabels(client))) {
      return rule;
    }
  }
  return general;
}

function candidates(mesh: MeshModel, namespace: string, { hostname, namespace: owner }: Pick<Service, 'hostname' | 'namespace'>): readonly Consolidated[] {
  const { rootNamespace } = mesh.config;
  const { local, exported, privateToRoot } = index(mesh);
  const mostSpecific = (rules: RulesByHost | undefined) => rules && rulesForHost(mesh, rules, hostname);
  // What the root namespace tells everybody is the last resort, for its own proxies too.
  const own = mostSpecific(namespace === rootNamespace ? privateToRoot : local.get(namespace));
  if (own !== undefined) return own;
  for (const level of [owner, rootNamespace]) {
    const visible = mostSpecific(exported.get(level))?.filter(({ exportTo }) => exportTo.size === 0 || exportTo.has('*') || exportTo.has(namespace));
    if (visible !== undefined && visible.length > 0) return visible;
  }
  return none;
}

const none: readonly Consolidated[] = [];

function rulesForHost(mesh: MeshModel, { exact, wildcard }: RulesByHost, hostname: string): readonly Consolidated[] | undefined {
  const same = (isWildcard(hostname) ? wildcard : exact).get(hostname);
  const rules = same && mergedRules(mesh, same);
  if (rules !== undefined) return rules;
  const name = isWildcard(hostname) ? hostname.slice(1) : hostname;
  const around = [...wildcard.keys()].filter((host) => name.endsWith(host.slice(1)));
  around.sort((one, other) => other.length - one.length || compare(one, other));
  for (const host of around) {
    const general = mergedRules(mesh, wildcard.get(host) as HostRules);
    if (general !== undefined) return general;
  }
  return undefined;
}

/** The rules of a host as istiod merges them; undefined where none of them takes part. */
function mergedRules(mesh: MeshModel, rules: HostRules): readonly Consolidated[] | undefined {
  if (rules.merged === undefined) {
    const enhanced = hasFeature(mesh, 'ENABLE_ENHANCED_DESTINATIONRULE_MERGE', true);
    const known: Consolidated[] = [];
    for (const { rule, exportTo } of rules.written) {
      if (mesh.takesPart(rule)) merge(known, rule, exportTo, enhanced);
    }
    rules.merged = known;
  }
  return rules.merged.length === 0 ? undefined : rules.merged;
}

const index = perMesh(({ config, objects, domain }): Index => {
  const local = new Map<string, RulesByHost>();
  const exported = new Map<string, RulesByHost>();
  const privateToRoot = noRules();
  const isPrivateByDefault = config.defaultDestinationRuleExportTo.includes('.');
  const sorted = [...objects.destinationRules].sort(
    (one, other) => Number(one.spec.workloadSelector === undefined) - Number(other.spec.workloadSelector === undefined) || byAge(one, other),
  );
  for (const rule of sorted) {
    const { namespace, spec } = rule;
    const host = fullyQualified(spec.host, namespace, domain);
    const exportTo: ReadonlySet<string> = new Set(spec.workloadSelector === undefined ? spec.exportTo : ['.']);
    if (exportTo.size === 0 || exportTo.has('*') || exportTo.has('.') || exportTo.has(namespace)) {
      add(rulesOf(local, namespace), host, rule, exportTo);
    }
    const isPrivate = exportTo.size === 0 ? isPrivateByDefault : exportTo.size === 1 && (exportTo.has('.') || exportTo.has(namespace));
    if (!isPrivate) add(rulesOf(exported, namespace), host, rule, exportTo);
    else if (namespace === config.rootNamespace) add(privateToRoot, host, rule, exportTo);
  }
  return { local, exported, privateToRoot };
});

function noRules(): RulesByHost {
  return { exact: new Map(), wildcard: new Map() };
}

function rulesOf(namespaces: Map<string, RulesByHost>, namespace: string): RulesByHost {
  let rules = namespaces.get(namespace);
  if (rules === undefined) {
    rules = noRules();
    namespaces.set(namespace, rules);
  }
  return rules;
}

function add(rules: RulesByHost, host: string, rule: ConfigObject<DestinationRuleSpec>, exportTo: ReadonlySet<string>): void {
  entryOf(isWildcard(host) ? rules.wildcard : rules.exact, host, (): HostRules => ({ written: [] })).written.push({ rule, exportTo });
}

/** Lets a rule join those of its host with the same audience, or stand beside them. What the last one that was looked at says decides about the latter. */
function merge(known: Consolidated[], rule: ConfigObject<DestinationRuleSpec>, exportTo: ReadonlySet<string>, enhanced: boolean): void {
  const selector = rule.spec.workloadSelector && (rule.spec.workloadSelector.matchLabels ?? {});
  let standsAlone = true;
  for (const each of known) {
    if (enhanced) {
      const isSame = isSubset(each.exportTo, exportTo) && each.exportTo.size === exportTo.size;
      standsAlone = !isSame;
      if (!isSame && (each.exportTo.size === 0 || !isSubset(each.exportTo, exportTo))) continue;
    }
    const bothSelect = selector !== undefined && each.workloadSelector !== undefined;
    const sameSelector = bothSelect && labelsMatch(selector, each.workloadSelector) && labelsMatch(each.workloadSelector, selector);
    if (bothSelect && !sameSelector) {
      standsAlone = true;
      continue;
    }
    if (sameSelector || (selector === undefined && each.workloadSelector === undefined)) standsAlone = false;
    join(each, rule);
  }
  if (standsAlone) known.push(consolidated(rule, exportTo));
}

function isSubset(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const each of one) if (!other.has(each)) return false;
  return true;
}

function consolidated(rule: ConfigObject<DestinationRuleSpec>, exportTo: ReadonlySet<string>): Consolidated {
  const { workloadSelector } = rule.spec;
  const made: Consolidated = {
    namespace: rule.namespace,
    exportTo,
    ...(workloadSelector && { workloadSelector: workloadSelector.matchLabels ?? {} }),
    subsets: new Map(),
    source: sourceOf(rule, 'spec'),
  };
  join(made, rule);
  return made;
}

function join(known: Consolidated, rule: ConfigObject<DestinationRuleSpec>): void {
  const { trafficPolicy, subsets = [] } = rule.spec;
  if (trafficPolicy) known.trafficPolicy ??= { spec: trafficPolicy, source: sourceOf(rule, 'spec.trafficPolicy') };
  subsets.forEach((spec, position) => {
    if (!known.subsets.has(spec.name)) known.subsets.set(spec.name, { spec, source: sourceOf(rule, `spec.subsets[${position}]`) });
  });
}

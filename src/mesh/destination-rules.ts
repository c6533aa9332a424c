import { fullyQualified, isWildcard } from '../manifest/host';
import { labelsMatch } from '../manifest/labels';
import { byAge, type ConfigObject, compare, type Source, sourceOf } from './config-object';
import { podLabels } from './endpoint-sources';
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

/** Rules of one namespace by their hosts. */
interface RulesByHost {
  readonly exact: Map<string, Consolidated[]>;
  readonly wildcard: Map<string, Consolidated[]>;
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
  // What the root namespace tells everybody is the last resort, for its own proxies too.
  const own = mostSpecific(namespace === rootNamespace ? privateToRoot : local.get(namespace), hostname);
  if (own !== undefined) return own;
  for (const level of [owner, rootNamespace]) {
    const visible = mostSpecific(exported.get(level), hostname)?.filter(({ exportTo }) => exportTo.size === 0 || exportTo.has('*') || exportTo.has(namespace));
    if (visible !== undefined && visible.length > 0) return visible;
  }
  return none;
}

const none: readonly Consolidated[] = [];

function mostSpecific(rules: RulesByHost | undefined, hostname: string): readonly Consolidated[] | undefined {
  if (rules === undefined) return undefined;
  const exact = (isWildcard(hostname) ? rules.wildcard : rules.exact).get(hostname);
  if (exact !== undefined) return exact;
  const name = isWildcard(hostname) ? hostname.slice(1) : hostname;
  let best: string | undefined;
  for (const host of rules.wildcard.keys()) {
    if (name.endsWith(host.slice(1)) && (best === undefined || host.length > best.length || (host.length === best.length && compare(host, best) < 0)))
      best = host;
  }
  return best === undefined ? undefined : rules.wildcard.get(best);
}

const index = perMesh((mesh): Index => {
  const { config, objects, domain } = mesh;
  const local = new Map<string, RulesByHost>();
  const exported = new Map<string, RulesByHost>();
  const privateToRoot = noRules();
  const isPrivateByDefault = config.defaultDestinationRuleExportTo.includes('.');
  const enhanced = hasFeature(mesh, 'ENABLE_ENHANCED_DESTINATIONRULE_MERGE', true);
  const sorted = [...objects.destinationRules].sort(
    (one, other) => Number(one.spec.workloadSelector === undefined) - Number(other.spec.workloadSelector === undefined) || byAge(one, other),
  );
  for (const rule of sorted) {
    const { namespace, spec } = rule;
    const host = fullyQualified(spec.host, namespace, domain);
    const exportTo: ReadonlySet<string> = new Set(spec.workloadSelector === undefined ? spec.exportTo : ['.']);
    if (exportTo.size === 0 || exportTo.has('*') || exportTo.has('.') || exportTo.has(namespace)) {
      merge(rulesOf(local, namespace), host, rule, exportTo, enhanced);
    }
    const isPrivate = exportTo.size === 0 ? isPrivateByDefault : exportTo.size === 1 && (exportTo.has('.') || exportTo.has(namespace));
    if (!isPrivate) merge(rulesOf(exported, namespace), host, rule, exportTo, enhanced);
    else if (namespace === config.rootNamespace) merge(privateToRoot, host, rule, exportTo, enhanced);
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

/** Lets a rule join those of its host with the same audience, or stand beside them. What the last one that was looked at says decides about the latter. */
function merge(rules: RulesByHost, host: string, rule: ConfigObject<DestinationRuleSpec>, exportTo: ReadonlySet<string>, enhanced: boolean): void {
  const byHost = isWildcard(host) ? rules.wildcard : rules.exact;
  const known = byHost.get(host);
  if (known === undefined) {
    byHost.set(host, [consolidated(rule, exportTo)]);
    return;
  }
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

import type { Definition } from './load';
import type { Fact, KindFacts, VersionFacts } from './model';
import { normalise } from './normalise';
import type { ValidationRule } from './templates/schema';

/** A kind as all read releases know it; types are still written out in place. */
export interface MergedKind extends KindFacts {
  readonly group: string;
  readonly kind: string;
}

const minor = (release: string): number => Number(release.split('.')[1] ?? 0);

/** Orders releases, oldest first. */
export const byRelease = (a: string, b: string): number => Number(a.split('.')[0]) - Number(b.split('.')[0]) || minor(a) - minor(b);

/** Kubernetes' own order of versions: stable before beta before alpha, higher numbers first. */
export function compareVersions(a: string, b: string): number {
  const rank = (version: string): number[] => {
    const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
    if (!match) return [-1, 0, 0];
    return [match[2] === undefined ? 2 : match[2] === 'beta' ? 1 : 0, Number(match[1]), Number(match[3] ?? 0)];
  };
  const [left, right] = [rank(a), rank(b)];
  for (let index = 0; index < 3; index += 1) if (left[index] !== right[index]) return (right[index] ?? 0) - (left[index] ?? 0);
  return a.localeCompare(b);
}

export interface Merged {
  readonly releases: readonly string[];
  readonly kinds: readonly MergedKind[];
}

/** Merges all releases: the newest one gives bounds, patterns and rules, the older ones say since when each thing exists. */
export function mergeReleases(definitions: readonly Definition[]): Merged {
  const releases = [...new Set(definitions.map((definition) => definition.release))].sort(byRelease);
  const grouped = new Map<string, Definition[]>();
  for (const definition of definitions) {
    const key = `${definition.group}/${definition.kind}`;
    grouped.set(key, [...(grouped.get(key) ?? []), definition]);
  }
  const kinds = [...grouped.values()].map((list) =>
    mergeKind(
      [...list].sort((a, b) => byRelease(a.release, b.release)),
      releases,
    ),
  );
  return { releases, kinds: kinds.sort((a, b) => a.group.localeCompare(b.group) || a.kind.localeCompare(b.kind)) };
}

function mergeKind(history: readonly Definition[], releases: readonly string[]): MergedKind {
  const newest = history[history.length - 1] as Definition;
  const names = [...new Set(history.flatMap((definition) => definition.versions.map((version) => version.name)))].sort(compareVersions);
  const span = spanOf(
    history.map((definition) => definition.release),
    releases,
  );
  const roots = names.map((name) => mergeSchemas(history, name, span));
  const [schema] = roots as [Fact];
  const differing = names.filter((_, index) => JSON.stringify(roots[index]) !== JSON.stringify(schema));
  return {
    group: newest.group,
    kind: newest.kind,
    plural: newest.plural,
    scope: newest.scope,
    ...(newest.shortNames.length > 0 ? { shortNames: newest.shortNames } : {}),
    ...(newest.categories.length > 0 ? { categories: newest.categories } : {}),
    ...relative(span, [releases[0] ?? '', '']),
    versions: Object.fromEntries(names.map((name) => [name, versionFacts(history, name, span, releases)])),
    schema,
    ...(differing.length > 0 ? { schemas: Object.fromEntries(differing.map((name) => [name, roots[names.indexOf(name)] as Fact])) } : {}),
  };
}

/** First release, and the last one when it is not the newest of all. */
type Span = readonly [string, string];

function spanOf(present: readonly string[], releases: readonly string[]): Span {
  const last = present[present.length - 1] ?? '';
  return [present[0] ?? '', last === releases[releases.length - 1] ? '' : last];
}

/** Both ends of a span, written on every node until the types are shared (see types.ts). */
const absolute = (span: Span): { since: string; until?: string } => ({ since: span[0], ...(span[1] ? { until: span[1] } : {}) });

/** What a reader needs to know of a span when the span of the parent is known. */
function relative(span: Span, parent: Span): { since?: string; until?: string } {
  return { ...(span[0] !== parent[0] ? { since: span[0] } : {}), ...(span[1] !== parent[1] ? { until: span[1] } : {}) };
}

function versionFacts(history: readonly Definition[], name: string, kindSpan: Span, releases: readonly string[]): VersionFacts {
  const serving = history.filter((definition) => definition.versions.some((version) => version.name === name));
  const storing = serving.filter((definition) => definition.versions.some((version) => version.name === name && version.stored));
  const deprecated = serving[serving.length - 1]?.versions.find((version) => version.name === name)?.deprecated;
  return {
    ...relative(
      spanOf(
        serving.map((definition) => definition.release),
        releases,
      ),
      kindSpan,
    ),
    ...(storing.length > 0
      ? {
          stored: spanOf(
            storing.map((definition) => definition.release),
            releases,
          ),
        }
      : {}),
    ...(deprecated ? { deprecated } : {}),
  };
}

/** The root schema of a version, with `status` opened wide: the API server drops it on every write of the object. */
function rootOf(definition: Definition, name: string): Fact | undefined {
  // A release that does not serve the version yet has the same fields under its other versions.
  const version = definition.versions.find((candidate) => candidate.name === name) ?? definition.versions[0];
  if (!version) return undefined;
  const root = normalise(version.schema, `${definition.file}: ${definition.kind} ${name}`);
  const properties: Record<string, Fact> = {};
  for (const [field, fact] of Object.entries(root.properties ?? {})) {
    if (field === 'apiVersion' || field === 'kind' || field === 'metadata') continue;
    properties[field] = field === 'status' && definition.statusSubresource ? { type: 'object', preserveUnknownFields: true } : fact;
  }
  return { ...root, properties };
}

function mergeSchemas(history: readonly Definition[], name: string, span: Span): Fact {
  const trees = history.flatMap((definition) => {
    const root = rootOf(definition, name);
    return root ? [{ release: definition.release, fact: root }] : [];
  });
  return mergeNodes(trees, span);
}

interface Dated {
  readonly release: string;
  readonly fact: Fact;
}

/** Merges one node over the releases that have it (oldest first); `span` is the node's own. */
function mergeNodes(dated: readonly Dated[], span: Span): Fact {
  const releases = dated.map((entry) => entry.release);
  const newest = (dated[dated.length - 1] as Dated).fact;
  const merged: Record<string, unknown> = { ...newest };
  const spanWithin = (present: readonly string[]): Span => {
    const last = present[present.length - 1] ?? '';
    return [present[0] ?? '', last === releases[releases.length - 1] ? span[1] : last];
  };
  const child = (present: readonly Dated[]): Fact => {
    const own = spanWithin(present.map((entry) => entry.release));
    return { ...mergeNodes(present, own), ...absolute(own) };
  };
  const fields = new Set(dated.flatMap((entry) => Object.keys(entry.fact.properties ?? {})));
  if (fields.size > 0) {
    merged.properties = Object.fromEntries(
      [...fields]
        .sort()
        .map((field) => [field, child(dated.flatMap(({ release, fact }) => (fact.properties?.[field] ? [{ release, fact: fact.properties[field] }] : [])))]),
    );
  }
  for (const part of ['items', 'additionalProperties'] as const) {
    const present = dated.flatMap(({ release, fact }) => (fact[part] ? [{ release, fact: fact[part] as Fact }] : []));
    if (newest[part]) merged[part] = child(present);
  }
  const values = [...new Set([...(newest.enum ?? []), ...dated.flatMap((entry) => entry.fact.enum ?? [])])];
  if (newest.enum) {
    merged.enum = values;
    merged.enumHistory = Object.fromEntries(
      values.map((value) => [value, spanWithin(dated.filter((entry) => entry.fact.enum?.includes(value)).map((entry) => entry.release))]),
    );
  }
  if (newest.rules) merged.rules = newest.rules.map((rule) => datedRule(rule, dated));
  return merged as Fact;
}

/** Dates a rule by its message: the expressions were rewritten between releases without changing what they say. */
function datedRule(rule: ValidationRule, dated: readonly Dated[]): ValidationRule {
  const same = (other: ValidationRule): boolean => (rule.message === undefined ? other.rule === rule.rule : other.message === rule.message);
  return { ...rule, since: dated.find((entry) => entry.fact.rules?.some(same))?.release ?? '' };
}

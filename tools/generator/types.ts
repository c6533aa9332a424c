import { GeneratorError } from './errors';
import { byRelease, type Merged, type MergedKind } from './history';
import { type Knowledge, knowledgeOfGroup } from './knowledge';
import type { Fact, Facts, GroupFacts, KindFacts } from './model';
import { derivedName } from './names';

interface NamedType {
  readonly structure: string;
  fact: Fact;
  readonly groups: Set<string>;
}

/** Where names are collected, and those that are given. */
interface Naming {
  readonly types: Map<string, NamedType>;
  readonly listed: Knowledge['typeNames'];
}

/** Gives every object schema a name, shares identical ones, and sorts them into groups. */
export function shareTypes(merged: Merged): Facts {
  const types = new Map<string, NamedType>();
  const kinds = merged.kinds.map((kind) => nameKind(kind, types));
  // A type belongs to the groups of all that refer to it, also through other types.
  for (const kind of kinds) for (const root of [kind.schema, ...Object.values(kind.schemas ?? {})]) claim(root, kind.group, types);
  const groups: Record<string, { kinds: Record<string, KindFacts>; types: Record<string, Fact> }> = {};
  for (const { group, kind, ...facts } of kinds) {
    groups[group] ??= { kinds: {}, types: {} };
    const first = facts.since ?? merged.releases[0] ?? '';
    const schemas = Object.entries(facts.schemas ?? {}).map(([version, root]) => [version, relativeDates(root, first, '')] as const);
    groups[group].kinds[kind] = {
      ...facts,
      schema: relativeDates(facts.schema, first, ''),
      ...(schemas.length > 0 ? { schemas: Object.fromEntries(schemas) } : {}),
    };
  }
  const shared: Record<string, Fact> = {};
  for (const [name, type] of [...types].sort(([a], [b]) => a.localeCompare(b))) {
    const [group] = type.groups;
    const { since = '', until: _until, ...fact } = type.fact;
    const dated = relativeDates(fact, since, '');
    if (type.groups.size > 1) shared[name] = dated;
    else if (group !== undefined) (groups[group] as { types: Record<string, Fact> }).types[name] = dated;
  }
  return { releases: merged.releases, groups: groups as Record<string, GroupFacts>, shared };
}

function nameKind(kind: MergedKind, types: Map<string, NamedType>): MergedKind {
  const naming: Naming = { types, listed: knowledgeOfGroup(kind.group).typeNames };
  const name = (root: Fact, place: string): Fact => ({
    ...root,
    properties: Object.fromEntries(Object.entries(root.properties ?? {}).map(([field, fact]) => [field, nameTypes(fact, `${place}.${field}`, naming)])),
  });
  const schemas = Object.entries(kind.schemas ?? {}).map(
    ([version, root]) =>
      [version, name(root, kind.kind + version.replace(/^v/, 'V').replace(/(alpha|beta)/, (word) => word[0]?.toUpperCase() + word.slice(1)))] as const,
  );
  return { ...kind, schema: name(kind.schema, kind.kind), ...(schemas.length > 0 ? { schemas: Object.fromEntries(schemas) } : {}) };
}

/** Replaces every object schema below `fact` by a reference to a named type. */
function nameTypes(fact: Fact, place: string, naming: Naming): Fact {
  const inner: Record<string, unknown> = { ...fact };
  if (fact.items) inner.items = nameTypes(fact.items, `${place}[]`, naming);
  if (fact.additionalProperties) inner.additionalProperties = nameTypes(fact.additionalProperties, `${place}{}`, naming);
  if (!fact.properties) return inner as Fact;
  inner.properties = Object.fromEntries(Object.entries(fact.properties).map(([field, child]) => [field, nameTypes(child, `${place}.${field}`, naming)]));
  const { since, until, nullable } = fact;
  const { nullable: _nullable, ...type } = inner as Fact & Record<string, unknown>;
  return {
    ref: register(type as Fact, place, naming),
    ...(since === undefined ? {} : { since }),
    ...(until ? { until } : {}),
    ...(nullable ? { nullable } : {}),
  };
}

/** What makes two schemas identical: everything but their history, which may differ from place to place. */
const structureOf = (fact: Fact): string =>
  JSON.stringify(fact, (key, value: unknown) => (key === 'since' || key === 'until' || key === 'enumHistory' || key === 'deprecated' ? undefined : value));

function register(fact: Fact, place: string, { types, listed: names }: Naming): string {
  const structure = structureOf(fact);
  const listed = names[place];
  const alike = listed === undefined ? [...types].find(([, type]) => type.structure === structure)?.[0] : undefined;
  const name = listed ?? alike ?? unused(derivedName(place), types);
  const known = types.get(name);
  if (known === undefined) types.set(name, { structure, fact, groups: new Set() });
  else if (known.structure === structure) known.fact = widen(known.fact, fact);
  else throw new GeneratorError(`${place}: the name ${name} already stands for another schema; give one of them another name in names.ts`);
  return name;
}

function unused(name: string, types: Map<string, NamedType>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}${number}`;
    if (!types.has(candidate)) return candidate;
  }
}

const earlier = (a: string, b: string): string => (byRelease(a, b) <= 0 ? a : b);
const later = (a: string, b: string): string => (a === '' || b === '' ? '' : byRelease(a, b) >= 0 ? a : b);

/** Of two histories of one type the wider one: a place that got the type later is dated by the field that holds it. */
function widen(a: Fact, b: Fact): Fact {
  const widened: Record<string, unknown> = { ...a, ...wider(a, b) };
  if (a.properties)
    widened.properties = Object.fromEntries(Object.entries(a.properties).map(([field, fact]) => [field, widen(fact, b.properties?.[field] ?? fact)]));
  for (const part of ['items', 'additionalProperties'] as const) if (a[part]) widened[part] = widen(a[part], b[part] ?? a[part]);
  if (a.enumHistory) {
    widened.enumHistory = Object.fromEntries(
      Object.entries(a.enumHistory).map(([value, span]) => {
        const other = b.enumHistory?.[value] ?? span;
        return [value, [earlier(span[0], other[0]), later(span[1], other[1])]];
      }),
    );
  }
  if (a.rules) widened.rules = a.rules.map((rule, index) => ({ ...rule, since: earlier(rule.since ?? '', b.rules?.[index]?.since ?? '') }));
  return widened as Fact;
}

function wider(a: Fact, b: Fact): { since?: string; until?: string } {
  if (a.since === undefined || b.since === undefined) return {};
  const until = later(a.until ?? '', b.until ?? '');
  return { since: earlier(a.since, b.since), ...(until ? { until } : { until: undefined }) };
}

/** Drops the dates that say no more than the dates of what holds a node: a type's first release is the first of all places that hold it. */
function relativeDates(fact: Fact, since: string, until: string): Fact {
  const dated: Record<string, unknown> = { ...fact };
  const own = [fact.since ?? since, fact.until ?? ''] as const;
  if (byRelease(own[0], since) <= 0) delete dated.since;
  if (own[1] === '' || own[1] === until) delete dated.until;
  if (fact.properties)
    dated.properties = Object.fromEntries(Object.entries(fact.properties).map(([field, child]) => [field, relativeDates(child, own[0], own[1])]));
  for (const part of ['items', 'additionalProperties'] as const) if (fact[part]) dated[part] = relativeDates(fact[part], own[0], own[1]);
  if (fact.enumHistory) {
    const entries = Object.entries(fact.enumHistory).filter(([, span]) => byRelease(span[0], own[0]) > 0 || span[1] !== own[1]);
    if (entries.length > 0) dated.enumHistory = Object.fromEntries(entries);
    else delete dated.enumHistory;
  }
  if (fact.rules) dated.rules = fact.rules.map(({ since: first = '', ...rule }) => (byRelease(first, own[0]) > 0 ? { ...rule, since: first } : rule));
  return dated as Fact;
}

function claim(fact: Fact, group: string, types: Map<string, NamedType>): void {
  if (fact.ref !== undefined) {
    const type = types.get(fact.ref);
    if (type && !type.groups.has(group)) {
      type.groups.add(group);
      claim(type.fact, group, types);
    }
  }
  for (const child of [fact.items, fact.additionalProperties, ...Object.values(fact.properties ?? {})]) if (child) claim(child, group, types);
}

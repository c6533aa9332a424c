import type { Fact, Facts } from './model';
import { printLiteral } from './print';

type Dates = Record<string, string | readonly [string, string]>;

const dateOf = (since: string | undefined, until: string | undefined, first: string): string | readonly [string, string] | undefined =>
  until ? [since ?? first, until] : since;

/** The release table: what has not always been there, and what is gone. */
export function releaseTable(facts: Facts): string {
  const [first = ''] = facts.releases;
  const kinds: Record<string, unknown> = {};
  const fields: Record<string, Dates> = {};
  const enums: Record<string, Record<string, Dates>> = {};
  const addType = (name: string, fact: Fact): void => {
    const dates: Dates = {};
    for (const [field, child] of Object.entries(fact.properties ?? {})) {
      const date = dateOf(child.since, child.until, first);
      if (date !== undefined) dates[field] = date;
      const history = enumHistory(child);
      if (history) {
        const values = Object.entries(history).map(([value, [since, until]]) => [value, until ? ([since, until] as const) : since] as const);
        enums[name] = { ...enums[name], [field]: Object.fromEntries(values) };
      }
    }
    if (Object.keys(dates).length > 0) fields[name] = dates;
  };
  for (const [group, content] of Object.entries(facts.groups)) {
    for (const [kind, entry] of Object.entries(content.kinds)) {
      const versions = Object.entries(entry.versions).map(([version, { since, until, stored }]) => [
        version,
        { ...(since ? { since } : {}), ...(until ? { until } : {}), ...(stored ? { stored } : {}) },
      ]);
      kinds[`${group}/${kind}`] = {
        ...(entry.since ? { since: entry.since } : {}),
        ...(entry.until ? { until: entry.until } : {}),
        versions: Object.fromEntries(versions),
      };
    }
    for (const [name, fact] of Object.entries(content.types)) addType(name, fact);
  }
  for (const [name, fact] of Object.entries(facts.shared)) addType(name, fact);
  const body = { releases: facts.releases, kinds, fields, enums };
  return `${DECLARATIONS}
/** When each thing came and went; what is not named here is in every release from the first to the newest. */
export const releaseTable: ReleaseTable = ${printLiteral(body)};
`;
}

/** The history of a field's values, also where the values are items of a list. */
const enumHistory = (fact: Fact): Fact['enumHistory'] => fact.enumHistory ?? fact.items?.enumHistory ?? fact.additionalProperties?.enumHistory;

const DECLARATIONS = `/** The first minor release that has a thing, or the first and the last one where it is gone. */
export type Dates = string | readonly [first: string, last: string];

export interface ReleaseTable {
  /** The known minor releases, oldest first. */
  readonly releases: readonly string[];
  /** By \`group/Kind\`. \`stored\` is the first and last release that stored the kind in a version; an empty last one means "still". */
  readonly kinds: {
    readonly [kind: string]: {
      readonly since?: string;
      readonly until?: string;
      readonly versions: { readonly [version: string]: { readonly since?: string; readonly until?: string; readonly stored?: readonly [first: string, last: string] } };
    };
  };
  /** By type and field. */
  readonly fields: { readonly [type: string]: { readonly [field: string]: Dates } };
  /** By type, field and value. */
  readonly enums: { readonly [type: string]: { readonly [field: string]: { readonly [value: string]: Dates } } };
}
`;

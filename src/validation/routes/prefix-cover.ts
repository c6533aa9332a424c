import type { DecodedObject, DecodedValue } from '../context';
import { message, messageEntries, number, text } from '../decoded';

/** A match by path prefix, as far as istiod compares it with others. */
export interface PrefixMatch {
  readonly path: string;
  readonly prefix: string;
  readonly port: number;
  readonly method: string;
  readonly authority: string;
  /** Headers, query parameters and excluded headers. */
  readonly conditions: readonly ReadonlyMap<string, string>[];
}

/** What istiod compares of a match, if it is by path prefix. */
export function prefixMatchOf(match: DecodedObject, path: string): PrefixMatch | undefined {
  const prefix = text(message(match.uri)?.prefix);
  if (prefix === '') {
    return undefined;
  }
  return {
    path,
    prefix,
    port: number(match.port),
    // To istiod a match without a method is one for GET.
    method: condition(message(match.method)) || 'exact:GET',
    authority: condition(message(match.authority)),
    conditions: [match.headers, match.queryParams, match.withoutHeaders].map(conditionsOf),
  };
}

/** The pairs of which the earlier match takes everything that the later one asks for. */
export function coveredPrefixes(matches: readonly PrefixMatch[]): { readonly wide: PrefixMatch; readonly narrow: PrefixMatch }[] {
  return matches.flatMap((wide, index) =>
    matches
      .slice(index + 1)
      .filter((narrow) => narrow.prefix !== wide.prefix && covers(wide, narrow))
      .map((narrow) => ({ wide, narrow })),
  );
}

/** istiod compares a few fields only: scheme, gateways and the workloads that ask are not among them, and a regular expression counts as nothing. */
function covers(wide: PrefixMatch, narrow: PrefixMatch): boolean {
  return (
    narrow.prefix.startsWith(wide.prefix) &&
    narrow.port === wide.port &&
    wide.method.startsWith(narrow.method) &&
    wide.authority.startsWith(narrow.authority) &&
    wide.conditions.every((conditions, index) => includes(conditions, narrow.conditions[index] as ReadonlyMap<string, string>))
  );
}

function includes(wide: ReadonlyMap<string, string>, narrow: ReadonlyMap<string, string>): boolean {
  return wide.size === narrow.size && [...wide].every(([key, value]) => narrow.has(key) && value.startsWith(narrow.get(key) as string));
}

function condition(match: DecodedObject | undefined): string {
  const exact = text(match?.exact);
  const prefix = text(match?.prefix);
  return exact !== '' ? `exact:${exact}` : prefix !== '' ? `prefix:${prefix}` : '';
}

function conditionsOf(value: DecodedValue | undefined): ReadonlyMap<string, string> {
  return new Map(messageEntries(value).map(([key, match]) => [key, condition(match)]));
}

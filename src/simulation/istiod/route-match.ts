import { compare } from '../../mesh/config-object';
import type { HttpMatchSpec, StringMatchSpec } from '../../mesh/specs/virtual-service';
import type { ClaimMatcher, HeaderMatcher, RouteMatch, StringMatcher } from '../envoy/route';

/** Takes every request. */
export const ANY_PATH: RouteMatch = { path: { kind: 'prefix', value: '/', ignoreCase: false }, headers: [], query: [], claims: [] };

/** What a request has to be for a match; what depends on the caller has been looked at before. */
export function routeMatch(spec: HttpMatchSpec | undefined): RouteMatch {
  if (spec === undefined) return ANY_PATH;
  const headers: HeaderMatcher[] = [];
  const claims: ClaimMatcher[] = [];
  for (const [fields, invert] of [
    [spec.headers, false],
    [spec.withoutHeaders, true],
  ] as const) {
    for (const [name, match] of Object.entries(fields ?? {})) {
      const claim = claimPath(name);
      if (claim === undefined) headers.push(headerMatcher(name, match, invert));
      else claims.push({ path: claim, match: stringMatcher(match), invert });
    }
  }
  headers.sort((one, other) => compare(one.name, other.name));
  for (const name of ['method', 'authority', 'scheme'] as const) {
    const match = spec[name];
    if (match) headers.push(headerMatcher(`:${name}`, match, false));
  }
  return {
    path: pathMatcher(spec.uri, spec.ignoreUriCase ?? false),
    headers,
    query: Object.entries(spec.queryParams ?? {}).map(([name, match]) => ({ name, match: stringMatcher(match) })),
    claims,
  };
}

/** Reads a StringMatch; one without a member asks whether there is a value at all, and so does the regular expression `*`, which is none. */
export function stringMatcher({ exact, prefix, regex }: StringMatchSpec): StringMatcher {
  if (exact !== undefined) return { kind: 'exact', value: exact };
  if (prefix !== undefined) return { kind: 'prefix', value: prefix };
  return regex === undefined || regex === '*' ? { kind: 'present' } : { kind: 'regex', value: regex };
}

function pathMatcher({ exact, prefix, regex }: StringMatchSpec = {}, ignoreCase: boolean): RouteMatch['path'] {
  if (exact !== undefined) return { kind: 'exact', value: exact, ignoreCase };
  if (regex !== undefined) return { kind: 'regex', value: regex, ignoreCase };
  return { kind: 'prefix', value: prefix ?? '/', ignoreCase };
}

function headerMatcher(name: string, spec: StringMatchSpec, invert: boolean): HeaderMatcher {
  const match = stringMatcher(spec);
  return { name: name.toLowerCase(), match, invert, ...(invert && match.kind !== 'present' && { treatMissingAsEmpty: true }) };
}

const CLAIMS = '@request.auth.claims';

/** The path of a claim of the token, written as a header name: `@request.auth.claims.group.id` or `@request.auth.claims[group][id]`. */
function claimPath(name: string): readonly string[] | undefined {
  if (!name.toLowerCase().startsWith(CLAIMS)) return undefined;
  const path = name.slice(CLAIMS.length);
  if (path.length > 1 && path.startsWith('.')) return path.slice(1).split('.');
  return path.length > 2 && path.startsWith('[') && path.endsWith(']') ? path.slice(1, -1).split('][') : undefined;
}

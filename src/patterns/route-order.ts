import type { HTTPMatchRequest, HTTPRoute, StringMatch } from '../../imports/networking.istio.io';
import { gatewayName } from './gateway-binding';
import type { RequestMatch } from './request-match';

/**
 * Orders routes so that none hides a more specific one, since Istio takes the first that matches: exact paths before prefixes, the longer before the shorter,
 * a route without a path last; for one path, more conditions first, then those that ask for whole values. Routes that tell nothing apart keep their order.
 */
export function mostSpecificFirst<T>(routes: readonly T[], matchOf: (route: T) => RequestMatch): T[] {
  const ranked = routes.map((route) => ({ route, rank: rankOf(matchOf(route)) }));
  return ranked.sort((one, other) => compare(other.rank, one.rank)).map(({ route }) => route);
}

/** Leaves out matches that an earlier route has already, such as `/api` of a path and all below it behind a route for just that; a route keeps at least one. */
export function withoutRepeated(routes: readonly HTTPRoute[]): HTTPRoute[] {
  const seen = new Set<string>();
  return routes.map((route) => {
    const fresh = (route.match ?? []).filter((match) => !seen.has(inWords(match)));
    for (const match of fresh) seen.add(inWords(match));
    return fresh.length > 0 ? { ...route, match: fresh } : route;
  });
}

const inWords = (match: HTTPMatchRequest): string => JSON.stringify({ ...match, gateways: match.gateways?.map(gatewayName) });

/** Larger numbers are more specific, the first that differs decides. */
function rankOf({ path, method, headers = {}, query = {}, cookie, claim }: RequestMatch): number[] {
  const values = [
    ...Object.values(headers),
    ...Object.values(query),
    ...(method ? [method] : []),
    ...(cookie ? [cookie.value] : []),
    ...(claim ? [claim.value] : []),
  ];
  const whole = values.filter((value) => typeof value === 'string' || isExact(value)).length;
  const literal = values.reduce((sum, value) => sum + literalLength(value), 0);
  const uri = uriOf(path);
  return [isExact(uri) ? 1 : 0, Math.max(1, literalLength(uri)), values.length, whole, literal, uri.regex ? 2 : typeof path === 'object' ? 1 : 0];
}

/** The path as the widest match that it gives. A path as text has its widest match below itself, and these patterns are every path. */
function uriOf(path: RequestMatch['path']): StringMatch {
  if (path === undefined || path === '/') return { prefix: '/' };
  if (typeof path === 'string') return { prefix: `${path.replace(/\/+$/, '')}/` };
  return path.regex === '.*' || path.regex === '/.*' ? { prefix: '/' } : path;
}

function isExact(value: true | string | StringMatch): boolean {
  return typeof value === 'object' && typeof value.exact === 'string';
}

/** How much of a value is certain from its start. */
function literalLength(value: true | string | StringMatch): number {
  if (value === true) return 0;
  if (typeof value === 'string') return value.length;
  const { exact, prefix, regex } = value;
  return (exact ?? prefix ?? (regex ?? '').replace(/^\^/, '').replace(/[\\^$.*+?()[\]{}|].*$/s, '')).length;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((number, index) => number !== other[index]);
  return at < 0 ? 0 : (one[at] as number) - (other[at] as number);
}

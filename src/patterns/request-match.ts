import type { HTTPMatchRequest, StringMatch } from '../../imports/networking.istio.io';
import type { ObjectReference } from '../../imports/schema';
import { badInput } from './bad-input';

/** What a request must be like. Everything that is given must hold; for "or", write two routes. */
export interface RequestMatch {
  /** As text the path itself and everything below it: `/api` is `/api` and `/api/v1`, not `/apis`. @default - any path */
  readonly path?: string | StringMatch;
  /** @default - any method */
  readonly method?: string;
  /** Request headers by name; text is the whole value, `true` any value. */
  readonly headers?: { readonly [name: string]: string | true | StringMatch };
  /** Parameters of the query by name; text is the whole value, `true` any value. */
  readonly query?: { readonly [name: string]: string | true | StringMatch };
  /** A cookie, found wherever it stands among others. One only: all cookies are one header, for which a request can be asked once. */
  readonly cookie?: { readonly name: string; readonly value: string };
  /** A claim of the caller's token. Istio checks tokens for routing at gateways only. */
  readonly claim?: TokenClaim;
}

/** A claim of a JSON web token. */
export interface TokenClaim {
  /** Its name, or its path in nested claims, outermost first. */
  readonly name: string | readonly string[];
  readonly value: string;
  /** The RequestAuthentication for the gateway's pods that checks the token, or the name of one that is kept elsewhere; without one no claim ever matches. */
  readonly checkedBy: string | ObjectReference<'RequestAuthentication'>;
}

/** What looks like a header in Envoy and is none for Istio, and the field that means it. */
const notHeaders: Readonly<Record<string, string>> = {
  uri: 'path',
  path: 'path',
  ':path': 'path',
  ':uri': 'path',
  method: 'method',
  ':method': 'method',
  ':authority': 'the hosts',
  authority: 'the hosts',
  scheme: 'the gateway',
  ':scheme': 'the gateway',
  cookie: 'cookie',
};

/** The matches of a VirtualService that together mean a request match; empty for one that every request meets. */
export function toMatches(match: RequestMatch): HTTPMatchRequest[] {
  const { method, headers = {}, query = {}, cookie, claim } = match;
  const named: Record<string, StringMatch> = {};
  for (const [name, value] of Object.entries(headers)) named[headerName(name)] = toStringMatch(value);
  if (cookie) named.cookie = { regex: `^(.*?;\\s*)?(${literally(cookie.name)}=${literally(cookie.value)})(;.*)?$` };
  if (claim) named[claimHeader(claim.name)] = { exact: claim.value };
  const conditions: HTTPMatchRequest = {
    ...(method === undefined ? {} : { method: { exact: method } }),
    ...(Object.keys(named).length === 0 ? {} : { headers: named }),
    ...(Object.keys(query).length === 0 ? {} : { queryParams: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, toStringMatch(value)])) }),
  };
  const uris = toUris(match.path);
  if (uris.length > 0) return uris.map((uri) => ({ ...conditions, uri }));
  return Object.keys(conditions).length > 0 ? [conditions] : [];
}

/** A path as matches: one as text is itself or what lies below it, which takes two. */
export function toUris(path: RequestMatch['path']): StringMatch[] {
  if (path === undefined || path === '/') return [];
  if (typeof path !== 'string') return path.prefix === '/' ? [] : [path];
  const own = path.replace(/\/+$/, '');
  if (!own.startsWith('/')) throw badInput(`the path ${JSON.stringify(path)} does not begin with "/"`);
  return [{ exact: own }, { prefix: `${own}/` }];
}

function toStringMatch(value: string | true | StringMatch): StringMatch {
  if (value === true) return { regex: '.*' };
  return typeof value === 'string' ? { exact: value } : value;
}

function headerName(name: string): string {
  const instead = notHeaders[name.toLowerCase()];
  if (instead) throw badInput(`${JSON.stringify(name)} is no header to match by; use ${instead}`);
  return name.toLowerCase();
}

function claimHeader(name: TokenClaim['name']): string {
  const path = typeof name === 'string' ? [name] : name;
  // Brackets are newer than the form with dots, which cannot write a name that has one.
  return path.some((part) => part.includes('.')) ? `@request.auth.claims${path.map((part) => `[${part}]`).join('')}` : `@request.auth.claims.${path.join('.')}`;
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Throws when two of the matches are of the same requests, of which the second would get none. */
export function refuseTwins(matches: readonly RequestMatch[]): void {
  const seen = new Set<string>();
  for (const match of matches) {
    const written = JSON.stringify(toMatches(match));
    if (seen.has(written)) throw badInput(`two routes take the same requests: ${written === '[]' ? 'all that no other route takes' : written}`);
    seen.add(written);
  }
}

import type { HttpRequest } from './http';
import { replaceMatches } from './regex';
import type { PathRewrite, Redirect, RouteMatch } from './route';

/** The path and query that a rewrite makes; only the part that the route matched is replaced, as plain text. */
export function rewrittenPath(pathAndQuery: string, rewrite: PathRewrite, match: RouteMatch['path']): string {
  const { path, query } = split(pathAndQuery);
  switch (rewrite.kind) {
    case 'regex':
      return replaceMatches(rewrite.pattern, path, rewrite.substitution) + query;
    case 'full':
      return rewrite.value + query;
    case 'prefix':
      return rewrite.value + path.slice(matchedLength(match, path)) + query;
  }
}

/** Where a redirect sends the caller. */
export function redirectLocation(request: HttpRequest, redirect: Redirect, match: RouteMatch['path']): string {
  const scheme = redirect.scheme ?? request.scheme;
  const port = redirect.port === undefined ? '' : `:${redirect.port}`;
  const host = redirect.authority ?? requestHost(request, scheme, port);
  const path = redirectPath(request.path, redirect, match);
  return `${scheme}://${host}${port}${path.startsWith('/') ? path : `/${path}`}`;
}

function redirectPath(pathAndQuery: string, { path, prefixRewrite }: Redirect, match: RouteMatch['path']): string {
  if (prefixRewrite !== undefined) return rewrittenPath(pathAndQuery, { kind: 'prefix', value: prefixRewrite }, match);
  if (path === undefined) return pathAndQuery;
  return path.includes('?') ? path : path + split(pathAndQuery).query;
}

/** The port of the request goes where another one is given, and where it was the default of a scheme that is left. */
function requestHost({ authority, headers }: HttpRequest, scheme: string, port: string): string {
  const colon = authority.startsWith('[') ? authority.lastIndexOf(']:') + 1 : authority.lastIndexOf(':');
  if (colon <= 0) return authority;
  const from = headers.get('x-forwarded-proto');
  const leaves = scheme !== from && ((from === 'https' && authority.slice(colon) === ':443') || (from === 'http' && authority.slice(colon) === ':80'));
  return port !== '' || leaves ? authority.slice(0, colon) : authority;
}

function matchedLength({ kind, value }: RouteMatch['path'], path: string): number {
  return kind === 'prefix' ? value.length : path.length;
}

function split(pathAndQuery: string): { readonly path: string; readonly query: string } {
  const question = pathAndQuery.indexOf('?');
  return question < 0 ? { path: pathAndQuery, query: '' } : { path: pathAndQuery.slice(0, question), query: pathAndQuery.slice(question) };
}

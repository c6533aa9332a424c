import type { VerifiedToken } from './filter';
import { type HttpRequest, headerValues } from './http';
import { fullyMatches } from './regex';
import type { ClaimMatcher, HeaderMatcher, QueryMatcher, Route, RouteMatch } from './route';
import { hitOfString, matchesString, missOfString } from './string-match';

/** A request as routes look at it. What they have in common is worked out once. */
export class RoutedRequest {
  readonly path: string;
  private readonly queryStart: number;
  private parameters: ReadonlyMap<string, string> | undefined;

  constructor(
    readonly request: HttpRequest,
    readonly token?: VerifiedToken,
  ) {
    this.queryStart = request.path.indexOf('?');
    this.path = this.queryStart < 0 ? request.path : request.path.slice(0, this.queryStart);
  }

  /** The first value of a query parameter, as it was sent. */
  parameter(name: string): string | undefined {
    if (this.queryStart < 0) return undefined;
    this.parameters ??= parseQuery(this.request.path.slice(this.queryStart + 1));
    return this.parameters.get(name);
  }

  claim(path: readonly string[]): unknown {
    let value: unknown = this.token?.payload;
    for (const name of path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
      value = (value as Readonly<Record<string, unknown>>)[name];
    }
    return value;
  }
}

/** The first route that takes a request. */
export function findRoute(routes: readonly Route[], request: RoutedRequest): Route | undefined {
  return routes.find(({ match }) => firstMiss(match, request) === undefined);
}

type Condition = RouteMatch['path'] | HeaderMatcher | QueryMatcher | ClaimMatcher;

/** The first condition that a request does not fulfil. */
function firstMiss(match: RouteMatch, request: RoutedRequest): Condition | undefined {
  if (!takesPath(match.path, request.path)) return match.path;
  for (const condition of match.headers) if (!takesHeader(condition, request.request)) return condition;
  for (const condition of match.query) {
    const value = request.parameter(condition.name);
    if (value === undefined || !matchesString(condition.match, value)) return condition;
  }
  for (const condition of match.claims) if (takesClaim(condition, request) === condition.invert) return condition;
  return undefined;
}

/** What a route missed a request by, for people; nothing where it takes it. */
export function missOf(match: RouteMatch, request: RoutedRequest): string | undefined {
  const condition = firstMiss(match, request);
  if (condition === undefined) return undefined;
  if (condition === match.path) return missOfPath(match.path, request.path);
  if ('treatMissingAsEmpty' in condition || match.headers.includes(condition as HeaderMatcher)) {
    const { name, match: wanted, invert } = condition as HeaderMatcher;
    return missOfValues(title(name), headerValues(request.request, name), wanted, invert);
  }
  if ('path' in condition) {
    const value = request.claim(condition.path);
    return missOfValues(`claim ${condition.path.join('.')}`, value === undefined ? [] : [JSON.stringify(value)], condition.match, condition.invert);
  }
  const { name, match: wanted } = condition as QueryMatcher;
  const value = request.parameter(name);
  return missOfValues(`query parameter ${name}`, value === undefined ? [] : [value], wanted, false);
}

/** What a route asks for, for people: `path begins with "/api", header end-user is "jason"`. */
export function describeMatch({ path, headers, query, claims }: RouteMatch): string {
  const conditions = [
    ...(path.kind === 'prefix' && path.value === '/' ? [] : [`path ${hitOfString({ kind: path.kind, value: path.value })}`]),
    ...headers.map(({ name, match, invert }) => `${title(name)} ${invert ? missOfString(match) : hitOfString(match)}`),
    ...query.map(({ name, match }) => `query parameter ${name} ${hitOfString(match)}`),
    ...claims.map(({ path: claim, match, invert }) => `claim ${claim.join('.')} ${invert ? missOfString(match) : hitOfString(match)}`),
  ];
  return conditions.length === 0 ? 'every request' : conditions.join(', ');
}

/** A path without query is compared as a plain text, so `/api` takes `/apix`; only regular expressions mind the case whatever is said. */
function takesPath({ kind, value, ignoreCase }: RouteMatch['path'], path: string): boolean {
  if (kind === 'regex') return fullyMatches(value, path);
  const wanted = ignoreCase ? value.toLowerCase() : value;
  const actual = ignoreCase ? path.toLowerCase() : path;
  return kind === 'exact' ? actual === wanted : actual.startsWith(wanted);
}

/** Several values of one name are compared one by one, and one that fits is enough. */
function takesHeader({ name, match, invert, treatMissingAsEmpty }: HeaderMatcher, request: HttpRequest): boolean {
  const values = headerValues(request, name);
  const fits = values.length === 0 ? treatMissingAsEmpty === true && matchesString(match, '') : values.some((value) => matchesString(match, value));
  return fits !== invert;
}

/** A claim that is a text, or a list with a text that fits. */
function takesClaim({ path, match }: ClaimMatcher, request: RoutedRequest): boolean {
  const claim = request.claim(path);
  return (Array.isArray(claim) ? claim : [claim]).some((each) => typeof each === 'string' && matchesString(match, each));
}

/** Parameters as they stand in the URL, without any decoding. */
function parseQuery(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of query.split('&')) {
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    if (!parameters.has(name)) parameters.set(name, equals < 0 ? '' : part.slice(equals + 1));
  }
  return parameters;
}

function missOfPath(path: RouteMatch['path'], actual: string): string {
  const caseless = path.ignoreCase && path.kind !== 'regex' ? ', whatever the case' : '';
  return `path ${JSON.stringify(actual)} ${missOfString({ kind: path.kind, value: path.value })}${caseless}`;
}

function missOfValues(name: string, values: readonly string[], wanted: HeaderMatcher['match'], invert: boolean): string {
  if (invert) return values.length === 0 ? `${name}, which is absent, counts as empty and so ${hitOfString(wanted)}` : `${name} ${hitOfString(wanted)}`;
  if (values.length === 0) return `${name} is absent`;
  return `${name} ${values.map((value) => JSON.stringify(value)).join(' and ')} ${missOfString(wanted)}`;
}

function title(name: string): string {
  return name.startsWith(':') ? name.slice(1) : `header ${name}`;
}

import type { CheckContext, DecodedObject, DecodedValue } from '../context';
import { message, messages, number, text } from '../decoded';
import { unreachableRouteRules as rules } from '../rules/unreachable-routes';
import { coveredPrefixes, type PrefixMatch, prefixMatchOf } from './prefix-cover';

/** Warns about routes and matches of a VirtualService that no request reaches. */
export function checkUnreachableRoutes(spec: DecodedObject, context: CheckContext): void {
  for (const protocol of ['http', 'tcp', 'tls']) {
    checkList(messages(spec[protocol]), `spec.${protocol}`, protocol === 'http', context);
  }
}

function checkList(routes: readonly DecodedObject[], path: string, isHttp: boolean, { report }: CheckContext): void {
  if (routes.length < 2 && messages(routes[0]?.match).length < 2) {
    return;
  }
  const seen = new Map<string, string>();
  const prefixes: PrefixMatch[] = [];
  let catchAll: number | undefined;
  for (const [index, route] of routes.entries()) {
    const routePath = `${path}[${index}]`;
    const matches = messages(route.match);
    if (catchAll !== undefined) {
      reportBehindCatchAll(routes, catchAll, index, path, isHttp ? 'every request' : 'every connection', report);
    }
    if (matches.length === 0) {
      catchAll ??= index;
      continue;
    }
    if (catchAll !== undefined) {
      continue;
    }
    let duplicates = 0;
    for (const [matchIndex, match] of matches.entries()) {
      const matchPath = `${routePath}.match[${matchIndex}]`;
      const key = matchKey(match, isHttp);
      const first = seen.get(key);
      if (first !== undefined) {
        duplicates += 1;
        report(rules.duplicateMatch, matchPath, `This match is never used: ${first} asks for the same and takes the requests.`);
        continue;
      }
      seen.set(key, matchPath);
      const prefix = isHttp ? prefixMatchOf(match, matchPath) : undefined;
      if (prefix !== undefined) {
        prefixes.push(prefix);
      }
    }
    if (duplicates === matches.length) {
      report(rules.duplicateRoute, routePath, 'This route is never used: earlier routes have all of its matches.');
    }
  }
  const covered = new Set<string>();
  for (const { wide, narrow } of coveredPrefixes(prefixes)) {
    // Whoever comes first takes the requests, so one of several wide prefixes says enough.
    if (covered.has(narrow.path)) {
      continue;
    }
    covered.add(narrow.path);
    report(
      rules.coveredPrefix,
      `${narrow.path}.uri.prefix`,
      `This match is never used: every path that begins with ${narrow.prefix} begins with ${wide.prefix} too, for which ${wide.path} takes it.`,
    );
  }
}

function reportBehindCatchAll(
  routes: readonly DecodedObject[],
  catchAll: number,
  index: number,
  path: string,
  everything: string,
  report: CheckContext['report'],
): void {
  const reason = `${path}[${catchAll}] has no match and takes ${everything}`;
  const pair = [routes[catchAll], routes[index]] as [DecodedObject, DecodedObject];
  const [earlier, later] = pair.map(soleWeight);
  if (earlier !== undefined && later !== undefined && Math.min(earlier, later) < 100 && messages(pair[1].match).length === 0) {
    const [target, other] = destinationNames(...pair);
    report(
      rules.weightsOnSeparateRoutes,
      `${path}[${index}]`,
      `This route is never used: ${reason}. Two routes carry weights ${earlier} and ${later}, so 100 % of the traffic goes to ${target}, none to ${other}.`,
    );
  } else {
    report(rules.unreachable, `${path}[${index}]`, `This route is never used: ${reason}.`);
  }
}

/** The weight of a route with a single destination that has one. */
function soleWeight(route: DecodedObject): number | undefined {
  const [item, ...others] = messages(route.route);
  return item?.weight === undefined || others.length > 0 ? undefined : number(item.weight);
}

/** The destinations of two routes, the second one by its subset alone where that tells them apart. */
function destinationNames(one: DecodedObject, other: DecodedObject): [string, string] {
  const [first, second] = [one, other].map((route) => message(messages(route.route)[0]?.destination) ?? {}) as [DecodedObject, DecodedObject];
  const sameHost = text(first.host) === text(second.host) && text(second.subset) !== '';
  return [destinationName(first), sameHost ? text(second.subset) : destinationName(second)];
}

function destinationName(destination: DecodedObject): string {
  return [text(destination.host), text(destination.subset)].filter((part) => part !== '').join(' ');
}

/** A text that two matches share exactly when they ask for the same; the name of an HTTP match asks for nothing. */
function matchKey(match: DecodedObject, isHttp: boolean): string {
  const fields = Object.keys(match).filter((field) => !(isHttp && field === 'name') && !isDefault(field, match[field]));
  return JSON.stringify(fields.sort().map((field) => [field, sorted(match[field])]));
}

const maps: ReadonlySet<string> = new Set(['headers', 'withoutHeaders', 'queryParams', 'sourceLabels']);

/** Whether a field asks for no more than if it were unset. An empty match of a text is not that, to istiod. */
function isDefault(field: string, value: DecodedValue | undefined): boolean {
  return value === '' || value === 0 || value === false || (maps.has(field) && Object.keys(message(value) ?? {}).length === 0);
}

/** The same value with the entries of maps in order. */
function sorted(value: DecodedValue | undefined): unknown {
  const object = message(value);
  return object === undefined
    ? value
    : Object.keys(object)
        .sort()
        .map((key) => [key, sorted(object[key])]);
}

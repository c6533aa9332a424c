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
      reportBehindCatchAll(routes, catchAll, index, path, report);
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
  for (const { wide, narrow } of coveredPrefixes(prefixes)) {
    report(
      rules.coveredPrefix,
      `${narrow.path}.uri.prefix`,
      `This match is never used: every path that begins with ${narrow.prefix} begins with ${wide.prefix} too, for which ${wide.path} takes it.`,
    );
  }
}

function reportBehindCatchAll(routes: readonly DecodedObject[], catchAll: number, index: number, path: string, report: CheckContext['report']): void {
  const reason = `${path}[${catchAll}] has no match and takes everything`;
  const weights = [routes[catchAll], routes[index]].map(soleWeight);
  const [earlier = 0, later = 0] = weights;
  if (!weights.includes(undefined) && messages(routes[index]?.match).length === 0 && Math.min(earlier, later) < 100) {
    const [target, other] = [routes[catchAll], routes[index]].map(soleDestination);
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
function soleWeight(route: DecodedObject | undefined): number | undefined {
  const [item, ...others] = messages(route?.route);
  return item?.weight === undefined || others.length > 0 ? undefined : number(item.weight);
}

function soleDestination(route: DecodedObject | undefined): string {
  const destination = message(messages(route?.route)[0]?.destination);
  return [text(destination?.host), text(destination?.subset)].filter((part) => part !== '').join(' ');
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

import type { ResolvedHttpMatch, ResolvedHttpRoute } from './resolved-virtual-service';
import type { HttpMatchSpec, HttpRouteSpec, StringMatchSpec } from './specs/virtual-service';

/**
 * What stands in the place of a route that delegates: the routes of the delegate, each for what both the route and itself match. One that has nothing in common with
 * the delegating route is left out.
 *
 * @param root the route that delegates
 * @param delegate the routes of the VirtualService that it names
 */
export function delegatedRoutes(root: ResolvedHttpRoute, delegate: readonly ResolvedHttpRoute[]): readonly ResolvedHttpRoute[] {
  return delegate.flatMap((route) => {
    const matches = commonMatches(root.matches, route.matches);
    return matches === undefined ? [] : { spec: withInherited(root.spec, route.spec), matches, source: route.source };
  });
}

/** What a delegated route takes over whole where it says nothing itself; destinations and redirects are its own affair. */
const inherited = [
  'rewrite',
  'directResponse',
  'timeout',
  'retries',
  'fault',
  'mirror',
  'mirrorPercent',
  'mirrorPercentage',
  'corsPolicy',
  'mirrors',
  'headers',
] as const satisfies readonly (keyof HttpRouteSpec)[];

function withInherited(root: HttpRouteSpec, delegate: HttpRouteSpec): HttpRouteSpec {
  const name = joined(root.name, delegate.name);
  return {
    ...Object.fromEntries(inherited.filter((field) => root[field] !== undefined).map((field) => [field, root[field]])),
    ...Object.fromEntries(Object.entries(delegate).filter(([, value]) => value !== undefined && value !== null)),
    ...(name !== undefined && { name }),
  };
}

function joined(root: string | undefined, delegate: string | undefined): string | undefined {
  return root && delegate ? `${root}-${delegate}` : delegate || root;
}

/** Every match of the delegate together with every one of the root that agrees with it; undefined where one of the delegate's agrees with none. */
function commonMatches(root: readonly ResolvedHttpMatch[], delegate: readonly ResolvedHttpMatch[]): readonly ResolvedHttpMatch[] | undefined {
  if (root.length === 0) return delegate;
  if (delegate.length === 0) return root;
  const common: ResolvedHttpMatch[] = [];
  for (const match of delegate) {
    const agreeing = root.filter((candidate) => !disagree(candidate.spec, match.spec));
    if (agreeing.length === 0) return undefined;
    common.push(...agreeing.map((candidate) => ({ spec: united(candidate.spec, match.spec), source: match.source })));
  }
  return common;
}

const strings = ['uri', 'scheme', 'method', 'authority'] as const satisfies readonly (keyof HttpMatchSpec)[];
const maps = ['headers', 'withoutHeaders', 'queryParams'] as const satisfies readonly (keyof HttpMatchSpec)[];

function united(root: HttpMatchSpec, delegate: HttpMatchSpec): HttpMatchSpec {
  const name = joined(root.name, delegate.name);
  return {
    ...root,
    ...delegate,
    ...(name !== undefined && { name }),
    ...Object.fromEntries([...maps, 'sourceLabels' as const].map((field) => [field, { ...root[field], ...delegate[field] }])),
    port: delegate.port || root.port,
    sourceNamespace: delegate.sourceNamespace || root.sourceNamespace,
    gateways: delegate.gateways?.length ? delegate.gateways : root.gateways,
    statPrefix: delegate.statPrefix || root.statPrefix,
  };
}

/** Whether nothing can match both, as far as istiod looks at it. */
function disagree(root: HttpMatchSpec, delegate: HttpMatchSpec): boolean {
  const labels = Object.entries(delegate.sourceLabels ?? {});
  return (
    strings.some((field) => stringsDisagree(root[field], delegate[field])) ||
    maps.some((field) => Object.entries(delegate[field] ?? {}).some(([key, match]) => stringsDisagree(root[field]?.[key], match))) ||
    Boolean(root.ignoreUriCase) !== Boolean(delegate.ignoreUriCase) ||
    (!!root.port && !!delegate.port && root.port !== delegate.port) ||
    (!!root.sourceNamespace && delegate.sourceNamespace !== root.sourceNamespace) ||
    labels.some(([key, value]) => root.sourceLabels?.[key] !== undefined && root.sourceLabels[key] !== value) ||
    gatewaysDisagree(root.gateways ?? [], delegate.gateways ?? [])
  );
}

function gatewaysDisagree(root: readonly string[], delegate: readonly string[]): boolean {
  return root.length > 0 && (root.length < delegate.length || delegate.some((gateway) => !root.includes(gateway)));
}

/** A delegate may narrow a prefix of the root; every other pair of conditions on one thing has to be the same exact text. */
function stringsDisagree(root: StringMatchSpec | undefined, delegate: StringMatchSpec | undefined): boolean {
  if (!root || !delegate) return false;
  if (root.exact) return delegate.exact !== root.exact;
  const narrower = delegate.prefix || delegate.exact;
  return !(root.prefix && narrower?.startsWith(root.prefix));
}

import { delegatedRoutes } from '../../src/mesh/delegates';
import type { ResolvedHttpRoute } from '../../src/mesh/resolved-virtual-service';
import type { HttpMatchSpec, HttpRouteSpec } from '../../src/mesh/specs/virtual-service';

const source = { manifest: { object: {}, origin: {} }, path: '' };
const route = (match: readonly HttpMatchSpec[], spec: HttpRouteSpec = {}): ResolvedHttpRoute => ({
  spec,
  matches: match.map((each) => ({ spec: each, source })),
  source,
});
const merged = (root: HttpMatchSpec, delegate: HttpMatchSpec) => delegatedRoutes(route([root]), [route([delegate])])[0]?.matches[0]?.spec;

const agree: readonly [string, HttpMatchSpec, HttpMatchSpec][] = [
  ['a longer prefix', { uri: { prefix: '/a' } }, { uri: { prefix: '/a/b' } }],
  ['an exact value under a prefix', { uri: { prefix: '/a' } }, { uri: { exact: '/a/b' } }],
  ['the same exact value', { method: { exact: 'GET' } }, { method: { exact: 'GET' } }],
  ['values under different keys', { headers: { a: { exact: '1' } } }, { headers: { b: { regex: '.*' } } }],
  ['fields that the other does not set', { scheme: { exact: 'https' }, queryParams: { q: {} } }, { authority: { regex: 'x' } }],
  ['the same port', { port: 80 }, { port: 80 }],
  ['a port that the other does not set', { port: 80 }, {}],
  ['labels that do not contradict each other', { sourceLabels: { a: '1' } }, { sourceLabels: { b: '2' } }],
  ['the same namespace', { sourceNamespace: 'a' }, { sourceNamespace: 'a' }],
  ['a namespace of the delegate alone', {}, { sourceNamespace: 'a' }],
  ['some of the gateways', { gateways: ['a', 'b'] }, { gateways: ['b'] }],
];

test.each(agree)('a delegate may have %s', (_, root, delegate) => {
  expect(merged(root, delegate)).toBeDefined();
});

const disagree: readonly [string, HttpMatchSpec, HttpMatchSpec][] = [
  ['a shorter prefix', { uri: { prefix: '/a/b' } }, { uri: { prefix: '/a' } }],
  ['a prefix under an exact value', { uri: { exact: '/a' } }, { uri: { prefix: '/a' } }],
  ['another exact value', { method: { exact: 'GET' } }, { method: { exact: 'POST' } }],
  ['a regex beside a prefix', { uri: { prefix: '/a' } }, { uri: { regex: '/a.*' } }],
  ['the same regex', { uri: { regex: 'x' } }, { uri: { regex: 'x' } }],
  ['an exact value beside a regex', { authority: { regex: 'x' } }, { authority: { exact: 'x' } }],
  ['presence on both sides', { headers: { a: {} } }, { headers: { a: {} } }],
  ['presence beside a value', { withoutHeaders: { a: { exact: '1' } } }, { withoutHeaders: { a: {} } }],
  ['another value of one parameter', { queryParams: { q: { exact: '1' } } }, { queryParams: { q: { exact: '2' } } }],
  ['another case rule', { ignoreUriCase: true }, { uri: { prefix: '/a' } }],
  ['another port', { port: 80 }, { port: 81 }],
  ['another value of one label', { sourceLabels: { a: '1' } }, { sourceLabels: { a: '2' } }],
  ['no namespace where the root has one', { sourceNamespace: 'a' }, {}],
  ['more gateways', { gateways: ['a'] }, { gateways: ['a', 'b'] }],
  ['other gateways', { gateways: ['a', 'c'] }, { gateways: ['b'] }],
];

test.each(disagree)('a delegate with %s is left out', (_, root, delegate) => {
  expect(merged(root, delegate)).toBeUndefined();
});

test('of two matches that agree, what the delegate says counts first, and maps are united', () => {
  const root: HttpMatchSpec = {
    name: 'r',
    uri: { prefix: '/a' },
    headers: { a: { exact: '1' } },
    port: 80,
    gateways: ['x', 'y'],
    sourceLabels: { a: '1' },
    statPrefix: 'r',
  };
  const delegate: HttpMatchSpec = {
    name: 'd',
    uri: { exact: '/a/b' },
    headers: { b: { exact: '2' } },
    gateways: ['y'],
    sourceNamespace: 'n',
    sourceLabels: { b: '2' },
  };
  expect(merged(root, delegate)).toEqual({
    name: 'r-d',
    uri: { exact: '/a/b' },
    headers: { a: { exact: '1' }, b: { exact: '2' } },
    withoutHeaders: {},
    queryParams: {},
    port: 80,
    gateways: ['y'],
    sourceNamespace: 'n',
    sourceLabels: { a: '1', b: '2' },
    statPrefix: 'r',
  });
});

test('matches are combined one with another, and those that agree with none drop the route', () => {
  const prefixes = (...values: string[]) => values.map((prefix) => ({ uri: { prefix } }));
  const paths = (root: readonly HttpMatchSpec[], delegate: readonly HttpMatchSpec[]) =>
    delegatedRoutes(route(root), [route(delegate)])[0]?.matches.map(({ spec }) => spec.uri?.prefix);
  expect(paths(prefixes('/a', '/b'), prefixes('/a/1', '/b/1', '/b/2'))).toEqual(['/a/1', '/b/1', '/b/2']);
  expect(paths(prefixes('/', '/a'), prefixes('/a/1'))).toEqual(['/a/1', '/a/1']);
  expect(paths(prefixes('/a'), prefixes('/a/1', '/c'))).toBeUndefined();
  expect(paths([], prefixes('/c'))).toEqual(['/c']);
  expect(paths(prefixes('/a'), [])).toEqual(['/a']);
  expect(paths([], [])).toEqual([]);
});

test('what the delegate leaves open comes from the root, but for destinations and redirects', () => {
  const root: HttpRouteSpec = {
    name: 'r',
    timeout: '1s',
    retries: { attempts: 1 },
    rewrite: { uri: '/x' },
    fault: { abort: { httpStatus: 500 } },
    mirrors: [],
    corsPolicy: {},
    headers: { request: { set: { a: '1' } } },
    route: [{ destination: { host: 'root' } }],
    redirect: { uri: '/y' },
  };
  const delegate: HttpRouteSpec = { timeout: '2s', headers: { response: { remove: ['b'] } }, route: [{ destination: { host: 'delegate' } }] };
  expect(delegatedRoutes(route([], root), [route([], delegate)])[0]?.spec).toEqual({
    name: 'r',
    timeout: '2s',
    retries: { attempts: 1 },
    rewrite: { uri: '/x' },
    fault: { abort: { httpStatus: 500 } },
    mirrors: [],
    corsPolicy: {},
    headers: { response: { remove: ['b'] } },
    route: [{ destination: { host: 'delegate' } }],
  });
});

import fc from 'fast-check';
import type { HttpMatchSpec, StringMatchSpec } from '../../../src/mesh/specs/virtual-service';
import { Headers, type HttpRequest } from '../../../src/simulation/envoy/http';
import type { Route, RouteMatch } from '../../../src/simulation/envoy/route';
import { findRoute, missOf, RoutedRequest } from '../../../src/simulation/envoy/route-match';
import { routeMatch } from '../../../src/simulation/istiod/route-match';

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly authority?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

const requestOf = ({ method = 'GET', path = '/', authority = 'reviews:9080', headers = {} }: Asked): HttpRequest => ({
  method,
  scheme: 'http',
  authority,
  path,
  headers: Headers.of(headers),
  body: '',
});
const miss = (match: HttpMatchSpec, asked: Asked, payload?: Record<string, unknown>): string | undefined =>
  missOf(routeMatch(match), new RoutedRequest(requestOf(asked), payload && { principal: 'i/s', payload }));
const takes = (match: HttpMatchSpec, asked: Asked, payload?: Record<string, unknown>): boolean => miss(match, asked, payload) === undefined;

describe('a match', () => {
  test('compares the path without its query, and prefixes as text', () => {
    expect(takes({ uri: { exact: '/a' } }, { path: '/a?x' })).toBe(true);
    expect(takes({ uri: { exact: '/a' } }, { path: '/a/' })).toBe(false);
    expect(takes({ uri: { prefix: '/a' } }, { path: '/ab' })).toBe(true);
    expect(takes({ uri: { prefix: '/a' } }, { path: '/A' })).toBe(false);
    expect(takes({ uri: { regex: '/a.' } }, { path: '/ab?c' })).toBe(true);
    expect(takes({ uri: { regex: 'a' } }, { path: '/a' })).toBe(false);
  });

  test('minds the case of regular expressions whatever is said about the case of the path', () => {
    expect(takes({ uri: { exact: '/aB' }, ignoreUriCase: true }, { path: '/Ab' })).toBe(true);
    expect(takes({ uri: { prefix: '/aB' }, ignoreUriCase: true }, { path: '/AbC' })).toBe(true);
    expect(takes({ uri: { regex: '/a' }, ignoreUriCase: true }, { path: '/A' })).toBe(false);
    expect(takes({ uri: { regex: '(?i)/a' } }, { path: '/A' })).toBe(true);
  });

  test('compares several values of a header one by one', () => {
    expect(takes({ headers: { 'x-a': { exact: 'b' } } }, { headers: { 'x-a': ['a', 'b'] } })).toBe(true);
    expect(takes({ headers: { 'x-a': { exact: 'a,b' } } }, { headers: { 'x-a': ['a', 'b'] } })).toBe(false);
    expect(takes({ headers: { 'X-A': { exact: 'a,b' } } }, { headers: { 'x-a': 'a,b' } })).toBe(true);
    expect(takes({ withoutHeaders: { 'x-a': { exact: 'a' } } }, { headers: { 'x-a': ['b', 'a'] } })).toBe(false);
  });

  test('takes an absent header for an empty one only where it must not be there', () => {
    expect(takes({ headers: { 'x-a': { regex: '.*' } } }, {})).toBe(false);
    expect(takes({ headers: { 'x-a': {} } }, { headers: { 'x-a': '' } })).toBe(true);
    expect(takes({ withoutHeaders: { 'x-a': { exact: 'a' } } }, {})).toBe(true);
    expect(takes({ withoutHeaders: { 'x-a': { regex: '.*' } } }, {})).toBe(false);
    for (const present of [{}, { regex: '*' }]) {
      expect(takes({ withoutHeaders: { 'x-a': present } }, {})).toBe(true);
      expect(takes({ withoutHeaders: { 'x-a': present } }, { headers: { 'x-a': '' } })).toBe(false);
    }
  });

  test('looks at the first value of a query parameter, as it was sent', () => {
    expect(takes({ queryParams: { a: { exact: '1' } } }, { path: '/?a=1&a=2' })).toBe(true);
    expect(takes({ queryParams: { a: { exact: '2' } } }, { path: '/?a=1&a=2' })).toBe(false);
    expect(takes({ queryParams: { a: { exact: 'b' } } }, { path: '/?a=%62' })).toBe(false);
    expect(takes({ queryParams: { a: { exact: '' } } }, { path: '/?a' })).toBe(true);
    expect(takes({ queryParams: { a: {} } }, { path: '/?b&a=x' })).toBe(true);
    expect(takes({ queryParams: { a: {} } }, { path: '/?A=x' })).toBe(false);
    expect(takes({ queryParams: { a: {} } }, { path: '/' })).toBe(false);
    expect(takes({ queryParams: { a: { exact: '1=2' } } }, { path: '/?&&a=1=2' })).toBe(true);
  });

  test('reads method, scheme and host as sent', () => {
    expect(takes({ method: { exact: 'get' } }, {})).toBe(false);
    expect(takes({ method: { regex: 'GET|PUT' } }, {})).toBe(true);
    expect(takes({ authority: { exact: 'reviews' } }, {})).toBe(false);
    expect(takes({ authority: { prefix: 'reviews' } }, {})).toBe(true);
    expect(takes({ headers: { host: { exact: 'reviews:9080' } } }, {})).toBe(true);
    expect(takes({ scheme: { exact: 'https' } }, {})).toBe(false);
  });

  test('asks the verified token for claims: a text, or a list with it', () => {
    const nested = { headers: { '@request.auth.claims.group.id': { prefix: 'ad' } } };
    expect(takes(nested, {}, { group: { id: 'admin' } })).toBe(true);
    expect(takes(nested, {}, { group: 'admin' })).toBe(false);
    expect(takes(nested, {})).toBe(false);
    const listed = { '@Request.Auth.Claims[groups]': { exact: 'g2' } };
    expect(takes({ headers: listed }, {}, { groups: ['g1', 'g2'] })).toBe(true);
    expect(takes({ headers: listed }, {}, { groups: [2] })).toBe(false);
    expect(takes({ withoutHeaders: listed }, {}, { groups: ['g2'] })).toBe(false);
    expect(takes({ withoutHeaders: listed }, {})).toBe(true);
    expect(takes({ headers: { '@request.auth.claims[https://x.example.com/a.b]': { exact: 'v' } } }, {}, { 'https://x.example.com/a.b': 'v' })).toBe(true);
  });

  test('says by what it missed a request', () => {
    expect(miss({ uri: { prefix: '/b' } }, { path: '/a' })).toBe('path "/a" does not begin with "/b"');
    expect(miss({ uri: { exact: '/b' }, ignoreUriCase: true }, { path: '/a' })).toBe('path "/a" is not "/b", whatever the case');
    expect(miss({ uri: { regex: '/b' } }, { path: '/a' })).toBe('path "/a" does not match /b');
    expect(miss({ headers: { 'x-a': { exact: '1' } } }, {})).toBe('header x-a is absent');
    expect(miss({ headers: { 'x-a': { exact: '1' } } }, { headers: { 'x-a': ['2', '3'] } })).toBe('header x-a "2" and "3" is not "1"');
    expect(miss({ withoutHeaders: { 'x-a': {} } }, { headers: { 'x-a': '2' } })).toBe('header x-a is present');
    expect(miss({ withoutHeaders: { 'x-a': { regex: '.*' } } }, {})).toBe('header x-a, which is absent, counts as empty and so matches .*');
    expect(miss({ method: { exact: 'PUT' } }, {})).toBe('method "GET" is not "PUT"');
    expect(miss({ queryParams: { q: { exact: '1' } } }, { path: '/?q=2' })).toBe('query parameter q "2" is not "1"');
    expect(miss({ headers: { '@request.auth.claims.role': { exact: 'a' } } }, {})).toBe('claim role is absent');
  });
});

describe('of several routes', () => {
  test('the first that takes the request is followed', () => {
    const routes = ['/a/b', '/a', '/'].map((prefix): Pick<Route, 'name' | 'match'> => ({ name: prefix, match: routeMatch({ uri: { prefix } }) })) as Route[];
    const found = (path: string) => findRoute(routes, new RoutedRequest(requestOf({ path })))?.name;
    expect([found('/a/b/c'), found('/a/c'), found('/b')]).toEqual(['/a/b', '/a', '/']);
    expect(findRoute(routes.slice(0, 1), new RoutedRequest(requestOf({ path: '/b' })))).toBeUndefined();
  });
});

describe('matching', () => {
  /** What the reference says, word by word, without any preparation. */
  const fits = ({ exact, prefix, regex }: StringMatchSpec, value: string): boolean =>
    exact !== undefined ? value === exact : prefix !== undefined ? value.startsWith(prefix) : regex === undefined || new RegExp(`^(?:${regex})$`).test(value);
  const expected = (match: HttpMatchSpec, { method = 'GET', path = '/', headers = {} }: Asked): boolean => {
    const [plain = '', query = ''] = path.split(/\?(.*)/s);
    const caseless = match.ignoreUriCase && match.uri?.regex === undefined;
    const lower = (text?: string) => (text === undefined ? undefined : caseless ? text.toLowerCase() : text);
    const uri = match.uri && Object.fromEntries(Object.entries(match.uri).map(([key, value]) => [key, lower(value as string)]));
    const values = (name: string) => [headers[name] ?? []].flat();
    const pairs = query.split('&').map((pair) => pair.split(/=(.*)/s));
    return (
      (!uri || fits(uri, lower(plain) as string)) &&
      (!match.method || fits(match.method, method)) &&
      Object.entries(match.headers ?? {}).every(([name, wanted]) => values(name).some((value) => fits(wanted, value))) &&
      Object.entries(match.withoutHeaders ?? {}).every(([name, wanted]) =>
        values(name).length > 0 ? !values(name).some((value) => fits(wanted, value)) : Object.keys(wanted).length === 0 || !fits(wanted, ''),
      ) &&
      Object.entries(match.queryParams ?? {}).every(([name, wanted]) => {
        const pair = path.includes('?') ? pairs.find(([key]) => key === name) : undefined;
        return pair !== undefined && fits(wanted, pair[1] ?? '');
      })
    );
  };

  const word = fc.constantFrom('', 'a', 'b', 'ab', 'A');
  const text = fc.oneof(
    word.map((exact) => ({ exact })),
    word.map((prefix) => ({ prefix })),
    fc.constantFrom('.*', 'a+', '[^a]', 'a|b', 'ab?').map((regex) => ({ regex })),
  );
  const textOrPresence = fc.oneof(text, fc.constant({}));
  const paths = fc.constantFrom('/', '/a', '/A', '/ab', '/a/b');
  const match: fc.Arbitrary<HttpMatchSpec> = fc.record(
    {
      uri: fc.oneof(
        paths.map((exact) => ({ exact })),
        paths.map((prefix) => ({ prefix })),
        fc.constantFrom('/.*', '/a', '.').map((regex) => ({ regex })),
      ),
      ignoreUriCase: fc.boolean(),
      method: text,
      headers: fc.dictionary(fc.constantFrom('x-a', 'x-b'), textOrPresence, { maxKeys: 2 }),
      withoutHeaders: fc.dictionary(fc.constantFrom('x-a', 'x-c'), textOrPresence, { maxKeys: 2 }),
      queryParams: fc.dictionary(fc.constantFrom('a', 'b'), textOrPresence, { maxKeys: 2 }),
    },
    { requiredKeys: [] },
  );
  const asked = fc.record({
    method: fc.constantFrom('a', 'ab', 'GET'),
    path: fc.tuple(paths, fc.constantFrom('', '?', '?a', '?a=a', '?b=a&a=b', '?a=&a=a', '?b=a=b')).map(([path, query]) => path + query),
    headers: fc.dictionary(fc.constantFrom('x-a', 'x-b', 'x-c'), fc.oneof(word, fc.tuple(word, word)), { maxKeys: 3 }),
  });

  test('agrees with the rules read word by word', () => {
    fc.assert(
      fc.property(match, asked, (spec, request) => {
        expect(takes(spec, request)).toBe(expected(spec, request));
      }),
      { numRuns: 2000 },
    );
  });
});

/** Held so that a field that is added is looked at. */
const fields: readonly (keyof RouteMatch)[] = ['path', 'headers', 'query', 'claims'];
test('a match has no other fields than those that are compared', () => {
  expect(Object.keys(routeMatch({})).sort()).toEqual([...fields].sort());
});

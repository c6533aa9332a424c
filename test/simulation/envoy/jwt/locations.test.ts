import fc from 'fast-check';
import { Headers, type HttpRequest } from '../../../../src/simulation/envoy/http';
import { DEFAULT_LOCATIONS, findTokens, type JwtLocations } from '../../../../src/simulation/envoy/jwt/locations';

const request = (path: string, headers: Readonly<Record<string, string | readonly string[]>> = {}): HttpRequest => ({
  method: 'GET',
  scheme: 'http',

  authority: 'a',
  path,
  headers: Headers.of(headers),
  body: '',
});
const nowhere: JwtLocations = { headers: [], parameters: [], cookies: [] };
const texts = (locations: Partial<JwtLocations>, ...asked: Parameters<typeof request>) =>
  findTokens(request(...asked), { ...nowhere, ...locations }).map(({ text }) => text);

test('by default tokens are in Authorization behind Bearer, and in the parameter access_token', () => {
  expect(findTokens(request('/?access_token=b', { authorization: 'Bearer a' }), DEFAULT_LOCATIONS).map(({ text, place }) => [text, place])).toEqual([
    ['a', 'header authorization'],
    ['b', 'parameter access_token'],
  ]);
});

test('a token in a header begins at the first character behind the prefix that a token can have', () => {
  const found = (value: string) => findTokens(request('/', { authorization: value }), DEFAULT_LOCATIONS).map(({ text }) => text);
  expect(['bearer a', 'Basic a', 'a', 'Bearer'].flatMap(found)).toEqual([]);
  expect(['x Bearer a', 'Bearer   a', 'Bearer (a)', 'Bearer a,b'].flatMap(found)).toEqual(['a', 'a', 'a)', 'a,b']);
});

test('every value of a header is a token, and without prefix the whole value', () => {
  expect(texts({ headers: [{ name: 'x', prefix: '' }] }, '/', { x: ['a b', ''] })).toEqual(['a b', '']);
});

test('tokens come from headers, parameters and cookies, in this order', () => {
  const locations = { cookies: ['c'], parameters: ['p'], headers: [{ name: 'h', prefix: '' }] };
  expect(texts(locations, '/?p=2', { cookie: 'c=3', h: '1' })).toEqual(['1', '2', '3']);
});

test('the first parameter of a name counts, decoded', () => {
  expect(texts({ parameters: ['p'] }, '/?q=1&p=a%2Eb&p=c#p=d')).toEqual(['a.b']);
  expect(texts({ parameters: ['p'] }, '/?P=a')).toEqual([]);
  expect(texts({ parameters: ['p'] }, '/p=a')).toEqual([]);
  expect(texts({ parameters: ['p'] }, '/?p')).toEqual(['']);
});

test('the first cookie of a name counts, without quotes', () => {
  expect(texts({ cookies: ['c'] }, '/', { cookie: ['a=1; c="x=y"', 'c=z'] })).toEqual(['x=y']);
  expect(texts({ cookies: ['c'] }, '/', { cookie: 'c' })).toEqual([]);
});

test('a token is taken out of a header with all values, and stays in a cookie', () => {
  const asked = request('/', { h: ['a', 'b'], cookie: 'c=d' });
  for (const token of findTokens(asked, { headers: [{ name: 'h', prefix: '' }], parameters: [], cookies: ['c'] })) token.remove(asked);
  expect(asked.headers.toRecord()).toEqual({ cookie: 'c=d' });
});

describe('a token that is taken out of the query', () => {
  const left = (path: string) => {
    const asked = request(path);
    for (const token of findTokens(asked, { ...nowhere, parameters: ['t'] })) token.remove(asked);
    return asked.path;
  };

  test.each([
    ['/p?t=x', '/p'],
    ['/p?z=1&t=x&a=2', '/p?a=2&z=1'],
    ['/p?b&t=x&a=', '/p?a=&b='],
    ['/p?a=2&a=1&t=x&t=y', '/p?a=2&a=1'],
    ['/p?%61=%26&t=x', '/p?a=&'],
    ['/p?a=b=c&t=x', '/p?a=b=c'],
    ['/p?q=a+b&t=x', '/p?q=a+b'],
    ['/p?a=1', '/p?a=1'],
  ])('%s becomes %s', (before, after) => {
    expect(left(before)).toBe(after);
  });

  test('leaves the other parameters', () => {
    const name = fc.stringMatching(/^[a-s]{1,3}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.stringMatching(/^[0-9]{0,3}$/)), { maxLength: 5 }), (others) => {
        const query = (pairs: readonly (readonly [string, string])[]) => pairs.map((pair) => pair.join('=')).join('&');
        const kept = new URLSearchParams(left(`/?${query([...others, ['t', 'x']])}`).slice(2));
        expect(kept.has('t')).toBe(false);
        for (const [key] of others) expect(kept.getAll(key)).toEqual(others.filter(([other]) => other === key).map(([, value]) => value));
      }),
    );
  });
});

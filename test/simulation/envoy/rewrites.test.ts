import fc from 'fast-check';
import { Headers, type HttpRequest } from '../../../src/simulation/envoy/http';
import { redirectLocation, rewrittenPath } from '../../../src/simulation/envoy/rewrites';
import type { Redirect, RouteMatch } from '../../../src/simulation/envoy/route';

const prefix = (value: string, ignoreCase = false): RouteMatch['path'] => ({ kind: 'prefix', value, ignoreCase });

describe('a rewrite of the path', () => {
  test.each([
    ['/a/', '/', '/a/b', '/b'],
    ['/a', '/', '/a/b', '//b'],
    ['/a', '/', '/ab', '/b'],
    ['/', '/x', '/y', '/xy'],
    ['/a', '/b', '/a?c=/a', '/b?c=/a'],
  ])('replaces the prefix %s by %s as text', (matched, value, path, expected) => {
    expect(rewrittenPath(path, { kind: 'prefix', value }, prefix(matched))).toBe(expected);
  });

  test('replaces all of a path that is matched as a whole', () => {
    for (const kind of ['exact', 'regex'] as const) {
      expect(rewrittenPath('/a/b?q', { kind: 'prefix', value: '/n' }, { kind, value: '/a/b', ignoreCase: false })).toBe('/n?q');
    }
  });

  test('keeps a query in the new path, and the old one behind it', () => {
    expect(rewrittenPath('/a?q=1', { kind: 'prefix', value: '/n?z=1' }, { kind: 'exact', value: '/a', ignoreCase: false })).toBe('/n?z=1?q=1');
  });

  test.each([
    ['/re/([^/]*)/(.*)', '/\\2/\\1', '/re/a/b/c?q', '/b/c/a?q'],
    ['a', '\\\\\\0', '/3rea?a', '/3re\\a?a'],
    ['e*', '-', '/2re/e', '-/-2-r-/-'],
    ['^/9re', '/', '/9re/a', '//a'],
    ['(a)|(b)', '<\\1\\2\\3>', '/ab', '/<a><b>'],
    ['x', 'y', '/nothing', '/nothing'],
    ['(?i)A', 'z', '/aA', '/zz'],
  ])('replaces every match of %s', (pattern, substitution, path, expected) => {
    expect(rewrittenPath(path, { kind: 'regex', pattern, substitution }, prefix('/'))).toBe(expected);
  });

  const segment = fc.constantFrom('a', 'bc', '.', '-', '/');
  const text = fc.array(segment, { maxLength: 6 }).map((parts) => parts.join(''));

  test('changes nothing but the matched prefix', () => {
    fc.assert(
      fc.property(text, text, text, fc.constantFrom('', '?', '?a=b?c'), (matched, rest, value, query) => {
        expect(rewrittenPath(`/${matched}${rest}${query}`, { kind: 'prefix', value }, prefix(`/${matched}`))).toBe(value + rest + query);
      }),
    );
  });

  test('replaces matches of a plain text as text', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('a', 'bc', '/a'), (path, searched) => {
        expect(rewrittenPath(`/${path}`, { kind: 'regex', pattern: searched, substitution: 'N' }, prefix('/'))).toBe(`/${path}`.split(searched).join('N'));
      }),
    );
  });
});

describe('the location of a redirect', () => {
  const location = (redirect: Partial<Redirect>, { authority = 'reviews:9080', path = '/a/b?q=1', from = 'http', matched = prefix('/a') } = {}): string => {
    const request: HttpRequest = { method: 'GET', scheme: from as 'http', authority, path, headers: Headers.of({ 'x-forwarded-proto': from }), body: '' };
    return redirectLocation(request, { kind: 'redirect', status: 301, ...redirect }, matched);
  };

  test('is the request itself but for what is given', () => {
    expect(location({})).toBe('http://reviews:9080/a/b?q=1');
    expect(location({ authority: 'o.example.com' })).toBe('http://o.example.com/a/b?q=1');
    expect(location({ path: '/n' })).toBe('http://reviews:9080/n?q=1');
    expect(location({ path: '/n?' })).toBe('http://reviews:9080/n?');
    expect(location({ path: 'n' })).toBe('http://reviews:9080/n?q=1');
    expect(location({ prefixRewrite: '/n' })).toBe('http://reviews:9080/n/b?q=1');
  });

  test('loses the port of the request where another is given, or where it belonged to the scheme that is left', () => {
    expect(location({ port: 8443 })).toBe('http://reviews:8443/a/b?q=1');
    expect(location({ scheme: 'https' })).toBe('https://reviews:9080/a/b?q=1');
    expect(location({ scheme: 'https' }, { authority: 'reviews:80' })).toBe('https://reviews/a/b?q=1');
    expect(location({ scheme: 'http' }, { authority: 'reviews:80' })).toBe('http://reviews:80/a/b?q=1');
    expect(location({ scheme: 'http' }, { authority: 'reviews:443', from: 'https' })).toBe('http://reviews/a/b?q=1');
    expect(location({ port: 81, authority: 'x.com:8443' })).toBe('http://x.com:8443:81/a/b?q=1');
    expect(location({ port: 81 }, { authority: '[::1]:80' })).toBe('http://[::1]:81/a/b?q=1');
    expect(location({ port: 81 }, { authority: '[::1]' })).toBe('http://[::1]:81/a/b?q=1');
  });
});

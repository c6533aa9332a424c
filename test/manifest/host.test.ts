import * as fc from 'fast-check';
import { fullyQualified, hostsOverlap, isDnsLabel, isFqdn, isHostSubset, isPartialWildcard, isWildcardDomain, isWildcardLabel } from '../../src/manifest/host';

test.each([
  ['reviews', 'reviews.bookinfo.svc.cluster.local'],
  ['reviews.bookinfo', 'reviews.bookinfo'],
  ['reviews.bookinfo.svc.cluster.local', 'reviews.bookinfo.svc.cluster.local'],
  ['*', '*'],
  ['*.example.com', '*.example.com'],
  ['10.0.0.1', '10.0.0.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['', ''],
])('%j within the namespace bookinfo is %j', (host, full) => {
  expect(fullyQualified(host, 'bookinfo')).toBe(full);
});

test('a short name takes the domain of its cluster', () => {
  expect(fullyQualified('a', 'n', 'example.org')).toBe('a.n.svc.example.org');
});

test.each([
  ['a.com', 'a.com', true, true],
  ['a.com', 'b.com', false, false],
  ['a.b.com', '*.b.com', true, true],
  ['b.com', '*.b.com', false, false],
  ['*.a.b.com', '*.b.com', true, true],
  ['*.b.com', '*.a.b.com', true, false],
  ['*.b.com', 'a.b.com', true, false],
  ['*', 'a.com', true, false],
  ['a.com', '*', true, true],
  ['*', '*', true, true],
  ['*a.com', '*.com', true, true],
  ['*.com', '*m', true, true],
])('%s and %s: overlap %s, subset %s', (one, other, overlap, subset) => {
  expect(hostsOverlap(one, other)).toBe(overlap);
  expect(isHostSubset(one, other)).toBe(subset);
});

test('overlap has no direction, and a subset overlaps', () => {
  const host = fc.stringMatching(/^\*?(?:\.?[ab]){0,4}$/);
  fc.assert(
    fc.property(host, host, (one, other) => {
      expect(hostsOverlap(one, other)).toBe(hostsOverlap(other, one));
      expect(isHostSubset(one, other) && !hostsOverlap(one, other)).toBe(false);
    }),
  );
});

const label63 = 'a'.repeat(63);

test.each([
  [isDnsLabel, ['a', 'A-1', '0', label63], ['', '-a', 'a-', 'a.b', 'a_b', '*', `${label63}a`]],
  [isWildcardLabel, ['*', '*foo', '*-foo', 'foo'], ['', '**', '*-', 'f*o', 'foo*']],
  [
    isFqdn,
    ['a', 'a.b', 'istio.io.', '1.a', '123.', 'a.99999999999999999999'],
    ['', '.', 'a..b', '.a', '123', '1.2.3.4', '*.a', 'a_b.c', `${`${'a'.repeat(63)}.`.repeat(4)}a`],
  ],
  [isWildcardDomain, ['*', '*.a', '*-a.b', '123', 'a.b.'], ['', '*.1', 'a.*', '*.*', '1.2', 'a b']],
  [isPartialWildcard, ['*foo.com', 'a.*.com', '*a'], ['*', '*.a', 'a.b']],
] as const)('%p accepts %j and refuses %j', (accepts, right, wrong) => {
  expect(right.filter((text) => !accepts(text))).toEqual([]);
  expect(wrong.filter((text) => accepts(text))).toEqual([]);
});

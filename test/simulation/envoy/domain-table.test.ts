import fc from 'fast-check';
import { DomainTable, hostOf } from '../../../src/simulation/envoy/domain-table';

const table = (...domains: string[]) => {
  const made = new DomainTable<string>();
  for (const domain of domains) made.add(domain, domain);
  return made;
};

test.each([
  ['a.example.com', 'a.example.com'],
  ['A.Example.com:8080', 'a.example.com'],
  ['[2001:db8::1]:80', '[2001:db8::1]'],
  ['[2001:db8::1]', '[2001:db8::1]'],
  ['a:b', 'a'],
])('the host of %s is %s', (authority, host) => {
  expect(hostOf(authority)).toBe(host);
});

test('the exact name comes before wildcards, the longer wildcard before the shorter, and * last', () => {
  const domains = table('*', '*.com', '*.example.com', 'a.example.com', '*-b.example.com');
  expect(domains.find('a.example.com')).toBe('a.example.com');
  expect(domains.find('x-b.example.com')).toBe('*-b.example.com');
  expect(domains.find('x.example.com')).toBe('*.example.com');
  expect(domains.find('x.y.example.com')).toBe('*.example.com');
  expect(domains.find('example.com')).toBe('*.com');
  expect(domains.find('example.org')).toBe('*');
  expect([...domains.candidates('a.example.com')]).toEqual(['a.example.com', '*.example.com', '*.com', '*']);
});

test('a wildcard stands for at least one character', () => {
  expect(table('*.com').find('.com')).toBeUndefined();
});

test('a domain belongs to the first that claims it, in any case', () => {
  const domains = new DomainTable<number>();
  expect([domains.add('A.com', 1), domains.add('a.com', 2)]).toEqual([true, false]);
  expect([domains.find('a.com'), domains.get('A.COM')]).toEqual([1, 1]);
});

test('what is found covers the host, and nothing that covers it is longer', () => {
  const label = fc.constantFrom('a', 'b', 'ab', 'ba');
  const host = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));
  const domain = fc.oneof(
    host,
    host.map((name) => `*.${name}`),
    host.map((name) => `*${name}`),
    fc.constant('*'),
  );
  const covers = (pattern: string, name: string) =>
    pattern.startsWith('*') ? pattern === '*' || (name.endsWith(pattern.slice(1)) && name.length >= pattern.length) : pattern === name;
  const rank = (pattern: string, name: string) => (pattern === name ? Number.POSITIVE_INFINITY : pattern.length);
  fc.assert(
    fc.property(fc.array(domain), host, (domains, name) => {
      const covering = domains.filter((pattern) => covers(pattern, name)).sort((one, other) => rank(other, name) - rank(one, name));
      expect(table(...domains).find(name)).toBe(covering[0]);
    }),
  );
});

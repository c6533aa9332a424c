import fc from 'fast-check';
import { isCipherSuite } from '../../../src/validation/grammar/cipher-suites';
import { isGatewayDomain, namespacedHostProblems } from '../../../src/validation/grammar/domain';
import { isAuthorityHeader, isCorsHeader, isJwtClaimHeader, isProbeHeader, isStrictHeader } from '../../../src/validation/grammar/header-name';
import { isSubnet, unixPathProblem } from '../../../src/validation/grammar/network';
import { regexProblem } from '../../../src/validation/grammar/regex';
import { isDefinedHttpStatus } from '../../../src/validation/grammar/status';
import { durationIssue, hasFractionOfSecond } from '../../../src/validation/grammar/supported-duration';
import { utf8Length } from '../../../src/validation/grammar/text';

test('the length of a text is counted as UTF-8', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(utf8Length(text)).toBe(Buffer.byteLength(text))));
});

test.each(['@request.auth.claims.sub', '@request.auth.claims.a.b', '@request.auth.claims[a]', '@REQUEST.auth.claims[a][b]', '@request.auth.claims[a] [b]'])(
  '%s is a claim',
  (name) => {
    expect(isJwtClaimHeader(name)).toBe(true);
  },
);

test.each([
  '@request.auth.claims',
  '@request.auth.claims.',
  '@request.auth.claims[]',
  '@request.auth.claims[a',
  '@request.auth.claims-a',
  'request.auth.claims.a',
])('%s is no claim', (name) => {
  expect(isJwtClaimHeader(name)).toBe(false);
});

test('names of headers are wide for CORS, narrower for claims, narrowest for probes', () => {
  expect(['x-a', 'a,b', "a'b", 'a_b', 'a b', ''].map(isCorsHeader)).toEqual([true, true, true, true, false, false]);
  expect(['x-a', 'a_b', 'a.b', ''].map(isStrictHeader)).toEqual([true, true, false, false]);
  expect(['x-a', 'a_b', ''].map(isProbeHeader)).toEqual([true, false, false]);
});

test('the host has two names, in any case that Go folds', () => {
  expect([':authority', ':Authority', 'HOST', 'ho\u017ft', 'hosts'].map(isAuthorityHeader)).toEqual([true, true, true, true, false]);
});

test.each([
  ['ns/a.com', []],
  ['~ns/a.com', []],
  ['~/*', []],
  ['/a.com', [/no namespace/]],
  ['a.com', [/has no namespace; write/]],
  ['~~/a.com', [/names the namespace/]],
  ['ns/10.0.0.1', [/not a domain name/]],
  ['ns/a', [/no dot/]],
])('in a Sidecar %s is met by %j', (host, problems) => {
  expect(namespacedHostProblems(host, 'sidecar')).toEqual(problems.map((problem) => expect.stringMatching(problem)));
});

test('names that istiod makes for the clusters of another network are domains only where SNI hosts are about', () => {
  expect(isGatewayDomain('outbound_.80_._.a.com', true)).toBe(true);
  expect(isGatewayDomain('outbound_.80_._.a.com', false)).toBe(false);
  expect(isGatewayDomain('outbound_.80_.', true)).toBe(false);
  expect(isGatewayDomain('outbound_.x_._.a.com', true)).toBe(false);
  expect(isGatewayDomain('outbound_.80_._.1', true)).toBe(false);
  expect(isGatewayDomain(`outbound_.80_._.${'a'.repeat(250)}`, true)).toBe(false);
});

test('subnets are addresses or ranges', () => {
  expect(['10.0.0.1', '10.0.0.0/8', '::/0', '10.0.0.0/08', '10.0.0.1/33', 'fe80::1%a/64', '1/2/3', ''].map(isSubnet)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('sockets have absolute paths or abstract names', () => {
  expect(['/a', '@', '@a/'].map(unixPathProblem)).toEqual([undefined, undefined, undefined]);
  expect(['', 'a', '/a/', './a'].map((path) => unixPathProblem(path) !== undefined)).toEqual([true, true, true, true]);
});

test('patterns are in the syntax of RE2, and at most 1024 bytes', () => {
  expect(['(?P<a>b)', '[[:alpha:]]', '\\pL', 'é'.repeat(512)].map(regexProblem)).toEqual([undefined, undefined, undefined, undefined]);
  expect(['(?=a)', '(a)\\1', 'a**', '(?<!a)', 'a{1001}', 'é'.repeat(513)].every((pattern) => regexProblem(pattern) !== undefined)).toBe(true);
});

test('statuses are those that HTTP defines', () => {
  expect(['100', '226', '418', '511', '+200'].every(isDefinedHttpStatus)).toBe(true);
  expect(['0', '99', '306', '430', '509', '2e2', '200 ', ''].some(isDefinedHttpStatus)).toBe(false);
});

test('durations are too short, too precise, or fine; whether they are whole seconds is another matter', () => {
  expect(['0s', '-1s', '999us', '1ms', '1.5ms', '1h', 'nonsense'].map(durationIssue)).toEqual([
    'too-short',
    'too-short',
    'too-short',
    undefined,
    'too-precise',
    undefined,
    undefined,
  ]);
  expect(['1s', '1500ms', '-1500ms', '1m'].map(hasFractionOfSecond)).toEqual([false, true, false, false]);
});

test('cipher suites are names, or expressions that begin with a sign', () => {
  expect(['', 'ALL', '-SHA', '+RSA', 'ECDHE-ECDSA-AES256-SHA'].every(isCipherSuite)).toBe(true);
  expect(['all', 'TLS_AES_128_GCM_SHA256', '3DES', 'é'].some(isCipherSuite)).toBe(false);
});

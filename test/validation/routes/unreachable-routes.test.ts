import { findingsOf, found } from '../istiod';

const route = [{ destination: { host: 'reviews' } }];
const http = (...routes: object[]) => found('VirtualService', { hosts: ['reviews'], http: routes.map((fields) => ({ route, ...fields })) });
const matches = (...match: object[]) => http(...match.map((one) => ({ match: [one] })));
const prefix = (value: string, more: object = {}) => ({ uri: { prefix: value }, ...more });

test('U1: of several routes without a match only the first is used', () => {
  expect(http({}, {}, {})).toEqual(['virtual-service/unreachable-route spec.http[1]', 'virtual-service/unreachable-route spec.http[2]']);
});

test('U2: a route behind one without a match is not used, however many matches it has', () => {
  expect(http({}, { match: [prefix('/a'), prefix('/b')] })).toEqual(['virtual-service/unreachable-route spec.http[1]']);
  expect(http({ match: [prefix('/a')] }, {})).toEqual([]);
  expect(http({}, { match: [prefix('/a'), prefix('/a')] })).toEqual(['virtual-service/unreachable-route spec.http[1]']);
});

test('U1 and U2 hold for TCP and TLS routes too', () => {
  expect(found('VirtualService', { hosts: ['reviews'], tcp: [{ route }, { route, match: [{ port: 1 }] }] })).toEqual([
    'virtual-service/unreachable-route spec.tcp[1]',
  ]);
});

test('U3: a match that stands before already is not used', () => {
  expect(http({ match: [prefix('/a'), prefix('/a')] })).toEqual(['virtual-service/duplicate-match spec.http[0].match[1]']);
  expect(http({ match: [prefix('/a')] }, { match: [prefix('/a'), prefix('/b')] })).toEqual(['virtual-service/duplicate-match spec.http[1].match[0]']);
});

test.each([
  ['the name', prefix('/a', { name: 'x' }), prefix('/a', { name: 'y' })],
  ['fields with their default', prefix('/a', { port: 0, ignoreUriCase: false, headers: {}, gateways: [], statPrefix: '' }), prefix('/a')],
  ['the order of keys', { sourceLabels: { a: '1', b: '2' } }, { sourceLabels: { b: '2', a: '1' } }],
])('U3: %s makes no difference', (_, one, other) => {
  expect(matches(one, other)).toContain('virtual-service/duplicate-match spec.http[1].match[0]');
});

test.each([
  ['an empty match of the path', { uri: {}, port: 1 }, { port: 1 }],
  ['an exact empty text', { uri: { exact: '' } }, { uri: {} }],
  ['a value', { sourceLabels: { a: '' } }, { sourceLabels: { a: '1' } }],
])('U3: %s makes a difference', (_, one, other) => {
  expect(matches(one, other)).toEqual([]);
});

test('U3: TLS matches are compared too, and their SNI hosts in order', () => {
  const tls = (...hosts: string[][]) => found('VirtualService', { hosts: ['*.a'], tls: hosts.map((sniHosts) => ({ route, match: [{ sniHosts }] })) });
  expect(tls(['b.a'], ['b.a'])).toEqual(['virtual-service/duplicate-match spec.tls[1].match[0]', 'virtual-service/duplicate-route spec.tls[1]']);
  expect(tls(['b.a', 'c.a'], ['c.a', 'b.a'])).toEqual([]);
});

test('U4: a route all of whose matches stand before is not used', () => {
  expect(matches(prefix('/a'), prefix('/a'))).toEqual([
    'virtual-service/duplicate-match spec.http[1].match[0]',
    'virtual-service/duplicate-route spec.http[1]',
  ]);
});

test('U5: a longer prefix behind a shorter one is not used, in another route or the same', () => {
  expect(matches(prefix('/a'), prefix('/ab'))).toEqual(['virtual-service/covered-prefix spec.http[1].match[0].uri.prefix']);
  expect(http({ match: [prefix('/a'), prefix('/ab')] })).toEqual(['virtual-service/covered-prefix spec.http[0].match[1].uri.prefix']);
  expect(matches(prefix('/ab'), prefix('/a'))).toEqual([]);
});

test.each([
  [{ port: 80 }, {}],
  [{}, { method: { exact: 'POST' } }],
  [{ headers: { a: { exact: 'b' } } }, {}],
  [{ headers: { a: { exact: 'b' } } }, { headers: { c: { exact: 'b' } } }],
  [{ queryParams: { a: { exact: 'b' } } }, { queryParams: { a: { exact: 'c' } } }],
  [{ withoutHeaders: { a: { exact: 'b' } } }, { withoutHeaders: { a: { prefix: 'b' } } }],
  [{}, { authority: { exact: 'b' } }],
])('U5: nothing is covered between %j and %j', (wide, narrow) => {
  expect(matches(prefix('/a', wide), prefix('/ab', narrow))).toEqual([]);
});

test.each([
  [{ method: { exact: 'GET' } }, {}],
  [{ authority: { exact: 'b' } }, {}],
  [{ headers: { a: { exact: 'bc' } } }, { headers: { a: { exact: 'b' } } }],
  [{ headers: { a: { exact: 'b' } } }, { headers: { a: { regex: 'c' } } }],
  [{ scheme: { exact: 'http' }, sourceLabels: { a: 'b' }, gateways: ['mesh'] }, { ignoreUriCase: true }],
])('U5: istiod sees %j cover %j', (wide, narrow) => {
  expect(matches(prefix('/a', wide), prefix('/ab', narrow))).toEqual(['virtual-service/covered-prefix spec.http[1].match[0].uri.prefix']);
});

test('weights on separate routes are told with what they do to the traffic', () => {
  const weighted = (subset: string, weight: number) => ({ route: [{ destination: { host: 'reviews', subset }, weight }] });
  const [finding, ...others] = findingsOf({ kind: 'VirtualService', spec: { hosts: ['reviews'], http: [weighted('v1', 70), weighted('v2', 30)] } });
  expect(finding).toEqual({
    code: 'virtual-service/weights-on-separate-routes',
    path: 'spec.http[1]',
    message:
      'This route is never used: spec.http[0] has no match and takes every request. Two routes carry weights 70 and 30, so 100 % of the traffic goes to reviews v1, none to v2.',
  });
  expect(others).toEqual([]);
});

test.each([
  ['the weights are 100', [{ route: [{ ...route[0], weight: 100 }] }, { route: [{ ...route[0], weight: 100 }] }]],
  ['one has none', [{ route: [{ ...route[0], weight: 70 }] }, {}]],
  ['one has a match', [{ route: [{ ...route[0], weight: 70 }] }, { match: [prefix('/a')], route: [{ ...route[0], weight: 30 }] }]],
  [
    'one has several destinations',
    [
      { route: [{ ...route[0], weight: 70 }] },
      {
        route: [
          { ...route[0], weight: 30 },
          { ...route[0], weight: 30 },
        ],
      },
    ],
  ],
])('routes behind one without a match are just not used when %s', (_, routes) => {
  expect(http(...routes)).toEqual(['virtual-service/unreachable-route spec.http[1]']);
});

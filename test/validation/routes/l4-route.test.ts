import { found } from '../istiod';

const route = [{ destination: { host: 'shop' } }];
const tls = (fields: object, head: object = {}) => found('VirtualService', { hosts: ['*.example.com'], tls: [{ route, ...fields }], ...head });
const sni = (...sniHosts: string[]) => ({ match: [{ sniHosts }] });
const tlsMatch = (fields: object) => tls({ match: [{ sniHosts: ['a.example.com'], ...fields }] });
const tcp = (fields: object) => found('VirtualService', { hosts: ['shop'], tcp: [{ route, ...fields }] });

test('L1: a TLS route has a match', () => {
  expect(tls({})).toEqual(['virtual-service/tls-route-without-match spec.tls[0].match']);
});

test('L2: a match of a TLS route has SNI hosts', () => {
  expect(tls({ match: [{ port: 443 }] })).toEqual(['virtual-service/tls-match-without-sni spec.tls[0].match[0].sniHosts']);
});

test('L3: an SNI host is a domain; an IP address is warned about', () => {
  expect(tls(sni('a_b.example.com'))).toEqual(['virtual-service/invalid-sni-host spec.tls[0].match[0].sniHosts[0]']);
  expect(tls(sni('10.0.0.1'))).toEqual(['virtual-service/ip-as-sni-host spec.tls[0].match[0].sniHosts[0]']);
});

test('L3: names that istiod makes are SNI hosts unless mesh is named', () => {
  const host = 'outbound_.80_._.a.example.com';
  expect(tls(sni(host))).toEqual([]);
  expect(tls(sni(host), { gateways: ['mesh'] })).toEqual(['virtual-service/invalid-sni-host spec.tls[0].match[0].sniHosts[0]']);
});

test('L4: an SNI host is covered by a host', () => {
  expect(tls(sni('a.example.org', '*.example.com', '*.a.example.com', '*.com'))).toEqual([
    'virtual-service/sni-host-not-covered spec.tls[0].match[0].sniHosts[0]',
    'virtual-service/sni-host-not-covered spec.tls[0].match[0].sniHosts[3]',
  ]);
});

test('L5: subnets are addresses or ranges', () => {
  const destinationSubnets = ['10.0.0.0/8', '10.0.0.1', 'fd00::/8', '10.0.0.0/40', '10.0.0', '1.2.3.4/5/6'];
  const expected = [3, 4, 5].map((index) => `match[0].destinationSubnets[${index}]`);
  expect(tlsMatch({ destinationSubnets })).toEqual(expected.map((path) => `virtual-service/invalid-subnet spec.tls[0].${path}`));
  expect(tcp({ match: [{ destinationSubnets }] })).toEqual(expected.map((path) => `virtual-service/invalid-subnet spec.tcp[0].${path}`));
});

test.each([
  ['port/out-of-range', 'port', { port: 65536 }],
  ['label/invalid-key', 'sourceLabels[]', { sourceLabels: { '': 'a' } }],
  ['label/invalid-value', 'sourceLabels[a]', { sourceLabels: { a: '-' } }],
  ['virtual-service/invalid-gateway-name', 'gateways[0]', { gateways: ['a/b/c'] }],
])('L6: %s is found at %s of TLS and TCP matches', (code, path, fields) => {
  expect(tlsMatch(fields)).toEqual([`${code} spec.tls[0].match[0].${path}`]);
  expect(tcp({ match: [fields] })).toEqual([`${code} spec.tcp[0].match[0].${path}`]);
});

test('L7: TLS and TCP routes have destinations, with weights as HTTP routes', () => {
  expect(tls({ ...sni('a.example.com'), route: [] })).toEqual(['virtual-service/l4-route-without-destination spec.tls[0].route']);
  expect(tcp({ route: [] })).toEqual(['virtual-service/l4-route-without-destination spec.tcp[0].route']);
  expect(tcp({ route: [{ weight: -1 }] })).toEqual([
    'virtual-service/destination-missing spec.tcp[0].route[0].destination',
    'virtual-service/negative-weight spec.tcp[0].route[0].weight',
  ]);
  expect(tcp({ route: [...route, ...route] })).toEqual(['virtual-service/zero-weights spec.tcp[0].route']);
  expect(tcp({ route: [{ destination: { host: '*' } }] })).toEqual(['destination/host spec.tcp[0].route[0].destination.host']);
});

test('L8: a TCP route needs no match', () => {
  expect(tcp({ match: [] })).toEqual([]);
});

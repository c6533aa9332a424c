import { found, type Metadata } from './istiod';

const route = [{ destination: { host: 'reviews' } }];
const http = [{ route }];
const service = (spec: object, metadata?: Metadata) => found('VirtualService', { hosts: ['reviews'], http, ...spec }, metadata);
const ofGatewayApi = { annotations: { 'internal.istio.io/route-semantics': 'gateway' } };
const claim = [{ match: [{ headers: { '@request.auth.claims.sub': { exact: 'a' } }, withoutHeaders: { '@Request.Auth.Claims[a]': { exact: 'b' } } }], route }];

test('VS1: without hosts there are HTTP routes only, and no gateways', () => {
  expect(service({ hosts: [], gateways: ['shop'], tcp: [{ route }], tls: [{ route, match: [{ sniHosts: ['1.2.3.4'] }] }] })).toEqual([
    'virtual-service/delegate-with-more spec.gateways',
    'virtual-service/delegate-with-more spec.tls',
    'virtual-service/delegate-with-more spec.tcp',
    'virtual-service/ip-as-sni-host spec.tls[0].match[0].sniHosts[0]',
  ]);
  expect(service({ hosts: [] })).toEqual([]);
});

test('VS2 and GN1: a gateway named name.namespace is understood, with a warning', () => {
  expect(service({ gateways: ['shop.ingress'] })).toEqual(['virtual-service/legacy-gateway-name spec.gateways[0]']);
  expect(service({ gateways: ['ingress/shop'] })).toEqual([]);
});

test('GN1: within HTTP and TCP matches the old form is not warned about, within TLS matches it is', () => {
  const match = [{ gateways: ['shop.ingress'] }];
  expect(service({ http: [{ match, route }], tcp: [{ match, route }] })).toEqual([]);
  expect(service({ tls: [{ match: [{ sniHosts: ['reviews'], gateways: ['shop.ingress'] }], route }] })).toEqual([
    'virtual-service/legacy-gateway-name spec.tls[0].match[0].gateways[0]',
  ]);
});

test('GN2: a name without namespace is a domain name, and ends the check of the list', () => {
  expect(service({ gateways: ['sh_op'] })).toEqual(['virtual-service/invalid-gateway-name spec.gateways[0]']);
  expect(service({ gateways: ['ingress/shop', '123'] })).toEqual(['virtual-service/invalid-gateway-name spec.gateways[1]']);
  expect(service({ gateways: ['mesh', 'sh_op', '/'] })).toEqual([]);
});

test('GN3: both sides of the slash are there', () => {
  expect(service({ gateways: ['/shop', 'ingress/'] })).toEqual([
    'virtual-service/invalid-gateway-name spec.gateways[0]',
    'virtual-service/invalid-gateway-name spec.gateways[1]',
  ]);
});

test('GN4: the namespace is a DNS label', () => {
  expect(service({ gateways: ['a.b/shop'] })).toEqual(['virtual-service/invalid-gateway-name spec.gateways[0]']);
});

test('GN5: the name is a DNS label, unless istiod made the routes itself', () => {
  expect(service({ gateways: ['a/b.c'] })).toEqual(['virtual-service/invalid-gateway-name spec.gateways[0]']);
  expect(service({ gateways: ['a/b.c'] }, ofGatewayApi)).toEqual([]);
  expect(service({ http: [{ match: [{ gateways: ['a/b.c'] }], route }] }, ofGatewayApi)).toEqual([
    'virtual-service/invalid-gateway-name spec.http[0].match[0].gateways[0]',
  ]);
});

test('VS3: claims of a JWT are for gateways without mesh', () => {
  const both = [
    'virtual-service/jwt-claim-in-mesh spec.http[0].match[0].headers[@request.auth.claims.sub]',
    'virtual-service/jwt-claim-in-mesh spec.http[0].match[0].withoutHeaders[@Request.Auth.Claims[a]]',
  ];
  expect(service({ http: claim })).toEqual(both);
  expect(service({ http: claim, gateways: ['shop/a', 'mesh'] })).toEqual(both);
  expect(service({ http: claim, gateways: ['shop/a'] })).toEqual([]);
});

test('VS4: a host is a domain, perhaps with a wildcard, or an IP address', () => {
  expect(service({ hosts: ['a_b', 'a.*.com', ''] })).toEqual([
    'virtual-service/invalid-host spec.hosts[0]',
    'virtual-service/invalid-host spec.hosts[1]',
    'virtual-service/invalid-host spec.hosts[2]',
  ]);
  expect(service({ hosts: ['*.a.com', '10.0.0.1', 'fd00::1', '*-b.com', 'c.'] })).toEqual([]);
});

test('VS4: names that istiod makes are hosts where there are SNI hosts and only gateways', () => {
  const host = 'outbound_.80_._.a.com';
  const tls = [{ match: [{ sniHosts: [host] }], route }];
  expect(service({ hosts: [host], gateways: ['a/b'], tls })).toEqual([]);
  expect(service({ hosts: [host], gateways: ['a/b'] })).toEqual(['virtual-service/invalid-host spec.hosts[0]']);
  expect(service({ hosts: ['outbound_.x_._.a.com'], gateways: ['a/b'], tls })).toContain('virtual-service/invalid-host spec.hosts[0]');
});

test('VS5: the host * is refused for a VirtualService of sidecars', () => {
  expect(service({ hosts: ['*'] })).toEqual(['virtual-service/wildcard-host-in-mesh spec.hosts[0]']);
  expect(service({ hosts: ['*'], gateways: ['a/b', 'mesh'] })).toEqual(['virtual-service/wildcard-host-in-mesh spec.hosts[0]']);
  expect(service({ hosts: ['*'], gateways: ['a/b'] })).toEqual([]);
});

test('VS6: hosts do not overlap, and are only compared when all are valid', () => {
  expect(service({ hosts: ['*.com', 'a.com', 'b.org', 'a.com'] })).toEqual([
    'virtual-service/duplicate-host spec.hosts[1]',
    'virtual-service/duplicate-host spec.hosts[3]',
    'virtual-service/duplicate-host spec.hosts[3]',
  ]);
  expect(service({ hosts: ['a.com', 'a.com', 'a_b'] })).toEqual(['virtual-service/invalid-host spec.hosts[2]']);
});

test('VS7: there are routes', () => {
  expect(service({ http: [] })).toEqual(['virtual-service/no-routes spec']);
  expect(service({ http: null, tcp: [{ route }] })).toEqual([]);
});

test('VS8: exportTo is checked', () => {
  expect(service({ exportTo: ['~'] })).toEqual(['export-to/invalid spec.exportTo[0]']);
});

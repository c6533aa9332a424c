import { found, type Metadata } from './istiod';

const http = { hosts: ['shop.example.com'], port: { number: 80, name: 'http', protocol: 'HTTP' } };
const https = { hosts: ['shop.example.com'], port: { number: 443, name: 'https', protocol: 'HTTPS' } };
const simple = { mode: 'SIMPLE', credentialName: 'shop' };
const port = (fields: object) => ({ ...http, port: { ...http.port, ...fields } });

const gateway = (servers: object[], metadata?: Metadata) => found('Gateway', { servers }, metadata);
const server = (fields: object) => gateway([{ ...http, ...fields }]);

test('a plain gateway is fine', () => {
  expect(gateway([http, { ...https, tls: simple }])).toEqual([]);
});

test('GW1: the name has no dots and at most 63 characters, unless istiod made the Gateway itself', () => {
  expect(gateway([http], { name: 'a.b' })).toEqual(['gateway/invalid-name metadata.name']);
  expect(gateway([http], { name: 'a'.repeat(64) })).toEqual(['gateway/invalid-name metadata.name']);
  expect(gateway([http], { name: 'a'.repeat(63) })).toEqual([]);
  expect(gateway([http], { name: 'a.b', annotations: { 'internal.istio.io/gateway-semantics': 'gateway' } })).toEqual([]);
});

test('GW2: there is a server', () => {
  expect(gateway([])).toEqual(['gateway/no-servers spec.servers']);
});

test('GW3: port names differ between servers', () => {
  expect(gateway([http, { ...https, port: { ...https.port, name: 'http' }, tls: simple }])).toEqual(['gateway/duplicate-port-name spec.servers[1].port.name']);
});

test('GW4: httpsRedirect makes sense on plain HTTP only', () => {
  expect(gateway([{ ...https, tls: { ...simple, httpsRedirect: true } }])).toEqual(['gateway/https-redirect-without-http spec.servers[0].tls.httpsRedirect']);
  expect(server({ tls: { httpsRedirect: true } })).toEqual([]);
});

test('GW5: a server has hosts', () => {
  expect(server({ hosts: [] })).toEqual(['gateway/no-hosts spec.servers[0].hosts']);
});

test.each(['shop', '/shop.example.com', 'ns/', 'a_b.example.com', 'a.*.com', '*a.com', '~/shop.example.com', 'a_b/shop.example.com', '::1', ''])(
  'GW6: the host "%s" is refused',
  (host) => {
    expect(server({ hosts: ['a.com', host] })).toEqual(['gateway/invalid-host spec.servers[0].hosts[1]']);
  },
);

test.each(['*', '*.com', 'ns/*', './shop.example.com', '*/*.example.com', '10.0.0.1', 'shop.example.com.'])('GW6: the host "%s" is fine', (host) => {
  expect(server({ hosts: [host] })).toEqual([]);
});

test('GW6: Gateways that istiod made may name no namespace', () => {
  expect(gateway([{ ...http, hosts: ['~/*'] }], { annotations: { 'internal.istio.io/gateway-semantics': 'gateway' } })).toEqual([]);
});

test('GW7: a server has a port', () => {
  expect(server({ port: null })).toEqual(['gateway/port-missing spec.servers[0].port']);
});

test('GW8: the protocol is known, in any case, and not missing', () => {
  expect(gateway([port({ protocol: 'WEB' })])).toEqual(['gateway/unknown-protocol spec.servers[0].port.protocol']);
  expect(gateway([port({ protocol: '' })])).toEqual(['gateway/unknown-protocol spec.servers[0].port.protocol']);
  expect(gateway([port({ protocol: 'grpc-Web' })])).toEqual([]);
});

test('GW9: the number is a port, or 0 with a Unix domain socket', () => {
  expect(gateway([port({ number: 0 })])).toEqual(['port/out-of-range spec.servers[0].port.number']);
  expect(gateway([port({ number: 65536 })])).toEqual(['port/out-of-range spec.servers[0].port.number']);
  expect(gateway([{ ...port({ number: 0 }), bind: 'unix:///run/shop' }])).toEqual([]);
});

test('GW10: targetPort means nothing here', () => {
  expect(gateway([port({ targetPort: 8080 })])).toEqual(['gateway/target-port spec.servers[0].port.targetPort']);
});

test('GW11: the port has a name, of any form', () => {
  expect(gateway([port({ name: '' })])).toEqual(['gateway/port-name-missing spec.servers[0].port.name']);
  expect(gateway([port({ name: 'a_b' })])).toEqual([]);
});

test('GW12: a Unix domain socket has an absolute path or an abstract name, and no port', () => {
  expect(gateway([{ ...port({ number: 0 }), bind: 'unix://run/shop' }])).toEqual(['gateway/invalid-bind spec.servers[0].bind']);
  expect(gateway([{ ...port({ number: 0 }), bind: 'unix:///run/' }])).toEqual(['gateway/invalid-bind spec.servers[0].bind']);
  expect(gateway([{ ...port({ number: 0 }), bind: 'unix://@shop' }])).toEqual([]);
  expect(server({ bind: 'unix:///run/shop' })).toEqual(['gateway/socket-with-port spec.servers[0].port.number']);
});

test('GW13: any other bind is an IP address', () => {
  expect(server({ bind: 'localhost' })).toEqual(['gateway/invalid-bind spec.servers[0].bind']);
  expect(server({ bind: '::1' })).toEqual([]);
});

test('GW14: HTTPS and TLS need TLS settings', () => {
  expect(gateway([https])).toEqual(['gateway/tls-missing spec.servers[0].tls']);
  expect(gateway([port({ protocol: 'tls' })])).toEqual(['gateway/tls-missing spec.servers[0].tls']);
});

test('GW15: plain HTTP has no certificates', () => {
  expect(server({ tls: simple })).toEqual(['gateway/tls-on-http spec.servers[0].tls']);
  expect(server({ tls: { mode: 'PASSTHROUGH', privateKey: '/key' } })).toContain('gateway/tls-on-http spec.servers[0].tls');
  expect(server({ tls: { mode: 'AUTO_PASSTHROUGH' } })).toEqual([]);
});

test('GW16: other plain protocols have no TLS settings', () => {
  expect(gateway([{ ...port({ protocol: 'TCP' }), tls: { mode: 'PASSTHROUGH' } }])).toEqual(['gateway/tls-on-tcp spec.servers[0].tls']);
});

test('GW14 to GW16 are left out when the port itself is wrong', () => {
  expect(gateway([{ ...port({ name: '', protocol: 'TCP' }), tls: { mode: 'PASSTHROUGH' } }])).toEqual(['gateway/port-name-missing spec.servers[0].port.name']);
});

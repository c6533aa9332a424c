import { found, type Metadata } from './istiod';

const http = { number: 80, protocol: 'HTTP', name: 'http' };
const https = { number: 443, protocol: 'HTTPS', name: 'https' };
const files = { mode: 'SIMPLE', serverCertificate: 'a', privateKey: 'b' };
const all = { hosts: ['*/*'] };

const sidecar = (spec: object, metadata?: Metadata) => found('Sidecar', spec, metadata);
const ingress = (...listeners: object[]) => sidecar({ ingress: listeners.map((listener) => ({ port: http, ...listener })) });
const egress = (...listeners: object[]) => sidecar({ egress: listeners.map((listener) => ({ ...all, ...listener })) });
const hosts = (...names: string[]) => sidecar({ egress: [{ hosts: names }] }, { namespace: 'shop' });
const tls = (fields: object, port: object = https) => ingress({ port, tls: { ...files, ...fields } });
const outbound = (outboundTrafficPolicy: object) => sidecar({ outboundTrafficPolicy });
const listener = 'spec.egress[0]';

test('SC1: a wrong workloadSelector is all that is said, an empty one is not', () => {
  expect(sidecar({ workloadSelector: { labels: { a: '*' } } })).toEqual(['selector/wildcard spec.workloadSelector.labels[a]']);
  expect(sidecar({ workloadSelector: {}, egress: [all] })).toEqual(['selector/empty spec.workloadSelector']);
});

test('SC2: a Sidecar configures something, and an empty one gets no warnings', () => {
  expect(sidecar({ workloadSelector: {}, egress: [], ingress: [] })).toEqual(['sidecar/empty spec']);
  expect(sidecar({ outboundTrafficPolicy: {} })).toEqual([]);
});

test('SC3: an ingress listener has a port, or nothing else of it is looked at', () => {
  expect(ingress({ port: undefined, bind: 'a' })).toEqual(['sidecar/ingress-port-missing spec.ingress[0].port']);
});

test('SC4: targetPort has no place', () => {
  expect(ingress({ port: { ...http, targetPort: 8080 } })).toEqual(['sidecar/target-port spec.ingress[0].port.targetPort']);
  expect(egress({ port: { ...http, targetPort: 8080 } })).toEqual([`sidecar/target-port ${listener}.port.targetPort`]);
});

test('SC5: an ingress port has a number, perhaps a name and a protocol', () => {
  expect(ingress({ port: { number: 80 } })).toEqual([]);
  expect(ingress({ port: { number: 0, name: 'a_b', protocol: 'FOO' } })).toEqual([
    'port/invalid-name spec.ingress[0].port.name',
    'port/unknown-protocol spec.ingress[0].port.protocol',
    'port/out-of-range spec.ingress[0].port.number',
  ]);
});

test('SC6: bind is an address', () => {
  expect(ingress({ bind: 'localhost' })).toEqual(['sidecar/bind spec.ingress[0].bind']);
  expect(ingress({ bind: '::1' })).toEqual([]);
});

test('SC7: ports of ingress differ, whatever bind says', () => {
  expect(ingress({}, { bind: '127.0.0.1' })).toEqual(['sidecar/duplicate-port spec.ingress[1].port.number']);
});

test.each(['10.0.0.1:80', '127.0.0.1', 'localhost:80', '::1:80', '127.0.0.1:http', '127.0.0.1:', '[::1]', '[::1]80'])(
  'SC8: the default endpoint %s is refused',
  (defaultEndpoint) => {
    expect(ingress({ defaultEndpoint })).toEqual(['sidecar/default-endpoint spec.ingress[0].defaultEndpoint']);
  },
);

test('SC8: the default endpoint is on a port, or a socket with a path', () => {
  expect(ingress({ defaultEndpoint: ':0' })).toEqual(['port/out-of-range spec.ingress[0].defaultEndpoint']);
  expect(ingress({ defaultEndpoint: 'unix://a' })).toEqual(['sidecar/socket-path spec.ingress[0].defaultEndpoint']);
});

test.each([':80', '127.0.0.1:80', '0.0.0.0:80', '[::1]:80', '[::]:80', 'unix:///a', 'unix://@a'])('SC8: the default endpoint %s is fine', (defaultEndpoint) => {
  expect(ingress({ defaultEndpoint })).toEqual([]);
});

test.each([{ subjectAltNames: ['a'] }, { httpsRedirect: true }, { credentialNames: ['a'] }, { tlsCertificates: [{}] }])(
  'SC9: TLS of ingress has no %j',
  (fields) => {
    expect(tls(fields)).toContain(`sidecar/tls-field spec.ingress[0].tls.${Object.keys(fields)[0]}`);
  },
);

test('SC9: TLS of ingress has a mode with files, and a port for it', () => {
  expect(tls({})).toEqual([]);
  expect(tls({ httpsRedirect: false, credentialName: '' })).toEqual([]);
  expect(tls({ mode: 'AUTO_PASSTHROUGH' })).toContain('sidecar/tls-mode spec.ingress[0].tls.mode');
  expect(ingress({ port: https, tls: { mode: 'ISTIO_MUTUAL' } })).toEqual(['sidecar/tls-mode spec.ingress[0].tls.mode']);
  expect(tls({}, http)).toEqual(['sidecar/tls-protocol spec.ingress[0].port.protocol']);
  expect(tls({ privateKey: '' })).toEqual(['tls/certificate-missing spec.ingress[0].tls']);
  expect(ingress({ port: https, tls: { mode: 'SIMPLE', credentialName: 'a' } })).toEqual(['sidecar/tls-field spec.ingress[0].tls.credentialName']);
});

test('SC10: connection pools are checked', () => {
  expect(ingress({ connectionPool: {} })).toEqual(['connection-pool/empty spec.ingress[0].connectionPool']);
  expect(sidecar({ inboundConnectionPool: { tcp: { maxConnections: -1 } } })).toEqual([
    'connection-pool/negative spec.inboundConnectionPool.tcp.maxConnections',
  ]);
});

test('SC11: a pool for HTTP on another port is a warning', () => {
  const connectionPool = { http: {} };
  expect(ingress({ connectionPool, port: { number: 80, protocol: 'TCP' } })).toEqual(['sidecar/http-pool-without-http spec.ingress[0].connectionPool.http']);
  expect(ingress({ connectionPool, port: { number: 80 } })).toEqual(['sidecar/http-pool-without-http spec.ingress[0].connectionPool.http']);
  expect(ingress({ connectionPool })).toEqual([]);
});

test('SC12: an egress listener without a port is the last one', () => {
  expect(egress({}, { port: http })).toEqual([`sidecar/catch-all-not-last ${listener}`]);
  expect(egress({}, {})).toEqual([`sidecar/catch-all-not-last ${listener}`]);
  expect(egress({ port: http }, {})).toEqual([]);
});

test('SC13: an egress listener without a number listens on a socket of its own, uncaptured', () => {
  const socket = { port: { protocol: 'HTTP' }, bind: 'unix:///a' };
  expect(egress(socket)).toEqual([]);
  expect(egress({ ...socket, bind: '' })).toEqual([`sidecar/port-or-socket ${listener}.port.number`]);
  expect(egress({ ...socket, bind: 'unix://a' })).toEqual([`sidecar/socket-path ${listener}.bind`]);
  expect(egress({ ...socket, captureMode: 'IPTABLES' })).toEqual([`sidecar/socket-capture ${listener}.captureMode`]);
  expect(egress({ ...socket, captureMode: 'NONE' })).toEqual([]);
  expect(egress(socket, socket)).toEqual(['sidecar/duplicate-socket spec.egress[1].bind']);
});

test('SC14: an egress listener with a number has one of its own, a known protocol and an address', () => {
  expect(egress({ port: { number: 65536, protocol: 'FOO' }, bind: 'a' })).toEqual([
    `port/unknown-protocol ${listener}.port.protocol`,
    `port/out-of-range ${listener}.port.number`,
    `sidecar/bind ${listener}.bind`,
  ]);
  expect(egress({ port: http }, { port: http, bind: '127.0.0.1' })).toEqual(['sidecar/duplicate-port spec.egress[1].port.number']);
});

test('SC15: the name of an egress port is a name', () => {
  expect(egress({ port: { number: 80, name: 'a_b' } })).toEqual([`port/invalid-name ${listener}.port.name`]);
});

test('SC16: an egress listener has hosts', () => {
  expect(egress({ hosts: [] })).toEqual([`sidecar/no-hosts ${listener}.hosts`]);
});

test.each(['reviews', 'ns/', '/', '/a.com', 'ns/reviews', 'a_b/*', '~~a/*', 'ns/*a.com', 'ns/10.0.0.1:80'])('SC17: the host %s is refused', (host) => {
  expect(hosts(host)).toEqual([`sidecar/host ${listener}.hosts[0]`]);
});

test.each(['*/*', './*', 'ns/*.a.com', '~/a.com', '~ns/*', '~*/a.com'])('SC17: the host %s is fine', (host) => {
  expect(hosts(host)).toEqual([]);
});

test('SC18: what another host covers is a warning', () => {
  const second = [`sidecar/duplicate-host ${listener}.hosts[1]`];
  expect(hosts('a/b.com', 'a/b.com')).toEqual(second);
  expect(hosts('a/*', 'a/b.com')).toEqual(second);
  expect(hosts('a/b.com', 'a/*')).toEqual(second);
  expect(hosts('./*', 'shop/b.com')).toEqual(second);
  expect(hosts('a/*.com', 'a/b.com')).toEqual([]);
  expect(hosts('a/*', '~a/b.com', '~a/b.com')).toEqual([]);
});

test('SC19: */* makes all other hosts useless', () => {
  expect(hosts('*/*', 'a/*')).toEqual([`sidecar/all-and-more ${listener}.hosts`]);
  expect(hosts('*/*', '~a/*')).toEqual([]);
});

test('SC20: one mode is for the whole mesh only', () => {
  expect(outbound({ mode: 3, egressProxy: {} })).toEqual(['sidecar/dynamic-dns-mode spec.outboundTrafficPolicy.mode']);
});

test('SC21: an egress proxy needs the mode ALLOW_ANY', () => {
  expect(outbound({ egressProxy: {} })).toEqual(['sidecar/egress-proxy-mode spec.outboundTrafficPolicy.egressProxy']);
});

test('SC22: an egress proxy has a host and a port, and perhaps a subset', () => {
  const at = 'spec.outboundTrafficPolicy.egressProxy';
  const proxy = (egressProxy: object) => outbound({ mode: 'ALLOW_ANY', egressProxy });
  expect(proxy({ host: 'a.com', port: { number: 80 } })).toEqual([]);
  expect(proxy({ host: 'a.com' })).toEqual([`sidecar/egress-proxy-port ${at}.port`]);
  expect(proxy({ host: '*.a.com', port: { number: 0 }, subset: 'a_b' })).toEqual([
    `sidecar/egress-proxy-host ${at}.host`,
    `destination/subset ${at}.subset`,
    `port/out-of-range ${at}.port.number`,
  ]);
});

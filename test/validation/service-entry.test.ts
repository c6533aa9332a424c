import { findingsOf, found, type Metadata } from './istiod';

const tls = { number: 443, name: 'tls', protocol: 'TLS' };
const tcp = { number: 5432, name: 'tcp', protocol: 'TCP' };
const http = { number: 80, name: 'http', protocol: 'HTTP' };
const vm = { address: '10.0.0.5' };

const entry = (spec: object, metadata?: Metadata) => found('ServiceEntry', { hosts: ['a.example.com'], ports: [tls], resolution: 'DNS', ...spec }, metadata);
const dynamic = (spec: object) => entry({ hosts: ['*.example.com'], resolution: 'DYNAMIC_DNS', ...spec });
const labelled = (spec: object, labels: object) =>
  findingsOf({ kind: 'ServiceEntry', metadata: { name: 'example', labels }, spec: { hosts: ['a.example.com'], ports: [tls], ...spec } }).map(
    ({ code, path }) => `${code} ${path}`,
  );

test.each(['NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN'])('a plain entry with the resolution %s is fine', (resolution) => {
  expect(entry({ resolution })).toEqual([]);
});

test('SE1: a wrong workloadSelector is all that is said, an empty one is not', () => {
  expect(entry({ hosts: [], workloadSelector: { labels: { app: '*' } } })).toEqual(['selector/wildcard spec.workloadSelector.labels[app]']);
  expect(entry({ hosts: [], workloadSelector: {} })).toEqual(['selector/empty spec.workloadSelector', 'service-entry/no-hosts spec.hosts']);
});

test('SE2: endpoints are listed or selected', () => {
  const selected = { workloadSelector: { labels: { app: 'a' } } };
  expect(entry({ ...selected, endpoints: [vm] })).toEqual(['service-entry/selector-and-endpoints spec.endpoints']);
  expect(entry({ ...selected, endpoints: [] })).toEqual([]);
});

test('SE3: there is a host', () => {
  expect(entry({ hosts: [] })).toEqual(['service-entry/no-hosts spec.hosts']);
});

test.each(['*', 'a_b', '', 'a..b', '*.*.com'])('SE4: the host "%s" is refused', (host) => {
  expect(entry({ hosts: [host], resolution: 'NONE' })).toContain('service-entry/host spec.hosts[0]');
});

test('SE5: a wildcard in the middle of things is a warning, unless names are looked up for each request', () => {
  expect(entry({ hosts: ['*a.com', '*.a.com'], resolution: 'NONE' })).toEqual(['service-entry/partial-wildcard spec.hosts[0]']);
  expect(dynamic({ hosts: ['*a.com'] })).toEqual([]);
});

test.each(['', 'a.com', '10.0.0', '01.2.3.4', '10.0.0.0/33', '10.0.0.0/8/8', '::/129'])('SE6: the address "%s" is refused', (address) => {
  expect(entry({ addresses: [address], resolution: 'NONE' })).toEqual(['service-entry/address spec.addresses[0]']);
});

test('SE7: ranges stand with the resolutions NONE and STATIC', () => {
  const addresses = ['10.0.0.1', '10.0.0.0/8'];
  expect(entry({ addresses })).toEqual(['service-entry/address-range spec.addresses[1]']);
  expect(entry({ addresses, resolution: 'NONE' })).toEqual([]);
  expect(entry({ addresses, resolution: 'STATIC' })).toEqual([]);
});

test('SE8: names and numbers of ports differ', () => {
  expect(entry({ ports: [tls, { ...http, name: 'tls' }] })).toEqual(['service-entry/duplicate-port-name spec.ports[1].name']);
  expect(entry({ ports: [tls, { ...tls, name: 'https' }] })).toEqual(['service-entry/duplicate-port spec.ports[1].number']);
});

test('SE9: a port has a name, a known protocol, a number and perhaps a target', () => {
  const port = (fields: object) => entry({ ports: [{ ...tls, ...fields }] });
  expect(port({ name: '' })).toEqual(['port/invalid-name spec.ports[0].name']);
  expect(port({ name: 'a_b' })).toEqual(['port/invalid-name spec.ports[0].name']);
  expect(port({ protocol: 'SMTP' })).toEqual(['port/unknown-protocol spec.ports[0].protocol']);
  expect(port({ protocol: 'grpc-web' })).toEqual([]);
  expect(port({ number: 65536 })).toEqual(['port/out-of-range spec.ports[0].number']);
  expect(port({ targetPort: 65536 })).toEqual(['port/out-of-range spec.ports[0].targetPort']);
  expect(port({ targetPort: 0 })).toEqual([]);
});

test('SE10: TCP needs addresses where none are allocated', () => {
  const warning = ['service-entry/tcp-without-address spec.ports[0].protocol'];
  expect(entry({ ports: [tcp], resolution: 'NONE' })).toEqual(warning);
  expect(entry({ ports: [{ ...tcp, protocol: '' }], resolution: 'NONE' })).toEqual(warning);
  expect(entry({ ports: [{ ...tcp, protocol: 'tcp' }], resolution: 'NONE' })).toEqual([]);
  expect(entry({ ports: [tcp] })).toEqual([]);
  expect(entry({ ports: [tcp], addresses: ['240.0.0.1'], resolution: 'NONE' })).toEqual([]);
  expect(labelled({ ports: [tcp], resolution: 'DNS' }, { 'networking.istio.io/enable-autoallocate-ip': 'False' })).toEqual(warning);
  expect(labelled({ ports: [tcp], resolution: 'DNS' }, { 'networking.istio.io/enable-autoallocate-ip': 'true' })).toEqual([]);
});

test('SE11: the resolution NONE excludes endpoints', () => {
  expect(entry({ resolution: 'NONE', endpoints: [vm] })).toEqual(['service-entry/endpoints-without-resolution spec.endpoints']);
  expect(entry({ resolution: undefined, endpoints: [vm] })).toEqual(['service-entry/endpoints-without-resolution spec.endpoints']);
});

test('SE12: the resolution NONE makes a workloadSelector useless', () => {
  expect(entry({ resolution: 'NONE', workloadSelector: { labels: { app: 'a' } } })).toEqual([
    'service-entry/selector-without-resolution spec.workloadSelector',
  ]);
});

test('SE13: endpoints of the resolution STATIC are addresses with ports of the entry', () => {
  const endpoint = (fields: object) => entry({ resolution: 'STATIC', endpoints: [fields] });
  expect(endpoint({ address: 'a.example.com' })).toEqual(['endpoint/not-an-ip spec.endpoints[0].address']);
  expect(endpoint({})).toEqual(['endpoint/address-missing spec.endpoints[0].address']);
  expect(endpoint({ network: 'n' })).toEqual(['endpoint/address-missing-in-network spec.endpoints[0].address']);
  expect(endpoint({ ...vm, ports: { web: 80 } })).toEqual(['endpoint/unknown-port spec.endpoints[0].ports[web]']);
  expect(endpoint({ ...vm, ports: { tls: 8443 } })).toEqual([]);
});

test('SE14: without endpoints, DNS looks the hosts up', () => {
  expect(entry({ hosts: ['a.example.com', '*.example.com', '*.com'] })).toEqual(['service-entry/host-not-resolvable spec.hosts[1]']);
  expect(entry({ hosts: ['*.example.com'], endpoints: [vm] })).toEqual([]);
});

test('SE15: DNS_ROUND_ROBIN has one endpoint at most', () => {
  expect(entry({ resolution: 'DNS_ROUND_ROBIN', endpoints: [vm, vm] })).toEqual(['service-entry/several-endpoints spec.endpoints[1]']);
  expect(entry({ endpoints: [vm, vm] })).toEqual([]);
});

test('SE16: endpoints of DNS are addresses or names, and a network does not replace them', () => {
  const endpoint = (fields: object) => entry({ endpoints: [fields] });
  expect(endpoint({ network: 'n' })).toEqual(['endpoint/address spec.endpoints[0].address']);
  expect(endpoint({ address: 'unix:///a' })).toEqual(['endpoint/address spec.endpoints[0].address']);
  expect(endpoint({ ...vm, labels: { 'a b': '' } })).toEqual(['label/invalid-key spec.endpoints[0].labels[a b]']);
  expect(endpoint({ ...vm, ports: { a_b: 0 } })).toEqual([
    'endpoint/unknown-port spec.endpoints[0].ports[a_b]',
    'port/invalid-name spec.endpoints[0].ports[a_b]',
    'port/out-of-range spec.endpoints[0].ports[a_b]',
  ]);
  expect(endpoint({ address: 'a.example.com', ports: { tls: 80 } })).toEqual([]);
});

test('SE17: hosts that share an address and a TCP port cannot be told apart', () => {
  const shared = { hosts: ['a.com', 'b.com'], addresses: ['240.0.0.1'] };
  expect(entry(shared)).toEqual(['service-entry/hosts-share-address spec.hosts']);
  expect(entry({ ...shared, ports: [http] })).toEqual([]);
  expect(entry({ ...shared, resolution: 'STATIC' })).toEqual([]);
});

test('SE18: DYNAMIC_DNS is for wildcards and protocols that name the host, and knows no addresses', () => {
  expect(dynamic({ ports: [http, tls, { ...http, number: 81, name: 'grpc', protocol: 'grpc' }] })).toEqual([]);
  expect(dynamic({ hosts: ['*.a.com', 'a.com'] })).toEqual(['service-entry/dynamic-dns-host spec.hosts[1]']);
  expect(dynamic({ hosts: [] })).toEqual(['service-entry/no-hosts spec.hosts']);
  expect(dynamic({ addresses: ['240.0.0.1'], endpoints: [vm] })).toEqual([
    'service-entry/dynamic-dns-addresses spec.addresses',
    'service-entry/dynamic-dns-addresses spec.endpoints',
  ]);
  for (const protocol of ['', 'TCP', 'HTTPS', 'GRPC-Web']) {
    expect(dynamic({ ports: [{ ...tls, protocol }] })).toEqual(['service-entry/dynamic-dns-protocol spec.ports[0].protocol']);
  }
  expect(dynamic({ location: 7 })).toEqual(['service-entry/dynamic-dns-location spec.location']);
  expect(entry({ resolution: 9 })).toEqual(['service-entry/resolution spec.resolution']);
});

test('SE19: a waypoint cannot serve DYNAMIC_DNS within the mesh', () => {
  const spec = { hosts: ['*.a.com'], resolution: 'DYNAMIC_DNS', location: 'MESH_INTERNAL' };
  expect(labelled(spec, { 'istio.io/use-waypoint': 'waypoint' })).toEqual(['service-entry/dynamic-dns-behind-waypoint spec.location']);
  expect(labelled(spec, { 'istio.io/use-waypoint': 'None' })).toEqual([]);
  expect(labelled({ ...spec, location: 'MESH_EXTERNAL' }, { 'istio.io/use-waypoint': 'waypoint' })).toEqual([]);
});

test('SE20: several hosts need HTTP or TLS to be told apart', () => {
  const hosts = ['a.com', 'b.com'];
  expect(entry({ hosts, ports: [http, tcp] })).toEqual(['service-entry/hosts-indistinguishable spec.ports[1].protocol']);
  expect(entry({ hosts, ports: [{ ...tls, protocol: '' }] })).toEqual(['service-entry/hosts-indistinguishable spec.ports[0].protocol']);
  expect(entry({ hosts, ports: [http, tls] })).toEqual([]);
  expect(entry({ hosts, ports: [tcp], addresses: ['240.0.0.1'], resolution: 'NONE' })).toEqual([]);
});

test('SE21: an entry may be exported to nobody', () => {
  expect(entry({ exportTo: ['~'] })).toEqual([]);
  expect(entry({ exportTo: ['~', 'a'] })).toEqual(['export-to/none-and-more spec.exportTo']);
});

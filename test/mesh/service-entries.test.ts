import type { WorkloadFact } from '../../src/mesh/facts';
import { endpointsOf, meshOf, serviceIn } from './mesh-of';

const entry = (spec: string, metadata = 'name: ext, namespace: shop'): string =>
  `\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: { ${metadata} }\nspec: { ${spec} }\n---`;
const host = 'api.example.com';
const port = 'ports: [{ number: 443, name: tls, protocol: TLS }]';

test('each host is a service with the addresses, ports and visibility of its entry', () => {
  const { services } = meshOf(
    entry(
      `hosts: [a.example.com, "*.example.org"], addresses: [10.0.0.1, 10.1.0.0/16, 10.2.0.1/32], ${port}, exportTo: [".", other], location: MESH_INTERNAL, subjectAltNames: [x]`,
    ),
  );
  expect(services.map(({ hostname }) => hostname)).toEqual(['*.example.org', 'a.example.com']);
  expect(services[1]).toMatchObject({
    name: 'ext',
    namespace: 'shop',
    registry: 'External',
    resolution: 'NONE',
    isMeshExternal: false,
    addresses: ['10.0.0.1', '10.1.0.0/16', '10.2.0.1'],
    ports: [{ name: 'tls', number: 443, protocol: 'TLS' }],
    subjectAltNames: ['x'],
  });
  expect([...(services[1]?.exportTo ?? [])]).toEqual(['shop', 'other']);
});

test('it is outside of the mesh where nothing is said, and only the mesh restricts whom it is for', () => {
  const text = entry(`hosts: [${host}], ${port}`);
  expect(serviceIn(meshOf(text), host)).toMatchObject({ isMeshExternal: true, exportTo: new Set(['*']) });
  expect(serviceIn(meshOf(text, { mesh: { defaultServiceExportTo: ['~'] } }), host).exportTo).toEqual(new Set(['~']));
});

test('serviceEntryVisibility narrows by the labels of the namespace', () => {
  const exportTo = (serviceEntryVisibility: object, spec = ''): string[] => {
    const mesh = meshOf(entry(`hosts: [${host}], ${port}${spec}`), { mesh: { serviceEntryVisibility }, namespaces: { shop: { team: 'a' } } });
    return [...serviceIn(mesh, host).exportTo];
  };
  const ofTeam = (team: string, visibility: string): object => ({ visibility, matchingRules: [{ namespaceSelector: { matchLabels: { team } } }] });
  expect(exportTo({ defaultVisibility: 'NONE' })).toEqual(['*']);
  expect(exportTo({ applyToSidecars: true })).toEqual(['*']);
  expect(exportTo({ applyToSidecars: true, defaultVisibility: 'NAMESPACE' })).toEqual(['shop']);
  expect(exportTo({ applyToSidecars: true, defaultVisibility: 'NAMESPACE' }, ', exportTo: [other]')).toEqual(['~']);
  expect(exportTo({ applyToSidecars: true, defaultVisibility: 'NAMESPACE', policies: [ofTeam('b', 'PUBLIC'), ofTeam('a', 'NONE')] })).toEqual(['~']);
  expect(exportTo({ applyToSidecars: true, defaultVisibility: 'NONE', policies: [ofTeam('a', 'PUBLIC')] })).toEqual(['*']);
});

test('found by DNS without endpoints, the host itself stands behind the target port', () => {
  const mesh = meshOf(entry(`hosts: [${host}], resolution: DNS, ports: [{ number: 80, name: http, targetPort: 443 }, { number: 443, name: tls }]`));
  expect([endpointsOf(mesh, host, 80), endpointsOf(mesh, host, 443)]).toEqual([['api.example.com:443'], ['api.example.com:443']]);
});

test('endpoints choose their ports by name, then by the target port', () => {
  const ports = 'ports: [{ number: 80, name: http, targetPort: 8080 }, { number: 443, name: tls }]';
  const endpoints = 'endpoints: [{ address: 192.0.2.1 }, { address: 192.0.2.2, ports: { http: 1000, tls: 2000 } }]';
  const mesh = meshOf(entry(`hosts: [${host}], resolution: STATIC, ${ports}, ${endpoints}`));
  expect(endpointsOf(mesh, host, 80)).toEqual(['192.0.2.1:8080', '192.0.2.2:1000']);
  expect(endpointsOf(mesh, host, 443)).toEqual(['192.0.2.1:443', '192.0.2.2:2000']);
});

test('an endpoint with a service account or a label speaks mutual TLS', () => {
  const endpoints = [
    'address: 192.0.2.1',
    'address: 192.0.2.2, serviceAccount: vm, weight: 3, locality: eu/eu-1',
    'address: 192.0.2.3, labels: { security.istio.io/tlsMode: istio, istio-locality: us.us-1 }',
    'address: 192.0.2.4, serviceAccount: vm, labels: { security.istio.io/tlsMode: disabled }',
  ];
  const mesh = meshOf(entry(`hosts: [${host}], resolution: STATIC, ${port}, endpoints: [${endpoints.map((each) => `{ ${each} }`).join(', ')}]`));
  const found = serviceIn(mesh, host).endpoints(443);
  expect(found.map(({ tlsMode, serviceAccount, weight }) => [tlsMode, serviceAccount, weight])).toEqual([
    ['disabled', '', 1],
    ['istio', 'vm', 3],
    ['istio', '', 1],
    ['disabled', 'vm', 1],
  ]);
  expect(found.map(({ locality }) => locality.zone)).toEqual(['', 'eu-1', 'us-1', '']);
  expect(found[1]?.labels).toEqual({ 'topology.kubernetes.io/region': 'eu', 'topology.kubernetes.io/zone': 'eu-1', 'topology.istio.io/cluster': 'Kubernetes' });
});

test('names as endpoints count only where DNS finds them', () => {
  const text = (resolution: string): string =>
    entry(`hosts: [${host}], resolution: ${resolution}, ${port}, endpoints: [{ address: a.example.com }, { address: 192.0.2.1 }]`);
  expect(endpointsOf(meshOf(text('DNS')), host, 443)).toEqual(['a.example.com:443', '192.0.2.1:443']);
  expect(endpointsOf(meshOf(text('STATIC')), host, 443)).toEqual(['192.0.2.1:443']);
});

test('a selector takes ready pods and WorkloadEntries of the namespace', () => {
  const text =
    entry(`hosts: [${host}], resolution: STATIC, ports: [{ number: 80, name: http, targetPort: 8080 }], workloadSelector: { labels: { app: a } }`) +
    `
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: vm, namespace: shop, labels: { app: a } }
spec: { address: 192.0.2.9, ports: { http: 90 } }`;
  const labels = { app: 'a' };
  const workloads: WorkloadFact[] = [
    { name: 'p', namespace: 'shop', labels },
    { name: 'named', namespace: 'shop', labels, containerPorts: { http: 70 } },
    { name: 'q', namespace: 'shop', labels, ready: false },
    { name: 'r', labels },
    { name: 's', namespace: 'shop', labels: { app: 'b' } },
  ];
  expect(endpointsOf(meshOf(text, { workloads }), host, 80)).toEqual(['127.1.0.1:8080', '127.1.0.2:70', '192.0.2.9:90']);
});

test('without resolution a target port takes the place of the port that callers chose', () => {
  const ports = (resolution: string) =>
    serviceIn(meshOf(entry(`hosts: [${host}], resolution: ${resolution}, ports: [{ number: 80, name: http, targetPort: 8080 }]`)), host).ports;
  expect(ports('NONE')).toEqual([{ name: 'http', number: 80, protocol: undefined, targetPort: 8080 }]);
  expect(ports('DNS')).toEqual([{ name: 'http', number: 80, protocol: undefined }]);
});

test('entries for one host in one namespace have their endpoints in common', () => {
  const one = (name: string, address: string, number = 443, resolution = 'STATIC', namespace = 'shop'): string =>
    entry(
      `hosts: [${host}], resolution: ${resolution}, ports: [{ number: ${number}, name: p${number} }], endpoints: [{ address: ${address} }]`,
      `name: ${name}, namespace: ${namespace}`,
    );
  const text = one('b', '192.0.2.2') + one('a', '192.0.2.1') + one('c', '192.0.2.3', 80) + one('d', '192.0.2.4', 443, 'STATIC', 'other');
  const mesh = meshOf(text);
  expect(mesh.services.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual(['other/d', 'shop/a', 'shop/b', 'shop/c']);
  expect(mesh.services.map((service) => service.endpoints(443).map(({ address }) => address))).toEqual([
    ['192.0.2.4'],
    ['192.0.2.1', '192.0.2.2'],
    ['192.0.2.1', '192.0.2.2'],
    [],
  ]);
  const robin = meshOf(one('b', 'b.example.com', 443, 'DNS_ROUND_ROBIN') + one('a', 'a.example.com', 443, 'DNS_ROUND_ROBIN'));
  expect(endpointsOf(robin, host, 443)).toEqual(['a.example.com:443']);
});

test('a ServiceEntry can add endpoints to a Service of Kubernetes', () => {
  const text = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
---${entry('hosts: [web.shop.svc.cluster.local], resolution: STATIC, ports: [{ number: 80, name: http }], endpoints: [{ address: 192.0.2.1 }]')}`;
  const mesh = meshOf(text, { workloads: [{ name: 'web', namespace: 'shop' }] });
  expect(mesh.services.map(({ registry }) => registry)).toEqual(['Kubernetes', 'External']);
  expect(endpointsOf(mesh, 'web.shop.svc.cluster.local', 80)).toEqual(['127.1.0.1:80', '192.0.2.1:80']);
});

import type { WorkloadFact } from '../../src/mesh/facts';
import { endpointsOf, meshOf, serviceIn } from './mesh-of';

const service = (spec: string, metadata = ''): string =>
  `\napiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop${metadata} }\nspec: { ${spec} }\n---`;
const web = 'web.shop.svc.cluster.local';
const pods: WorkloadFact[] = [
  { name: 'v1', namespace: 'shop', labels: { app: 'web', version: 'v1' }, containerPorts: { http: 8080 } },
  { name: 'v2', namespace: 'shop', labels: { app: 'web', version: 'v2' }, containerPorts: { http: 9090 } },
  { name: 'unnamed', namespace: 'shop', labels: { app: 'web' } },
  { name: 'other', namespace: 'shop', labels: { app: 'other' } },
  { name: 'elsewhere', namespace: 'default', labels: { app: 'web' } },
  { name: 'machine', namespace: 'shop', labels: { app: 'web' }, pod: false },
];

test('a Service takes the pods of its namespace that have its labels', () => {
  const mesh = meshOf(service('selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }]'), { workloads: pods });
  expect(endpointsOf(mesh, web, 80)).toEqual(['127.1.0.1:8080', '127.1.0.2:8080', '127.1.0.3:8080']);
  expect(endpointsOf(mesh, web, 81)).toEqual([]);
});

test('named target ports are those of each pod; pods without one are left out', () => {
  const mesh = meshOf(service('selector: { app: web }, ports: [{ port: 80, targetPort: http }]'), { workloads: pods });
  expect(endpointsOf(mesh, web, 80)).toEqual(['127.1.0.1:8080', '127.1.0.2:9090']);
});

test('the target port is the port where none is written, and ports of UDP lead nowhere', () => {
  const mesh = meshOf(
    service('selector: { version: v1 }, ports: [{ name: dns, port: 53, protocol: UDP }, { name: dns-tcp, port: 53 }, { name: log, port: 514, protocol: UDP }]'),
    { workloads: pods },
  );
  expect(endpointsOf(mesh, web, 53)).toEqual(['127.1.0.1:53']);
  expect(endpointsOf(mesh, web, 514)).toEqual([]);
});

test('pods that are not ready are known as such, unless the Service publishes them all the same', () => {
  const workloads = [{ name: 'v1', namespace: 'shop', labels: { app: 'web' }, ready: false }];
  const healthy = (spec: string) =>
    serviceIn(meshOf(service(`selector: { app: web }, ports: [{ port: 80 }]${spec}`), { workloads }), web).endpoints(80)[0]?.healthy;
  expect([healthy(''), healthy(', publishNotReadyAddresses: true')]).toEqual([false, true]);
});

test('replicas share the traffic, and a template scaled to nothing takes none', () => {
  const deployment = (name: string, replicas: number): string =>
    `\nkind: Deployment\napiVersion: apps/v1\nmetadata: { name: ${name}, namespace: shop }\nspec: { replicas: ${replicas}, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: a }] } } }\n---`;
  const mesh = meshOf(service('selector: { app: web }, ports: [{ port: 80 }]') + deployment('a', 3) + deployment('b', 1) + deployment('c', 0));
  expect(
    serviceIn(mesh, web)
      .endpoints(80)
      .map(({ workload, weight }) => [workload?.name, weight]),
  ).toEqual([
    ['a', 3],
    ['b', 1],
  ]);
});

test('endpoints say who they are', () => {
  const workloads: WorkloadFact[] = [
    { name: 'a', namespace: 'shop', labels: { app: 'web' }, serviceAccount: 'web', locality: 'eu/eu-1/r' },
    { name: 'b', namespace: 'shop', labels: { app: 'web', 'istio-locality': 'us.us-1' }, sidecar: false },
  ];
  const [a, b] = serviceIn(meshOf(service('selector: { app: web }, ports: [{ port: 80 }]'), { workloads }), web).endpoints(80);
  expect(a).toMatchObject({
    labels: {
      app: 'web',
      'topology.kubernetes.io/region': 'eu',
      'topology.kubernetes.io/zone': 'eu-1',
      'topology.istio.io/subzone': 'r',
      'security.istio.io/tlsMode': 'istio',
    },
    locality: { region: 'eu', zone: 'eu-1', subzone: 'r' },
    serviceAccount: 'web',
    namespace: 'shop',
    tlsMode: 'istio',
  });
  expect(b).toMatchObject({ tlsMode: 'disabled', locality: { region: 'us', zone: 'us-1', subzone: '' } });
});

test.each<[string, string, object]>([
  ['a plain one', '', { resolution: 'STATIC', isHeadless: false, isMeshExternal: false, addresses: ['127.10.0.1'] }],
  ['one with addresses', 'clusterIP: 10.0.0.1, clusterIPs: [10.0.0.1, "fd00::1"]', { addresses: ['10.0.0.1', 'fd00::1'] }],
  ['a headless one', 'clusterIP: None', { resolution: 'NONE', isHeadless: true, addresses: [] }],
  ['an alias', 'type: ExternalName, externalName: example.com', { resolution: 'ALIAS', isMeshExternal: true, externalName: 'example.com', addresses: [] }],
])('%s', (_, spec, expected) => {
  expect(serviceIn(meshOf(service(spec)), web)).toMatchObject(expected);
});

test('protocols come from appProtocol, name and number', () => {
  const mesh = meshOf(
    service('ports: [{ name: http-a, port: 1 }, { name: x, port: 2, appProtocol: grpc }, { name: x-http, port: 3 }, { name: db, port: 3306 }]'),
  );
  expect(serviceIn(mesh, web).ports.map(({ protocol }) => protocol)).toEqual(['HTTP', 'GRPC', undefined, 'TCP']);
});

test('exportTo is an annotation, else what the mesh says', () => {
  const exportTo = (metadata: string, mesh = {}): string[] => [...serviceIn(meshOf(service('', metadata), { mesh }), web).exportTo];
  expect(exportTo('')).toEqual(['*']);
  expect(exportTo('', { defaultServiceExportTo: ['.'] })).toEqual(['shop']);
  expect(exportTo(', annotations: { networking.istio.io/exportTo: "., other" }')).toEqual(['shop', 'other']);
});

const slice = (endpoints: string, more = ''): string => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: x, namespace: shop, labels: { kubernetes.io/service-name: web } }
${more}
ports: [{ name: http, port: 8080 }]
endpoints: [${endpoints}]
---`;

test('a Service without selector has the endpoints that slices list', () => {
  const text =
    service('ports: [{ name: http, port: 80 }]') +
    slice(
      '{ addresses: [192.0.2.1, 192.0.2.2] }, { addresses: [127.1.0.1], conditions: { ready: false } }, { addresses: [192.0.2.3], targetRef: { kind: Pod, name: gone } }',
    );
  const endpoints = serviceIn(meshOf(text, { workloads: pods }), web).endpoints(80);
  expect(endpoints.map(({ address, port, healthy, tlsMode, workload }) => [address, port, healthy, tlsMode, workload?.name])).toEqual([
    ['192.0.2.1', 8080, true, 'disabled', undefined],
    ['192.0.2.2', 8080, true, 'disabled', undefined],
    ['127.1.0.1', 8080, false, 'istio', 'v1'],
  ]);
  expect(endpointsOf(meshOf(service('ports: [{ name: http, port: 80 }]') + slice('{ addresses: [a.example.com] }', 'addressType: FQDN')), web, 80)).toEqual([]);
});

test('Endpoints count for a Service without selector only', () => {
  const endpoints = `
apiVersion: v1
kind: Endpoints
metadata: { name: web, namespace: shop }
subsets: [{ addresses: [{ ip: 192.0.2.1 }], notReadyAddresses: [{ ip: 192.0.2.2 }], ports: [{ name: http, port: 8080 }] }]
---`;
  const ports = 'ports: [{ name: http, port: 80 }]';
  expect(
    serviceIn(meshOf(service(ports) + endpoints), web)
      .endpoints(80)
      .map(({ address, healthy }) => [address, healthy]),
  ).toEqual([
    ['192.0.2.1', true],
    ['192.0.2.2', false],
  ]);
  expect(endpointsOf(meshOf(service(`${ports}, selector: { app: web }`) + endpoints), web, 80)).toEqual([]);
});

test('a Service selects WorkloadEntries as it selects pods', () => {
  const entry = (name: string, spec: string, metadata = ''): string =>
    `\napiVersion: networking.istio.io/v1\nkind: WorkloadEntry\nmetadata: { name: ${name}, namespace: shop${metadata} }\nspec: { ${spec} }\n---`;
  const entries =
    entry('b', 'address: 192.0.2.2, labels: { app: web }, serviceAccount: vm, ports: { http: 1234 }, weight: 5') +
    entry('a', 'address: 192.0.2.1, labels: { app: no }', ', labels: { app: web }') +
    entry('c', 'address: vm.example.com, labels: { app: web }') +
    entry('d', 'address: 192.0.2.4, labels: { app: web }', ', annotations: { proxy.istio.io/health-checks-enabled: "true" }');
  const endpoints = (spec: string): unknown[] =>
    serviceIn(meshOf(service(`selector: { app: web }, ${spec}`) + entries, { dns: 'listed' }), web)
      .endpoints(80)
      .map(({ address, port, weight, tlsMode }) => [address, port, weight, tlsMode]);
  expect(endpoints('ports: [{ name: http, port: 80, targetPort: 8080 }]')).toEqual([
    ['192.0.2.1', 8080, 1, 'disabled'],
    ['192.0.2.2', 1234, 5, 'istio'],
  ]);
  expect(endpoints('ports: [{ name: x, port: 80, targetPort: http }]')).toEqual([['192.0.2.2', 1234, 5, 'istio']]);
  expect(endpoints('clusterIP: None, ports: [{ name: http, port: 80 }]')).toEqual([]);
});

test('the fields of a fact replace those of the manifest', () => {
  const mesh = meshOf(service('selector: { app: web }, ports: [{ port: 80 }]'), {
    services: [{ name: 'other' }, { name: 'web', namespace: 'shop', ports: [{ port: 90 }] }],
    workloads: pods,
  });
  expect(serviceIn(mesh, web)).toMatchObject({ addresses: ['127.10.0.2'], ports: [{ number: 90 }] });
  expect(endpointsOf(mesh, web, 90)).toHaveLength(3);
});

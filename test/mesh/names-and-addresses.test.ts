import { ownerOf } from '../../src/mesh/addresses';
import { aliasesOf, aliasTarget } from '../../src/mesh/aliases';
import { resolveHost } from '../../src/mesh/dns';
import type { MeshFacts } from '../../src/mesh/facts';
import { meshOf } from './mesh-of';

const facts: MeshFacts = {
  services: [
    { name: 'web', namespace: 'shop', ports: [{ port: 80 }], selector: { app: 'web' } },
    { name: 'db', namespace: 'shop', clusterIP: 'None', selector: { app: 'db' } },
    { name: 'alias', namespace: 'shop', type: 'ExternalName', externalName: 'web.shop.svc.cluster.local' },
    { name: 'outside', namespace: 'shop', type: 'ExternalName', externalName: 'api.example.com' },
    { name: 'circle', namespace: 'shop', type: 'ExternalName', externalName: 'circle.shop.svc.cluster.local' },
  ],
  workloads: [
    { name: 'web', namespace: 'shop' },
    { name: 'starting', namespace: 'shop', labels: { app: 'db' }, ready: false },
    { name: 'db', namespace: 'shop' },
  ],
  external: [
    { host: 'api.example.com', aliases: ['www.example.com'] },
    { host: 'tls.example.com', ip: '127.3.7.7', tlsPorts: [443] },
  ],
};
const entry = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: x, namespace: shop }
spec:
  hosts: [vip.example.com]
  addresses: [10.0.0.0/8, 240.0.0.1]
  resolution: STATIC
  ports: [{ number: 80, name: http }]
  endpoints: [{ address: 192.0.2.1 }, { address: 127.1.0.1 }]
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: vm, namespace: shop, labels: { app: vm } }
spec: { address: 192.0.2.9, serviceAccount: vm, ports: { admin: 81 } }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: y, namespace: shop }
spec: { hosts: [vm.example.com], resolution: STATIC, ports: [{ number: 80, name: http, targetPort: 8080 }], workloadSelector: { labels: { app: vm } } }`;

test.each<[string, string | undefined, string | undefined]>([
  ['web', 'shop', '127.10.0.1'],
  ['web', 'other', undefined],
  ['web', undefined, undefined],
  ['web.shop', 'other', '127.10.0.1'],
  ['web.shop.svc', undefined, '127.10.0.1'],
  ['WEB.shop.svc.cluster.local.', undefined, '127.10.0.1'],
  ['db', 'shop', '127.1.0.3'],
  ['db-0.db.shop.svc.cluster.local', undefined, '127.1.0.3'],
  ['db.db.shop', undefined, '127.1.0.3'],
  ['x-0.db.shop', undefined, undefined],
  ['web-0.web.shop', undefined, undefined],
  ['alias.shop', 'other', '127.10.0.1'],
  ['outside', 'shop', '127.3.0.1'],
  ['circle', 'shop', undefined],
  ['api.example.com', undefined, '127.3.0.1'],
  ['www.example.com', 'shop', '127.3.0.1'],
  ['tls.example.com', 'shop', '127.3.7.7'],
  ['unknown.example.com', 'shop', undefined],
  ['vip.example.com', 'shop', undefined],
  ['10.1.2.3', 'shop', '10.1.2.3'],
])('DNS that is listed: %s from %s is %s', (host, namespace, ip) => {
  expect(resolveHost(meshOf(entry, { ...facts, dns: 'listed' }), host, namespace)).toBe(ip);
});

test('a name that leads to other names is followed, to nothing where they lead back to it', () => {
  const alias = (name: string, externalName: string) => ({
    name,
    namespace: 'shop',
    type: 'ExternalName' as const,
    externalName: `${externalName}.shop.svc.cluster.local`,
  });
  const services = [
    ...(facts.services ?? []),
    alias('far', 'near'),
    alias('near', 'web'),
    alias('there', 'back'),
    alias('back', 'there'),
    alias('into', 'back'),
  ];
  const mesh = meshOf('', { ...facts, services, dns: 'listed' });
  expect(['far', 'near', 'there', 'back', 'into'].map((host) => resolveHost(mesh, host, 'shop'))).toEqual([
    '127.10.0.1',
    '127.10.0.1',
    undefined,
    undefined,
    undefined,
  ]);
  const names = ['far', 'near', 'there', 'into', 'web'].map((name) => `${name}.shop.svc.cluster.local`);
  expect(names.map((hostname) => aliasTarget(mesh, hostname))).toEqual([names[4], names[4], undefined, undefined, undefined]);
  expect(aliasesOf(mesh, names[4] as string).map(({ name }) => name)).toEqual(['alias', 'far', 'near']);
});

test('a headless Service has the address of a pod that is ready, else of what its slices list, else none', () => {
  const slice = (name: string, endpoints: string) => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: ${name}, namespace: shop, labels: { kubernetes.io/service-name: ${name} } }
addressType: IPv4
ports: [{ name: http, port: 80 }]
endpoints: ${endpoints}
---`;
  const listed = slice('listed', '[{ addresses: [192.0.2.1], conditions: { ready: false } }, { addresses: [192.0.2.2] }]');
  const headless = (name: string) => ({ name, namespace: 'shop', clusterIP: 'None', ports: [{ name: 'http', port: 80 }] });
  const services = [headless('listed'), headless('empty'), { ...headless('db'), selector: { app: 'db' } }];
  const mesh = meshOf(listed, { ...facts, services, workloads: [{ name: 'db-1', namespace: 'shop', labels: { app: 'db' } }], dns: 'listed' });
  expect(
    ['listed', 'empty', 'db', 'db-1.db', 'db-1-0.db', 'db-2.db'].map((host) => resolveHost(mesh, host.includes('.') ? `${host}.shop` : host, 'shop')),
  ).toEqual(['192.0.2.2', undefined, '127.1.0.1', '127.1.0.1', '127.1.0.1', undefined]);
});

test('names of hosts outside are found however they are written, and the first that has one keeps it', () => {
  const external = [{ host: 'API.example.com' }, { host: 'other.example.com', aliases: ['Api.Example.com'] }];
  expect(resolveHost(meshOf('', { external, dns: 'listed' }), 'aPi.example.com', undefined)).toBe('127.3.0.1');
});

test('DNS that is open knows public names and hosts of ServiceEntries with addresses', () => {
  const mesh = meshOf(entry, facts);
  const ip = resolveHost(mesh, 'unknown.example.com', 'shop');
  expect(ip).toBe('127.3.0.3');
  expect(resolveHost(mesh, 'Unknown.Example.com', undefined)).toBe(ip);
  expect(ownerOf(mesh, ip as string)).toEqual({ kind: 'external', external: { host: 'unknown.example.com', ip } });
  expect(resolveHost(mesh, 'vip.example.com', 'shop')).toBe('240.0.0.1');
  const unknown = ['unknown', 'nobody.shop', 'nobody.shop.svc', 'nobody.shop.svc.cluster.local', 'x.local', 'circle.shop'];
  expect(unknown.map((host) => resolveHost(mesh, host, 'shop'))).toEqual(unknown.map(() => undefined));
});

test('addresses belong to workloads, Services and hosts outside', () => {
  const mesh = meshOf(entry, { ...facts, dns: 'listed' });
  expect(ownerOf(mesh, '127.1.0.3')).toMatchObject({ kind: 'workload', workload: { name: 'db' } });
  expect(ownerOf(mesh, '127.10.0.1')).toMatchObject({ kind: 'service', service: { name: 'web' } });
  expect(ownerOf(mesh, '127.3.0.1')).toMatchObject({ kind: 'external', external: { host: 'api.example.com', ports: [80] } });
  expect(ownerOf(mesh, '127.3.7.7')).toMatchObject({ kind: 'external', external: { host: 'tls.example.com', ports: [80], tlsPorts: [443] } });
  expect(['240.0.0.1', '192.0.2.1', '192.0.2.9', '127.3.0.9'].map((ip) => ownerOf(mesh, ip))).toEqual([undefined, undefined, undefined, undefined]);
});

test('where DNS is open, endpoints of ServiceEntries are hosts outside, and WorkloadEntries are machines', () => {
  const mesh = meshOf(entry, facts);
  expect(ownerOf(mesh, '192.0.2.1')).toEqual({ kind: 'external', external: { host: '192.0.2.1', ip: '192.0.2.1' } });
  expect(ownerOf(mesh, '127.1.0.1')).toMatchObject({ kind: 'workload' });
  expect(ownerOf(mesh, '192.0.2.9')).toMatchObject({
    kind: 'workload',
    workload: { name: 'vm', namespace: 'shop', proxy: 'sidecar', serviceAccount: 'vm', isPod: false, ports: [81, 8080] },
  });
  expect(ownerOf(mesh, '198.51.100.1')).toBeUndefined();
});

test('a machine has the ports of its entry and of the ServiceEntries that select it, and runs where the entry, or a label, says', () => {
  const machine = (name: string, spec: string, labels = 'app: vm') => `
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: ${name}, namespace: shop, labels: { ${labels} } }
spec: { ${spec} }
---`;
  const selecting = (name: string, namespace: string, port: string) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name}, namespace: ${namespace} }
spec: { hosts: [${name}.example.com], resolution: STATIC, ports: [${port}], workloadSelector: { labels: { app: vm } } }
---`;
  const { workloads } = meshOf(
    machine('one', 'address: 192.0.2.1, ports: { http: 8000, admin: 81 }, locality: eu/one') +
      machine('two', 'address: 192.0.2.2', 'app: vm, istio-locality: eu.two') +
      machine('again', 'address: 192.0.2.2') +
      machine('three', 'address: 192.0.2.3', 'app: other') +
      machine('named', 'address: vm.example.com') +
      selecting('x', 'shop', '{ number: 80, name: http, targetPort: 8080 }, { number: 90, name: grpc }') +
      selecting('y', 'ops', '{ number: 70, name: http }'),
  );
  expect(workloads.map(({ name, ports, locality: { region, zone } }) => [name, ports, `${region}/${zone}`])).toEqual([
    ['one', [8000, 81, 90], 'eu/one'],
    ['two', [8080, 90], 'eu/two'],
    ['three', [], '/'],
  ]);
  expect([...(workloads[0]?.containerPorts ?? [])]).toEqual([
    ['http', 8000],
    ['admin', 81],
  ]);
});

test('a machine that a workload of the facts stands for is not there twice', () => {
  const mesh = meshOf(entry, { workloads: [{ name: 'mine', pod: false, ip: '192.0.2.9' }] });
  expect(mesh.workloads.map(({ name }) => name)).toEqual(['mine']);
});

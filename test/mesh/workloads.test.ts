import { findWorkload } from '../../src/mesh/workloads';
import { meshOf } from './mesh-of';

const template = 'template: { metadata: { labels: { app: x } }, spec: { containers: [{ name: app, image: app }] } }';
const object = (kind: string, name: string, spec = template, metadata = ''): string =>
  `\napiVersion: x/v1\nkind: ${kind}\nmetadata: { name: ${name}${metadata} }\nspec: { ${spec} }\n---`;

test('every kind with a pod template is a workload', () => {
  const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'Rollout', 'SomethingNew'];
  const text = kinds.map((kind) => object(kind, kind.toLowerCase())).join('') + object('CronJob', 'cronjob', `jobTemplate: { spec: { ${template} } }`);
  const { workloads } = meshOf(text);
  expect(workloads.map(({ name, labels, ip }) => [name, labels.app, ip])).toEqual(
    [...kinds, 'CronJob'].map((kind, index) => [kind.toLowerCase(), 'x', `127.1.0.${index + 1}`]),
  );
});

test('objects without pods are no workloads', () => {
  const text =
    object('Certificate', 'a', 'template: { metadata: { labels: { app: x } } }') +
    object('WorkloadGroup', 'b', 'template: { serviceAccount: x }') +
    object('ConfigMap', 'c', '');
  expect(meshOf(text).workloads).toEqual([]);
});

test('what another manifest owns is not counted again', () => {
  const owned = (kind: string, name: string): string => `, ownerReferences: [{ kind: ${kind}, name: ${name} }]`;
  const text =
    object('Deployment', 'a') +
    object('ReplicaSet', 'a-1', template, owned('Deployment', 'a')) +
    object('Pod', 'a-1-x', 'containers: [{ name: app }]', owned('ReplicaSet', 'a-1')) +
    object('ReplicaSet', 'lonely', template, owned('Deployment', 'gone'));
  expect(meshOf(text).workloads.map(({ name }) => name)).toEqual(['a', 'lonely']);
});

test('replicas, account, ports and place come from the template', () => {
  const { workloads } = meshOf(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  replicas: 3
  template:
    metadata: { labels: { app: cart } }
    spec:
      serviceAccountName: cart
      nodeSelector: { topology.kubernetes.io/region: eu, topology.kubernetes.io/zone: eu-1 }
      initContainers:
        - { name: helper, restartPolicy: Always, ports: [{ name: metrics, containerPort: 9090 }] }
        - { name: migrate, ports: [{ name: http, containerPort: 1 }] }
      containers:
        - { name: app, ports: [{ name: http, containerPort: 8080 }, { name: dns, containerPort: 53, protocol: UDP }] }
        - { name: other, ports: [{ name: http, containerPort: 8081 }] }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec: { replicas: 7, template: { spec: { containers: [{ name: app }] } } }
---
apiVersion: v1
kind: Pod
metadata: { name: one, labels: { istio-locality: us.us-1.a } }
spec: { containers: [{ name: app }] }
status: { podIP: 10.0.0.9, phase: Running, conditions: [{ type: Ready, status: 'False' }] }
---
apiVersion: v1
kind: Pod
metadata: { name: done }
spec: { containers: [{ name: app }] }
status: { phase: Succeeded }
`);
  expect(workloads).toEqual([
    expect.objectContaining({
      name: 'cart',
      namespace: 'shop',
      serviceAccount: 'cart',
      replicas: 3,
      locality: { region: 'eu', zone: 'eu-1', subzone: '' },
      containerPorts: new Map([
        ['http', 8080],
        ['metrics', 9090],
      ]),
      ports: [8080, 53, 8081, 9090],
    }),
    expect.objectContaining({ name: 'agent', namespace: 'default', serviceAccount: 'default', replicas: 1, labels: {} }),
    expect.objectContaining({ name: 'one', ip: '10.0.0.9', ready: false, locality: { region: 'us', zone: 'us-1', subzone: 'a' } }),
  ]);
});

test('a fact adds to the workload of a manifest and wins over it', () => {
  const text = object('Deployment', 'b') + object('Deployment', 'a');
  const { workloads } = meshOf(text, { workloads: [{ name: 'a', labels: { version: 'v2' }, sidecar: false, behavior: { status: 503 } }, { name: 'c' }] });
  expect(workloads.map(({ name, ip, labels, proxy, behavior }) => ({ name, ip, labels, proxy, behavior }))).toEqual([
    { name: 'a', ip: '127.1.0.1', labels: { app: 'x', version: 'v2' }, proxy: 'none', behavior: { status: 503 } },
    { name: 'c', ip: '127.1.0.2', labels: { app: 'c' }, proxy: 'sidecar', behavior: {} },
    { name: 'b', ip: '127.1.0.3', labels: { app: 'x' }, proxy: 'sidecar', behavior: {} },
  ]);
});

test('a fact alone is a workload with what it says', () => {
  const [gateway, machine] = meshOf('', {
    workloads: [
      { name: 'front', gateway: true, namespace: 'istio-system', labels: { istio: 'front' } },
      {
        name: 'vm',
        pod: false,
        ip: '127.9.0.1',
        locality: 'eu/eu-1',
        serviceAccount: 'vm',
        tlsPorts: [443],
        certHosts: ['vm.local'],
        certCA: 'own',
        ready: false,
      },
    ],
  }).workloads;
  expect(gateway).toMatchObject({ proxy: 'gateway', labels: { istio: 'front' }, namespace: 'istio-system' });
  expect(machine).toMatchObject({
    proxy: 'sidecar',
    isPod: false,
    ip: '127.9.0.1',
    locality: { region: 'eu', zone: 'eu-1', subzone: '' },
    serviceAccount: 'vm',
    tlsPorts: [443],
    certHosts: ['vm.local'],
    certCA: 'own',
    ready: false,
  });
});

test('workloads are found by name, and by name and namespace', () => {
  const mesh = meshOf('', {
    workloads: [
      { name: 'a', namespace: 'one' },
      { name: 'a', namespace: 'two' },
      { name: 'a.one', namespace: 'three' },
    ],
  });
  expect(['a', 'a.one', 'a.two', 'a.one.three', 'b'].map((name) => findWorkload(mesh, name)?.namespace)).toEqual(['one', 'one', 'two', 'three', undefined]);
});

test('made-up addresses go on beyond 255 workloads', () => {
  const { workloads } = meshOf('', { workloads: Array.from({ length: 300 }, (_, index) => ({ name: `w${index}` })) });
  expect([workloads[254]?.ip, workloads[255]?.ip, workloads[299]?.ip]).toEqual(['127.1.0.255', '127.1.1.0', '127.1.1.44']);
});

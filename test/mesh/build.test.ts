import fc from 'fast-check';
import { labelsMatch } from '../../src/manifest/labels';
import type { Manifest } from '../../src/manifest/manifest';
import { buildMesh } from '../../src/mesh/build';
import type { ConfigObject } from '../../src/mesh/config-object';
import { LabelIndex } from '../../src/mesh/label-index';
import { meshOf } from './mesh-of';

const object = (kind: string, metadata: string, spec = '', group = 'networking.istio.io/v1'): string =>
  `\napiVersion: ${group}\nkind: ${kind}\nmetadata: { ${metadata} }\nspec: { ${spec} }\n---`;

test('objects are sorted into lists by group and kind', () => {
  const { objects } = meshOf(
    [
      object('Gateway', 'name: istio'),
      object('Gateway', 'name: kubernetes', '', 'gateway.networking.k8s.io/v1'),
      object('EnvoyFilter', 'name: filter', '', 'networking.istio.io/v1alpha3'),
      object('WorkloadGroup', 'name: group', 'template: {}'),
      object('Sidecar', 'name: sidecar'),
      object('WasmPlugin', 'name: plugin', '', 'extensions.istio.io/v1alpha1'),
      object('Telemetry', 'name: telemetry', '', 'telemetry.istio.io/v1'),
      object('AuthorizationPolicy', 'name: policy', '', 'security.istio.io/v1'),
      object('Sidecar', 'name: foreign', '', 'example.com/v1'),
    ].join(''),
  );
  const names = Object.fromEntries(
    Object.entries(objects).map(([list, members]: [string, readonly ConfigObject<unknown>[]]) => [list, members.map(({ name }) => name)]),
  );
  expect(names).toEqual({
    virtualServices: [],
    destinationRules: [],
    gateways: ['istio'],
    serviceEntries: [],
    sidecars: ['sidecar'],
    peerAuthentications: [],
    requestAuthentications: [],
    authorizationPolicies: ['policy'],
    others: ['filter', 'kubernetes', 'plugin', 'telemetry'],
  });
});

test('the older object comes first, then the name decides, then the namespace', () => {
  const text =
    object('VirtualService', 'name: b, namespace: x') +
    object('VirtualService', 'name: a, namespace: w') +
    object('VirtualService', 'name: a, namespace: x') +
    object('VirtualService', 'name: z, creationTimestamp: "2020-01-01T00:00:00Z"');
  const order = (documentOrder: boolean): string[] =>
    meshOf(text, { documentOrder }).objects.virtualServices.map(({ name, namespace }) => `${name}.${namespace}`);
  expect(order(false)).toEqual(['z.default', 'a.w', 'a.x', 'b.x']);
  expect(order(true)).toEqual(['z.default', 'b.x', 'a.w', 'a.x']);
});

test('of one object applied twice the last one counts', () => {
  const text =
    object('VirtualService', 'name: a', 'hosts: [one]') +
    object('VirtualService', 'name: a, namespace: default', 'hosts: [two]', 'networking.istio.io/v1beta1');
  expect(meshOf(text).objects.virtualServices.map(({ spec }) => spec.hosts)).toEqual([['two']]);
});

test('an object that is refused changes nothing of what was applied before, and the first one that is not refused replaces it', () => {
  const version = (host: string): Manifest => ({
    object: { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'a' }, spec: { hosts: [host] } },
    origin: {},
  });
  const hosts = (...written: string[]): readonly string[] =>
    buildMesh(written.map(version), {}, ({ object }) => JSON.stringify(object).includes('bad')).objects.virtualServices.flatMap(({ spec }) => spec.hosts ?? []);
  expect(hosts('one', 'bad')).toEqual(['one']);
  expect(hosts('one', 'bad', 'two')).toEqual(['two']);
});

test('namespaces are those that are declared and those that hold something, with the labels of both', () => {
  const text = object('Namespace', 'name: a, labels: { one: "1", two: "2" }', '', 'v1') + object('Service', 'name: s, namespace: b', '', 'v1');
  expect(Object.fromEntries(meshOf(text, { namespaces: { a: { two: '3' }, c: {} } }).namespaces)).toEqual({
    a: { 'kubernetes.io/metadata.name': 'a', one: '1', two: '3' },
    b: { 'kubernetes.io/metadata.name': 'b' },
    c: { 'kubernetes.io/metadata.name': 'c' },
  });
});

test('services come in order: the older first, then by name or host', () => {
  const text =
    object('ServiceEntry', 'name: x', 'hosts: [b.example.com, a.example.com], ports: []') +
    object('ServiceEntry', 'name: y, creationTimestamp: "2020-01-01T00:00:00Z"', 'hosts: [old.example.com], ports: []') +
    object('Service', 'name: z, namespace: one', '', 'v1') +
    object('Service', 'name: z, namespace: a', '', 'v1') +
    object('Service', 'name: c, namespace: two', '', 'v1');
  expect(meshOf(text).services.map(({ hostname }) => hostname.replace('.svc.cluster.local', ''))).toEqual([
    'c.two',
    'z.a',
    'z.one',
    'old.example.com',
    'a.example.com',
    'b.example.com',
  ]);
});

const label = fc.constantFrom('a', 'b', 'c');
const labels = fc.dictionary(label, label, { noNullPrototype: true });

test('an index of labels finds what a look at everything finds', () => {
  fc.assert(
    fc.property(fc.array(labels), labels, (items, selector) => {
      const found = new LabelIndex(items, (item) => item).select(selector);
      expect(found).toEqual(items.filter((item) => labelsMatch(selector, item)));
    }),
  );
});

test('endpoints of a Service are the pods that its selector selects, in whatever order manifests come', () => {
  const pod = fc.record({ name: fc.constantFrom('p', 'q', 'r', 's', 't'), namespace: label, labels });
  fc.assert(
    fc.property(
      fc.uniqueArray(pod, { selector: ({ name, namespace }) => `${name}.${namespace}` }),
      labels,
      label,
      fc.boolean(),
      (pods, selector, namespace, backwards) => {
        const objects = [
          ...pods.map((metadata) => ({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'app' }] } })),
          { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x', namespace }, spec: { selector, ports: [{ port: 80 }] } },
        ];
        const { services } = buildMesh((backwards ? objects.reverse() : objects).map((each) => ({ object: each, origin: {} })));
        const expected = Object.keys(selector).length === 0 ? [] : pods.filter((each) => each.namespace === namespace && labelsMatch(selector, each.labels));
        expect(new Set(services[0]?.endpoints(80).map(({ workload }) => `${workload?.name}.${workload?.namespace}`))).toEqual(
          new Set(expected.map((each) => `${each.name}.${each.namespace}`)),
        );
      },
    ),
  );
});

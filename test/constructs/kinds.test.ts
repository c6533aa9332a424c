import { ApiObject, Chart, type ChartProps, Testing } from 'cdk8s';
import { kinds } from '../../imports';
import * as constructs from '../../src';

const { IstioObject, isIstioObject } = constructs;
/** The exports as a table, to look kinds up by name. */
const classes = { ...constructs };

/** Every kind with the smallest props that a cluster takes. */
const samples = {
  AuthorizationPolicy: (chart: Chart) => new constructs.AuthorizationPolicy(chart, 'it'),
  DestinationRule: (chart: Chart) => new constructs.DestinationRule(chart, 'it', { host: 'reviews' }),
  EnvoyFilter: (chart: Chart) => new constructs.EnvoyFilter(chart, 'it'),
  Gateway: (chart: Chart) => new constructs.Gateway(chart, 'it', { servers: [{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] }),
  PeerAuthentication: (chart: Chart) => new constructs.PeerAuthentication(chart, 'it'),
  ProxyConfig: (chart: Chart) => new constructs.ProxyConfig(chart, 'it'),
  RequestAuthentication: (chart: Chart) => new constructs.RequestAuthentication(chart, 'it'),
  ServiceEntry: (chart: Chart) => new constructs.ServiceEntry(chart, 'it', { hosts: ['example.com'] }),
  Sidecar: (chart: Chart) => new constructs.Sidecar(chart, 'it', { egress: [{ hosts: ['./*'] }] }),
  Telemetry: (chart: Chart) => new constructs.Telemetry(chart, 'it'),
  TrafficExtension: (chart: Chart) => new constructs.TrafficExtension(chart, 'it', { wasm: { url: 'oci://registry.example.com/filter' } }),
  VirtualService: (chart: Chart) => new constructs.VirtualService(chart, 'it', { http: [{ route: [{ destination: { host: 'reviews' } }] }] }),
  WasmPlugin: (chart: Chart) => new constructs.WasmPlugin(chart, 'it', { url: 'oci://registry.example.com/filter' }),
  WorkloadEntry: (chart: Chart) => new constructs.WorkloadEntry(chart, 'it', { address: '10.0.0.1' }),
  WorkloadGroup: (chart: Chart) => new constructs.WorkloadGroup(chart, 'it', { template: {} }),
};
type KindName = keyof typeof samples;
const names = Object.keys(samples) as KindName[];

/** A chart for manifests that a cluster refuses: of a conversion, nothing may be lost of those either. */
function unchecked(props?: ChartProps): Chart {
  const chart = new Chart(Testing.app(), 'chart', props);
  constructs.configureValidation(chart, { enabled: false });
  return chart;
}

/** The apiVersions that each class takes, as its type states them. */
const versions: { readonly [Name in KindName]: readonly NonNullable<ConstructorParameters<(typeof classes)[Name]>[2]>['apiVersion'][] } = {
  AuthorizationPolicy: ['security.istio.io/v1', 'security.istio.io/v1beta1'],
  DestinationRule: ['networking.istio.io/v1', 'networking.istio.io/v1beta1', 'networking.istio.io/v1alpha3'],
  EnvoyFilter: ['networking.istio.io/v1alpha3'],
  Gateway: ['networking.istio.io/v1', 'networking.istio.io/v1beta1', 'networking.istio.io/v1alpha3'],
  PeerAuthentication: ['security.istio.io/v1', 'security.istio.io/v1beta1'],
  ProxyConfig: ['networking.istio.io/v1beta1'],
  RequestAuthentication: ['security.istio.io/v1', 'security.istio.io/v1beta1'],
  ServiceEntry: ['networking.istio.io/v1', 'networking.istio.io/v1beta1', 'networking.istio.io/v1alpha3'],
  Sidecar: ['networking.istio.io/v1', 'networking.istio.io/v1beta1', 'networking.istio.io/v1alpha3'],
  Telemetry: ['telemetry.istio.io/v1', 'telemetry.istio.io/v1alpha1'],
  TrafficExtension: ['extensions.istio.io/v1alpha1'],
  VirtualService: ['networking.istio.io/v1', 'networking.istio.io/v1beta1', 'networking.istio.io/v1alpha3'],
  WasmPlugin: ['extensions.istio.io/v1alpha1'],
  WorkloadEntry: ['networking.istio.io/v1', 'networking.istio.io/v1beta1', 'networking.istio.io/v1alpha3'],
  WorkloadGroup: ['networking.istio.io/v1', 'networking.istio.io/v1beta1', 'networking.istio.io/v1alpha3'],
};

test('there is one class for each kind of the definitions, with its group and served versions', () => {
  const known = Object.values(kinds).map(({ group, kind, versions: served }) => [kind, served.map((version) => `${group}/${version}`)]);
  expect(Object.fromEntries(known)).toEqual(versions);
  for (const name of names) expect(classes[name].GVK).toEqual({ apiVersion: versions[name][0], kind: name });
});

describe.each(names)('%s', (name) => {
  const kindClass = classes[name] as typeof constructs.Gateway;
  const other = classes[name === 'Gateway' ? 'Sidecar' : 'Gateway'] as typeof constructs.Gateway;
  const isKind = (kindClass as unknown as Record<string, (value: unknown) => boolean>)[`is${name}`] as (value: unknown) => boolean;

  test('is a cdk8s object of its kind with the newest apiVersion', () => {
    const object = samples[name](new Chart(Testing.app(), 'chart'));
    expect(ApiObject.of(object)).toBe(object);
    expect(object.kind).toBe(name);
    expect(object.toJson()).toMatchObject({ apiVersion: versions[name][0], kind: name, metadata: { name: object.name } });
    expect(object.toJson().spec).toEqual(expect.any(Object));
  });

  test('is recognised by its class and by no other', () => {
    const object = samples[name](new Chart(Testing.app(), 'chart'));
    expect([object instanceof kindClass, isKind(object), object instanceof IstioObject, isIstioObject(object)]).toEqual([true, true, true, true]);
    expect(object instanceof other).toBe(false);
    const raw = new ApiObject(Testing.chart(), 'raw', kindClass.GVK);
    for (const stranger of [raw, null, undefined, 'text', {}])
      expect([stranger instanceof kindClass, isKind(stranger), isIstioObject(stranger)]).toEqual([false, false, false]);
  });

  test.each(versions[name])('is made from a manifest of %s, of which nothing is lost', (apiVersion) => {
    const manifest = {
      apiVersion,
      kind: name,
      metadata: { name: 'it', namespace: 'there', annotations: { note: 'kept' }, labels: { app: 'it' }, resourceVersion: '7' },
      spec: { metadata: { labels: { a: 'b' } }, unknown: { deep: [1, {}] }, apiVersion: 'of the spec' },
      status: { conditions: [] },
    };
    const object = kindClass.fromManifest(unchecked({ namespace: 'here' }), 'it', manifest);
    expect(object).toBeInstanceOf(kindClass);
    expect(object.toJson()).toStrictEqual(manifest);
  });

  test('is made from a manifest without spec, which stays without', () => {
    const manifest = { apiVersion: kindClass.GVK.apiVersion, kind: name, metadata: { name: 'it' } };
    expect(kindClass.fromManifest(unchecked(), 'it', manifest).toJson()).toStrictEqual(manifest);
    expect(kindClass.fromManifest(unchecked(), 'it', { ...manifest, spec: {} }).toJson()).toStrictEqual({ ...manifest, spec: {} });
  });

  test('is not made from a manifest of another kind', () => {
    const manifest = { ...other.GVK, metadata: { name: 'stranger' } };
    const { apiVersion } = other.GVK;
    expect(() => kindClass.fromManifest(Testing.chart(), 'it', manifest)).toThrow(
      new RegExp(
        `^${name}\\.fromManifest takes a ${name} of .*; what was given is ${other.GVK.kind} stranger of ${apiVersion} \\(.*kinds\\.test\\.ts:\\d+\\)$`,
      ),
    );
    expect(() => kindClass.fromManifest(Testing.chart(), 'it', { apiVersion: 'example.com/v1', kind: name })).toThrow('example.com/v1');
    expect(() => kindClass.fromManifest(Testing.chart(), 'it', {})).toThrow('has no kind');
    expect(() => kindClass.fromManifest(Testing.chart(), 'it', { ...kindClass.GVK, metadata: { name: 'it' }, spec: [] })).toThrow('spec of it is no object');
  });
});

test('props without any field of the spec give an empty spec: an AuthorizationPolicy that allows nothing', () => {
  const policy = new constructs.AuthorizationPolicy(Testing.chart(), 'deny-all', { metadata: { name: 'deny-all' } });
  expect(policy.toJson()).toStrictEqual({ apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata: { name: 'deny-all' }, spec: {} });
});

test('a WorkloadGroup has the metadata of the object and that of its workloads', () => {
  const group = new constructs.WorkloadGroup(Testing.chart(), 'group', {
    metadata: { name: 'reviews', labels: { of: 'the-object' } },
    workloadMetadata: { labels: { of: 'the-workloads' } },
    template: { ports: { http: 8080 } },
  });
  expect(group.toJson()).toStrictEqual({
    apiVersion: 'networking.istio.io/v1',
    kind: 'WorkloadGroup',
    metadata: { name: 'reviews', labels: { of: 'the-object' } },
    spec: { metadata: { labels: { of: 'the-workloads' } }, template: { ports: { http: 8080 } } },
  });
});

test("a subclass of the user's is recognised as itself and as its kind", () => {
  class Public extends constructs.Gateway {}
  const chart = Testing.chart();
  const open = new Public(chart, 'open');
  const plain = new constructs.Gateway(chart, 'plain');
  expect([open instanceof Public, open instanceof constructs.Gateway, plain instanceof Public]).toEqual([true, true, false]);
});

test('instanceof narrows to the class', () => {
  const value: unknown = samples.Gateway(Testing.chart());
  expect.assertions(1);
  if (value instanceof constructs.Gateway) expect(value.addServer().toJson().spec.servers).toHaveLength(1);
});

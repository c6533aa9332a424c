import type { MeshFacts, WorkloadFact } from '../../src/mesh/facts';
import { sidecarScopeOf } from '../../src/mesh/sidecar-scopes';
import type { Workload } from '../../src/mesh/workload';
import { findWorkload } from '../../src/mesh/workloads';
import { meshOf } from './mesh-of';

const workload = (name: string, namespace: string, more: Partial<WorkloadFact> = {}): WorkloadFact => ({ name, namespace, ...more });
const service = (name: string, namespace: string, ...ports: number[]) => ({
  name,
  namespace,
  ports: (ports.length > 0 ? ports : [80]).map((port) => ({ name: `http-${port}`, port })),
});
const object = (kind: string, name: string, namespace: string, spec: string, created = '2026-01-01T00:00:00Z'): string =>
  `\napiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace}, creationTimestamp: "${created}" }\nspec: { ${spec} }\n---`;
const sidecar = (namespace: string, spec: string, name = 'default', created?: string) => object('Sidecar', name, namespace, spec, created);
const entry = (name: string, namespace: string, spec: string, created?: string) =>
  object('ServiceEntry', name, namespace, `hosts: [api.com], ports: [{ number: 80, name: http }], resolution: DNS, ${spec}`, created);

const facts: MeshFacts = {
  workloads: [
    workload('client', 'shop'),
    workload('special', 'shop', { labels: { app: 'special' } }),
    workload('gate', 'shop', { gateway: true }),
    workload('far', 'other'),
  ],
  services: [service('cart', 'shop'), service('stock', 'other', 80, 90), service('bills', 'money')],
};

const scopeOf = (yaml: string, name = 'client', more: MeshFacts = facts) => {
  const mesh = meshOf(yaml || '{}', more);
  return sidecarScopeOf(mesh, findWorkload(mesh, name) as Workload);
};
const imports = (yaml: string, name = 'client', more?: MeshFacts): string[] =>
  (scopeOf(yaml, name, more).egress[0]?.services() ?? []).map(({ name, namespace }) => `${name}.${namespace}`);
const knows = (yaml: string, hostname: string, name = 'client', more?: MeshFacts) => scopeOf(yaml, name, more).service(hostname);
const host = (name: string) => `${name}.svc.cluster.local`;

describe('the Sidecar of a workload', () => {
  const chosen = (yaml: string, name?: string) => scopeOf(yaml, name).sidecar?.name;
  const forSpecial = (name: string, created?: string) =>
    sidecar('shop', 'workloadSelector: { labels: { app: special } }, egress: [{ hosts: ["./*"] }]', name, created);
  const forAll = (name: string, created?: string) => sidecar('shop', 'egress: [{ hosts: ["./*"] }]', name, created);

  test('is one of its namespace that selects it, else the oldest for all', () => {
    const text = forAll('b', '2020-01-01T00:00:00Z') + forAll('a') + forSpecial('z') + forSpecial('y2', '2020-01-01T00:00:00Z');
    expect(chosen(text)).toBe('b');
    expect(chosen(text, 'special')).toBe('y2');
  });

  test('is that of the root namespace only where the own namespace has none that fits', () => {
    const root = sidecar('istio-system', 'egress: [{ hosts: ["./*"] }]', 'root');
    expect(chosen(root + forSpecial('z'))).toBe('root');
    expect(chosen(root + forSpecial('z'), 'special')).toBe('z');
    expect(imports(root, 'far')).toEqual(['stock.other']);
    expect(chosen(sidecar('istio-system', 'workloadSelector: { labels: { app: client } }', 'selecting'))).toBeUndefined();
  });

  test('does not exist for gateways', () => {
    expect(imports(forAll('a'), 'gate')).toEqual(['bills.money', 'cart.shop', 'stock.other']);
  });
});

describe('egress hosts', () => {
  const hosts = (...entries: string[]) => sidecar('shop', `egress: [{ hosts: [${entries.map((each) => `"${each}"`).join()}] }]`);

  test.each([
    [['*/*'], ['bills.money', 'cart.shop', 'stock.other']],
    [['./*'], ['cart.shop']],
    [['other/*'], ['stock.other']],
    [
      ['*/stock.other.svc.cluster.local', './*'],
      ['cart.shop', 'stock.other'],
    ],
    [['other/stock.other.svc.cluster.local'], ['stock.other']],
    [['money/stock.other.svc.cluster.local'], []],
    [['*/*.other.svc.cluster.local'], ['stock.other']],
    [['~/*'], []],
    [
      ['*/*', '~money/*'],
      ['cart.shop', 'stock.other'],
    ],
    [
      ['*/*', '~*/bills.money.svc.cluster.local'],
      ['cart.shop', 'stock.other'],
    ],
    [
      ['*/*', '~./*'],
      ['bills.money', 'stock.other'],
    ],
    [['other/stock.other.svc.cluster.local', '~other/*.svc.cluster.local'], []],
  ])('%j import %j', (entries, expected) => {
    expect(imports(hosts(...entries))).toEqual(expected);
    for (const name of ['bills.money', 'cart.shop', 'stock.other']) {
      expect(scopeOf(hosts(...entries)).egress[0]?.service(host(name)) !== undefined).toBe(expected.includes(name));
    }
  });

  test('import everything where a Sidecar, or its egress, is missing', () => {
    expect(imports('')).toHaveLength(3);
    expect(imports(sidecar('shop', 'ingress: [{ port: { number: 80, protocol: HTTP, name: http }, defaultEndpoint: "127.0.0.1:8080" }]'))).toHaveLength(3);
  });

  test('a service that is not exported to the namespace stays hidden', () => {
    const annotations = { 'networking.istio.io/exportTo': 'money' };
    const more = { ...facts, services: [{ ...service('stock', 'other'), annotations }, service('cart', 'shop')] };
    expect(imports(hosts('*/*'), 'client', more)).toEqual(['cart.shop']);
    expect(imports(hosts('other/stock.other.svc.cluster.local'), 'client', more)).toEqual([]);
  });

  test('an exact host imports no wildcard service, a wildcard only those within it', () => {
    const text = object('ServiceEntry', 'e', 'shop', 'hosts: ["*.api.com"], ports: [{ number: 80, name: http }]');
    expect(imports(text + hosts('./a.api.com'))).toEqual([]);
    expect(imports(text + hosts('./*.api.com'))).toHaveLength(1);
    expect(imports(text + hosts('./*.b.api.com'))).toEqual([]);
  });
});

describe('a VirtualService is imported', () => {
  const vs = (hosts: string, spec = 'http: [{ route: [{ destination: { host: stock.other.svc.cluster.local } }] }]') =>
    object('VirtualService', 'v', 'money', `hosts: [${hosts}], ${spec}`);
  const found = (text: string) => scopeOf(text).egress[0]?.virtualServices().length;
  const hosts = (...entries: string[]) => sidecar('shop', `egress: [{ hosts: [${entries.map((each) => `"${each}"`).join()}] }]`);

  test('whole, where one of its hosts overlaps an imported one and its namespace fits', () => {
    expect(found(vs('bills, x.com') + hosts('money/*.svc.cluster.local'))).toBe(1);
    expect(found(vs('"*.com"') + hosts('money/a.com'))).toBe(1);
    expect(found(vs('a.com') + hosts('money/b.com'))).toBe(0);
    expect(found(vs('a.com') + hosts('./*'))).toBe(0);
    expect(found(vs('a.com') + hosts('*/a.com'))).toBe(1);
  });

  test('unless the host by which it would be is excluded', () => {
    expect(found(vs('a.com') + hosts('*/*', '~money/a.com'))).toBe(0);
    expect(found(vs('a.com, b.com') + hosts('*/*', '~money/a.com'))).toBe(1);
  });

  test('together with the services it sends requests to, on the ports that it names', () => {
    const text = vs('bills') + hosts('money/*');
    expect(imports(text)).toEqual(['bills.money']);
    expect(knows(text, host('stock.other'))?.ports.map(({ number }) => number)).toEqual([80, 90]);
    expect(knows(hosts('money/*'), host('stock.other'))).toBeUndefined();
    const onPort = (number: number) =>
      vs('bills', `http: [{ route: [{ destination: { host: stock.other.svc.cluster.local, port: { number: ${number} } } }] }]`) + hosts('money/*');
    expect(knows(onPort(90), host('stock.other'))?.ports.map(({ number }) => number)).toEqual([90]);
    expect(knows(onPort(91), host('stock.other'))).toBeUndefined();
  });

  test('but not those that routes for callers of other namespaces send to', () => {
    const from = (namespace: string) =>
      vs(
        'bills',
        `http: [{ match: [{ sourceNamespace: ${namespace} }, { uri: { exact: / } }], route: [{ destination: { host: stock.other.svc.cluster.local } }] }]`,
      ) + hosts('money/*');
    expect(knows(from('shop'), host('stock.other'))).toBeDefined();
    expect(knows(from('other'), host('stock.other'))).toBeUndefined();
  });

  test('of several namespaces that have a destination, from the oldest, or as older releases did from the first by name', () => {
    const to =
      vs('bills', 'http: [{ route: [{ destination: { host: api.com } }] }]') +
      hosts('money/*') +
      entry('a', 'zoo', '', '2019-01-01T00:00:00Z') +
      entry('b', 'ark', '', '2020-01-01T00:00:00Z');
    expect(knows(to, 'api.com')?.namespace).toBe('zoo');
    expect(knows(to, 'api.com', 'client', { ...facts, env: { PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE: 'false' } })?.namespace).toBe('ark');
  });

  test('with mirrors, tcp and tls destinations too', () => {
    const to = 'destination: { host: stock.other.svc.cluster.local }';
    for (const spec of [
      `http: [{ directResponse: { status: 200 }, mirror: { host: stock.other.svc.cluster.local } }]`,
      `http: [{ directResponse: { status: 200 }, mirrors: [{ ${to} }] }]`,
      `tcp: [{ route: [{ ${to} }] }]`,
      `tls: [{ match: [{ sniHosts: [bills] }], route: [{ ${to} }] }]`,
    ]) {
      expect(knows(vs('bills', spec) + hosts('money/*'), host('stock.other'))).toBeDefined();
    }
  });
});

describe('one hostname of several namespaces', () => {
  const owner = (yaml: string, name?: string) => [
    scopeOf(yaml, name).egress[0]?.service('api.com')?.namespace,
    knows(yaml, 'api.com', name)?.namespace,
    scopeOf(yaml, name)
      .egress[0]?.services()
      .filter(({ hostname }) => hostname === 'api.com').length,
  ];
  const two = entry('b', 'money', 'exportTo: ["*"]', '2020-01-01T00:00:00Z') + entry('a', 'other', 'exportTo: ["*"]', '2021-01-01T00:00:00Z');

  test('is that of the own namespace, else the oldest', () => {
    expect(owner(two)).toEqual(['money', 'money', 1]);
    expect(owner(two, 'far')).toEqual(['other', 'other', 1]);
  });

  test('is one that is exported by name before public ones', () => {
    expect(owner(two + entry('c', 'third', 'exportTo: [shop]'))).toEqual(['third', 'third', 1]);
  });

  test('is that of Kubernetes before others, for gateways even before the own namespace', () => {
    const text = object(
      'ServiceEntry',
      'squatter',
      'a-first',
      `hosts: [${host('cart.shop')}], ports: [{ number: 80, name: http }], resolution: DNS`,
      '2019-01-01T00:00:00Z',
    );
    expect(knows(text, host('cart.shop'))?.namespace).toBe('shop');
    expect(knows(text, host('cart.shop'), 'far')?.namespace).toBe('shop');
    expect(knows(text.replaceAll('a-first', 'other'), host('cart.shop'), 'far')?.namespace).toBe('other');
    expect(knows(text.replaceAll('a-first', 'other'), host('cart.shop'), 'gate')?.registry).toBe('Kubernetes');
  });

  test('has the ports of all declarations of one namespace', () => {
    const text =
      entry('a', 'shop', 'location: MESH_EXTERNAL') + entry('b', 'shop', 'location: MESH_EXTERNAL').replace('number: 80, name: http', 'number: 443, name: tls');
    expect(knows(text, 'api.com')?.ports.map(({ number }) => number)).toEqual([80, 443]);
    expect(knows(text, 'api.com')?.endpoints(443)).toMatchObject([{ address: 'api.com', port: 443 }]);
    expect(knows(text, 'api.com', 'gate')?.ports).toHaveLength(2);
  });
});

describe('an egress listener with a port', () => {
  const text = sidecar(
    'shop',
    'egress: [{ port: { number: 90, protocol: HTTP, name: http }, bind: 127.0.0.1, captureMode: NONE, hosts: ["other/*"] }, { hosts: ["./*"] }]',
  );

  test('imports only services that have it, and only with it', () => {
    const [first, second] = scopeOf(text).egress;
    expect(first?.services().map(({ name, ports }) => [name, ports.map(({ number }) => number)])).toEqual([['stock', [90]]]);
    expect(second?.services().map(({ name }) => name)).toEqual(['cart']);
    expect(first).toMatchObject({ port: { number: 90 }, bind: '127.0.0.1', captureMode: 'NONE', source: { path: 'spec.egress[0]' } });
    expect(knows(text, host('stock.other'))?.ports.map(({ number }) => number)).toEqual([90]);
    expect(knows(text, host('stock.other'))?.endpoints(90)).toEqual([]);
  });

  test('imports services of all ports where it is an HTTP proxy', () => {
    expect(scopeOf(text.replace('protocol: HTTP,', 'protocol: HTTP_PROXY,')).egress[0]?.services()[0]?.ports).toHaveLength(2);
  });

  test('adds its port to those that another listener imports', () => {
    const both = text.replace('"./*"', '"./*", "other/*"');
    expect(
      knows(both, host('stock.other'))
        ?.ports.map(({ number }) => number)
        .sort(),
    ).toEqual([80, 90]);
  });
});

test('outboundTrafficPolicy is that of the Sidecar, where a mode left out means REGISTRY_ONLY, else that of the mesh', () => {
  const mode = (text: string, mesh = {}) => scopeOf(text, 'client', { ...facts, mesh }).outboundTrafficPolicy.mode;
  expect(mode('')).toBe('ALLOW_ANY');
  expect(mode('', { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } })).toBe('REGISTRY_ONLY');
  expect(mode(sidecar('shop', 'outboundTrafficPolicy: { mode: ALLOW_ANY }'), { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } })).toBe('ALLOW_ANY');
  expect(mode(sidecar('shop', 'outboundTrafficPolicy: {}'))).toBe('REGISTRY_ONLY');
});

test('other names of a service come with it, where the hosts take them in', () => {
  const more = {
    ...facts,
    services: [...(facts.services ?? []), { name: 'alias', namespace: 'shop', type: 'ExternalName', externalName: host('cart.shop'), ports: [{ port: 80 }] }],
  };
  const aliases = (text: string) => {
    const [egress] = scopeOf(text, 'client', more).egress;
    const cart = egress?.service(host('cart.shop'));
    return cart && egress?.aliases(cart).map(({ name }) => name);
  };
  expect(aliases('')).toEqual(['alias']);
  expect(aliases(sidecar('shop', `egress: [{ hosts: ["./${host('cart.shop')}"] }]`))).toEqual([]);
  expect(aliases(sidecar('shop', 'egress: [{ hosts: ["./*"] }]'))).toEqual(['alias']);
});

test('scopes that import all share what they import', () => {
  const mesh = meshOf('{}', facts);
  const [client, far] = ['client', 'far'].map((name) => sidecarScopeOf(mesh, findWorkload(mesh, name) as Workload).egress[0]);
  expect(client?.services()).toBe(far?.services());
  expect(client?.virtualServices()).toBe(far?.virtualServices());
});

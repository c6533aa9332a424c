import { Coverage, Mesh } from '../../src/simulation';

const object = (kind: string, name: string, spec: object, group = 'networking') => ({
  apiVersion: `${group}.istio.io/v1`,
  kind,
  metadata: { name, namespace: 'shop' },
  spec,
});
const to = (host: string, subset?: string) => [{ destination: { host, ...(subset ? { subset } : {}) } }];
const manifests = [
  object('VirtualService', 'cart', {
    hosts: ['cart'],
    http: [
      ...Array.from({ length: 10 }, (_, index) => ({ match: [{ uri: { exact: `/${index}` } }], route: to('cart', 'v1') })),
      { name: 'last', route: to('cart', 'v2'), mirror: { host: 'audit' } },
    ],
  }),
  object('DestinationRule', 'cart', { host: 'cart', subsets: ['v1', 'v2'].map((name) => ({ name, labels: { version: name } })) }),
  object('VirtualService', 'audit', { hosts: ['audit'], http: [{ route: to('audit') }] }),
  object(
    'AuthorizationPolicy',
    'cart',
    { selector: { matchLabels: { app: 'cart' } }, rules: [{ to: [{ operation: { methods: ['GET'] } }] }, { to: [{ operation: { methods: ['PUT'] } }] }] },
    'security',
  ),
  object('VirtualService', 'refused', { hosts: ['cart'], http: [{ route: to('cart') }], no: 1 }),
  object('VirtualService', 'database', { hosts: ['database'], tcp: [{ match: [{ port: 5432 }], route: to('database') }, { route: to('database') }] }),
];
const facts = {
  services: [
    ...['cart', 'audit'].map((name) => ({ name, namespace: 'shop', ports: [{ name: 'http', port: 80 }], selector: { app: name } })),
    { name: 'database', namespace: 'shop', ports: [{ name: 'tcp', port: 5432 }], selector: { app: 'database' } },
  ],
  workloads: [
    ...['v1', 'v2'].map((version) => ({ name: `cart-${version}`, namespace: 'shop', labels: { app: 'cart', version } })),
    ...['page', 'audit', 'database'].map((name) => ({ name, namespace: 'shop' })),
  ],
};
const mesh = (): Mesh => Mesh.of(manifests, facts);
const places = ({ missed }: Coverage): string[] => missed.map(({ object: { name }, path }) => `${name} ${path.replace(/^spec\./, '')}`);

test('everything is there to be met, but what a cluster would refuse', () => {
  const { items, missed, share } = mesh().coverage();
  expect(missed).toEqual(items);
  expect(share).toBe(0);
  const count = (kind: string): number => items.filter((each) => each.kind === kind).length;
  expect([count('route'), count('destination'), count('subset'), count('rule')]).toEqual([14, 14, 2, 2]);
  expect(items.some(({ object: { name } }) => name === 'refused')).toBe(false);
  expect(items.find(({ path }) => path === 'spec.http[10]')).toEqual({
    kind: 'route',
    object: { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', namespace: 'shop', name: 'cart' },
    path: 'spec.http[10]',
    name: 'last',
  });
});

test('a request meets its route, destination, subset and rule, and no other of a similar name', () => {
  const asked = mesh();
  const coverage = asked.coverage();
  asked.request({ from: 'page', to: 'http://cart/1' });
  const met = coverage.items.filter((item) => !coverage.missed.some(({ path, object: { kind } }) => path === item.path && kind === item.object.kind));
  expect(met.map(({ path }) => path)).toEqual(['spec.http[1]', 'spec.http[1].route[0]', 'spec.subsets[0]', 'spec.rules[0]']);
});

test('every way counts, requests of a series too, and bytes', () => {
  const asked = mesh();
  const coverage = asked.coverage();
  asked.series().request({ from: 'page', to: 'http://cart/', method: 'PUT' });
  asked.request({ from: 'page', to: 'tcp://database:5432' });
  expect(places(coverage)).not.toContain('cart http[10]');
  expect(places(coverage)).not.toContain('cart rules[1]');
  expect(places(coverage)).not.toContain('database tcp[0]');
  expect(places(coverage)).toContain('database tcp[1]');
});

test('counting begins when it is asked for', () => {
  const asked = mesh();
  expect(asked.isCounting).toBe(false);
  asked.request({ from: 'page', to: 'http://cart/1' });
  expect(asked.coverage().share).toBe(0);
  expect(asked.isCounting).toBe(true);
});

test('several meshes of the same manifests are one configuration, those of others are more', () => {
  const shared = manifests.map((each) => ({ object: each, origin: {} }));
  const [one, other] = [Mesh.of(shared, facts), Mesh.of(shared, facts)];
  const coverages = [one.coverage(), other.coverage()];
  one.request({ from: 'page', to: 'http://cart/1' });
  other.request({ from: 'page', to: 'http://cart/2' });
  const together = Coverage.together(coverages);
  expect(together.items).toHaveLength(32);
  expect(places(together)).not.toContain('cart http[1]');
  expect(places(together)).not.toContain('cart http[2]');
  expect(places(together)).toContain('cart http[3]');
  expect(Coverage.together([...coverages, mesh().coverage()]).items).toHaveLength(64);
});

test('where there is nothing to meet, the report says so', () => {
  expect(Coverage.together([]).share).toBe(1);
  expect(Mesh.of([]).coverage().report()).toBe('coverage: there is nothing to meet');
});

import { virtualServicesFor } from '../../src/mesh/virtual-services';
import { meshOf } from './mesh-of';

const vs = (name: string, namespace: string, spec: string, created = '2026-01-01T00:00:00Z'): string =>
  `\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}, namespace: ${namespace}, creationTimestamp: "${created}" }\nspec: { ${spec} }\n---`;

const names = (text: string, namespace: string, gateway = 'mesh', facts = {}): string[] =>
  virtualServicesFor(meshOf(text, facts), namespace, gateway).map(({ object }) => object.name);

test('short hosts belong to the namespace of the VirtualService, wherever they stand; names with a dot stay as they are', () => {
  const [found] = virtualServicesFor(
    meshOf(
      vs(
        'a',
        'shop',
        `hosts: [cart, cart.other, "*", 10.0.0.1],
        http: [{ route: [{ destination: { host: cart } }], mirror: { host: m }, mirrors: [{ destination: { host: o } }] }],
        tcp: [{ route: [{ destination: { host: t } }] }], tls: [{ match: [{ sniHosts: [x] }], route: [{ destination: { host: u.com } }] }]`,
      ),
    ),
    'default',
    'mesh',
  );
  expect(found?.hosts).toEqual(['cart.shop.svc.cluster.local', 'cart.other', '*', '10.0.0.1']);
  expect(found?.http[0]?.spec).toMatchObject({
    route: [{ destination: { host: 'cart.shop.svc.cluster.local' } }],
    mirror: { host: 'm.shop.svc.cluster.local' },
    mirrors: [{ destination: { host: 'o.shop.svc.cluster.local' } }],
  });
  expect([...(found?.tcp ?? []), ...(found?.tls ?? [])].map(({ route }) => route?.[0]?.destination.host)).toEqual(['t.shop.svc.cluster.local', 'u.com']);
});

test.each([
  ['gw', 'shop/gw'],
  ['./gw', 'shop/gw'],
  ['infra/gw', 'infra/gw'],
  ['gw.infra', 'infra/gw'],
  ['gw.infra.svc.cluster.local', 'infra/gw'],
  ['mesh', 'mesh'],
])('a Gateway written as %s is %s', (written, name) => {
  const text = vs('a', 'shop', `hosts: [x.com], gateways: [${written}], http: [{ match: [{ gateways: [${written}] }], directResponse: { status: 200 } }]`);
  const [found] = virtualServicesFor(meshOf(text), 'shop', name);
  expect(found?.gateways).toEqual([name]);
  expect(found?.http[0]?.matches[0]?.spec.gateways).toEqual([name]);
});

test('without gateways a VirtualService is for sidecars, with them only where mesh is among them', () => {
  const text =
    vs('none', 'a', 'hosts: [x]') +
    vs('empty', 'a', 'hosts: [x], gateways: []') +
    vs('gw', 'a', 'hosts: [x], gateways: [gw]') +
    vs('both', 'a', 'hosts: [x], gateways: [gw, mesh]');
  expect(names(text, 'a')).toEqual(['both', 'empty', 'none']);
  expect(names(text, 'a', 'a/gw')).toEqual(['both', 'gw']);
});

test('what is private to the namespace counts first, then what names it, then what is public; each by age, then by name', () => {
  const text =
    vs('public-old', 'b', 'hosts: [x]', '2020-01-01T00:00:00Z') +
    vs('public-own', 'a', 'hosts: [x]') +
    vs('public-b', 'a', 'hosts: [x]', '2021-01-01T00:00:00Z') +
    vs('public-a', 'a', 'hosts: [x]', '2021-01-01T00:00:00Z') +
    vs('named', 'b', 'hosts: [x], exportTo: [a]', '2019-01-01T00:00:00Z') +
    vs('private', 'a', 'hosts: [x], exportTo: ["."]', '2022-01-01T00:00:00Z') +
    vs('by-name', 'a', 'hosts: [x], exportTo: [a, c]', '2023-01-01T00:00:00Z') +
    vs('hidden', 'b', 'hosts: [x], exportTo: ["."]');
  expect(names(text, 'a')).toEqual(['private', 'by-name', 'named', 'public-old', 'public-a', 'public-b', 'public-own']);
  expect(names(text, 'c')).toEqual(['by-name', 'public-old', 'public-a', 'public-b', 'public-own']);
});

test('a star makes public whatever stands beside it, and the mesh may have another default', () => {
  const text = vs('star', 'b', 'hosts: [x], exportTo: [c, "*"]') + vs('default', 'b', 'hosts: [x]');
  expect(names(text, 'a')).toEqual(['default', 'star']);
  expect(names(text, 'a', 'mesh', { mesh: { defaultVirtualServiceExportTo: ['.'] } })).toEqual(['star']);
  expect(names(text, 'b', 'mesh', { mesh: { defaultVirtualServiceExportTo: ['.'] } })).toEqual(['default', 'star']);
});

test('namespaces that see nothing of their own share one list', () => {
  const mesh = meshOf(vs('a', 'a', 'hosts: [x]') + vs('b', 'b', 'hosts: [x], exportTo: ["."]'));
  expect(virtualServicesFor(mesh, 'c', 'mesh')).toBe(virtualServicesFor(mesh, 'd', 'mesh'));
  expect(virtualServicesFor(mesh, 'b', 'mesh')).toBe(virtualServicesFor(mesh, 'b', 'mesh'));
});

describe('a route that delegates', () => {
  const root = (more = '') =>
    vs(
      'root',
      'shop',
      `hosts: [x], http: [{ name: first, directResponse: { status: 200 } }, { name: r, match: [{ uri: { prefix: /a } }], delegate: { name: d${more} }, timeout: 3s }]`,
    );
  const delegate = (namespace: string, more = '') =>
    vs(
      'd',
      namespace,
      `http: [{ name: one, match: [{ uri: { prefix: /a/b } }], route: [{ destination: { host: cart } }] }, { name: two, route: [{ destination: { host: cart } }] }]${more}`,
    );
  const routes = (text: string) =>
    virtualServicesFor(meshOf(text), 'shop', 'mesh').flatMap(({ http }) =>
      http.map(({ spec, source }) => [spec.name, spec.route?.[0]?.destination.host, source.path]),
    );

  test('gives its place to the routes of the delegate, whose names belong to the delegate', () => {
    expect(routes(root(', namespace: other') + delegate('other'))).toEqual([
      ['first', undefined, 'spec.http[0]'],
      ['r-one', 'cart.other.svc.cluster.local', 'spec.http[0]'],
      ['r-two', 'cart.other.svc.cluster.local', 'spec.http[1]'],
    ]);
    expect(routes(root() + delegate('shop'))).toHaveLength(3);
  });

  test('vanishes alone where the delegate is missing, has hosts of its own, or is hidden', () => {
    const left = [['first', undefined, 'spec.http[0]']];
    expect(routes(root())).toEqual(left);
    expect(routes(root(', namespace: other') + delegate('other', ', exportTo: ["."]'))).toEqual(left);
    expect(routes(root(', namespace: other') + delegate('other', ', exportTo: [shop]'))).toHaveLength(3);
    expect(routes(root() + vs('d', 'shop', 'hosts: [z], http: [{ directResponse: { status: 200 } }]'))).toContainEqual(left[0]);
  });

  test('is the only use of a delegate', () => {
    expect(names(delegate('shop'), 'shop')).toEqual([]);
  });
});

import { Chart, Testing } from 'cdk8s';
import * as plus27 from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import fc from 'fast-check';
import { authorLocation, Gateway, IngressRoute, type IngressRouteRule, TrafficSplit } from '../../src';
import { toMatches } from '../../src/patterns/request-match';
import { callLine, type Manifest, manifests, specOf } from './manifests';

const shop = (): Chart => new Chart(Testing.app(), 'chart', { namespace: 'shop' });
const hosts = ['shop.example.com'] as const;
const everything = [{ to: 'web' }] as const;

/** The routes as `path -> host`, in their order. */
function table(chart: Chart): string[] {
  const text = ({ uri = {}, headers }: Manifest) =>
    `${uri.exact ? `=${uri.exact}` : (uri.prefix ?? uri.regex ?? '*')}${headers ? ` ${JSON.stringify(headers)}` : ''}`;
  return specOf(chart, 'VirtualService').http.map(({ match, route }: Manifest) => `${match?.map(text).join(' or ') ?? '*'} -> ${route[0].destination.host}`);
}

describe('the Gateway', () => {
  test('opens HTTP for its hosts, for routes of its own namespace, at the ingress gateway only (M38, M55, M59)', () => {
    const chart = shop();
    new IngressRoute(chart, 'ingress', { hosts, routes: everything });
    expect(specOf(chart, 'Gateway')).toEqual({
      selector: { istio: 'ingressgateway' },
      servers: [{ hosts: ['./shop.example.com'], port: { name: 'http', number: 80, protocol: 'HTTP' } }],
    });
    expect(specOf(chart, 'VirtualService')).toMatchObject({ gateways: ['shop-example-com'], hosts: ['shop.example.com'] });
  });

  test('with a certificate HTTP redirects to the HTTPS server that is there, with the mode that HTTP routes need (M20, M51, M57)', () => {
    const chart = shop();
    new IngressRoute(chart, 'ingress', { hosts, certificate: 'shop-cert', routes: everything });
    expect(specOf(chart, 'Gateway').servers).toEqual([
      { hosts: ['./shop.example.com'], port: { name: 'http', number: 80, protocol: 'HTTP' }, tls: { httpsRedirect: true } },
      { hosts: ['./shop.example.com'], port: { name: 'https', number: 443, protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: 'shop-cert' } },
    ]);
  });

  test('there is no redirect without a certificate, as behind a load balancer that ends TLS (M19, M20)', () => {
    const chart = shop();
    new IngressRoute(chart, 'ingress', { hosts, routes: everything });
    expect(JSON.stringify(specOf(chart, 'Gateway'))).not.toContain('httpsRedirect');
  });

  test('HTTP can be served beside HTTPS, and certificates asked of callers', () => {
    const chart = shop();
    new IngressRoute(chart, 'ingress', { hosts, certificate: 'shop-cert', redirect: false, clientCertificates: true, routes: everything });
    expect(specOf(chart, 'Gateway').servers.map(({ tls }: Manifest) => tls?.mode)).toEqual([undefined, 'MUTUAL']);
  });

  test.each([
    ['cdk8s-plus-27', plus27],
    ['cdk8s-plus-34', plus34],
  ] as const)('a Secret of %s must be where the pods of the gateway are (M56)', (_name, plus) => {
    const secret = (namespace: string) => new plus.Secret(shop(), 'secret', { metadata: { name: 'shop-cert', namespace } });
    const { line, error } = callLine(() => new IngressRoute(shop(), 'ingress', { hosts, certificate: secret('shop'), routes: everything }));
    expect(error).toMatch(/^Secret shop\/shop-cert must be in istio-system: the gateway's pods read certificates of their own namespace only/);
    expect(error).toMatch(new RegExp(`ingress-route\\.test\\.ts:${line}\\)$`));
    for (const [namespace, workloadNamespace] of [['istio-system'], ['edge', 'edge']] as const) {
      const chart = shop();
      new IngressRoute(chart, 'ingress', { hosts, certificate: secret(namespace), routes: everything, ...(workloadNamespace ? { workloadNamespace } : {}) });
      expect(specOf(chart, 'Gateway').servers[1].tls.credentialName).toBe('shop-cert');
    }
  });

  test('a cert-manager Certificate stands for its Secret (M56)', () => {
    const chart = shop();
    const certificate = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name: 'shop', metadata: { namespace: 'istio-system' } };
    new IngressRoute(chart, 'ingress', { hosts, certificate, routes: everything });
    expect(specOf(chart, 'Gateway').servers[1].tls.credentialName).toBe('shop');
  });

  test('an empty selector, which is every gateway, is refused (M55)', () => {
    expect(() => new IngressRoute(shop(), 'ingress', { hosts, selector: {}, routes: everything })).toThrow(
      'an empty selector opens the hosts at every gateway',
    );
  });

  test('a shared gateway is named across namespaces, and must serve the hosts (M37, M38)', () => {
    const chart = shop();
    const edge = new Chart(chart, 'edge', { namespace: 'edge' });
    const gateway = new Gateway(edge, 'gateway', {
      metadata: { name: 'public' },
      selector: { istio: 'ingressgateway' },
      servers: [{ hosts: ['shop/shop.example.com', 'b.example.com'], port: { number: 80, name: 'http', protocol: 'HTTP' } }],
    });
    new IngressRoute(chart, 'ingress', { hosts, gateway, routes: everything });
    expect(specOf(chart, 'VirtualService').gateways).toEqual(['edge/public']);
    new IngressRoute(new Chart(chart, 'other', { namespace: 'other' }), 'ingress', { hosts, gateway, routes: everything });
    expect(() => Testing.synth(chart)).toThrow('Gateway public does not serve the host shop.example.com to this namespace');
  });

  test('one host at one gateway, and one certificate, belong to one pattern (M14, M53, M54)', () => {
    const chart = shop();
    let first: IngressRoute | undefined;
    const { line } = callLine(() => (first = new IngressRoute(chart, 'ingress', { hosts, certificate: 'cert', routes: everything })));
    expect(() => new IngressRoute(chart, 'again', { hosts, routes: everything })).toThrow(
      new RegExp(`the ingress of shop\\.example\\.com at .* is already made by chart/ingress \\(.*:${line}\\)`),
    );
    expect(() => new IngressRoute(chart, 'other', { hosts: ['b.example.com'], certificate: 'cert', routes: everything })).toThrow('the certificate cert at');
    const gateway = first?.gateway as Gateway;
    expect(() => new TrafficSplit(chart, 'split', { host: 'web', shares: { v1: 100 }, ingress: { gateway, hosts } })).toThrow('already made by chart/ingress');
    new IngressRoute(chart, 'inside', { hosts, selector: { istio: 'inside' }, name: 'inside', routes: everything });
  });
});

describe('the routes', () => {
  test('stand most specific first, whatever order they were added in (M01, M02)', () => {
    const routes: IngressRouteRule[] = [
      { to: 'web' },
      { path: '/api', to: 'api' },
      { path: '/api/v2', to: 'api2' },
      { path: { prefix: '/ap' }, to: 'short' },
      { path: { regex: '/api/v[0-9]+/items' }, to: 'items' },
      { path: { exact: '/api' }, to: 'exact' },
      { path: '/api', headers: { canary: true }, to: 'canary' },
      { headers: { canary: true }, to: 'canary' },
    ];
    const expected = [
      '=/api -> exact',
      '=/api/v2 or /api/v2/ -> api2',
      '/api/v[0-9]+/items -> items',
      '=/api {"canary":{"regex":".*"}} or /api/ {"canary":{"regex":".*"}} -> canary',
      '/api/ -> api',
      '/ap -> short',
      '* {"canary":{"regex":".*"}} -> canary',
      '* -> web',
    ];
    const printed = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    fc.assert(
      fc.property(fc.shuffledSubarray(routes, { minLength: routes.length }), fc.nat(routes.length), (shuffled, cut) => {
        const chart = shop();
        new IngressRoute(chart, 'ingress', { hosts, routes: shuffled.slice(0, cut) }).addRoute(...shuffled.slice(cut));
        expect(table(chart)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
    // The checks of a single object, which warn about routes that others hide, find nothing.
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });

  test('no route stands before one whose requests it takes too (M01, M02)', () => {
    const value = fc.oneof(
      fc.constantFrom('a', 'ab'),
      fc.constantFrom('a', 'ab').map((prefix) => ({ prefix })),
      fc.constant(true as const),
    );
    const path = fc.oneof(
      fc.constantFrom('/', '/a', '/a/b'),
      fc.constantFrom('/a', '/a/b', '/').map((exact) => ({ exact })),
      fc.constantFrom('/a', '/a/', '/').map((prefix) => ({ prefix })),
    );
    const rule = fc.record({ path, headers: fc.dictionary(fc.constantFrom('x', 'y'), value, { maxKeys: 2 }) }, { requiredKeys: [] });
    const printed = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const requests = ['/', '/a', '/a/', '/a/b', '/ab', '/a/b/c', '/c'].flatMap((at) =>
      [undefined, 'a', 'ab', 'abc', 'b'].flatMap((x) => [undefined, 'a', 'ab', 'abc', 'b'].map((y) => ({ at, x, y }))),
    );
    fc.assert(
      fc.property(fc.uniqueArray(rule, { minLength: 2, maxLength: 5, selector: (each) => JSON.stringify(each) }), (rules) => {
        const chart = shop();
        try {
          new IngressRoute(chart, 'ingress', { hosts, routes: rules.map((each, index) => ({ ...each, to: `service-${index}` })) });
        } catch {
          return; // Two spellings of the same requests.
        }
        const order: number[] = specOf(chart, 'VirtualService').http.map(({ route: [{ destination }] }: Manifest) =>
          Number(destination.host.slice('service-'.length)),
        );
        const taken = order.map((index) => {
          const matches = toMatches(rules[index] ?? {});
          return requests.filter((request) => (matches.length > 0 ? matches : [{}]).some((match) => holds(match, request)));
        });
        for (const [index, earlier] of taken.entries()) {
          for (const later of taken.slice(index + 1)) {
            const hidden = later.every((request) => earlier.includes(request)) && earlier.length > later.length;
            expect(hidden).toBe(false);
          }
        }
      }),
      { numRuns: 500 },
    );
    printed.mockRestore();
  });

  test('a path as text is a segment: no path that only begins alike is taken (M07)', () => {
    const chart = shop();
    new IngressRoute(chart, 'ingress', { hosts, routes: [{ path: '/foo/', to: 'foo' }] });
    expect(specOf(chart, 'VirtualService').http[0].match).toEqual([{ uri: { exact: '/foo' } }, { uri: { prefix: '/foo/' } }]);
  });

  test.each([
    [
      '/api',
      '/',
      [
        ['=/api', '/'],
        ['/api/', '/'],
      ],
    ],
    [
      '/api',
      '/v1/',
      [
        ['=/api', '/v1'],
        ['/api/', '/v1/'],
      ],
    ],
    [{ prefix: '/api' }, '/v1/', [['/api', '/v1']]],
    [{ exact: '/api' }, '/v1', [['=/api', '/v1']]],
    ['/', '/v1', [['/', '/v1/']]],
    [undefined, '/v1', [['/', '/v1/']]],
  ] as const)('the path %j rewritten to %j neither doubles nor loses a slash (M21, M22)', (path, rewrite, expected) => {
    const chart = shop();
    new IngressRoute(chart, 'ingress', { hosts, routes: [{ ...(path ? { path } : {}), to: 'api', rewrite }] });
    const { http } = specOf(chart, 'VirtualService');
    expect(http.map(({ match: [{ uri }], rewrite: { uri: to } }: Manifest) => [uri.exact ? `=${uri.exact}` : uri.prefix, to])).toEqual(expected);
  });

  test('a rewrite behind a regex, which would replace the whole path, is refused (M22)', () => {
    const { line, error } = callLine(() => new IngressRoute(shop(), 'ingress', { hosts, routes: [{ path: { regex: '/a.*' }, to: 'a', rewrite: '/b' }] }));
    expect(error).toMatch(new RegExp(`^a rewrite behind a path by regex would replace the whole path.*:${line}\\)$`));
  });

  test('two routes for the same requests are refused with the line that adds the second (M02)', () => {
    const route = new IngressRoute(shop(), 'ingress', { hosts, routes: [{ path: '/a', to: 'a' }] });
    const { line, error } = callLine(() => route.addRoute({ path: '/a/', to: 'b' }));
    expect(error).toMatch(new RegExp(`^two routes take the same requests: .*ingress-route\\.test\\.ts:${line}\\)$`));
  });

  test('preflights reach the CORS policy of a route for another method (M28)', () => {
    const chart = shop();
    const corsPolicy = { allowOrigins: [{ exact: 'https://example.com' }] };
    new IngressRoute(chart, 'ingress', { hosts, routes: [{ path: { exact: '/a' }, method: 'GET', to: 'a', corsPolicy }] });
    expect(specOf(chart, 'VirtualService').http[0].match).toEqual([{ uri: { exact: '/a' }, method: { regex: 'GET|OPTIONS' } }]);
  });

  test('a gateway splits as the mesh does when it is given the destinations of the split (M17)', () => {
    const chart = shop();
    const split = new TrafficSplit(chart, 'split', { host: 'reviews', shares: { v1: 90, v2: 10 } });
    new IngressRoute(chart, 'ingress', { hosts, routes: [{ to: split.destinations }] });
    const [, , ingress] = manifests(chart).filter(({ kind }) => kind !== 'DestinationRule');
    expect(ingress.spec.http[0].route).toEqual([
      { destination: { host: 'reviews', subset: 'v1' }, weight: 90 },
      { destination: { host: 'reviews', subset: 'v2' }, weight: 10 },
    ]);
  });

  test('a Service of another namespace is named in full, and its port must be said when it has several (M35, M36)', () => {
    const chart = shop();
    const to = new plus34.Service(new Chart(chart, 'other', { namespace: 'other' }), 'api', {
      metadata: { name: 'api' },
      ports: [
        { port: 80, name: 'a' },
        { port: 81, name: 'b' },
      ],
    });
    const { line } = callLine(() => new IngressRoute(chart, 'ingress', { hosts, routes: [{ path: '/a', to, port: 81 }] }).addRoute({ path: '/b', to }));
    expect(() => Testing.synth(chart)).toThrow(
      new RegExp(`Service api has the ports 80, 81: say by "port" which one is meant \\(.*ingress-route\\.test\\.ts:${line}\\)`),
    );
  });

  test('a traffic policy makes the DestinationRule beside the service, once (M39, M42)', () => {
    const chart = shop();
    const trafficPolicy = { outlierDetection: { consecutive5xxErrors: 3 } };
    const route = new IngressRoute(chart, 'ingress', { hosts, routes: [{ path: '/a', to: 'api.other.svc.cluster.local', trafficPolicy }] });
    expect(manifests(chart).find(({ kind }) => kind === 'DestinationRule')).toMatchObject({
      metadata: { name: 'api', namespace: 'other' },
      spec: { host: 'api', trafficPolicy },
    });
    expect(route.destinationRules).toHaveLength(1);
    expect(() => new TrafficSplit(chart, 'split', { host: 'api.other.svc.cluster.local', shares: { v1: 100 } })).toThrow(
      'the DestinationRule of api in other is already made by chart/ingress',
    );
  });

  test('an ingress without routes is refused when it is written', () => {
    const chart = shop();
    new IngressRoute(chart, 'ingress', { hosts });
    expect(() => Testing.synth(chart)).toThrow('there is no route, so every request gets 404');
  });
});

test('children know the line of the pattern', () => {
  let route: IngressRoute | undefined;
  const { line } = callLine(() => (route = new IngressRoute(shop(), 'ingress', { hosts, routes: everything })));
  for (const child of [route?.gateway, route?.virtualService]) expect(authorLocation(child as object)).toMatchObject({ file: __filename, line });
});

/** Whether a match, of the forms that these tests use, holds for a request. */
function holds({ uri = {}, headers = {} }: Manifest, { at, ...given }: { at: string; x?: string | undefined; y?: string | undefined }): boolean {
  const fits = (match: Manifest, value: string | undefined): boolean =>
    value !== undefined && (match.exact === undefined || match.exact === value) && (match.prefix === undefined || value.startsWith(match.prefix));
  return fits(uri, at) && Object.entries(headers).every(([name, match]) => fits(match, given[name as 'x' | 'y']));
}

import { App, Chart, JsonPatch, Testing } from 'cdk8s';
import * as plus27 from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import { authorLocation, Gateway, HeaderRoute, Mirror, RequestAuthentication, type RequestMatch, type Shares, TrafficSplit } from '../../src';
import { callLine, manifests, specOf } from './manifests';

const shop = (): Chart => new Chart(Testing.app(), 'chart', { namespace: 'shop' });
const edge = { gateway: 'edge', hosts: ['reviews.example.com'] };

describe('TrafficSplit', () => {
  test('is one DestinationRule before one VirtualService, with each subset once in its one route (M03, M05, M31, M32)', () => {
    const chart = shop();
    new TrafficSplit(chart, 'split', { host: 'reviews', shares: { v1: 90, v2: 10 } });
    expect(Testing.synth(chart)).toEqual([
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'DestinationRule',
        metadata: { name: 'reviews', namespace: 'shop' },
        spec: {
          host: 'reviews',
          subsets: [
            { name: 'v1', labels: { version: 'v1' } },
            { name: 'v2', labels: { version: 'v2' } },
          ],
        },
      },
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        metadata: { name: 'reviews', namespace: 'shop' },
        spec: {
          hosts: ['reviews'],
          http: [
            {
              route: [
                { destination: { host: 'reviews', subset: 'v1' }, weight: 90 },
                { destination: { host: 'reviews', subset: 'v2' }, weight: 10 },
              ],
            },
          ],
        },
      },
    ]);
  });

  test("shares that do not sum to 100 are refused with the author's line (M04)", () => {
    const chart = shop();
    const { line, error } = callLine(() => new TrafficSplit(chart, 'split', { host: 'reviews', shares: { v1: 70, v2: 70 } }));
    expect(error).toMatch(new RegExp(`^shares must sum to 100, and these give 140: v1 70, v2 70 \\(.*service-routes\\.test\\.ts:${line}\\)$`));
  });

  test.each([
    [{ v1: 90 }, 'shares must sum to 100, and these give 90'],
    [{ v1: 'rest', v2: 101 }, 'a share is a whole number from 0 to 100'],
    [{ v1: 99.5, v2: 0.5 }, 'a share is a whole number from 0 to 100'],
    [{ v1: -1, v2: 101 }, 'a share is a whole number from 0 to 100'],
    [{ v1: 'rest', v2: 'rest' }, "only one subset can take the 'rest'"],
    [{ v1: 'rest', v2: 60, v3: 60 }, 'shares must sum to 100, and these give 120'],
    [{}, 'shares must sum to 100, and these give 0: no shares are given'],
  ] as [Shares<string>, string][])('the shares %j are refused (M04)', (shares, message) => {
    expect(() => new TrafficSplit(shop(), 'split', { host: 'reviews', shares })).toThrow(message);
  });

  test('the rest is what the other shares leave', () => {
    const chart = shop();
    new TrafficSplit(chart, 'split', { host: 'reviews', shares: { v1: 'rest', v2: 5, v3: 0 } });
    expect(specOf(chart, 'VirtualService').http[0].route.map(({ weight }: { weight: number }) => weight)).toEqual([95, 5, 0]);
  });

  test('a gateway gets the same routes, and callers in the mesh keep them (M16, M17)', () => {
    const chart = shop();
    new TrafficSplit(chart, 'split', { host: 'reviews', shares: { v1: 90, v2: 10 }, ingress: edge });
    expect(specOf(chart, 'VirtualService')).toMatchObject({
      hosts: ['reviews', 'reviews.example.com'],
      gateways: ['edge', 'mesh'],
      http: [{ route: [{}, {}] }],
    });
  });

  test('a gateway alone has to be asked for (M16)', () => {
    const chart = shop();
    new TrafficSplit(chart, 'split', { host: 'reviews', shares: { v1: 90, v2: 10 }, ingress: { ...edge, only: true } });
    expect(specOf(chart, 'VirtualService')).toMatchObject({ hosts: ['reviews.example.com'], gateways: ['edge'] });
  });

  test('a second pattern for the host is refused and told where the first stands (M13, M42)', () => {
    const chart = shop();
    const { line } = callLine(() => new TrafficSplit(chart, 'split', { host: 'reviews', shares: { v1: 90, v2: 10 } }));
    expect(() => new Mirror(chart, 'mirror', { host: 'reviews.shop.svc.cluster.local', to: 'v1', mirror: 'v2' })).toThrow(
      new RegExp(`^the routing of reviews in shop is already made by chart/split \\(.*:${line}\\); .* \\(.*:\\d+\\)$`),
    );
    new TrafficSplit(shop(), 'split', { host: 'reviews', shares: { v1: 100 } });
  });

  test('the objects lie beside the service, where all callers find them and short names mean it (M35, M39)', () => {
    const chart = shop();
    const service = new plus34.Service(new Chart(chart, 'other', { namespace: 'bookinfo' }), 'service', {
      metadata: { name: 'reviews' },
      ports: [{ port: 9080 }],
    });
    new TrafficSplit(chart, 'object', { host: service, shares: { v1: 100 } });
    new TrafficSplit(chart, 'text', { host: 'ratings.bookinfo.svc.cluster.local', shares: { v1: 100 } });
    expect(manifests(chart).map(({ metadata, spec }) => [metadata.namespace, metadata.name, spec.host ?? spec.hosts[0]])).toEqual([
      ['bookinfo', 'reviews', 'reviews'],
      ['bookinfo', 'reviews', 'reviews'],
      ['bookinfo', 'ratings', 'ratings'],
      ['bookinfo', 'ratings', 'ratings'],
    ]);
  });

  test.each([
    ['cdk8s-plus-27', plus27],
    ['cdk8s-plus-34', plus34],
  ] as const)('subsets take their labels from Deployments of %s, so that they select these pods (M33)', (_name, plus) => {
    const chart = shop();
    const deployment = (id: string, version: string) => {
      const made = new plus.Deployment(chart as never, id, { select: false, containers: [{ image: 'reviews' }] });
      made.select(plus.LabelSelector.of({ labels: { app: 'reviews', version } }) as never);
      return made;
    };
    new TrafficSplit(chart, 'split', { host: 'reviews', shares: { old: 50, new: 50 }, subsets: { old: deployment('a', '1'), new: deployment('b', '2') } });
    expect(specOf(chart, 'DestinationRule').subsets).toEqual([
      { name: 'old', labels: { app: 'reviews', version: '1' } },
      { name: 'new', labels: { app: 'reviews', version: '2' } },
    ]);
  });

  const service = (chart: Chart, ...ports: plus34.ServicePort[]) => new plus34.Service(chart, 'service', { metadata: { name: 'reviews' }, ports });

  test.each([
    [undefined, 'Service reviews has the ports 9080, 9090: say by "port" which one is meant'],
    [8080, "Service reviews has no port 8080; 8080 is the container's port, that of the Service is 9080"],
    [1, 'Service reviews has no port 1; it has 9080, 9090'],
  ])('the port %j of a Service with several is refused at a gateway (M36)', (port, message) => {
    const chart = shop();
    const host = service(chart, { port: 9080, targetPort: 8080, name: 'http' }, { port: 9090, name: 'http-admin' });
    const { line } = callLine(() => new TrafficSplit(chart, 'split', { host, shares: { v1: 100 }, ingress: edge, ...(port ? { port } : {}) }));
    expect(() => Testing.synth(chart)).toThrow(new RegExp(`${message.replace(/[()]/g, '.')} \\(.*service-routes\\.test\\.ts:${line}\\)`));
  });

  test('a port that Istio does not read HTTP on is refused (M100)', () => {
    const chart = shop();
    new TrafficSplit(chart, 'split', { host: service(chart, { port: 3306, name: 'mysql' }), shares: { v1: 100 } });
    expect(() => Testing.synth(chart)).toThrow('port 3306 of Service reviews is "mysql"');
  });

  test('a port leaves the other ports of the service as they are, and is no condition at the gateway (M36)', () => {
    const chart = shop();
    new TrafficSplit(chart, 'split', { host: 'reviews', port: 9080, shares: { v1: 100 }, ingress: edge });
    expect(specOf(chart, 'VirtualService').http).toEqual([
      {
        match: [{ gateways: ['mesh'], port: 9080 }, { gateways: ['edge'] }],
        route: [{ destination: { host: 'reviews', subset: 'v1', port: { number: 9080 } } }],
      },
    ]);
  });

  test('hosts that the gateway does not serve are refused (M38)', () => {
    const chart = shop();
    const server = { port: { number: 80, name: 'http', protocol: 'HTTP' } };
    const gateway = new Gateway(chart, 'gateway', {
      metadata: { name: 'edge' },
      servers: [{ ...server, hosts: ['other/*.example.com', './shop.example.com'] }],
    });
    new TrafficSplit(chart, 'split', { host: 'reviews', shares: { v1: 100 }, ingress: { gateway, hosts: ['shop.example.com', 'reviews.example.com'] } });
    expect(() => Testing.synth(chart)).toThrow('Gateway edge does not serve the host reviews.example.com to this namespace');
    gateway.addServer({ port: { number: 8080, name: 'http-alternative', protocol: 'HTTP' }, hosts: ['shop/*.example.com'] });
    expect(manifests(chart)).toHaveLength(3);
  });

  test('children can be patched and know the line of the pattern', () => {
    const chart = shop();
    let split: TrafficSplit<'v1'> | undefined;
    const { line } = callLine(() => (split = new TrafficSplit(chart, 'split', { host: 'reviews', shares: { v1: 100 } })));
    for (const child of [split?.destinationRule, split?.virtualService]) expect(authorLocation(child as object)).toMatchObject({ file: __filename, line });
    split?.virtualService.addJsonPatch(JsonPatch.add('/spec/http/0/timeout', '3s'));
    expect(specOf(chart, 'VirtualService').http[0].timeout).toBe('3s');
  });
});

describe('HeaderRoute', () => {
  test('puts users before everybody else, whatever order they were written in (M01, M02)', () => {
    const chart = shop();
    new HeaderRoute(chart, 'users', {
      host: 'reviews',
      routes: [
        { when: { path: '/a' }, to: 'v1' },
        { when: { headers: { 'end-user': true } }, to: 'v2' },
        { when: { headers: { 'end-user': 'jason', team: 'qa' } }, to: 'v3' },
        { when: { headers: { 'end-user': 'jason' } }, to: 'v4' },
      ],
      otherwise: { v1: 50, v2: 50 },
    });
    const { http } = specOf(chart, 'VirtualService');
    expect(http.map(({ route }: { route: { destination: { subset: string } }[] }) => route.map(({ destination }) => destination.subset).join('+'))).toEqual([
      'v1',
      'v3',
      'v4',
      'v2',
      'v1+v2',
    ]);
    expect(specOf(chart, 'DestinationRule').subsets.map(({ name }: { name: string }) => name)).toEqual(['v1', 'v2', 'v3', 'v4']);
  });

  test('routes that would take every request, or those of another route, are refused (M01)', () => {
    const make = (...when: RequestMatch[]) =>
      new HeaderRoute(shop(), 'users', { host: 'reviews', routes: when.map((each) => ({ when: each, to: 'v2' })), otherwise: 'v1' });
    expect(() => make({})).toThrow('a route without conditions takes every request; write "otherwise"');
    expect(() => make({ path: '/' })).toThrow('a route without conditions takes every request');
    expect(() => make({ headers: { A: 'b' } }, { headers: { a: { exact: 'b' } } })).toThrow('two routes take the same requests');
  });

  test('what an exact path has is not written again for the paths around it (M02)', () => {
    const chart = shop();
    const routes = [
      { when: { path: '/a' }, to: 'v2' },
      { when: { path: { exact: '/a' } }, to: 'v3' },
    ] as const;
    new HeaderRoute(chart, 'users', { host: 'reviews', routes, otherwise: 'v1' });
    expect(specOf(chart, 'VirtualService').http.map(({ match }: { match?: unknown }) => match)).toEqual([
      [{ uri: { exact: '/a' } }],
      [{ uri: { prefix: '/a/' } }],
      undefined,
    ]);
  });

  test('all conditions of a route are one match, so that all must hold (M06)', () => {
    const chart = shop();
    new HeaderRoute(chart, 'users', {
      host: 'reviews',
      routes: [{ when: { method: 'GET', headers: { a: '1' }, query: { b: true } }, to: 'v2' }],
      otherwise: 'v1',
    });
    expect(specOf(chart, 'VirtualService').http[0].match).toEqual([
      { method: { exact: 'GET' }, headers: { a: { exact: '1' } }, queryParams: { b: { regex: '.*' } } },
    ]);
  });

  test.each([
    ['a=1; group=b.c; d=2', true],
    ['group=b.c', true],
    ['group=bxc', false],
    ['subgroup=b.c', false],
    ['group=b.cd', false],
  ])('finds a cookie among others: %j gives %j (M10)', (cookies, found) => {
    const chart = shop();
    new HeaderRoute(chart, 'users', { host: 'reviews', routes: [{ when: { cookie: { name: 'group', value: 'b.c' } }, to: 'v2' }], otherwise: 'v1' });
    const [{ headers }] = specOf(chart, 'VirtualService').http[0].match;
    expect(new RegExp(`^(?:${headers.cookie.regex})$`).test(cookies)).toBe(found);
  });

  test.each([
    ['uri', 'use path'],
    [':authority', 'use the hosts'],
    ['Cookie', 'use cookie'],
    [':method', 'use method'],
  ])('%j is refused as a header (M10, M11)', (name, hint) => {
    expect(() => new HeaderRoute(shop(), 'users', { host: 'reviews', routes: [{ when: { headers: { [name]: 'x' } }, to: 'v2' }], otherwise: 'v1' })).toThrow(
      hint,
    );
  });

  test('header names are written in lower case (M11)', () => {
    const chart = shop();
    new HeaderRoute(chart, 'users', { host: 'reviews', routes: [{ when: { headers: { 'End-User': 'jason' } }, to: 'v2' }], otherwise: 'v1' });
    expect(specOf(chart, 'VirtualService').http[0].match).toEqual([{ headers: { 'end-user': { exact: 'jason' } } }]);
  });

  test('claims are for gateways, and name what checks the token (M73)', () => {
    const chart = shop();
    const checkedBy = new RequestAuthentication(chart, 'tokens', { selector: { matchLabels: { istio: 'ingressgateway' } } });
    const routes = [{ when: { claim: { name: ['team', 'role'], value: 'qa', checkedBy } }, to: 'v2' }] as const;
    expect(() => new HeaderRoute(shop(), 'users', { host: 'reviews', routes, otherwise: 'v1', ingress: edge })).toThrow(
      'claims of tokens can be asked for at gateways only',
    );
    new HeaderRoute(chart, 'users', { host: 'reviews', routes, otherwise: 'v1', ingress: { ...edge, only: true } });
    expect(specOf(chart, 'VirtualService').http[0].match).toEqual([{ headers: { '@request.auth.claims.team.role': { exact: 'qa' } } }]);
    // @ts-expect-error a claim without what checks it
    const unchecked: RequestMatch = { claim: { name: 'a', value: 'b' } };
    expect(unchecked).toBeDefined();
  });
});

describe('Mirror', () => {
  test('writes the one form of mirroring that every release knows (M23, M30)', () => {
    const chart = shop();
    new Mirror(chart, 'mirror', { host: 'reviews', to: 'v1', mirror: 'v2', percent: 20 });
    expect(specOf(chart, 'VirtualService').http).toEqual([
      { route: [{ destination: { host: 'reviews', subset: 'v1' } }], mirror: { host: 'reviews', subset: 'v2' }, mirrorPercentage: { value: 20 } },
    ]);
    expect(specOf(chart, 'DestinationRule').subsets).toHaveLength(2);
  });

  test('copies go to another service by its full name (M31, M34)', () => {
    const chart = shop();
    const host = { apiVersion: 'v1', kind: 'Service', name: 'recorder', metadata: { namespace: 'test' } };
    new Mirror(chart, 'mirror', { host: 'reviews', to: 'v1', mirror: { host, port: 80 } });
    expect(specOf(chart, 'VirtualService').http[0].mirror).toEqual({ host: 'recorder.test.svc.cluster.local', port: { number: 80 } });
  });

  test('refuses a share that is none, and a version that mirrors itself', () => {
    expect(() => new Mirror(shop(), 'mirror', { host: 'reviews', to: 'v1', mirror: 'v2', percent: 120 })).toThrow(
      'percent is a whole number from 0 to 100, not 120',
    );
    expect(() => new Mirror(shop(), 'mirror', { host: 'reviews', to: 'v1', mirror: 'v1' })).toThrow('v1 would get a copy of each of its own requests');
  });
});

test('without a namespace of the chart the objects have none either', () => {
  const chart = new Chart(new App(), 'chart');
  new TrafficSplit(chart, 'split', { host: 'api.example.com', shares: { v1: 100 } });
  expect(manifests(chart).map(({ metadata }) => metadata)).toEqual([{ name: 'api-example-com' }, { name: 'api-example-com' }]);
});

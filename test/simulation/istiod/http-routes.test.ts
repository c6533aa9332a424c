import type { MeshFacts } from '../../../src/mesh/facts';
import { virtualServicesFor } from '../../../src/mesh/virtual-services';
import type { Workload } from '../../../src/mesh/workload';
import { findWorkload } from '../../../src/mesh/workloads';
import type { Forward, Route } from '../../../src/simulation/envoy/route';
import { defaultRoute, routesOfVirtualService } from '../../../src/simulation/istiod/http-routes';
import type { Network } from '../../../src/simulation/network/network';
import { meshOf, serviceIn } from '../../mesh/mesh-of';

const facts: MeshFacts = {
  services: [
    { name: 'cart', namespace: 'shop', ports: [{ name: 'http', port: 80 }], selector: { app: 'cart' } },
    { name: 'one', namespace: 'shop', ports: [{ name: 'http', port: 7000 }], selector: { app: 'one' } },
    {
      name: 'two',
      namespace: 'shop',
      ports: [
        { name: 'http', port: 7000 },
        { name: 'http-b', port: 80 },
      ],
      selector: { app: 'two' },
    },
    { name: 'alias', namespace: 'shop', ports: [{ name: 'http', port: 80 }], type: 'ExternalName', externalName: 'cart.shop.svc.cluster.local' },
  ],
  workloads: [
    { name: 'web', namespace: 'shop', labels: { app: 'web', version: 'v1' } },
    { name: 'gate', namespace: 'shop', gateway: true },
  ],
};
const object = (kind: string, spec: string, name = 'x'): string =>
  `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop }\nspec: { ${spec} }\n---\n`;
const to = (destination = 'host: cart'): string => `route: [{ destination: { ${destination} } }]`;

interface Reader {
  readonly port?: number;
  readonly isGateway?: boolean;
  readonly isTls?: boolean;
  readonly yaml?: string;
  readonly mesh?: Record<string, unknown>;
}

function routesOf(http: string, { port = 80, isGateway = false, isTls = false, yaml = '', mesh = {} }: Reader = {}): readonly Route[] {
  const model = meshOf(object('VirtualService', `hosts: [cart], gateways: [mesh, gw], http: [${http}]`) + yaml, { ...facts, mesh });
  const gateway = isGateway ? 'shop/gw' : 'mesh';
  const proxy = findWorkload(model, isGateway ? 'gate' : 'web') as Workload;
  const [virtualService] = virtualServicesFor(model, 'shop', gateway);
  if (virtualService === undefined) throw new Error('no VirtualService');
  return routesOfVirtualService({ mesh: model } as Network, proxy, virtualService, { gatewayNames: [gateway], port, isGateway, isTls });
}
const names = (...question: Parameters<typeof routesOf>): string[] => routesOf(...question).map(({ name }) => name);
const forward = (...question: Parameters<typeof routesOf>): Forward => routesOf(...question)[0]?.action as Forward;

describe('the routes of a VirtualService', () => {
  test('are one for each match, named by both', () => {
    expect(
      names(`{ name: a, match: [{ name: m, uri: { prefix: /m } }, { uri: { prefix: /n } }], ${to()} }, { match: [{ name: o, uri: { exact: /o } }], ${to()} }`),
    ).toEqual(['a.m', 'a', '.o']);
  });

  test('end with the first that takes every request', () => {
    const end = (match: string): number =>
      names(`{ name: a, match: [${match}, { uri: { exact: /b } }], ${to()} }, { name: c, ${to()} }, { name: d, ${to()} }`).length;
    expect(end('{ uri: { prefix: / } }')).toBe(1);
    expect(end('{ uri: { regex: ".*" } }')).toBe(1);
    expect(end('{ port: 80 }')).toBe(1);
    expect(end('{ sourceLabels: { app: web } }')).toBe(1);
    expect(end('{ uri: { regex: "/.*" } }')).toBe(3);
    expect(end('{ uri: { exact: / } }')).toBe(3);
    expect(end('{ uri: { prefix: / }, headers: { x-a: {} } }')).toBe(3);
    expect(end('{ uri: { prefix: / }, queryParams: { a: { exact: b } } }')).toBe(3);
    expect(end('{ uri: { prefix: / }, method: { exact: GET } }')).toBe(3);
    expect(end('{ port: 81 }')).toBe(2);
  });

  test('are left out where port, gateway, labels or namespace of the caller are others', () => {
    const left = (match: string, reader: Reader = {}): boolean => names(`{ name: a, match: [{ uri: { exact: /a }, ${match} }], ${to()} }`, reader).length > 0;
    expect([left('port: 80'), left('port: 81')]).toEqual([true, false]);
    expect([left('sourceLabels: { version: v1 }'), left('sourceLabels: { version: v2 }')]).toEqual([true, false]);
    expect([left('sourceNamespace: shop'), left('sourceNamespace: other')]).toEqual([true, false]);
    expect([left('gateways: [mesh]'), left('gateways: [gw]')]).toEqual([true, false]);
    expect([left('gateways: [mesh]', { isGateway: true }), left('gateways: [gw]', { isGateway: true })]).toEqual([false, true]);
    expect(left('sourceLabels: { security.istio.io/tlsMode: istio }')).toBe(true);
    expect(left('sourceLabels: { app: gate }', { isGateway: true })).toBe(true);
  });

  test('do not ask for the caller where a match names gateways', () => {
    const http = `{ name: a, match: [{ gateways: [mesh], sourceLabels: { app: other }, sourceNamespace: other }], ${to()} }`;
    expect(names(http)).toEqual(['a']);
  });

  test('are read once for all who read the same', () => {
    const model = meshOf(object('VirtualService', `hosts: [cart], http: [{ ${to()} }]`), facts);
    const [virtualService] = virtualServicesFor(model, 'shop', 'mesh');
    const read = (name: string, port: number) =>
      routesOfVirtualService({ mesh: model } as Network, findWorkload(model, name) as Workload, virtualService as never, {
        gatewayNames: ['mesh'],
        port,
        isGateway: false,
      });
    expect(read('web', 80)).toBe(read('web', 80));
    expect(read('gate', 80)).toBe(read('web', 80));
    expect(read('web', 81)).not.toBe(read('web', 80));
  });
});

describe('a destination', () => {
  const cluster = (destination: string, reader: Reader = {}) => forward(`{ ${to(destination)} }`, reader).clusters[0]?.name;

  test('without port has that of the listener on a sidecar, and the only one of its service on a gateway', () => {
    expect(cluster('host: one')).toBe('outbound|80||one.shop.svc.cluster.local');
    expect(cluster('host: one', { isGateway: true })).toBe('outbound|7000||one.shop.svc.cluster.local');
    expect(cluster('host: two', { isGateway: true })).toBe('outbound|80||two.shop.svc.cluster.local');
    expect(cluster('host: one, subset: v1, port: { number: 7001 }', { isGateway: true })).toBe('outbound|7001|v1|one.shop.svc.cluster.local');
  });

  test('that stands for another host is that host', () => {
    expect(cluster('host: alias')).toBe('outbound|80||cart.shop.svc.cluster.local');
    expect(cluster('host: nobody.example.com')).toBe('outbound|80||nobody.example.com');
  });

  test('counts alone whatever its weight, and among others only with one', () => {
    const weights = (...of: (number | undefined)[]) =>
      forward(`{ route: [${of.map((weight) => `{ destination: { host: cart }${weight === undefined ? '' : `, weight: ${weight}`} }`).join()}] }`).clusters.map(
        ({ weight }) => weight,
      );
    expect([weights(0), weights(undefined), weights(0, 5), weights(undefined, 5, 2)]).toEqual([[1], [1], [5], [5, 2]]);
  });
});

describe('retries', () => {
  const retry = (retries: string, reader: Reader = {}) => forward(`{ ${to()}${retries && `, retries: { ${retries} }`} }`, reader).retry;
  const byDefault = ['connect-failure', 'refused-stream', 'unavailable', 'cancelled', 'retriable-status-codes'];

  test('are two by default, or what MeshConfig says', () => {
    expect(retry('')).toEqual({ attempts: 2, on: byDefault, statusCodes: [], perTryTimeout: 0, avoidPreviousHosts: true, remoteLocalities: false });
    expect(retry('', { mesh: { defaultHttpRetryPolicy: { attempts: 5, retryOn: '5xx' } } })).toMatchObject({ attempts: 5, on: ['5xx'] });
    expect(retry('', { mesh: { defaultHttpRetryPolicy: { attempts: 0 } } })).toBeUndefined();
  });

  test('are none where the route says so', () => {
    expect(retry('attempts: 0')).toBeUndefined();
    expect(retry(' ')).toBeUndefined();
  });

  test('have statuses among their conditions', () => {
    expect(retry('attempts: 3, retryOn: "gateway-error, 404,599,418 ,"')).toMatchObject({
      attempts: 3,
      on: ['gateway-error', '599', 'retriable-status-codes'],
      statusCodes: [404, 418],
    });
    expect(retry('attempts: 1, retryOn: "404,retriable-status-codes"')?.on).toEqual(['retriable-status-codes']);
    expect(retry('attempts: 1, perTryTimeout: 1.5s, backoff: 50ms')).toMatchObject({
      on: byDefault,
      perTryTimeout: 1500,
      backoff: 50,
      source: { path: 'spec.http[0].retries' },
    });
  });

  test('stay at their endpoint where callers are bound to one, unless the route says otherwise', () => {
    const yaml = object('DestinationRule', 'host: cart, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: X-User } } }', 'd');
    expect(retry('', { yaml })?.avoidPreviousHosts).toBe(false);
    expect(retry('attempts: 1', { yaml })?.avoidPreviousHosts).toBe(false);
    expect(retry('attempts: 1, retryIgnorePreviousHosts: true', { yaml })?.avoidPreviousHosts).toBe(true);
    expect(retry('attempts: 1, retryIgnorePreviousHosts: false')?.avoidPreviousHosts).toBe(false);
    expect(
      forward(`{ route: [{ destination: { host: cart }, weight: 1 }, { destination: { host: one }, weight: 1 }] }`, { yaml }).retry?.avoidPreviousHosts,
    ).toBe(true);
  });
});

describe('what binds callers to endpoints', () => {
  const rule = (policy: string) => object('DestinationRule', `host: cart, ${policy}`, 'd');
  const hash = (key: string) => `loadBalancer: { consistentHash: { ${key} } }`;
  const of = (destination: string, yaml: string) => forward(`{ ${to(destination)} }`, { yaml }).hash;
  const layered = rule(
    `trafficPolicy: { ${hash('httpHeaderName: top')}, portLevelSettings: [{ port: { number: 80 }, ${hash('httpHeaderName: port')} }] },
     subsets: [{ name: v1, trafficPolicy: { ${hash('httpHeaderName: subset')} } },
       { name: v2, trafficPolicy: { ${hash('httpHeaderName: subset')}, portLevelSettings: [{ port: { number: 80 }, ${hash('httpHeaderName: subset-port')} }] } }, { name: v3 }]`,
  );

  test('is said nearest to the destination; what is said of a port counts where the destination names it', () => {
    const header = (destination: string) => (of(destination, layered)?.[0] as { name?: string } | undefined)?.name;
    expect(header('host: cart')).toBe('top');
    expect(header('host: cart, port: { number: 80 }')).toBe('port');
    expect(header('host: cart, subset: v1, port: { number: 80 }')).toBe('subset');
    expect(header('host: cart, subset: v2')).toBe('subset');
    expect(header('host: cart, subset: v2, port: { number: 80 }')).toBe('subset-port');
    expect(header('host: cart, subset: v3, port: { number: 80 }')).toBe('port');
    expect(header('host: one')).toBeUndefined();
  });

  test('is a header, a cookie, a parameter or the address', () => {
    const binds = (key: string) => of('host: cart', rule(`trafficPolicy: { ${hash(key)} }`));
    expect(binds('httpCookie: { name: c, ttl: 1.5s, path: /p }')).toEqual([{ kind: 'cookie', name: 'c', ttl: 1500, path: '/p' }]);
    expect(binds('httpCookie: { name: c }')).toEqual([{ kind: 'cookie', name: 'c' }]);
    expect(binds('useSourceIp: true')).toEqual([{ kind: 'sourceIp' }]);
    expect(binds('httpQueryParameterName: Q')).toEqual([{ kind: 'query', name: 'Q' }]);
  });

  test('is that of all destinations together', () => {
    const http = `{ route: [{ destination: { host: cart }, weight: 1 }, { destination: { host: cart, subset: v1 }, weight: 1 }] }`;
    expect(forward(http, { yaml: layered }).hash).toEqual([
      { kind: 'header', name: 'top' },
      { kind: 'header', name: 'subset' },
    ]);
  });

  test('counts by the port of the listener where there is no VirtualService', () => {
    const model = meshOf(layered, facts);
    const route = (port: number) =>
      defaultRoute({ mesh: model } as Network, findWorkload(model, 'web') as Workload, serviceIn(model, 'cart.shop.svc.cluster.local'), port);
    expect(route(80)).toMatchObject({ name: 'default', action: { hash: [{ name: 'port' }], timeout: 0, retry: { attempts: 2, avoidPreviousHosts: true } } });
    expect(route(81).action).toMatchObject({ hash: [{ name: 'top' }], clusters: [{ name: 'outbound|81||cart.shop.svc.cluster.local' }] });
  });
});

describe('a redirect', () => {
  const redirect = (spec: string, reader: Reader = {}) => routesOf(`{ redirect: { ${spec} } }`, reader)[0]?.action;

  test('has the port that is given, or that of the listener, unless its scheme has it by default', () => {
    expect(redirect('port: 8443')).toEqual({ kind: 'redirect', status: 301, port: 8443 });
    expect(redirect('derivePort: FROM_REQUEST_PORT', { port: 8080 })).toMatchObject({ port: 8080 });
    expect(redirect('derivePort: FROM_PROTOCOL_DEFAULT', { port: 8080 })).not.toHaveProperty('port');
    expect(redirect('port: 80')).not.toHaveProperty('port');
    expect(redirect('port: 80, scheme: https')).toMatchObject({ port: 80 });
    expect(redirect('port: 443, scheme: https')).not.toHaveProperty('port');
    expect(redirect('port: 443')).toMatchObject({ port: 443 });
    expect(redirect('port: 443', { isTls: true, isGateway: true })).not.toHaveProperty('port');
  });

  test('has the status that is given', () => {
    expect(redirect('uri: /n, redirectCode: 308')).toEqual({ kind: 'redirect', status: 308, path: '/n' });
  });
});

describe('shares', () => {
  test('have four decimals, and mirrors all where nothing is said', () => {
    const mirrors = (more: string) => forward(`{ ${to()}, ${more} }`).mirrors.map(({ percentage }) => percentage);
    expect(mirrors('mirror: { host: one }')).toEqual([100]);
    expect(mirrors('mirror: { host: one }, mirrorPercentage: { value: 0.12345 }')).toEqual([0.1234]);
    expect(mirrors('mirror: { host: one }, mirrorPercentage: { value: 0 }')).toEqual([]);
    expect(mirrors('mirror: { host: one }, mirrorPercent: 5')).toEqual([5]);
    expect(
      mirrors(
        'mirrors: [{ destination: { host: one }, percentage: { value: 1 } }, { destination: { host: two } }, { destination: { host: two }, percentage: {} }]',
      ),
    ).toEqual([1, 100]);
  });
});

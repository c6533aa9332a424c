import type { MeshFacts, ServiceFact } from '../../../src/mesh/facts';
import type { Workload } from '../../../src/mesh/workload';
import { findWorkload } from '../../../src/mesh/workloads';
import type { HttpConnectionManager, TcpProxy } from '../../../src/simulation/envoy/configuration';
import { gatewayFilterChain, gatewayServersPassedOver } from '../../../src/simulation/istiod/gateway';
import type { ClientHello } from '../../../src/simulation/network/connection';
import type { Network } from '../../../src/simulation/network/network';
import { meshOf } from '../../mesh/mesh-of';

const object = (kind: string, name: string, namespace: string, spec: string): string =>
  `\napiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ${spec} }\n---`;
const gateway = (servers: string, name = 'gw'): string => object('Gateway', name, 'istio-system', `selector: { app: gate }, servers: [${servers}]`);
const server = (number: number, protocol: string, hosts: string, more = '', name = `p${number}`): string =>
  `{ port: { number: ${number}, protocol: ${protocol}, name: ${name} }, hosts: [${hosts}]${more} }`;
const vs = (name: string, hosts: string, routes: string, more = ''): string =>
  object('VirtualService', name, 'shop', `hosts: [${hosts}], gateways: [istio-system/gw], ${routes}${more}`);
const to = (host: string, more = ''): string => `{ name: ${host}, ${more} route: [{ destination: { host: ${host} } }] }`;
const http = (...routes: string[]): string => `http: [${routes.join()}]`;

const service = (name: string, namespace: string, ...ports: NonNullable<ServiceFact['ports']>[number][]): ServiceFact => ({
  name,
  namespace,
  ports,
  selector: { app: name },
});
const facts: MeshFacts = {
  dns: 'listed',
  workloads: [
    { name: 'gate', namespace: 'istio-system', gateway: true },
    { name: 'web', namespace: 'shop' },
  ],
  services: [
    service('gate', 'istio-system', { port: 80, targetPort: 8080 }, { port: 443, targetPort: 8443 }),
    service('web', 'shop', { name: 'http', port: 9080 }),
    service('api', 'shop', { name: 'http', port: 9081 }),
  ],
  secrets: [
    { name: 'one', hosts: ['a.com'] },
    { name: 'two', hosts: ['b.com'], ca: 'own', clientCA: 'partner' },
  ],
};

const hello = (sni: string, alpn: readonly string[] = []): ClientHello => ({ sni, alpn, distrusts: () => undefined });
const question = (yaml: string, port: number, tls?: ClientHello, more: MeshFacts = facts) => {
  const mesh = meshOf(yaml || '{}', more);
  const gate = findWorkload(mesh, 'gate') as Workload;
  const connection = { sourceIp: '192.0.2.1', destination: { ip: gate.ip, port }, tls: tls ? [tls] : [], payload: { kind: 'tcp', data: '' } } as const;
  return [{ mesh } as unknown as Network, gate, connection] as const;
};
const take = (...asked: Parameters<typeof question>) => gatewayFilterChain(...question(...asked));
const passedOver = (...asked: Parameters<typeof question>) =>
  gatewayServersPassedOver(...question(...asked)).map(({ what, missedBy }) => `${what}: ${missedBy}`);
const chainOf = (...asked: Parameters<typeof take>) => {
  const chain = take(...asked);
  if (typeof chain === 'string') throw new Error(chain);
  return chain;
};
const virtualHost = (yaml: string, authority: string, port = 8080, tls?: ClientHello) =>
  (chainOf(yaml, port, tls).filter as HttpConnectionManager).virtualHost(authority);
/** The names of its routes; undefined for the virtual host that has none because nobody knows the host. */
const routes = (yaml: string, authority: string, port?: number, tls?: ClientHello) => {
  const found = virtualHost(yaml, authority, port, tls);
  return found?.name === 'blackhole' ? undefined : found?.routes.map(({ name }) => name);
};
const cluster = (...asked: Parameters<typeof take>) => (chainOf(...asked).filter as TcpProxy).clusters.map(({ name }) => name);
const certificate = (...asked: Parameters<typeof take>) => chainOf(...asked).tls?.certificate.hosts;

describe('requests to a gateway', () => {
  const plain = gateway(server(80, 'HTTP', '"*"'));

  test('are refused on ports where nothing listens', () => {
    expect(take('', 8080)).toBe('refused');
    expect(take(plain, 80)).toBe('refused');
    expect(chainOf(plain, 8080)).toMatchObject({ name: '0.0.0.0_8080', filter: { kind: 'http', side: 'gateway' }, source: { path: 'spec.servers[0]' } });
  });

  test('find the virtual host of the narrower of two hosts that overlap', () => {
    const text = gateway(`${server(80, 'HTTP', '"*.a.com", b.com')}`) + vs('v', 'x.a.com', http(to('web'))) + vs('w', '"*"', http(to('api')));
    expect(routes(text, 'x.a.com')).toEqual(['web']);
    expect(routes(text, 'y.a.com:8080')).toEqual(['api']);
    expect(routes(text, 'B.com')).toEqual(['api']);
    expect(routes(text, 'a.com')).toBeUndefined();
    expect(virtualHost(text, 'x.a.com')).toMatchObject({ name: 'x.a.com:80', source: { path: 'spec.hosts' } });
  });

  test('find nothing of VirtualServices that no server admits', () => {
    const ofNamespace = (namespace: string) => routes(gateway(server(80, 'HTTP', `"${namespace}/a.com"`)) + vs('v', 'a.com', http(to('web'))), 'a.com');
    expect([ofNamespace('shop'), ofNamespace('other'), ofNamespace('.'), ofNamespace('*')]).toEqual([['web'], undefined, undefined, ['web']]);
    expect(routes(plain + vs('v', 'a.com', http(to('web')), ', exportTo: ["."]'), 'a.com')).toBeUndefined();
    expect(routes(plain + vs('v', 'a.com', http(to('web'))).replace('istio-system/gw', 'gw'), 'a.com')).toBeUndefined();
  });

  test('find the routes of all VirtualServices of a host, what takes everything last', () => {
    const text =
      plain +
      vs('v', 'a.com', http(to('web', 'match: [{ uri: { exact: /w } }],'), to('api'))) +
      vs('w', 'a.com, b.com', http(to('c', 'match: [{ uri: { regex: ".*" } }],'))) +
      vs('x', 'a.com', http(to('d', 'match: [{ uri: { prefix: /d } }],')));
    expect(routes(text, 'a.com')).toEqual(['web', 'd', 'api', 'c']);
  });

  test('pass over a host whose VirtualServices have no route for the port', () => {
    const text = plain + vs('v', 'a.com', http(to('web', 'match: [{ port: 81 }],'))) + vs('w', '"*"', http(to('api')));
    expect(routes(text, 'a.com')).toEqual(['api']);
  });

  test('are read by the declared port, also where two of them lead to one port of the pod', () => {
    const byPort = http(to('web', 'match: [{ port: 80 }],'), to('api', 'match: [{ port: 8080 }],'));
    expect(routes(gateway(`${server(80, 'HTTP', 'a.com')}, ${server(8080, 'HTTP', '"*"')}`) + vs('v', 'a.com', byPort), 'a.com')).toEqual(['web', 'web']);
    expect(routes(gateway(`${server(80, 'HTTP', 'b.com')}, ${server(8080, 'HTTP', '"*"')}`) + vs('v', 'a.com', byPort), 'a.com')).toEqual(['api']);
  });

  test('are sent to HTTPS where the server says so, with routes or without', () => {
    const text =
      gateway(`${server(80, 'HTTP', 'a.com, shop/b.com, "*.c.com"', ', tls: { httpsRedirect: true }')}`) + vs('v', 'a.com, x.c.com', http(to('web')));
    expect(virtualHost(text, 'a.com')).toMatchObject({ requireTls: true, source: { path: 'spec.servers[0].tls.httpsRedirect' } });
    expect(virtualHost(text, 'x.c.com')?.requireTls).toBe(true);
    expect(virtualHost(text, 'y.c.com')).toMatchObject({ requireTls: true, routes: [] });
    expect(routes(text, 'b.com')).toBeUndefined();
    expect(virtualHost(text + vs('w', 'b.com', http(to('web'))), 'b.com')?.requireTls).toBe(true);
  });
});

test('a host without routes tells which VirtualServices have it, and why they do not serve it', () => {
  const text =
    gateway(server(80, 'HTTP', 'shop/a.com, b.com')) +
    object('VirtualService', 'unbound', 'shop', `hosts: [a.com], ${http(to('web'))}`) +
    vs('hidden', 'a.com', http(to('web')), ', exportTo: ["."]') +
    vs('foreign', 'a.com', http(to('web'))).replace('namespace: shop', 'namespace: other') +
    vs('elsewhere', '"*.com"', http(to('web', 'match: [{ port: 81 }],'))) +
    vs('unrelated', 'c.com', http(to('web')));
  const found = virtualHost(text, 'a.com');
  expect(found).toMatchObject({ routes: [], text: 'no VirtualService brings routes for a.com to this port' });
  expect(found?.runnersUp?.().map(({ what, missedBy, source }) => [what, missedBy, source?.path])).toEqual([
    ['VirtualService shop/elsewhere', 'none of its routes is for this Gateway and port 80', 'spec.http'],
    ['VirtualService other/foreign', 'the servers of this port take shop/a.com, b.com', 'spec.hosts'],
    ['VirtualService shop/hidden', 'it is not exported to istio-system, where the gateway runs', 'spec.exportTo'],
    ['VirtualService shop/unbound', 'it is bound to mesh, and this port is served by istio-system/gw', 'spec.gateways'],
  ]);
});

describe('TLS at a gateway', () => {
  const simple = (name: string) => `, tls: { mode: SIMPLE, credentialName: ${name} }`;
  const two =
    gateway(`${server(443, 'HTTPS', 'a.com', simple('one'), 'a')}, ${server(443, 'HTTPS', '"*.b.com"', simple('two'), 'b')}`) + vs('v', '"*"', http(to('web')));

  test('chooses the server by name, in any case, and resets the rest', () => {
    expect(certificate(two, 8443, hello('A.com'))).toEqual(['a.com']);
    expect(certificate(two, 8443, hello('x.y.b.com'))).toEqual(['b.com']);
    expect([take(two, 8443, hello('b.com')), take(two, 8443, hello('')), take(two, 8443)]).toEqual(['reset', 'reset', 'reset']);
  });

  test('keeps the virtual hosts of each server apart', () => {
    expect(routes(two, 'a.com', 8443, hello('a.com'))).toEqual(['web']);
    expect(routes(two, 'x.b.com', 8443, hello('a.com'))).toBeUndefined();
  });

  test('takes every name and none at a server for *', () => {
    const text = gateway(server(443, 'HTTPS', '"*"', simple('one')));
    expect(certificate(text, 8443, hello('x.org'))).toEqual(['a.com']);
    expect(certificate(text, 8443, hello(''))).toEqual(['a.com']);
  });

  test('is not there without its certificate', () => {
    expect(take(gateway(server(443, 'HTTPS', 'a.com', simple('none'))), 8443, hello('a.com'))).toBe('refused');
    expect(
      take(gateway(`${server(443, 'HTTPS', 'a.com', simple('none'), 'a')}, ${server(443, 'HTTPS', 'b.com', simple('two'), 'b')}`), 8443, hello('a.com')),
    ).toBe('reset');
  });

  test('that passes through goes by name to the destinations of tls routes', () => {
    const route = (names: string, host: string, more = '') => `{ match: [{ sniHosts: [${names}]${more} }], route: [{ destination: { host: ${host} } }] }`;
    const text =
      gateway(server(443, 'TLS', '"*.com"', ', tls: { mode: PASSTHROUGH }')) +
      vs('v', 'a.com, b.com', `tls: [${route('a.com', 'web')}, ${route('b.com', 'web', ', port: 444')}, ${route('c.com', 'web', ', gateways: [other]')}]`) +
      vs('w', 'a.com, x.com', `tls: [${route('a.com, x.com', 'api')}, ${route('x.com', 'api')}]`) +
      vs('x', 'd.org', `tls: [${route('d.org', 'api')}]`);
    expect(chainOf(text, 8443, hello('a.com')).tls).toBeUndefined();
    expect(cluster(text, 8443, hello('a.com'))).toEqual(['outbound|9080||web.shop.svc.cluster.local']);
    expect(cluster(text, 8443, hello('x.com'))).toEqual(['outbound|9081||api.shop.svc.cluster.local']);
    for (const name of ['b.com', 'c.com', 'd.org', 'e.com']) expect(take(text, 8443, hello(name))).toBe('reset');
    expect(take(gateway(server(443, 'TLS', '"*"', ', tls: { mode: PASSTHROUGH }')), 8443, hello('a.com'))).toBe('refused');
  });

  test('that passes through by itself goes to the cluster that the name tells, in mutual TLS of the mesh alone', () => {
    const text =
      gateway(server(443, 'TLS', '"*.local"', ', tls: { mode: AUTO_PASSTHROUGH }')) +
      object('DestinationRule', 'd', 'shop', 'host: web, subsets: [{ name: v1, labels: { app: web } }]');
    const name = (port: number, subset: string, host = 'web') => `outbound_.${port}_.${subset}_.${host}.shop.svc.cluster.local`;
    for (const known of [name(9080, ''), name(9080, 'v1')]) {
      expect(cluster(text, 8443, hello(known, ['istio']))).toEqual([known]);
      expect(take(text, 8443, hello(known, ['http/1.1']))).toBe('reset');
    }
    for (const unknown of [name(9081, ''), name(9080, 'v2'), name(9080, '', 'none'), 'web.shop.svc.cluster.local']) {
      expect(take(text, 8443, hello(unknown, ['istio']))).toBe('reset');
    }
    expect(take(text.replace('*.local', '*.org'), 8443, hello(name(9080, ''), ['istio']))).toBe('refused');
    const entry = (location: string) =>
      object('ServiceEntry', 'e', 'shop', `hosts: [x.org], location: ${location}, resolution: DNS, ports: [{ number: 443, name: tls, protocol: TLS }]`);
    const toEntry = (location: string) => take(text.replace('*.local', '*.org') + entry(location), 8443, hello('outbound_.443_._.x.org', ['istio']));
    expect(toEntry('MESH_EXTERNAL')).toBe('refused');
    expect(toEntry('MESH_INTERNAL')).not.toBe('refused');
  });
});

describe('TCP at a gateway', () => {
  const tcp = gateway(server(9000, 'TCP', 'a.com'));
  const route = (host: string, match = '') => `{ ${match} route: [{ destination: { host: ${host} } }] }`;

  test('takes the first tcp route that is for the port and the Gateway', () => {
    const text =
      tcp +
      vs('v', 'b.com', `tcp: [${route('web')}]`) +
      vs('w', '"*"', `tcp: [${route('web', 'match: [{ port: 1 }],')}, ${route('api', 'match: [{ port: 9000 }],')}, ${route('web')}]`);
    expect(cluster(text, 9000)).toEqual(['outbound|9081||api.shop.svc.cluster.local']);
  });

  test('is refused without any', () => {
    expect(take(tcp, 9000)).toBe('refused');
    expect(take(tcp + vs('v', 'a.com', http(to('web'))), 9000)).toBe('refused');
  });

  test('may come out of TLS', () => {
    const text = gateway(server(443, 'TLS', 'a.com', ', tls: { mode: SIMPLE, credentialName: one }')) + vs('v', 'a.com', `tcp: [${route('web')}]`);
    expect(cluster(text, 8443, hello('a.com'))).toEqual(['outbound|9080||web.shop.svc.cluster.local']);
    expect(certificate(text, 8443, hello('a.com'))).toEqual(['a.com']);
  });
});

describe('a port that takes no connection', () => {
  const simple = (name: string) => `, tls: { mode: SIMPLE, credentialName: ${name} }`;

  test('is refused by the proxy where two servers are for the same connections', () => {
    const star = gateway(server(443, 'HTTPS', '"*"', simple('one'))) + gateway(server(443, 'HTTP', '"*"', '', 'plain'), 'hw');
    expect(take(star, 8443, hello('a.com'))).toBe('refused');
    expect(passedOver(star, 8443)).toEqual([
      'server p443 of Gateway istio-system/gw: the proxy refuses the whole listener, because servers p443 and plain take the same connections',
      'server plain of Gateway istio-system/hw: the proxy refuses the whole listener, because servers p443 and plain take the same connections',
    ]);
    const name =
      gateway(`${server(443, 'HTTPS', 'a.com', simple('one'), 'ends')}, ${server(443, 'TLS', 'b.com', ', tls: { mode: PASSTHROUGH }', 'passes')}`) +
      vs('v', 'a.com, b.com', 'tls: [{ match: [{ sniHosts: [a.com] }], route: [{ destination: { host: web } }] }]');
    expect(take(name, 8443, hello('a.com'))).toBe('refused');
  });

  test('says what each of its servers lacks', () => {
    const text =
      gateway(
        `${server(443, 'HTTPS', 'a.com', simple('none'), 'certificate')}, ${server(443, 'TLS', 'b.com', ', tls: { mode: PASSTHROUGH }', 'route')}, ${server(443, 'TLS', '"*.c.com"', ', tls: { mode: AUTO_PASSTHROUGH }', 'service')}`,
      ) +
      gateway(server(443, 'HTTPS', 'a.com', simple('one'), 'host'), 'hw') +
      gateway(server(443, 'HTTPS', 'a.com', simple('one'), 'selector'), 'iw').replace('app: gate', 'app: other');
    expect(passedOver(text, 8443)).toEqual([
      'server selector of Gateway istio-system/iw: its Gateway selects pods with app=other, and gate has other labels',
      'server host of Gateway istio-system/hw: another server has a.com on port 8443 with TLS',
      'server certificate of Gateway istio-system/gw: its certificate, or the authority of its callers, does not exist',
      'server route of Gateway istio-system/gw: no VirtualService has a tls route for it',
      'server service of Gateway istio-system/gw: no service is called *.c.com',
    ]);
    expect(passedOver(gateway(server(9000, 'TCP', 'a.com')), 9000)).toEqual([
      'server p9000 of Gateway istio-system/gw: no VirtualService has a tcp route for it',
    ]);
    expect(passedOver(text, 8080)).toEqual([]);
  });

  test('says which names its servers take', () => {
    const text = gateway(
      `${server(443, 'HTTPS', 'a.com, shop/b.com', simple('one'), 'ends')}, ${server(443, 'TLS', '"*.local"', ', tls: { mode: AUTO_PASSTHROUGH }', 'passes')}`,
    );
    expect(passedOver(text, 8443, hello('c.com'))).toEqual([
      'server ends of Gateway istio-system/gw: it takes the names a.com, b.com, and the caller asks for c.com',
      'server passes of Gateway istio-system/gw: it takes mutual TLS of the mesh to a cluster by its name, and the caller asks for c.com',
    ]);
    expect(passedOver(text, 8443)[0]).toMatch('the caller names none');
  });

  test('may be one that the pod may not open', () => {
    const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: gate, namespace: istio-system }
spec:
  template:
    metadata: { labels: { app: gate } }
    spec: { containers: [{ name: istio-proxy, image: auto, env: [{ name: ISTIO_META_UNPRIVILEGED_POD, value: "true" }] }] }
---`;
    const text = deployment + gateway(`${server(80, 'HTTP', '"*"')}, ${server(8080, 'HTTP', '"*"')}`);
    expect([take(text, 80, undefined, {}), typeof take(text, 8080, undefined, {})]).toEqual(['refused', 'object']);
    expect(passedOver(text, 80, undefined, {})).toEqual(['server p80 of Gateway istio-system/gw: the pod may open no port below 1024']);
  });
});

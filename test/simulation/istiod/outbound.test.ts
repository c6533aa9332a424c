import type { MeshFacts, ServiceFact } from '../../../src/mesh/facts';
import { sidecarOf } from './sidecar-of';

const cluster = (name: string, port: number, namespace = 'shop'): string => `outbound|${port}||${name}.${namespace}.svc.cluster.local`;

function facts(...services: readonly ServiceFact[]): MeshFacts {
  return {
    services: services.map((service) => ({ namespace: 'shop', selector: { app: 'web' }, ...service })),
    workloads: [
      { name: 'client', namespace: 'shop' },
      { name: 'web', namespace: 'shop', ip: '10.1.0.1' },
    ],
  };
}

const web: ServiceFact = {
  name: 'web',
  clusterIP: '10.96.0.1',
  ports: [
    { name: 'http', port: 80 },
    { name: 'tcp', port: 9000 },
    { name: 'tls', port: 443 },
    { name: 'x', port: 7000 },
    { name: 'mysql', port: 3307 },
  ],
};

describe('the listener of a connection', () => {
  const sidecar = sidecarOf('', facts(web));

  it('is that of the address and port for TCP and TLS', () => {
    expect(sidecar.tcp('10.96.0.1:9000')).toBe(cluster('web', 9000));
    expect(sidecar.tls('10.96.0.1:443', 'anything')).toBe(cluster('web', 443));
    expect(sidecar.tcp('10.96.0.1:3307')).toBe(cluster('web', 3307));
  });

  it('is that of the port alone for HTTP, whatever the address', () => {
    expect(sidecar.http('10.96.0.1:80', 'web')).toBe(`web.shop.svc.cluster.local:80 ${cluster('web', 80)}`);
    expect(sidecar.http('203.0.113.9:80', 'web')).toBe(`web.shop.svc.cluster.local:80 ${cluster('web', 80)}`);
  });

  it('looks at the traffic where the protocol is not told: HTTP goes by routes, whatever its host, the rest as it is', () => {
    expect(sidecar.http('10.96.0.1:7000', 'some.other.host')).toBe(`web.shop.svc.cluster.local:7000 ${cluster('web', 7000)}`);
    expect(sidecar.tcp('10.96.0.1:7000')).toBe(cluster('web', 7000));
    expect(sidecar.tls('10.96.0.1:7000', 'web')).toBe(cluster('web', 7000));
  });

  it('lets what is no HTTP pass an HTTP port untouched', () => {
    expect(sidecar.tcp('10.96.0.1:80')).toBe('PassthroughCluster');
    expect(sidecar.tls('10.96.0.1:80', 'web')).toBe('PassthroughCluster');
  });

  it('is missing for unknown destinations, which pass or are dropped as the mesh says', () => {
    expect(sidecar.tcp('203.0.113.9:9000')).toBe('PassthroughCluster');
    expect(sidecar.http('10.96.0.1:81', 'web')).toBe('PassthroughCluster');
    const strict = sidecarOf('', { ...facts(web), mesh: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } });
    expect(strict.tcp('203.0.113.9:9000')).toBe('BlackHoleCluster');
    expect(strict.tcp('10.96.0.1:80')).toBe('BlackHoleCluster');
    expect(strict.http('10.96.0.1:80', 'nobody')).toBe('block_all 502');
  });

  it('leads nobody back to the sidecar itself', () => {
    expect(sidecar.tcp('203.0.113.9:15001')).toBe('BlackHoleCluster');
  });

  it('is none for UDP', () => {
    expect(sidecarOf('', facts({ ...web, ports: [{ name: 'dns', port: 5353, protocol: 'UDP' }] })).tcp('10.96.0.1:5353')).toBe('PassthroughCluster');
  });

  it('says in a few words why it is this one', () => {
    expect(sidecar.chain('10.96.0.1:9000', { kind: 'tcp', data: '' })).toMatchObject({ name: '10.96.0.1_9000', text: expect.stringContaining('web.shop') });
    expect(sidecar.chain('203.0.113.9:9000', { kind: 'tcp', data: '' })).toMatchObject({ text: expect.stringContaining('passes') });
  });
});

describe('headless services', () => {
  const headless = facts({
    name: 'web',
    clusterIP: 'None',
    ports: [
      { name: 'tcp', port: 9000 },
      { name: 'http', port: 80 },
      { port: 7000, name: 'x' },
    ],
  });
  const sidecar = sidecarOf('', headless);

  it('are listened for at the addresses of their pods', () => {
    expect(sidecar.tcp('10.1.0.1:9000')).toBe(cluster('web', 9000));
    expect(sidecar.tcp('10.1.0.1:7000')).toBe(cluster('web', 7000));
    expect(sidecar.http('10.1.0.1:7000', 'anything')).toBe(`web.shop.svc.cluster.local:7000 ${cluster('web', 7000)}`);
    expect(sidecar.tcp('10.1.0.2:9000')).toBe('PassthroughCluster');
  });

  it('are known by the names of their pods for HTTP', () => {
    expect(sidecar.http('10.1.0.1:80', 'web-0.web')).toBe(`web.shop.svc.cluster.local:80 ${cluster('web', 80)}`);
    expect(sidecar.http('10.1.0.1:80', 'web-0.web.shop.svc.cluster.local')).toBe(`web.shop.svc.cluster.local:80 ${cluster('web', 80)}`);
  });

  it('have no listener for the caller itself', () => {
    expect(sidecarOf('', headless, 'web.shop').tcp('10.1.0.1:9000')).toBe('PassthroughCluster');
  });
});

function serviceEntry(name: string, spec: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name}, namespace: shop }
spec: ${spec}
---`;
}

describe('ServiceEntries', () => {
  it('with addresses are listened for at each of them', () => {
    const sidecar = sidecarOf(
      serviceEntry(
        'db',
        '{ hosts: [db.example.com], addresses: [192.0.2.1, 192.0.2.2/32], ports: [{ number: 9000, name: tcp, protocol: TCP }], resolution: STATIC }',
      ),
      facts(),
    );
    expect(sidecar.tcp('192.0.2.1:9000')).toBe('outbound|9000||db.example.com');
    expect(sidecar.tcp('192.0.2.2:9000')).toBe('outbound|9000||db.example.com');
    expect(sidecar.tcp('192.0.2.3:9000')).toBe('PassthroughCluster');
  });

  it('with a CIDR block take the destinations in it, of several the narrowest', () => {
    const yaml =
      serviceEntry('wide', '{ hosts: [wide.example.com], addresses: [192.0.0.0/16], ports: [{ number: 9000, name: tcp, protocol: TCP }] }') +
      serviceEntry('narrow', '{ hosts: [narrow.example.com], addresses: [192.0.2.0/24], ports: [{ number: 9000, name: tcp, protocol: TCP }] }');
    const sidecar = sidecarOf(yaml, facts());
    expect(sidecar.tcp('192.0.2.7:9000')).toBe('outbound|9000||narrow.example.com');
    expect(sidecar.tcp('192.0.3.7:9000')).toBe('outbound|9000||wide.example.com');
    expect(sidecar.tcp('192.1.0.1:9000')).toBe('PassthroughCluster');
  });

  it('without addresses take every connection to their port, the first of them all', () => {
    const yaml =
      serviceEntry('a', '{ hosts: [a.example.com], ports: [{ number: 9000, name: tcp, protocol: TCP }] }') +
      serviceEntry('b', '{ hosts: [b.example.com], ports: [{ number: 9000, name: tcp, protocol: TCP }] }');
    expect(sidecarOf(yaml, facts()).tcp('192.0.2.7:9000')).toBe('outbound|9000||a.example.com');
  });

  it('without addresses are told apart by the name that TLS asks for', () => {
    const yaml =
      serviceEntry('a', '{ hosts: [a.example.com], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS }') +
      serviceEntry('w', '{ hosts: ["*.example.com"], ports: [{ number: 443, name: https, protocol: HTTPS }] }');
    const sidecar = sidecarOf(yaml, facts());
    expect(sidecar.tls('192.0.2.7:443', 'A.example.com')).toBe('outbound|443||a.example.com');
    expect(sidecar.tls('192.0.2.7:443', 'b.example.com')).toBe('outbound|443||*.example.com');
    expect(sidecar.tls('192.0.2.7:443', 'example.com')).toBe('PassthroughCluster');
    expect(sidecar.tcp('192.0.2.7:443')).toBe('PassthroughCluster');
  });

  it('share a port with HTTP: what is HTTP goes by its host, the rest to them', () => {
    const yaml = serviceEntry('a', '{ hosts: [a.example.com], ports: [{ number: 80, name: tcp, protocol: TCP }] }');
    const sidecar = sidecarOf(yaml, facts(web));
    expect(sidecar.http('192.0.2.7:80', 'web')).toBe(`web.shop.svc.cluster.local:80 ${cluster('web', 80)}`);
    expect(sidecar.tcp('192.0.2.7:80')).toBe('outbound|80||a.example.com');
  });

  it('of MongoDB and MySQL do not share a port with HTTP, as their servers speak first', () => {
    const entry = (name: string, protocol: string) =>
      serviceEntry(name, `{ hosts: [${name}.example.com], ports: [{ number: 80, name: p, protocol: ${protocol} }] }`);
    const mongoFirst = sidecarOf(entry('a', 'MONGO') + entry('b', 'HTTP'), facts());
    expect(mongoFirst.http('192.0.2.7:80', 'b.example.com')).toBe('outbound|80||a.example.com');
    const httpFirst = sidecarOf(entry('a', 'HTTP') + entry('b', 'MONGO'), facts());
    expect(httpFirst.tcp('192.0.2.7:80')).toBe('PassthroughCluster');
    expect(httpFirst.http('192.0.2.7:80', 'a.example.com')).toBe('a.example.com:80 outbound|80||a.example.com');
  });
});

function virtualService(spec: string, name = 'routes'): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: shop }
spec: ${spec}
---`;
}

describe('tcp routes', () => {
  const other: ServiceFact = { name: 'other', clusterIP: '10.96.0.2', ports: [{ name: 'tcp', port: 9100 }] };
  const tcp = (section: string, ...services: readonly ServiceFact[]) =>
    sidecarOf(virtualService(`{ hosts: [web], tcp: ${section} }`), facts(web, other, ...services));

  it('send connections elsewhere, to the only port of a service where none is named', () => {
    expect(tcp('[{ route: [{ destination: { host: other } }] }]').tcp('10.96.0.1:9000')).toBe(cluster('other', 9100));
  });

  it('of several destinations leave out those without weight', () => {
    const route =
      '{ destination: { host: web, subset: v1 }, weight: 30 }, { destination: { host: other }, weight: 0 }, { destination: { host: web }, weight: 20 }';
    expect(tcp(`[{ route: [${route}] }]`).tcp('10.96.0.1:9000')).toBe(
      'outbound|9000|v1|web.shop.svc.cluster.local@30,outbound|9000||web.shop.svc.cluster.local@20',
    );
  });

  it('count where their matches hold, and otherwise connections go to the service itself', () => {
    const matched = (match: string) => tcp(`[{ match: [${match}], route: [{ destination: { host: other } }] }]`).tcp('10.96.0.1:9000');
    expect(matched('{ port: 9000 }')).toBe(cluster('other', 9100));
    expect(matched('{ port: 9001 }')).toBe(cluster('web', 9000));
    expect(matched('{ sourceLabels: { app: client } }')).toBe(cluster('other', 9100));
    expect(matched('{ sourceLabels: { app: web } }')).toBe(cluster('web', 9000));
    expect(matched('{ sourceNamespace: shop }')).toBe(cluster('other', 9100));
    expect(matched('{ sourceNamespace: ops }')).toBe(cluster('web', 9000));
    expect(matched('{ gateways: [mesh] }')).toBe(cluster('other', 9100));
    expect(matched('{ gateways: [gw] }')).toBe(cluster('web', 9000));
    // Unlike in http routes, gateways do not make labels void.
    expect(matched('{ gateways: [mesh], sourceLabels: { app: web } }')).toBe(cluster('web', 9000));
    expect(matched('{ port: 9001 }, { port: 9000 }')).toBe(cluster('other', 9100));
  });

  it('may be for some destinations only', () => {
    const sidecar = tcp(
      '[{ match: [{ destinationSubnets: [10.96.0.0/24] }, { destinationSubnets: [10.97.0.0/24] }], route: [{ destination: { host: other } }] }]',
    );
    expect(sidecar.tcp('10.96.0.1:9000')).toBe(cluster('other', 9100));
    const elsewhere = tcp('[{ match: [{ destinationSubnets: [10.97.0.0/24] }], route: [{ destination: { host: other } }] }]');
    expect(elsewhere.tcp('10.96.0.1:9000')).toBe(cluster('web', 9000));
  });

  it('end with the first that takes every destination', () => {
    expect(tcp('[{ route: [{ destination: { host: other } }] }, { route: [{ destination: { host: web, subset: v2 } }] }]').tcp('10.96.0.1:9000')).toBe(
      cluster('other', 9100),
    );
  });

  it('are those of the first VirtualService that has some, exact host or not', () => {
    const yaml =
      virtualService('{ hosts: ["*.shop.svc.cluster.local"], tcp: [{ route: [{ destination: { host: other } }] }] }', 'a') +
      virtualService('{ hosts: [web], tcp: [{ route: [{ destination: { host: web, subset: v2 } }] }] }', 'b');
    expect(sidecarOf(yaml, facts(web, other)).tcp('10.96.0.1:9000')).toBe(cluster('other', 9100));
  });

  it('do not touch HTTP, and are for what is no HTTP on a port that is sniffed', () => {
    const sidecar = tcp('[{ route: [{ destination: { host: other } }] }]');
    expect(sidecar.http('10.96.0.1:80', 'web')).toBe(`web.shop.svc.cluster.local:80 ${cluster('web', 80)}`);
    expect(sidecar.tcp('10.96.0.1:7000')).toBe(cluster('other', 9100));
    expect(sidecar.http('10.96.0.1:7000', 'web')).toBe(`web.shop.svc.cluster.local:7000 ${cluster('web', 7000)}`);
  });

  it('differ between callers with other labels', () => {
    const yaml = virtualService(
      '{ hosts: [db.example.com], tcp: [{ match: [{ sourceLabels: { app: client } }], route: [{ destination: { host: other } }] }] }',
    );
    const entry = serviceEntry('db', '{ hosts: [db.example.com], ports: [{ number: 9000, name: tcp, protocol: TCP }] }');
    const mesh = facts(other);
    expect(sidecarOf(entry + yaml, mesh, 'client.shop').tcp('192.0.2.1:9000')).toBe(cluster('other', 9100));
    expect(sidecarOf(entry + yaml, mesh, 'web.shop').tcp('192.0.2.1:9000')).toBe('outbound|9000||db.example.com');
  });
});

describe('tls routes', () => {
  const tls = (section: string, host = 'web') => sidecarOf(virtualService(`{ hosts: [${host}], tls: ${section} }`), facts(web));

  it('go by the name that TLS asks for, exact before the longest wildcard', () => {
    const sidecar = sidecarOf(
      virtualService(`{ hosts: ["*.example.com"], tls: [
        { match: [{ sniHosts: ["*.example.com"] }], route: [{ destination: { host: web, subset: any } }] },
        { match: [{ sniHosts: ["*.api.example.com"] }], route: [{ destination: { host: web, subset: api } }] },
        { match: [{ sniHosts: [a.api.example.com], port: 443 }], route: [{ destination: { host: web, subset: a } }] }] }`) +
        serviceEntry('any', '{ hosts: ["*.example.com"], ports: [{ number: 443, name: tls, protocol: TLS }] }'),
      facts(web),
    );
    const subset = (sni: string) => sidecar.tls('192.0.2.1:443', sni).split('|')[2];
    expect(['x.example.com', 'x.api.example.com', 'a.api.example.com', 'A.API.example.com', 'x.y.example.com'].map(subset)).toEqual([
      'any',
      'api',
      'a',
      'a',
      'any',
    ]);
    expect(sidecar.tls('192.0.2.1:443', 'example.com')).toBe('PassthroughCluster');
    expect(sidecar.tls('192.0.2.1:443', '')).toBe('PassthroughCluster');
  });

  it('take the place of the way to the service itself, even for other names', () => {
    const sidecar = tls('[{ match: [{ sniHosts: [web.shop.svc.cluster.local] }], route: [{ destination: { host: web, subset: v2 } }] }]');
    expect(sidecar.tls('10.96.0.1:443', 'web.shop.svc.cluster.local')).toBe('outbound|443|v2|web.shop.svc.cluster.local');
    expect(sidecar.tls('10.96.0.1:443', 'another')).toBe('PassthroughCluster');
  });

  it('of two with the same names only the first counts', () => {
    const sidecar = tls(`[
      { match: [{ sniHosts: [web.shop.svc.cluster.local], sourceLabels: { app: web } }], route: [{ destination: { host: web, subset: v1 } }] },
      { match: [{ sniHosts: [web.shop.svc.cluster.local] }], route: [{ destination: { host: web, subset: v2 } }] },
      { match: [{ sniHosts: [web.shop.svc.cluster.local] }], route: [{ destination: { host: web, subset: v3 } }] }]`);
    expect(sidecar.tls('10.96.0.1:443', 'web.shop.svc.cluster.local')).toBe('outbound|443|v2|web.shop.svc.cluster.local');
  });

  it('do not count where the port is not one of TLS', () => {
    const sidecar = tls('[{ match: [{ sniHosts: [web.shop.svc.cluster.local] }], route: [{ destination: { host: web, subset: v2 } }] }]');
    expect(sidecar.tls('10.96.0.1:9000', 'web.shop.svc.cluster.local')).toBe(cluster('web', 9000));
  });
});

function sidecarObject(spec: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: ${spec}
---`;
}

describe('egress listeners', () => {
  const api: ServiceFact = {
    name: 'api',
    clusterIP: '10.96.0.3',
    ports: [
      { name: 'http', port: 80 },
      { name: 'tcp', port: 9000 },
    ],
  };

  it('with a port leave that port to their own hosts', () => {
    const sidecar = sidecarOf(
      sidecarObject('{ egress: [{ port: { number: 80, protocol: HTTP, name: http }, hosts: [./api.shop.svc.cluster.local] }, { hosts: ["*/*"] }] }'),
      facts(web, api),
    );
    expect(sidecar.http('10.96.0.3:80', 'api')).toBe(`api.shop.svc.cluster.local:80 ${cluster('api', 80)}`);
    expect(sidecar.http('10.96.0.1:80', 'web')).toBe('allow_any PassthroughCluster');
    expect(sidecar.tcp('10.96.0.1:9000')).toBe(cluster('web', 9000));
  });

  it('decide about the protocol of their port', () => {
    const sidecar = sidecarOf(sidecarObject('{ egress: [{ port: { number: 80, protocol: TCP, name: tcp }, hosts: ["*/*"] }] }'), facts(web, api));
    expect(sidecar.http('10.96.0.3:80', 'web')).toBe(cluster('api', 80));
    expect(sidecar.tcp('10.96.0.1:9000')).toBe('PassthroughCluster');
  });

  it('may be opened for applications to connect to', () => {
    const listener = '{ port: { number: 9000, protocol: TCP, name: tcp }, bind: 127.0.0.1, captureMode: NONE, hosts: ["./web.shop.svc.cluster.local"] }';
    const sidecar = sidecarOf(sidecarObject(`{ egress: [${listener}, { hosts: ["*/*"] }] }`), facts(web));
    expect(sidecar.tcp('127.0.0.1:9000')).toBe(cluster('web', 9000));
    expect(sidecar.tcp('127.0.0.1:9001')).toBe('refused');
    const range = `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: { name: range, namespace: shop }
spec: { hosts: [range.example.com], addresses: [192.0.2.0/24], resolution: NONE, ports: [{ number: 9100, name: tcp, protocol: TCP }] }\n---\n`;
    const ofRange = '{ port: { number: 9100, protocol: TCP, name: tcp }, captureMode: NONE, hosts: ["./range.example.com"] }';
    expect(sidecarOf(range + sidecarObject(`{ egress: [${ofRange}] }`), facts(web)).tcp('127.0.0.1:9100')).toBe('outbound|9100||range.example.com');
    expect(sidecar.tcp('10.96.0.1:9000')).toBe(cluster('web', 9000));
  });

  it('are opened at the loopback address where none is given', () => {
    const sidecar = sidecarOf(
      sidecarObject('{ egress: [{ port: { number: 80, protocol: HTTP, name: http }, captureMode: NONE, hosts: ["./*"] }] }'),
      facts(web),
    );
    expect(sidecar.http('127.0.0.1:80', 'web')).toBe(`web.shop.svc.cluster.local:80 ${cluster('web', 80)}`);
    expect(sidecar.http('127.0.0.1:80', 'nobody')).toBe('allow_any PassthroughCluster');
    expect(sidecar.http('10.96.0.1:80', 'web')).toBe('PassthroughCluster');
  });

  it('may be bound to an address', () => {
    const sidecar = sidecarOf(
      sidecarObject('{ egress: [{ port: { number: 80, protocol: HTTP, name: http }, bind: 192.0.2.9, hosts: ["./*"] }, { hosts: ["ops/*"] }] }'),
      facts(web),
    );
    expect(sidecar.http('192.0.2.9:80', 'web')).toBe(`web.shop.svc.cluster.local:80 ${cluster('web', 80)}`);
    expect(sidecar.http('10.96.0.1:80', 'web')).toBe('PassthroughCluster');
  });

  it('for an HTTP proxy take requests for hosts on port 80 of whatever name', () => {
    const listener = '{ port: { number: 3128, protocol: HTTP_PROXY, name: proxy }, bind: 127.0.0.1, captureMode: NONE, hosts: ["*/*"] }';
    const late: ServiceFact = {
      name: 'late',
      clusterIP: '10.96.0.4',
      ports: [
        { name: 'http-b', port: 8080 },
        { name: 'http', port: 80 },
      ],
    };
    const sidecar = sidecarOf(sidecarObject(`{ egress: [${listener}, { hosts: ["*/*"] }] }`), facts(web, late));
    expect(sidecar.http('127.0.0.1:3128', 'web')).toBe(`web.shop.svc.cluster.local:80 ${cluster('web', 80)}`);
    expect(sidecar.http('127.0.0.1:3128', 'web:9000')).toBe(`web.shop.svc.cluster.local:80 ${cluster('web', 80)}`);
    // Its plain name went to the first port.
    expect(sidecar.http('127.0.0.1:3128', 'late')).toBe('allow_any PassthroughCluster');
    expect(sidecar.http('127.0.0.1:3128', 'nobody')).toBe('allow_any PassthroughCluster');
  });

  it('send unknown traffic through a proxy where the Sidecar names one', () => {
    const proxy = '{ host: web.shop.svc.cluster.local, subset: out, port: { number: 9000 } }';
    const sidecar = sidecarOf(sidecarObject(`{ outboundTrafficPolicy: { mode: ALLOW_ANY, egressProxy: ${proxy} } }`), facts(web));
    expect(sidecar.tcp('203.0.113.9:1')).toBe('outbound|9000|out|web.shop.svc.cluster.local');
    expect(sidecar.http('203.0.113.9:80', 'nobody')).toBe('allow_any outbound|9000|out|web.shop.svc.cluster.local');
  });

  it('look up unknown hosts where the mesh says so', () => {
    const sidecar = sidecarOf('', { ...facts(web), mesh: { outboundTrafficPolicy: { mode: 'ALLOW_ANY_DYNAMIC_DNS' } } });
    expect(sidecar.http('203.0.113.9:80', 'nobody')).toBe('allow_any_dynamic_dns AllowAnyDynamicDNSCluster');
    expect(sidecar.http('203.0.113.9:81', 'nobody')).toBe('allow_any_dynamic_dns AllowAnyDynamicDNSCluster');
    expect(sidecar.tcp('203.0.113.9:81')).toBe('PassthroughCluster');
  });
});

import type { MeshFacts } from '../../../src/mesh/facts';
import { clustersOf, destinationRule, localities, serviceEntry } from './cluster-of';

const facts: MeshFacts = {
  dns: 'listed',
  services: [
    {
      name: 'reviews',
      namespace: 'shop',
      selector: { app: 'reviews' },
      ports: [
        { name: 'http', port: 80, targetPort: 8080 },
        { name: 'grpc', port: 81 },
        { name: 'x', port: 82 },
        { name: 'http-dns', port: 53, protocol: 'UDP' },
      ],
    },
    { name: 'pods', namespace: 'shop', selector: { app: 'reviews' }, clusterIP: 'None', ports: [{ name: 'http', port: 80 }] },
    { name: 'alias', namespace: 'shop', type: 'ExternalName', externalName: 'reviews.shop.svc.cluster.local', ports: [{ name: 'http', port: 80 }] },
    { name: 'hidden', namespace: 'ops', annotations: { 'networking.istio.io/exportTo': '.' }, ports: [{ name: 'http', port: 80 }] },
  ],
  workloads: [
    { name: 'client', namespace: 'shop' },
    { name: 'gateway', namespace: 'shop', gateway: true },
    { name: 'v1', namespace: 'shop', labels: { app: 'reviews', version: 'v1' } },
    { name: 'v2', namespace: 'shop', labels: { app: 'reviews', version: 'v2' } },
    { name: 'late', namespace: 'shop', labels: { app: 'reviews', version: 'v2' }, ready: false },
  ],
  external: [{ host: 'api.example.com' }],
};

const reviews = (port: number, subset = '') => `outbound|${port}|${subset}|reviews.shop.svc.cluster.local`;
const outside = (port: number, subset = '', host = 'api.example.com') => `outbound|${port}|${subset}|${host}`;
const http = [{ number: 80, name: 'http', protocol: 'HTTP' }];

describe('the clusters of a proxy', () => {
  const cluster = clustersOf(
    destinationRule('reviews', { subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v9', labels: { version: 'v9' } }, { name: 'all' }] }),
    facts,
  );

  it('are there for every port of a service that it knows, but not for UDP', () => {
    expect(localities(cluster(reviews(80)))).toEqual(['0:2 v1,v2']);
    expect(cluster(reviews(53))).toBeUndefined();
    expect(cluster(reviews(99))).toBeUndefined();
    expect(cluster('outbound|80||nobody.shop.svc.cluster.local')).toBeUndefined();
    expect(cluster('outbound|80||hidden.ops.svc.cluster.local')).toBeUndefined();
  });

  it('are there for the subsets of its DestinationRule, with or without endpoints', () => {
    expect(localities(cluster(reviews(80, 'v1')))).toEqual(['0:1 v1']);
    expect(localities(cluster(reviews(80, 'all')))).toEqual(['0:2 v1,v2']);
    expect(cluster(reviews(80, 'v9'))).toMatchObject({ type: 'static', localities: [] });
    expect(cluster(reviews(80, 'other'))).toBeUndefined();
  });

  it('name the rule or the subset that shaped them', () => {
    expect(cluster(reviews(80, 'v9'))?.source?.path).toBe('spec.subsets[1]');
    expect(cluster(reviews(80))?.source).toBeUndefined();
  });

  it('are not there for aliases, whose routes lead to what they stand for', () => {
    expect(cluster('outbound|80||alias.shop.svc.cluster.local')).toBeUndefined();
  });

  it('lead to the original address for headless services, and to endpoints where the proxy is a gateway', () => {
    const pods = 'outbound|80||pods.shop.svc.cluster.local';
    expect(cluster(pods)).toMatchObject({ type: 'originalDestination', localities: [], loadBalancing: 'ORIGINAL_DST' });
    expect(localities(cluster(pods, 'gateway.shop'))).toEqual(['0:2 v1,v2']);
  });

  it('are one object for one proxy', () => {
    expect(cluster(reviews(80))).toBe(cluster(reviews(80)));
  });

  it('take what nobody knows: passed on by sidecars, swallowed where it must not leave', () => {
    expect(cluster('PassthroughCluster')).toMatchObject({ type: 'originalDestination' });
    expect(cluster('PassthroughCluster', 'gateway.shop')).toBeUndefined();
    expect(cluster('InboundPassthroughCluster')).toMatchObject({ type: 'originalDestination' });
    expect(cluster('BlackHoleCluster', 'gateway.shop')).toMatchObject({ type: 'blackhole' });
    expect(cluster('AllowAnyDynamicDNSCluster')).toBeUndefined();
    const dynamic = clustersOf('', { ...facts, mesh: { outboundTrafficPolicy: { mode: 'ALLOW_ANY_DYNAMIC_DNS' } } });
    expect(dynamic('AllowAnyDynamicDNSCluster')).toMatchObject({ type: 'dynamic' });
  });
});

describe('the cluster of a ServiceEntry', () => {
  it('leads to the original address, or to its target port, when it has no resolution', () => {
    const ports = [...http, { number: 81, name: 'http-b', protocol: 'HTTP', targetPort: 8080 }];
    const cluster = clustersOf(serviceEntry('api.example.com', { resolution: 'NONE', ports }), facts);
    expect(cluster(outside(80))).toMatchObject({ type: 'originalDestination' });
    expect(cluster(outside(80))?.portOverride).toBeUndefined();
    expect(cluster(outside(81))?.portOverride).toBe(8080);
    expect(cluster(outside(80), 'gateway.shop')).toMatchObject({ type: 'static', localities: [] });
  });

  it('has the names that DNS knows, and is not there at all where a subset has no name', () => {
    const endpoints = [
      { address: 'api.example.com', labels: { v: 'a' } },
      { address: 'nowhere.example.com', labels: { v: 'b' } },
    ];
    const yaml = serviceEntry('api.example.com', { resolution: 'DNS', ports: http, endpoints });
    const subsets = ['a', 'b', 'c'].map((v) => ({ name: v, labels: { v } }));
    const cluster = clustersOf(yaml + destinationRule('api.example.com', { subsets }), facts);
    expect(localities(cluster(outside(80)))).toEqual(['0:1 api.example.com']);
    expect(localities(cluster(outside(80, 'a')))).toEqual(['0:1 api.example.com']);
    expect(cluster(outside(80, 'b'))).toMatchObject({ localities: [] });
    expect(cluster(outside(80, 'c'))).toBeUndefined();
  });

  it('follows the name of each request where it is dynamic, without subsets, for HTTP and TLS alone', () => {
    const ports = [...http, { number: 443, name: 'https', protocol: 'HTTPS' }];
    const yaml = serviceEntry('*.example.com', { resolution: 'DYNAMIC_DNS', ports }) + destinationRule('*.example.com', { subsets: [{ name: 'a' }] });
    const cluster = clustersOf(yaml, facts);
    expect(cluster(outside(80, '', '*.example.com'))).toMatchObject({ type: 'dynamic' });
    expect(cluster(outside(80, 'a', '*.example.com'))).toBeUndefined();
    expect(cluster(outside(443, '', '*.example.com'))).toBeUndefined();
  });
});

describe('PASSTHROUGH of a host or a subset', () => {
  const subset = (trafficPolicy: object) => ({ name: 'v1', labels: { version: 'v1' }, trafficPolicy });
  const passthrough = { loadBalancer: { simple: 'PASSTHROUGH' } };
  const random = { loadBalancer: { simple: 'RANDOM' } };

  it('goes before whatever is said of one port, and subsets cannot take it back', () => {
    const ports = (policy: object) => ({ ...policy, portLevelSettings: [{ port: { number: 80 }, ...random }] });
    const type = (spec: object, name = reviews(80, 'v1')) => clustersOf(destinationRule('reviews', spec), facts)(name)?.type;
    expect(type({ subsets: [subset(ports(passthrough))] })).toBe('originalDestination');
    expect(type({ trafficPolicy: passthrough, subsets: [subset(random)] })).toBe('originalDestination');
    expect(type({ trafficPolicy: ports(passthrough), subsets: [subset({})] })).toBe('static');
    expect(type({ trafficPolicy: ports(passthrough) }, reviews(80))).toBe('static');
  });

  it('needs no names where those of a subset would be looked up', () => {
    const entry = serviceEntry('api.example.com', { resolution: 'DNS', ports: http });
    const cluster = clustersOf(entry + destinationRule('api.example.com', { subsets: [subset(passthrough)] }), facts);
    expect(cluster(outside(80, 'v1'))).toMatchObject({ type: 'originalDestination' });
    expect(cluster(outside(80, 'v1'))?.portOverride).toBeUndefined();
  });
});

describe('the policy of a cluster', () => {
  const withPolicy = (trafficPolicy: object, more: MeshFacts = {}) => clustersOf(destinationRule('reviews', { trafficPolicy }), { ...facts, ...more });

  it('chooses how endpoints are balanced', () => {
    const lb = (loadBalancer: object) => withPolicy({ loadBalancer })(reviews(80));
    expect(withPolicy({ connectionPool: {} })(reviews(80))?.loadBalancing).toBe('LEAST_REQUEST');
    expect(lb({ simple: 'LEAST_CONN' })?.loadBalancing).toBe('LEAST_REQUEST');
    expect(lb({ simple: 'RANDOM' })?.loadBalancing).toBe('RANDOM');
    expect(lb({ simple: 'ROUND_ROBIN' })?.loadBalancing).toBe('ROUND_ROBIN');
    expect(lb({ simple: 'PASSTHROUGH' })).toMatchObject({ type: 'originalDestination', loadBalancing: 'ORIGINAL_DST' });
    expect(lb({ consistentHash: { httpHeaderName: 'x' } })).toMatchObject({ loadBalancing: 'RING_HASH', hashTableSize: 1024, hash: [] });
    expect(lb({ consistentHash: { useSourceIp: true, minimumRingSize: 64 } })).toMatchObject({
      loadBalancing: 'RING_HASH',
      hashTableSize: 64,
      hash: [{ kind: 'sourceIp' }],
    });
    expect(lb({ consistentHash: { httpHeaderName: 'x', ringHash: { minimumRingSize: '16' } } })?.hashTableSize).toBe(16);
    expect(lb({ consistentHash: { httpHeaderName: 'x', maglev: { tableSize: 1009 } } })).toMatchObject({ loadBalancing: 'MAGLEV', hashTableSize: 1009 });
  });

  it('leaves a gateway without endpoints where only the original address would do', () => {
    expect(withPolicy({ loadBalancer: { simple: 'PASSTHROUGH' } })(reviews(80), 'gateway.shop')).toMatchObject({ type: 'static', localities: [] });
  });

  it('sets how long a connection may take', () => {
    expect(withPolicy({ connectionPool: { tcp: { connectTimeout: '0.5s' } } })(reviews(80))?.connectTimeout).toBe(500);
    expect(withPolicy({ loadBalancer: { simple: 'RANDOM' } }, { mesh: { connectTimeout: '3s' } })(reviews(80))?.connectTimeout).toBe(3000);
    expect(withPolicy({ loadBalancer: { simple: 'RANDOM' } })(reviews(80))?.connectTimeout).toBe(10_000);
  });

  it('speaks HTTP/2 to ports that declare it and where it is told to, but not against the caller on ports without protocol', () => {
    const upgrade = (h2UpgradePolicy: string) => withPolicy({ connectionPool: { http: { h2UpgradePolicy } } });
    const versions = (cluster: ReturnType<typeof clustersOf>, workload?: string) =>
      [80, 81, 82].map((port) => (cluster(reviews(port), workload)?.keepsVersion ? 'kept' : cluster(reviews(port), workload)?.http2 ? 2 : 1));
    expect(versions(withPolicy({ loadBalancer: { simple: 'RANDOM' } }))).toEqual([1, 2, 'kept']);
    expect(versions(withPolicy({ loadBalancer: { simple: 'RANDOM' } }), 'gateway.shop')).toEqual([1, 2, 1]);
    expect(versions(upgrade('UPGRADE'))).toEqual([2, 2, 'kept']);
    expect(versions(upgrade('UPGRADE'), 'gateway.shop')).toEqual([2, 2, 2]);
    const mesh = { mesh: { h2UpgradePolicy: 'UPGRADE' } };
    expect(versions(clustersOf('', { ...facts, ...mesh }), 'gateway.shop')).toEqual([2, 2, 1]);
    expect(
      versions(
        clustersOf(destinationRule('reviews', { trafficPolicy: { connectionPool: { http: { h2UpgradePolicy: 'DO_NOT_UPGRADE' } } } }), { ...facts, ...mesh }),
      ),
    ).toEqual([1, 2, 'kept']);
    expect(versions(withPolicy({ connectionPool: { http: { useClientProtocol: true } } }))).toEqual(['kept', 'kept', 'kept']);
  });

  it('detects outliers with Envoy’s defaults, and panics only where it is told to', () => {
    expect(withPolicy({ outlierDetection: {} })(reviews(80))).toMatchObject({
      panicThreshold: 0,
      outlierDetection: { consecutive5xx: 5, consecutiveGatewayErrors: 0, maxEjectionPercent: 10, baseEjectionTime: 30_000, interval: 10_000 },
    });
    const own = { consecutive5xxErrors: 0, consecutiveGatewayErrors: 2, maxEjectionPercent: 50, baseEjectionTime: '1s', minHealthPercent: 30 };
    expect(withPolicy({ outlierDetection: own })(reviews(80))).toMatchObject({
      panicThreshold: 30,
      outlierDetection: { consecutive5xx: 0, consecutiveGatewayErrors: 2, maxEjectionPercent: 50, baseEjectionTime: 1000 },
    });
    expect(withPolicy({ loadBalancer: { simple: 'RANDOM' } })(reviews(80))?.outlierDetection).toBeUndefined();
  });

  it('says what it does not simulate', () => {
    const tunnel = { protocol: 'CONNECT', targetHost: 'proxy.example.com', targetPort: 3128 };
    const [note] = withPolicy({ tunnel })(reviews(80))?.unsimulated ?? [];
    expect(note).toMatchObject({ text: 'connections are tunnelled through proxy.example.com:3128', source: { path: 'spec.trafficPolicy.tunnel' } });
    expect(withPolicy({ proxyProtocol: { version: 'V2' } })(reviews(80))?.unsimulated).toHaveLength(1);
  });
});

describe('the cluster of a sidecar’s own application', () => {
  const sidecar = (ingress: object, rest: object = {}) =>
    `---\n${JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', metadata: { name: 's', namespace: 'shop' }, spec: { ingress: [ingress], ...rest } })}\n`;

  it('leads to the port that was asked for', () => {
    const cluster = clustersOf('', facts);
    expect(cluster('inbound|8080||', 'v1.shop')).toMatchObject({ type: 'originalDestination', http2: false, keepsVersion: false });
    expect(cluster('inbound|81||', 'v1.shop')).toMatchObject({ http2: true });
    expect(cluster('inbound|82||', 'v1.shop')).toMatchObject({ keepsVersion: true });
    expect(cluster('inbound|8080||', 'gateway.shop')).toBeUndefined();
  });

  it('leads to another one where a Sidecar says so', () => {
    const cluster = clustersOf(sidecar({ port: { number: 8080, protocol: 'HTTP', name: 'http' }, defaultEndpoint: '127.0.0.1:9999' }), facts)(
      'inbound|8080||',
      'v1.shop',
    );
    expect(cluster).toMatchObject({ type: 'static', localities: [{ endpoints: [{ port: 9999 }] }] });
  });

  it('keeps the version of HTTP that came, where the DestinationRule of the service or the Sidecar wants it', () => {
    const keeps = { http: { useClientProtocol: true } };
    expect(clustersOf(destinationRule('reviews', { trafficPolicy: { connectionPool: keeps } }), facts)('inbound|81||', 'v1.shop')).toMatchObject({
      http2: false,
      keepsVersion: true,
    });
    const grpc = { port: { number: 81, protocol: 'GRPC', name: 'grpc' } };
    expect(clustersOf(sidecar({ ...grpc, connectionPool: keeps }), facts)('inbound|81||', 'v1.shop')?.keepsVersion).toBe(true);
    expect(clustersOf(sidecar(grpc, { inboundConnectionPool: keeps }), facts)('inbound|81||', 'v1.shop')?.keepsVersion).toBe(true);
    expect(clustersOf(sidecar(grpc), facts)('inbound|81||', 'v1.shop')?.keepsVersion).toBe(false);
  });
});

describe('the cluster of TLS that a gateway forwards by its server name', () => {
  const name = 'outbound_.80_.v1_.reviews.shop.svc.cluster.local';
  const subsets = [{ name: 'v1', labels: { version: 'v1' } }];

  it('has only endpoints that are ready for mutual TLS, and begins none of its own', () => {
    const mixed = {
      ...facts,
      workloads: [...(facts.workloads ?? []), { name: 'bare', namespace: 'shop', labels: { app: 'reviews', version: 'v1' }, sidecar: false }],
    };
    const cluster = clustersOf(destinationRule('reviews', { subsets }), mixed);
    expect(localities(cluster(name, 'gateway.shop'))).toEqual(['0:1 v1']);
    expect(localities(cluster(reviews(80, 'v1'), 'gateway.shop'))).toEqual(['0:2 v1,bare']);
    const found = cluster(name, 'gateway.shop');
    expect(found?.tls(found.localities[0]?.endpoints[0] as never)).toBeUndefined();
    expect(cluster(name)).toBeUndefined();
  });
});

import type { MeshFacts } from '../../../src/mesh/facts';
import type { Endpoint } from '../../../src/mesh/service';
import type { Cluster } from '../../../src/simulation/envoy/cluster';
import { Headers, type HttpRequest } from '../../../src/simulation/envoy/http';
import type { Certificate } from '../../../src/simulation/network/connection';
import { clustersOf, destinationRule, serviceEntry } from './cluster-of';

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
      ],
    },
    { name: 'pods', namespace: 'shop', selector: { app: 'reviews' }, clusterIP: 'None', ports: [{ name: 'http', port: 80 }] },
  ],
  workloads: [
    { name: 'client', namespace: 'shop', serviceAccount: 'client' },
    { name: 'gateway', namespace: 'shop', gateway: true, serviceAccount: 'gateway' },
    { name: 'inside', namespace: 'shop', labels: { app: 'reviews' }, serviceAccount: 'reviews' },
    { name: 'outside', namespace: 'shop', labels: { app: 'reviews' }, serviceAccount: 'bare', sidecar: false },
  ],
  external: [{ host: 'api.example.com' }],
};

const REVIEWS = 'outbound|80||reviews.shop.svc.cluster.local';
const API = 'outbound|80||api.example.com';

function request(authority: string): HttpRequest {
  return { method: 'GET', scheme: 'http', authority, path: '/', headers: new Headers(), body: '' };
}

function peerAuthentication(name: string, spec: object, namespace = 'shop'): string {
  return `---\n${JSON.stringify({ apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', metadata: { name, namespace }, spec })}\n`;
}

function endpoint(cluster: Cluster, name: string): Endpoint {
  const found = cluster.localities.flatMap(({ endpoints }) => endpoints).find(({ workload, address }) => (workload?.name ?? address) === name);
  if (found === undefined) throw new Error(`no endpoint ${name}`);
  return found;
}

/** The endpoints of a cluster to which mutual TLS goes. */
function encrypted(cluster: Cluster | undefined): string {
  const endpoints = cluster?.localities.flatMap(({ endpoints }) => endpoints) ?? [];
  return endpoints
    .filter((each) => cluster?.tls(each)?.certificate?.ca === 'mesh')
    .map(({ workload }) => workload?.name)
    .join(' ');
}

const identity = (account: string): Certificate => ({ ca: 'mesh', hosts: [], uri: `spiffe://cluster.local/ns/shop/sa/${account}` });

describe('automatic mutual TLS', () => {
  const cluster = (yaml = '', more: MeshFacts = {}) => clustersOf(yaml, { ...facts, ...more })(REVIEWS);

  it('goes to endpoints with a sidecar, and to these alone', () => {
    expect(encrypted(cluster())).toBe('inside');
    expect(encrypted(clustersOf('', facts)(REVIEWS, 'gateway.shop'))).toBe('inside');
  });

  it('is switched off by MeshConfig, and for namespaces that accept none', () => {
    expect(encrypted(cluster('', { mesh: { enableAutoMtls: false } }))).toBe('');
    expect(encrypted(cluster(peerAuthentication('n', { mtls: { mode: 'DISABLE' } })))).toBe('');
    expect(encrypted(cluster(peerAuthentication('n', { mtls: { mode: 'DISABLE' } }, 'istio-system')))).toBe('');
  });

  it('heeds the policy of a workload for the port of its pod, but not against that of the namespace', () => {
    const selector = { matchLabels: { app: 'reviews' } };
    const strict = peerAuthentication('w', { selector, mtls: { mode: 'STRICT' } });
    expect(encrypted(cluster(peerAuthentication('n', { mtls: { mode: 'DISABLE' } }) + strict))).toBe('');
    expect(encrypted(cluster(peerAuthentication('w', { selector, mtls: { mode: 'DISABLE' } })))).toBe('');
    expect(encrypted(cluster(peerAuthentication('w', { selector, mtls: { mode: 'STRICT' }, portLevelMtls: { 8080: { mode: 'DISABLE' } } })))).toBe('');
    expect(encrypted(cluster(peerAuthentication('w', { selector, mtls: { mode: 'STRICT' }, portLevelMtls: { 80: { mode: 'DISABLE' } } })))).toBe('inside');
  });

  it('names the policy that speaks against it', () => {
    const found = cluster(peerAuthentication('w', { selector: { matchLabels: { app: 'reviews' } }, mtls: { mode: 'DISABLE' } })) as Cluster;
    expect(found.tlsSource?.(endpoint(found, 'inside'))).toMatchObject({ path: 'spec.mtls.mode' });
  });

  it('asks for the service by its cluster, shows who the caller is, and trusts the accounts of the service', () => {
    const found = cluster() as Cluster;
    const hello = found.tls(endpoint(found, 'inside'), request('reviews'));
    expect(hello).toMatchObject({
      sni: 'outbound_.80_._.reviews.shop.svc.cluster.local',
      alpn: ['istio-http/1.1', 'istio', 'http/1.1'],
      certificate: identity('client'),
    });
    expect(hello?.distrusts(identity('reviews'))).toBeUndefined();
    expect(hello?.distrusts(identity('bare'))).toBeUndefined();
    expect(hello?.distrusts(identity('other'))).toContain('not for spiffe://cluster.local/ns/shop/sa/reviews');
    expect(hello?.distrusts({ ...identity('reviews'), ca: 'public' })).toContain('trusts certificates of mesh');
    expect(found.tls(endpoint(found, 'inside'))?.alpn).toEqual(['istio']);
  });

  it('speaks of HTTP/2 where the port does', () => {
    const found = clustersOf('', facts)('outbound|81||reviews.shop.svc.cluster.local') as Cluster;
    expect(found.tls(endpoint(found, 'inside'), request('reviews'))?.alpn).toEqual(['istio-h2', 'istio', 'h2']);
  });

  it('trusts the aliases of the trust domain too', () => {
    const found = cluster('', { mesh: { trustDomainAliases: ['old'] } }) as Cluster;
    expect(found.tls(endpoint(found, 'inside'))?.distrusts({ ca: 'mesh', hosts: [], uri: 'spiffe://old/ns/shop/sa/reviews' })).toBeUndefined();
  });

  it('goes to an original address only where everybody behind the service is ready for it', () => {
    const pods = 'outbound|80||pods.shop.svc.cluster.local';
    const anywhere = { tlsMode: 'disabled' } as Endpoint;
    expect(clustersOf('', facts)(pods)?.tls(anywhere)).toBeUndefined();
    const ready = { ...facts, workloads: facts.workloads?.slice(0, 3) ?? [] };
    expect(clustersOf('', ready)(pods)?.tls(anywhere)?.certificate).toEqual(identity('client'));
    const unbalanced = destinationRule('reviews', { trafficPolicy: { loadBalancer: { simple: 'PASSTHROUGH' } } });
    expect(clustersOf(unbalanced, facts)(REVIEWS)?.tls(anywhere)).toBeUndefined();
    expect(clustersOf(unbalanced, ready)(REVIEWS)?.tls(anywhere)?.certificate).toEqual(identity('client'));
  });

  it('never goes outside of the mesh, whoever is there', () => {
    const entry = (location: string) =>
      serviceEntry('vm.internal', {
        location,
        resolution: 'STATIC',
        ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
        workloadSelector: { labels: { app: 'reviews' } },
      });
    expect(encrypted(clustersOf(entry('MESH_EXTERNAL'), facts)('outbound|80||vm.internal'))).toBe('');
    expect(encrypted(clustersOf(entry('MESH_INTERNAL'), facts)('outbound|80||vm.internal'))).toBe('inside');
  });
});

describe('TLS that a DestinationRule asks for', () => {
  const cluster = (trafficPolicy: object, more: object = {}) => clustersOf(destinationRule('reviews', { trafficPolicy, ...more }), facts);

  it('can be none at all', () => {
    expect(encrypted(cluster({ tls: { mode: 'DISABLE' } })(REVIEWS))).toBe('');
  });

  it('is Istio’s for every endpoint, ready or not, with the names and server name of the rule', () => {
    expect(encrypted(cluster({ tls: { mode: 'ISTIO_MUTUAL' } })(REVIEWS))).toBe('inside outside');
    const found = cluster({ tls: { mode: 'ISTIO_MUTUAL', sni: 'own', subjectAltNames: ['spiffe://x'] } })(REVIEWS) as Cluster;
    const hello = found.tls(endpoint(found, 'inside'));
    expect(hello?.sni).toBe('own');
    expect(hello?.distrusts(identity('reviews'))).toContain('not for spiffe://x');
    expect(found.tlsSource?.(endpoint(found, 'inside'))?.path).toBe('spec.trafficPolicy.tls');
  });

  it('is forgotten on ports that the rule lists without it: automatic again, and plaintext where the hidden mode is another', () => {
    const portLevelSettings = [{ port: { number: 80 }, loadBalancer: { simple: 'RANDOM' } }];
    expect(encrypted(cluster({ tls: { mode: 'DISABLE' }, portLevelSettings })(REVIEWS))).toBe('');
    expect(encrypted(cluster({ tls: { mode: 'SIMPLE' }, portLevelSettings })(REVIEWS))).toBe('');
    expect(encrypted(cluster({ tls: { mode: 'ISTIO_MUTUAL' }, portLevelSettings })(REVIEWS))).toBe('inside');
  });

  it('is that of the subset, where the subset has one', () => {
    const subsets = [{ name: 'a', trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } }, { name: 'b' }];
    const found = cluster({ tls: { mode: 'DISABLE' } }, { subsets });
    expect(encrypted(found('outbound|80|a|reviews.shop.svc.cluster.local'))).toBe('inside outside');
    expect(encrypted(found('outbound|80|b|reviews.shop.svc.cluster.local'))).toBe('');
    const hello = found('outbound|80|a|reviews.shop.svc.cluster.local') as Cluster;
    expect(hello.tls(endpoint(hello, 'inside'))?.sni).toBe('outbound_.80_.a_.reviews.shop.svc.cluster.local');
  });
});

describe('TLS towards hosts outside', () => {
  const entry = (more: object = {}) =>
    serviceEntry('api.example.com', {
      resolution: 'DNS',
      ports: [
        { number: 80, name: 'http', protocol: 'HTTP' },
        { number: 82, name: 'grpc', protocol: 'GRPC' },
      ],
      ...more,
    });
  const rule = (tls: object, more: object = {}) => destinationRule('api.example.com', { trafficPolicy: { tls: { mode: 'SIMPLE', ...tls } }, ...more });

  function hello(
    yaml: string,
    { more = {}, workload = 'client.shop', name = API }: { more?: MeshFacts; workload?: string; name?: string } = {},
    of: HttpRequest | undefined = request('api.example.com:80'),
  ) {
    const found = clustersOf(yaml, { ...facts, ...more })(name, workload) as Cluster;
    return found.tls(endpoint(found, 'api.example.com'), of);
  }

  const server = (...hosts: string[]): Certificate => ({ ca: 'public', hosts });

  it('is for the host that the request names, and trusts what the system trusts', () => {
    const found = hello(entry() + rule({}), {}, request('API.example.com:80'));
    expect(found).toMatchObject({ sni: 'api.example.com', alpn: [] });
    expect(found?.certificate).toBeUndefined();
    expect(found?.distrusts(server('api.example.com'))).toBeUndefined();
    expect(found?.distrusts(server('*.example.com'))).toBeUndefined();
    expect(found?.distrusts(server('other.example.com'))).toContain('not for api.example.com');
    expect(found?.distrusts({ ...server('api.example.com'), ca: 'foreign' })).toContain('trusts certificates of public');
  });

  it('names no address, and checks it all the same', () => {
    const found = hello(entry() + rule({}), {}, request('192.0.2.1'));
    expect(found?.sni).toBe('');
    expect(found?.distrusts(server('api.example.com'))).toContain('not for 192.0.2.1');
  });

  it('neither names nor checks anything for a connection without requests', () => {
    const found = clustersOf(entry() + rule({}), facts)(API) as Cluster;
    const connection = found.tls(endpoint(found, 'api.example.com'));
    expect(connection?.sni).toBe('');
    expect(connection?.distrusts(server('anything'))).toBeUndefined();
  });

  it('with a server name of its own is not held to the host', () => {
    const found = hello(entry() + rule({ sni: 'own.example.com' }));
    expect(found?.sni).toBe('own.example.com');
    expect(found?.distrusts(server('nobody'))).toBeUndefined();
  });

  it('holds the server to the names of the rule, or else to those of the ServiceEntry beside the host', () => {
    expect(hello(entry() + rule({ subjectAltNames: ['own.example.com'] }))?.distrusts(server('own.example.com'))).toBeUndefined();
    expect(hello(entry() + rule({ subjectAltNames: ['own.example.com'] }))?.distrusts(server('api.example.com'))).toContain('not for own.example.com');
    const both = hello(entry({ subjectAltNames: ['entry.example.com'] }) + rule({}));
    expect(both?.distrusts(server('entry.example.com'))).toContain('not for api.example.com');
    expect(both?.distrusts(server('api.example.com'))).toContain('not for entry.example.com');
    expect(both?.distrusts(server('entry.example.com', 'api.example.com'))).toBeUndefined();
    expect(hello(entry({ subjectAltNames: ['entry.example.com'] }) + rule({ sni: 'x' }))?.distrusts(server('entry.example.com'))).toBeUndefined();
  });

  it('trusts everybody where the rule wants it so', () => {
    expect(hello(entry() + rule({ insecureSkipVerify: true }))?.distrusts({ ca: 'foreign', hosts: [] })).toBeUndefined();
  });

  it('trusts the authority in a file, and nobody where the file is missing', () => {
    const files = { '/own.pem': { ca: 'own' }, '/gone.pem': { missing: true } };
    expect(hello(entry() + rule({ caCertificates: '/own.pem' }), { more: { files } })?.distrusts({ ca: 'own', hosts: ['api.example.com'] })).toBeUndefined();
    expect(hello(entry() + rule({ caCertificates: '/gone.pem' }), { more: { files } })?.distrusts(server('api.example.com'))).toContain('does not exist');
  });

  it('shows the certificate in a file for MUTUAL', () => {
    const tls = { mode: 'MUTUAL', clientCertificate: '/c.pem', privateKey: '/k.pem', caCertificates: '/ca.pem' };
    const more = { files: { '/c.pem': { ca: 'partners', cn: 'us' } } };
    expect(hello(entry() + rule(tls), { more })?.certificate).toEqual({ ca: 'partners', cn: 'us', hosts: [] });
  });

  it('takes Secrets for gateways, and for sidecars only if the rule selects them', () => {
    const secrets = { more: { secrets: [{ name: 'api', namespace: 'shop', ca: 'partners', cn: 'us', clientCA: 'own' }] } };
    const yaml = entry() + rule({ mode: 'MUTUAL', credentialName: 'api' });
    expect(hello(yaml, secrets)).toBeUndefined();
    const ofGateway = hello(yaml, { ...secrets, workload: 'gateway.shop' });
    expect(ofGateway?.certificate).toEqual({ ca: 'partners', cn: 'us', hosts: [] });
    expect(ofGateway?.distrusts({ ca: 'own', hosts: ['api.example.com'] })).toBeUndefined();
    const selecting = entry() + rule({ mode: 'MUTUAL', credentialName: 'api' }, { workloadSelector: { matchLabels: { app: 'client' } } });
    expect(hello(selecting, secrets)?.certificate?.cn).toBe('us');
    const other = { more: { secrets: [{ name: 'other', namespace: 'shop' }] }, workload: 'gateway.shop' };
    expect(hello(yaml, other)?.distrusts(server('api.example.com'))).toContain('client certificate of the caller does not exist');
  });

  it('offers HTTP/2 where the port speaks it', () => {
    expect(hello(entry() + rule({}), { name: 'outbound|82||api.example.com' })?.alpn).toEqual(['h2']);
  });
});

describe('TLS towards hosts that each request names', () => {
  const entry = serviceEntry('*.example.com', {
    resolution: 'DYNAMIC_DNS',
    location: 'MESH_INTERNAL',
    ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
  });
  const name = 'outbound|80||*.example.com';
  const anywhere = { tlsMode: 'disabled' } as Endpoint;

  it('never begins by itself', () => {
    expect(clustersOf(entry, facts)(name)?.tls(anywhere, request('a.example.com'))).toBeUndefined();
  });

  it('checks the host even if the rule has names or a server name', () => {
    const simple = clustersOf(entry + destinationRule('*.example.com', { trafficPolicy: { tls: { mode: 'SIMPLE', sni: 'x' } } }), facts)(name);
    expect(simple?.tls(anywhere, request('a.example.com'))?.distrusts({ ca: 'public', hosts: ['b.example.com'] })).toContain('not for a.example.com');
    const mutual = (insecureSkipVerify: boolean) =>
      clustersOf(
        entry + destinationRule('*.example.com', { trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL', insecureSkipVerify } } }),
        facts,
      )(name)?.tls(anywhere, request('a.example.com'));
    expect(mutual(false)).toMatchObject({ sni: 'a.example.com' });
    expect(mutual(false)?.distrusts(identity('reviews'))).toContain('not for a.example.com');
    expect(mutual(true)?.distrusts(identity('reviews'))).toBeUndefined();
  });
});

import type { MeshFacts } from '../../../src/mesh/facts';
import type { Workload } from '../../../src/mesh/workload';
import { findWorkload } from '../../../src/mesh/workloads';
import type { FilterChain } from '../../../src/simulation/envoy/configuration';
import { Headers } from '../../../src/simulation/envoy/http';
import { inboundFilterChain } from '../../../src/simulation/istiod/inbound';
import type { ClientHello, Connection } from '../../../src/simulation/network/connection';
import { MeshNetwork } from '../../../src/simulation/network/mesh-network';
import { meshOf } from '../../mesh/mesh-of';

const facts: MeshFacts = {
  workloads: [{ name: 'cart', namespace: 'shop', serviceAccount: 'cart-account' }],
  services: [
    {
      name: 'cart',
      namespace: 'shop',
      selector: { app: 'cart' },
      ports: [{ name: 'http', port: 80, targetPort: 8080 }, { name: 'tcp', port: 9000 }, { port: 7000 }, { name: 'grpc', port: 5000 }],
    },
  ],
};

const [HTTP, TCP, SNIFFED, UNDECLARED] = [8080, 9000, 7000, 1234];
const kinds = ['http', 'tcp', 'mtls-http', 'mtls-tcp', 'tls'] as const;
type Kind = (typeof kinds)[number];
const hellos: Readonly<Record<Kind, readonly string[] | undefined>> = {
  http: undefined,
  tcp: undefined,
  'mtls-http': ['istio-http/1.1', 'istio', 'http/1.1'],
  'mtls-tcp': ['istio'],
  tls: ['h2', 'http/1.1'],
};

function connection(port: number, kind: Kind): Connection {
  const alpn = hellos[kind];
  const hello: ClientHello = { sni: 'cart', alpn: alpn ?? [], distrusts: () => undefined };
  const request = { method: 'GET', scheme: 'http', authority: 'cart', path: '/', headers: new Headers(), body: '' } as const;
  return {
    sourceIp: '127.1.0.9',
    destination: { ip: '127.1.0.1', port },
    tls: alpn === undefined ? [] : [hello],
    payload: kind === 'http' || kind === 'mtls-http' ? { kind: 'http', request } : { kind: 'tcp', data: 'x' },
  };
}

function chainOf(yaml: string, port: number, kind: Kind, more: MeshFacts = {}): FilterChain | 'reset' {
  const network = new MeshNetwork(meshOf(yaml || '{}', { ...facts, ...more }));
  return inboundFilterChain(network, findWorkload(network.mesh, 'cart') as Workload, connection(port, kind));
}

/** `mtls http`: TLS ends, and HTTP is expected. */
function taken(yaml: string, port: number, kind: Kind, more?: MeshFacts): string {
  const chain = chainOf(yaml, port, kind, more);
  return chain === 'reset' ? 'reset' : `${chain.tls === undefined ? '' : 'mtls '}${chain.filter.kind}`;
}

const peers = (mode: string, more = '') =>
  `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: p, namespace: shop }\nspec: { selector: { matchLabels: { app: cart } }, mtls: { mode: ${mode} }${more} }`;

describe.each([
  ['STRICT', HTTP, ['reset', 'reset', 'mtls http', 'mtls http', 'mtls http']],
  ['STRICT', TCP, ['reset', 'reset', 'mtls tcp', 'mtls tcp', 'mtls tcp']],
  ['STRICT', SNIFFED, ['reset', 'reset', 'mtls http', 'mtls tcp', 'mtls tcp']],
  ['STRICT', UNDECLARED, ['reset', 'reset', 'mtls http', 'mtls tcp', 'mtls tcp']],
  ['PERMISSIVE', HTTP, ['http', 'http', 'mtls http', 'mtls http', 'reset']],
  ['PERMISSIVE', TCP, ['tcp', 'tcp', 'mtls tcp', 'mtls tcp', 'tcp']],
  ['PERMISSIVE', SNIFFED, ['http', 'tcp', 'mtls http', 'mtls tcp', 'tcp']],
  ['PERMISSIVE', UNDECLARED, ['http', 'tcp', 'mtls http', 'mtls tcp', 'tcp']],
  ['DISABLE', HTTP, ['http', 'http', 'http', 'http', 'http']],
  ['DISABLE', TCP, ['tcp', 'tcp', 'tcp', 'tcp', 'tcp']],
  ['DISABLE', SNIFFED, ['http', 'tcp', 'tcp', 'tcp', 'tcp']],
  ['DISABLE', UNDECLARED, ['http', 'tcp', 'tcp', 'tcp', 'tcp']],
] as const)('a sidecar in mode %s takes connections to port %i', (mode, port, expected) => {
  test.each(kinds.map((kind, index) => [kind, expected[index]]))('with %s as %s', (kind, chain) => {
    expect(taken(peers(mode), port, kind as Kind)).toBe(chain);
  });
});

test('the listener looks for TLS on every port that may take it', () => {
  const looks = (mode: string) => (chainOf(peers(mode), TCP, 'mtls-tcp') as FilterChain).inspectsTls;
  expect(['STRICT', 'PERMISSIVE', 'DISABLE'].map(looks)).toEqual([true, true, false]);
});

test('chains are named as istiod names them, and lead to the cluster of the port', () => {
  const named = (port: number, kind: Kind) => {
    const { name, filter } = chainOf('', port, kind) as FilterChain;
    return [name, filter.kind === 'tcp' ? filter.clusters[0]?.name : filter.virtualHost('any:1')?.name];
  };
  expect(named(HTTP, 'http')).toEqual(['0.0.0.0_8080', 'inbound|http|80']);
  expect(named(TCP, 'tcp')).toEqual(['0.0.0.0_9000', 'inbound|9000||']);
  expect(named(UNDECLARED, 'http')).toEqual(['virtualInbound-catchall-http', 'inbound|http|0']);
  expect(named(UNDECLARED, 'tcp')).toEqual(['virtualInbound', 'InboundPassthroughCluster']);
  expect(named(15006, 'tcp')).toEqual(['virtualInbound-blackhole', 'BlackHoleCluster']);
});

test('requests go to the application with a retry where the connection breaks early, but not in gRPC', () => {
  const route = (port: number) => {
    const { filter } = chainOf('', port, 'http') as FilterChain;
    return filter.kind === 'http' ? filter.virtualHost('')?.routes[0]?.action : undefined;
  };
  expect(route(HTTP)).toMatchObject({ clusters: [{ name: 'inbound|8080||' }], retry: { attempts: 2, on: ['reset-before-request'] } });
  expect(route(5000)).not.toHaveProperty('retry');
});

test('the certificate states the identity of the workload, and callers need one of an accepted trust domain', () => {
  const { tls } = chainOf('', HTTP, 'mtls-http', { mesh: { trustDomain: 'prod', trustDomainAliases: ['old'] } }) as FilterChain;
  expect(tls).toMatchObject({ certificate: { ca: 'mesh', uri: 'spiffe://prod/ns/shop/sa/cart-account' }, clientCertificate: 'required', clientCa: 'mesh' });
  const refusal = (uri?: string) => tls?.refuses?.({ ca: 'mesh', hosts: [], ...(uri === undefined ? {} : { uri }) });
  expect(refusal('spiffe://prod/ns/a/sa/b')).toBeUndefined();
  expect(refusal('spiffe://old/ns/a/sa/b')).toBeUndefined();
  expect(refusal('spiffe://product/ns/a/sa/b')).toContain('spiffe://product/ns/a/sa/b');
  expect(refusal()).toContain('no identity');
});

test('any identity is accepted where nobody looks at trust domains', () => {
  const { tls } = chainOf('', HTTP, 'mtls-http', { env: { PILOT_SKIP_VALIDATE_TRUST_DOMAIN: 'true' } }) as FilterChain;
  expect(tls?.refuses?.({ ca: 'mesh', hosts: [], uri: 'spiffe://x/' })).toBeUndefined();
});

describe('ports of their own', () => {
  const levels = peers('PERMISSIVE', ', portLevelMtls: { 8080: { mode: STRICT }, 80: { mode: DISABLE }, 1234: { mode: STRICT } }');

  test('have the mode of the target port, also where nobody declares them', () => {
    expect(taken(levels, HTTP, 'http')).toBe('reset');
    expect(taken(levels, UNDECLARED, 'http')).toBe('reset');
    expect(taken(levels, 4321, 'http')).toBe('http');
  });

  test('name the field that set it', () => {
    const source = (yaml: string, kind: Kind) => (chainOf(yaml, HTTP, kind) as FilterChain).source?.path;
    expect(source(levels, 'mtls-http')).toBe('spec.portLevelMtls.8080.mode');
    expect(source(peers('DISABLE'), 'http')).toBe('spec.mtls.mode');
  });
});

test('of two Services with one target port the older one decides about the protocol, then the first name', () => {
  const service = (name: string, portName: string, created: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop, creationTimestamp: "${created}" }
spec: { selector: { app: cart }, ports: [{ name: ${portName}, port: 80, targetPort: 3000 }] }
---`;
  const decided = (one: string, other: string) => taken(service('b', 'http', one) + service('a', 'tcp', other), 3000, 'http', { services: [] });
  expect(decided('2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z')).toBe('http');
  expect(decided('2021-01-01T00:00:00Z', '2020-01-01T00:00:00Z')).toBe('tcp');
  expect(decided('2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z')).toBe('tcp');
});

describe('the ingress of a Sidecar', () => {
  const sidecar = (...listeners: string[]) =>
    `apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: { name: s, namespace: shop }\nspec: { ingress: [${listeners.join(', ')}] }\n---\n`;
  const listener = (port: number, protocol: string, more = '') => `{ port: { number: ${port}, protocol: ${protocol}, name: p${port} }${more} }`;

  test('replaces the ports of Services', () => {
    const yaml = sidecar(listener(9000, 'HTTP', ', bind: 127.0.0.1'));
    expect(taken(yaml, TCP, 'tcp')).toBe('http');
    expect((chainOf(yaml, TCP, 'http') as FilterChain).name).toBe('127.0.0.1_9000');
    expect((chainOf(yaml, HTTP, 'http') as FilterChain).name).toBe('virtualInbound-catchall-http');
  });

  test('stands beside them where that is switched on, and comes before them', () => {
    const env = { PILOT_ALLOW_SIDECAR_SERVICE_INBOUND_LISTENER_MERGE: 'true' };
    const yaml = sidecar(listener(9000, 'HTTP'));
    expect((chainOf(yaml, HTTP, 'http', { env }) as FilterChain).name).toBe('0.0.0.0_8080');
    expect(taken(yaml, TCP, 'tcp', { env })).toBe('http');
  });

  test('leaves redirected connections to the others where a listener is bound', () => {
    expect((chainOf(sidecar(listener(9000, 'HTTP', ', captureMode: NONE')), TCP, 'tcp') as FilterChain).name).toBe('virtualInbound');
  });

  test('has no mode by port for ports that it does not list, which have that of the workload', () => {
    const yaml = sidecar(listener(9000, 'TCP')) + peers('PERMISSIVE', ', portLevelMtls: { 9000: { mode: STRICT }, 8080: { mode: STRICT } }');
    expect(taken(yaml, TCP, 'tcp')).toBe('reset');
    expect(taken(yaml, HTTP, 'http')).toBe('reset');
    expect(taken(yaml, 4321, 'http')).toBe('http');
  });

  const tls = ', tls: { mode: SIMPLE, serverCertificate: /c.pem, privateKey: /k.pem }';
  const secured: MeshFacts = { env: { ENABLE_TLS_ON_SIDECAR_INGRESS: 'true' }, files: { '/c.pem': { ca: 'own', hosts: ['cart.example'] } } };

  test('ends TLS of its own only where that is switched on and mutual TLS is off', () => {
    const yaml = sidecar(listener(9000, 'HTTPS', tls)) + peers('DISABLE');
    const chain = chainOf(yaml, TCP, 'tls', secured) as FilterChain;
    expect([chain.tls?.certificate.ca, chain.tls?.clientCertificate, chain.filter.kind]).toEqual(['own', 'ignored', 'http']);
    expect(taken(yaml, TCP, 'http', secured)).toBe('reset');
    expect(taken(yaml, TCP, 'tls')).toBe('tcp');
    expect(taken(sidecar(listener(9000, 'HTTPS', tls)) + peers('PERMISSIVE'), TCP, 'http', secured)).toBe('http');
  });

  test('takes nobody where the certificate of its TLS does not exist', () => {
    expect(taken(sidecar(listener(9000, 'TLS', tls)) + peers('DISABLE'), TCP, 'tls', { ...secured, files: { '/c.pem': { missing: true } } })).toBe('reset');
  });
});

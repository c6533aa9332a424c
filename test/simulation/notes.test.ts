import { Mesh, type MeshFacts, type TrafficRequest } from '../../src/simulation';

const facts: MeshFacts = {
  services: [{ name: 'server', ports: [{ name: 'http', port: 80 }], selector: { app: 'server' } }],
  workloads: [{ name: 'client' }, { name: 'server' }],
};
const toServer: TrafficRequest = { from: 'client', to: 'http://server/' };
const notesOf = (yaml: string, request: TrafficRequest = toServer, more: MeshFacts = {}) =>
  Mesh.ofYaml(yaml, { ...facts, ...more }, 'mesh.yaml').request(request).notes;

describe('what an answer leaves out of account', () => {
  const rule = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'r', namespace: 'default' },
    spec: { host: 'server', trafficPolicy: { proxyProtocol: { version: 'V2' } } },
  };

  it('is named with the object that asks for it, once, and only where a request meets it', () => {
    const { notes } = Mesh.of([rule], facts).request(toServer);
    expect(notes).toEqual(['DestinationRule default/r says that connections begin with the PROXY protocol, which is not simulated']);
    expect(Mesh.of([{ ...rule, spec: { ...rule.spec, host: 'other' } }], facts).request(toServer).notes).toEqual([]);
  });

  it('is every object of the Gateway API, wherever it stands', () => {
    const object = (kind: string, metadata: string) => `{ apiVersion: gateway.networking.k8s.io/v1, kind: ${kind}, metadata: ${metadata}, spec: {} }\n---\n`;
    expect(notesOf(object('HTTPRoute', '{ name: r, namespace: ns1 }') + object('GatewayClass', '{ name: c }'))).toEqual([
      'GatewayClass c is not simulated: objects of the Gateway API take no part in the answers',
      'HTTPRoute ns1/r is not simulated: objects of the Gateway API take no part in the answers',
    ]);
  });

  it('is every object that a cluster refuses, with the first reason and its place', () => {
    const policy = 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: d, namespace: shop }\nspec:\n  action: DENI\n  rulez: []\n';
    expect(notesOf(policy)).toEqual([expect.stringMatching(/^AuthorizationPolicy shop\/d takes no part: a cluster refuses it: .*DENI.* \(mesh\.yaml:5\)$/)]);
    expect(notesOf(policy, toServer, { validation: 'istiod' })).toEqual([
      expect.stringMatching(/^AuthorizationPolicy shop\/d takes no part: istiod refuses it: /),
    ]);
  });

  it('is what claims nobody reads', () => {
    const claims = { iss: 'me' };
    const authentication = (app: string) => `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: a, namespace: default }
spec: { selector: { matchLabels: { app: ${app} } }, jwtRules: [{ issuer: me, jwks: '{"keys": []}' }] }`;
    const unread = ['the claims mean nothing: no RequestAuthentication on the way looks at them'];
    expect(notesOf('', { ...toServer, claims })).toEqual(unread);
    expect(notesOf(authentication('client'), { ...toServer, claims })).toEqual(unread);
    expect(notesOf(authentication('server'), { ...toServer, claims })).toEqual([]);
    expect(notesOf('')).toEqual([]);
  });
});

describe('what an answer takes for granted', () => {
  const gateway = (more: string) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: g, namespace: edge }
spec:
  selector: { app: gate }
  servers:
  - { port: { number: 443, name: https, protocol: HTTPS }, hosts: [shop.example.com], tls: { mode: SIMPLE, credentialName: shop-cert } }
  - { port: { number: 8443, name: other, protocol: HTTPS }, hosts: [other.example.com], tls: { mode: SIMPLE, credentialName: other-cert } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: v, namespace: edge }
spec: { hosts: [shop.example.com], gateways: [g], http: [{ directResponse: { status: 299 } }] }
---
${more}`;
  const gate: MeshFacts = { workloads: [{ name: 'gate', namespace: 'edge', gateway: true }] };
  const ask = (more: string, secrets: MeshFacts['secrets'] = []) => {
    const outcome = Mesh.ofYaml(gateway(more), { ...gate, secrets }).request({ from: 'outside', to: 'https://shop.example.com/' });
    return [outcome.status ?? outcome.result.error, outcome.notes];
  };
  const secret = (data: string) => `{ apiVersion: v1, kind: Secret, metadata: { name: shop-cert, namespace: edge }, data: ${data} }`;

  it.each<[string, string, MeshFacts['secrets'], unknown]>([
    ['that nothing declares', '', [], [299, ['Secret shop-cert of Gateway edge/g is taken for granted']]],
    ['of the facts', '', [{ name: 'shop-cert', namespace: 'edge', hosts: ['shop.example.com'] }], [299, []]],
    ['that the facts call missing', '', [{ name: 'shop-cert', namespace: 'edge', missing: true }], ['refused', []]],
    ['of the manifests', secret('{ tls.crt: YQ==, tls.key: YQ== }'), [], [299, []]],
    ['of the manifests with other keys', secret('{ cert: YQ==, key: YQ== }'), [], [299, []]],
    ['of the manifests without a key', secret('{ tls.crt: YQ== }'), [], ['refused', []]],
  ])('is a Secret of the server that is met, but not one %s', (what, more, secrets, answer) => {
    expect([what, ...(ask(more, secrets) as unknown[])]).toEqual([what, ...(answer as unknown[])]);
  });

  it('is a public host that nothing declares', () => {
    const to = 'http://api.example.com/';
    expect(notesOf('', { from: 'client', to })).toEqual(['api.example.com is taken for a host outside: nothing declares it']);
    expect(notesOf('', { from: 'client', to }, { external: [{ host: 'api.example.com' }] })).toEqual([]);
    const entry = (host: string) =>
      `{ apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: { name: e }, spec: { hosts: ["${host}"], location: MESH_EXTERNAL, resolution: ${
        host.startsWith('*') ? 'NONE' : 'DNS'
      }, ports: [{ number: 80, name: http, protocol: HTTP }] } }`;
    expect(notesOf(entry('api.example.com'), { from: 'client', to })).toEqual([]);
    expect(notesOf(entry('*.example.com'), { from: 'client', to })).toEqual([]);
    expect(notesOf('', { from: 'client', to, ip: '9.9.9.9' })).toEqual([]);
  });
});

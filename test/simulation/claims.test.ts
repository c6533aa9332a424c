import type { MeshFacts } from '../../src/mesh/facts';
import { Mesh } from '../../src/simulation';

const facts: MeshFacts = {
  dns: 'listed',
  workloads: [
    { name: 'web', namespace: 'shop' },
    { name: 'api', namespace: 'shop' },
    { name: 'gate', namespace: 'edge', gateway: true },
  ],
  services: [
    { name: 'api', namespace: 'shop', ports: [{ name: 'http', port: 80 }], selector: { app: 'api' } },
    { name: 'gate', namespace: 'edge', ports: [{ name: 'http', port: 80 }], selector: { app: 'gate' } },
  ],
};

const authentication = (app: string, namespace: string, more = '') => `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: ${app}, namespace: ${namespace} }
spec: { selector: { matchLabels: { app: ${app} } }, jwtRules: [{ issuer: me, jwksUri: https://me.example/keys${more} }] }
---`;
const needsAdmin = `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: admins, namespace: shop }
spec: { selector: { matchLabels: { app: api } }, rules: [{ when: [{ key: "request.auth.claims[role]", values: [admin] }] }] }
---`;
const routes = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: g, namespace: edge }
spec: { selector: { app: gate }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: v, namespace: shop }
spec:
  hosts: [shop.example]
  gateways: [edge/g]
  http:
    - { match: [{ headers: { "@request.auth.claims.role": { exact: guest } } }], directResponse: { status: 299 } }
    - { route: [{ destination: { host: api } }] }
---`;

const admin = { iss: 'me', sub: 'anna', role: 'admin' };
const status = (yaml: string, request: object) =>
  Mesh.ofYaml(yaml, facts).request({ from: 'web', to: 'http://api/', ...request }).alternatives[0]?.result.status;
const fromOutside = { from: 'outside', via: 'gate', to: 'http://shop.example/' };

test('claims stand for a verified token at the workload, keys or not', () => {
  const yaml = authentication('api', 'shop') + needsAdmin;
  expect(status(yaml, { claims: admin })).toBe(200);
  expect(status(yaml, { claims: { ...admin, role: 'guest' } })).toBe(403);
  expect(status(yaml, { claims: { ...admin, iss: 'you' } })).toBe(401);
  expect(status(yaml, {})).toBe(403);
});

test('claims mean nothing where no rule looks for tokens', () => {
  expect(status(needsAdmin, { claims: admin })).toBe(403);
});

test('a gateway keeps claims to itself, as it keeps a token, unless it forwards it', () => {
  const both = (more = '') => routes + authentication('gate', 'edge', more) + authentication('api', 'shop') + needsAdmin;
  expect(status(both(), { ...fromOutside, claims: admin })).toBe(403);
  expect(status(both(', forwardOriginalToken: true'), { ...fromOutside, claims: admin })).toBe(200);
});

test('claims choose routes at a gateway', () => {
  expect(status(routes + authentication('gate', 'edge'), { ...fromOutside, claims: { ...admin, role: 'guest' } })).toBe(299);
  expect(status(routes + authentication('gate', 'edge'), fromOutside)).toBe(200);
});

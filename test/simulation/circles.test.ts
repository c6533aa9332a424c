import { Mesh } from '../../src/simulation/mesh';

const gateway = (routes: string) =>
  Mesh.ofYaml(
    `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front, namespace: shop }
spec:
  selector: { istio: ingress }
  servers:
    - { port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }
    - { port: { number: 9000, name: tcp, protocol: TCP }, hosts: ['*'] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: front, namespace: shop }
spec: { hosts: [www.example.com], gateways: [front], ${routes} }
`,
    {
      services: [
        {
          name: 'gateway',
          namespace: 'shop',
          ports: [
            { name: 'http', port: 80 },
            { name: 'tcp', port: 9000 },
          ],
          selector: { istio: 'ingress' },
        },
        { name: 'api', namespace: 'shop', ports: [{ name: 'http', port: 80 }], selector: { app: 'api' } },
      ],
      workloads: [
        { name: 'ingress', namespace: 'shop', labels: { istio: 'ingress' }, gateway: true },
        { name: 'api', namespace: 'shop' },
      ],
    },
  );
const itself = (port: number) => `destination: { host: gateway, port: { number: ${port} } }`;
const results = (mesh: Mesh, to = 'http://www.example.com/') =>
  mesh.request({ from: 'outside', via: 'ingress', to, timeoutMs: 3_000 }).alternatives.map(({ result: { status, error, elapsedMs } }) => ({
    outcome: status ?? error,
    elapsedMs,
  }));

describe('a gateway that routes to itself', () => {
  test.each([
    ['HTTP', `http: [{ route: [{ ${itself(80)} }] }]`, 'http://www.example.com/'],
    ['TCP', `tcp: [{ match: [{ port: 9000 }], route: [{ ${itself(9000)} }] }]`, 'tcp://www.example.com:9000'],
  ])('keeps its caller waiting for %s', (_, routes, to) => {
    expect(results(gateway(routes), to)).toEqual([{ outcome: 'timeout', elapsedMs: 3_000 }]);
  });

  test('answers when the circle is left by chance', () => {
    const mesh = gateway(`http: [{ route: [{ ${itself(80)}, weight: 50 }, { destination: { host: api, port: { number: 80 } }, weight: 50 }] }]`);
    expect(results(mesh)).toContainEqual({ outcome: 200, elapsedMs: 0 });
    expect(mesh.request({ from: 'outside', via: 'ingress', to: 'http://www.example.com/' }).shares.get('api')?.toNumber()).toBeGreaterThan(0.99);
  });

  test('answers when only copies go round', () => {
    expect(
      results(gateway(`http: [{ route: [{ destination: { host: api, port: { number: 80 } } }], mirror: { host: gateway, port: { number: 80 } } }]`)),
    ).toEqual([{ outcome: 200, elapsedMs: 0 }]);
  });
});

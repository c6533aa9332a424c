import { Mesh, type MeshFacts, type TrafficRequest } from '../../src/simulation';

const facts: MeshFacts = {
  services: [
    { name: 'cart', namespace: 'shop', ports: [{ name: 'http', port: 8080 }], selector: { app: 'cart' } },
    {
      name: 'reviews',
      namespace: 'shop',
      ports: [
        { name: 'http', port: 9080 },
        { name: 'tcp', port: 9090 },
      ],
      selector: { app: 'reviews' },
    },
  ],
  workloads: [
    { name: 'web', namespace: 'shop' },
    { name: 'plain', namespace: 'shop', sidecar: false },
    { name: 'cart', namespace: 'shop' },
    { name: 'reviews', namespace: 'shop' },
  ],
};
const gateway = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: g, namespace: istio-system }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }] }
`;
const result = (request: TrafficRequest, more: MeshFacts = {}) => Mesh.ofYaml(gateway, { ...facts, ...more }).request(request).result;

describe('from outside', () => {
  const ask = (to: string, more: Partial<TrafficRequest> = {}, otherFacts: MeshFacts = {}) => result({ from: 'outside', to, ...more }, otherFacts);
  test.each(['cart', 'cart.shop', 'cart.shop.svc.cluster.local'])('%s is not known', (host) => {
    expect(ask(`http://${host}:8080/`)).toMatchObject({
      error: 'dns',
      errorDetail: expect.stringContaining(
        `${host} is a name of the cluster, which nobody outside knows: ask for a host that a gateway serves, name the gateway with via`,
      ),
    });
  });
  test('a public host leads to the gateway that serves it, also where it does so on another port', () => {
    expect(ask('http://shop.example.com/')).toMatchObject({ status: 404 });
    expect(ask('http://shop.example.com:81/')).toMatchObject({ error: 'refused' });
  });
  test('a public host that no gateway serves is not known, unless it is listed', () => {
    expect(ask('http://x.example.com/')).toMatchObject({ error: 'dns', errorDetail: 'no gateway of the mesh serves x.example.com' });
    expect(ask('http://x.example.com/', {}, { external: [{ host: 'y.example.com', aliases: ['X.example.com'] }] })).toMatchObject({ status: 200 });
    expect(ask('http://x.example.com/', { via: 'istio-ingressgateway' })).toMatchObject({ status: 404 });
    expect(ask('http://cart:8080/', { ip: '9.9.9.9' })).toMatchObject({ error: 'refused' });
  });
});

describe('from inside', () => {
  const detail = (to: string, more: MeshFacts = {}) => result({ from: 'web', to }, more).errorDetail;
  test.each([
    ['cart.shpo', 'cart.shop'],
    ['cart.shpo.svc', 'cart.shop.svc'],
    ['cart.payment', 'cart.shop'],
    ['crat.shop.svc.cluster.local', 'cart.shop.svc.cluster.local'],
    ['crat', 'cart'],
  ])('%s is %s misspelt', (host, meant) => {
    expect(detail(`http://${host}:8080/`)).toBe(`${host} is not known to DNS; did you mean ${meant}?`);
  });
  test('a public name that begins like a Service is public', () => {
    for (const host of ['cart.com', 'cart.io', 'cart.example.org'])
      expect(result({ from: 'web', to: `http://${host}/` })).toMatchObject({ status: 200, workload: host });
    expect(result({ from: 'web', to: 'http://cart.shpo/' }, { external: [{ host: 'cart.shpo' }] })).toMatchObject({ status: 200 });
  });
});

describe('a Service on a port that it does not have', () => {
  const told = (from: string, to: string, more: MeshFacts = {}) => {
    const { trace, result } = Mesh.ofYaml(gateway, { ...facts, ...more }).request({ from, to });
    return { result, texts: trace.map(({ text }) => text).join('\n') };
  };
  const otherPorts = 'reviews has the ports 9080 and 9090, not 80';
  test('is said by its ports, with a sidecar and without', () => {
    const { result, texts } = told('web', 'http://reviews/');
    expect(texts).toContain(`${otherPorts}, and traffic to unknown destinations passes`);
    expect(texts).not.toContain('nobody knows');
    expect(told('plain', 'http://reviews/').result.errorDetail).toBe(otherPorts);
    expect(result.status ?? result.error).not.toBe(200);
    expect(told('plain', 'http://cart/').result.errorDetail).toBe('cart has the port 8080, not 80');
  });
  test('is said where other Services have the port, and where unknown hosts are blocked', () => {
    const more: MeshFacts = {
      services: [...(facts.services ?? []), { name: 'page', namespace: 'shop', ports: [{ name: 'http', port: 80 }], selector: { app: 'page' } }],
    };
    expect(told('web', 'http://reviews/', more).texts).toContain(`${otherPorts}, and traffic to unknown hosts passes`);
    const blocked: MeshFacts = { ...more, mesh: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } };
    expect(told('web', 'http://reviews/', blocked).texts).toContain(`${otherPorts}, and traffic to unknown hosts is blocked`);
  });
});

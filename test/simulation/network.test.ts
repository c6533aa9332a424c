import { Mesh } from '../../src/simulation';
import { certificateCovers } from '../../src/simulation/network/certificates';

test('a certificate is for its hosts in whatever case, and a wildcard stands for one label', () => {
  const covers = (host: string, ...hosts: string[]) => certificateCovers({ ca: 'public', hosts }, host);
  expect([covers('api.example.com', 'API.example.com'), covers('API.EXAMPLE.com', 'b.com', '*.Example.com')]).toEqual([true, true]);
  expect(['a.b.example.com', 'example.com', '.example.com', 'localhost'].map((host) => covers(host, '*.example.com'))).toEqual([false, false, false, false]);
});

test('a Service without selector leads callers without sidecar to the pods that its EndpointSlices list', () => {
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'manual', namespace: 'default', labels: { 'kubernetes.io/service-name': 'manual' } },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8080 }],
    endpoints: [{ addresses: ['127.1.0.2'] }, { addresses: ['127.1.0.3'], conditions: { ready: false } }],
  };
  const mesh = Mesh.of([slice], {
    services: [{ name: 'manual', ports: [{ name: 'http', port: 80 }] }],
    workloads: [
      { name: 'plain', sidecar: false },
      { name: 'server', ports: [8080] },
      { name: 'starting', ports: [8080] },
    ],
  });
  const { alternatives, likeliest } = mesh.request({ from: 'plain', to: 'http://manual/' });
  expect([alternatives.length, likeliest.result.workload]).toEqual([1, 'server']);
});

describe('where unknown hosts are looked up', () => {
  const mesh = Mesh.of([], { mesh: { outboundTrafficPolicy: { mode: 'ALLOW_ANY_DYNAMIC_DNS' } }, workloads: [{ name: 'client' }] });
  const meets = (to: string, headers = {}) => mesh.request({ from: 'client', to, ip: '192.0.2.1', headers }).likeliest.result;

  test('requests go to the host that they name, not to the address that they came to', () => {
    expect(meets('http://api.example.com/')).toMatchObject({ status: 200, workload: 'api.example.com', upstreamCluster: 'AllowAnyDynamicDNSCluster' });
    expect(meets('http://api.example.com:8080/').port).toBe(8080);
  });

  test('a host without address is not reached', () => {
    expect(meets('http://nobody.invalid/').status).toBe(503);
  });
});

import type { MeshFacts, ServiceFact } from '../../src/mesh/facts';
import { serviceTargets } from '../../src/mesh/service-targets';
import { findWorkload } from '../../src/mesh/workloads';
import { meshOf } from './mesh-of';

function targets(name: string, facts: MeshFacts, yaml = ''): string[] {
  const mesh = meshOf(yaml, facts);
  const workload = findWorkload(mesh, name);
  if (workload === undefined) throw new Error(name);
  return serviceTargets(mesh, workload).map(({ service, port, targetPort }) => `${service.hostname} ${port.number}->${targetPort}`);
}

const service = (name: string, ports: ServiceFact['ports'], more: Partial<ServiceFact> = {}): ServiceFact => ({
  name,
  ports: ports ?? [],
  selector: { app: 'a' },
  ...more,
});

test('a pod is the target of the Services that select it, by hostname, ready or not', () => {
  const services = [
    service('z', [{ port: 80, targetPort: 8080 }]),
    service('b', [{ port: 80, targetPort: 'http' }]),
    service('c', [{ port: 81, targetPort: 'none' }]),
    service('d', [{ port: 80 }], { namespace: 'other' }),
    service('e', [{ port: 80 }], { selector: {} }),
  ];
  expect(targets('a', { services, workloads: [{ name: 'a', ready: false, containerPorts: { http: 70 } }] })).toEqual([
    'b.default.svc.cluster.local 80->70',
    'z.default.svc.cluster.local 80->8080',
  ]);
});

test('ports of one Service that lead to one port with one protocol count once', () => {
  const services = [
    service('a', [
      { name: 'http', port: 80, targetPort: 1 },
      { name: 'http-too', port: 81, targetPort: 1 },
      { name: 'tcp', port: 82, targetPort: 1 },
      { name: 'udp', port: 83, targetPort: 2, protocol: 'UDP' },
    ]),
  ];
  expect(targets('a', { services, workloads: [{ name: 'a' }] })).toEqual(['a.default.svc.cluster.local 80->1', 'a.default.svc.cluster.local 82->1']);
});

const entries = `
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: vm, labels: { app: a } }
spec: { address: 127.1.0.1 }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: x }
spec: { hosts: [vm.example.com], resolution: STATIC, ports: [{ number: 80, name: http, targetPort: 8080 }], workloadSelector: { labels: { app: a } } }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: y, namespace: other }
spec: { hosts: [other.example.com], resolution: STATIC, ports: [{ number: 80, name: http }], endpoints: [{ address: 127.1.0.1 }] }`;

test('a machine is the target of what its WorkloadEntry is selected by, in its own namespace', () => {
  expect(targets('m', { services: [service('k', [{ port: 80 }])], workloads: [{ name: 'm', pod: false }] }, entries)).toEqual([
    'k.default.svc.cluster.local 80->80',
    'vm.example.com 80->8080',
  ]);
});

test('a pod that no Service selects is the target of those whose slices list it', () => {
  const slice = `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: s, labels: { kubernetes.io/service-name: listed } }
ports: [{ name: '', port: 90 }]
endpoints: [{ addresses: [127.1.0.1] }]`;
  const listed: ServiceFact = { name: 'listed', ports: [{ port: 80 }] };
  expect(targets('a', { services: [listed], workloads: [{ name: 'a' }] }, slice)).toEqual(['listed.default.svc.cluster.local 80->90']);
  expect(targets('a', { services: [listed, service('k', [{ port: 80 }])], workloads: [{ name: 'a' }] }, slice)).toEqual(['k.default.svc.cluster.local 80->80']);
});

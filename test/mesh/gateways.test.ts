import type { MeshFacts } from '../../src/mesh/facts';
import { gatewaysOf, mergedGateway } from '../../src/mesh/gateways';
import { isUnprivileged } from '../../src/mesh/unprivileged';
import type { Workload } from '../../src/mesh/workload';
import { findWorkload } from '../../src/mesh/workloads';
import { meshOf } from './mesh-of';

const gateway = (name: string, servers: string, more = 'selector: { istio: ingressgateway }', namespace = 'istio-system'): string =>
  `\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ${more}, servers: [${servers}] }\n---`;
const server = (number: number, protocol: string, hosts: string, more = '', name = `${protocol.toLowerCase()}-${number}`): string =>
  `{ port: { number: ${number}, protocol: ${protocol}, name: ${name} }, hosts: [${hosts}]${more} }`;
const simple = ', tls: { mode: SIMPLE, credentialName: c }';
const passthrough = ', tls: { mode: PASSTHROUGH }';
const redirect = ', tls: { httpsRedirect: true }';

const facts: MeshFacts = {
  workloads: [{ name: 'gate', namespace: 'istio-system', labels: { istio: 'ingressgateway' }, gateway: true }],
  services: [{ name: 'gate', namespace: 'istio-system', selector: { istio: 'ingressgateway' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] }],
};

const gate = (yaml: string, more: MeshFacts = facts) => {
  const mesh = meshOf(yaml, more);
  return { mesh, workload: findWorkload(mesh, 'gate') as Workload };
};
/** `port protocol bind: hosts | hosts` for everything that is open. */
const open = (yaml: string, more?: MeshFacts): string[] => {
  const { mesh, workload } = gate(yaml, more);
  return mergedGateway(mesh, workload).ports.map(
    ({ number, protocol, bind, servers }) => `${number} ${protocol} ${bind}: ${servers.map(({ hosts }) => hosts.join()).join(' | ')}`,
  );
};

describe('a Gateway', () => {
  const selected = (yaml: string, more: MeshFacts = facts) => {
    const { mesh, workload } = gate(yaml, more);
    return gatewaysOf(mesh, workload).map(({ name }) => name);
  };
  const text =
    gateway('none', '', 'selector: {}') +
    gateway('fits', '') +
    gateway('other', '', 'selector: { istio: egressgateway }') +
    gateway('away', '', undefined, 'shop');

  test('selects pods by their labels in all namespaces, all of them without a selector', () => {
    expect(selected(text)).toEqual(['away', 'fits', 'none']);
  });

  test('selects only pods of its namespace where istiod is told so', () => {
    expect(selected(text, { ...facts, env: { PILOT_SCOPE_GATEWAY_TO_NAMESPACE: 'true' } })).toEqual(['fits', 'none']);
  });
});

describe('the port that a pod opens', () => {
  const text = gateway('g', server(80, 'HTTP', '"*"'));

  test('is the target port of the first Service that has the number, or the number itself', () => {
    expect(open(text)).toEqual(['8080 HTTP : *']);
    expect(open(text, { ...facts, services: [] })).toEqual(['80 HTTP : *']);
    expect(open(gateway('g', server(8080, 'HTTP', '"*"')))).toEqual(['8080 HTTP : *']);
  });

  test('is the number itself where the Service says so by a label', () => {
    const services = (facts.services ?? []).map((service) => ({ ...service, labels: { 'experimental.istio.io/disable-gateway-port-translation': '' } }));
    expect(open(text, { ...facts, services })).toEqual(['80 HTTP : *']);
  });
});

test('hosts are left to all namespaces, to one, or to that of the Gateway', () => {
  expect(open(gateway('g', server(80, 'HTTP', 'a.com, ./b.com, "*/c.com", shop/d.com')))).toEqual(['8080 HTTP : a.com,istio-system/b.com,c.com,shop/d.com']);
  expect(open(gateway('g', server(80, 'HTTP', '"*/*"')))).toEqual(['8080 HTTP : *']);
});

describe('servers of one port', () => {
  test('go together where all are plain HTTP, and share their virtual hosts', () => {
    const { mesh, workload } = gate(
      gateway('a', server(80, 'HTTP', 'a.com')) + gateway('b', server(80, 'HTTP2', 'b.com')) + gateway('c', server(8080, 'HTTP', 'c.com')),
    );
    const merged = mergedGateway(mesh, workload);
    expect(merged.ports).toHaveLength(1);
    const [first, , third] = merged.ports[0]?.servers ?? [];
    expect(first && merged.serversWith(first).map((each) => each.gateway)).toEqual(['istio-system/a', 'istio-system/b', 'istio-system/c']);
    expect(first && third && merged.serversWith(third)).toBe(first && merged.serversWith(first));
  });

  test('are left out where plain HTTP or TCP is there first', () => {
    expect(open(gateway('a', server(90, 'HTTP', '"*"')) + gateway('b', server(90, 'TCP', '"*"')) + gateway('c', server(90, 'HTTPS', '"*"', simple)))).toEqual([
      '90 HTTP : *',
    ]);
    expect(open(gateway('a', server(90, 'TCP', '"*"')) + gateway('b', server(90, 'TCP', 'b.com')) + gateway('c', server(90, 'HTTP', '"*"')))).toEqual([
      '90 TCP : *',
    ]);
  });

  test('have a place beside others on another address', () => {
    expect(open(gateway('a', server(90, 'HTTP', 'a.com', ', bind: 10.0.0.1')) + gateway('b', server(90, 'TCP', 'b.com', ', bind: 10.0.0.2')))).toEqual([
      '90 HTTP 10.0.0.1: a.com',
      '90 TCP 10.0.0.2: b.com',
    ]);
  });

  test('go together where all are TLS, each that ends HTTPS with virtual hosts of its own', () => {
    const { mesh, workload } = gate(
      gateway('a', server(443, 'HTTPS', 'a.com', simple)) +
        gateway('b', `${server(443, 'HTTPS', 'b.com', simple)}, ${server(443, 'TLS', 'c.com', passthrough)}`),
    );
    const merged = mergedGateway(mesh, workload);
    expect(merged.ports.map(({ protocol, servers }) => [protocol, servers.length])).toEqual([
      ['HTTPS', 2],
      ['TLS', 1],
    ]);
    for (const each of merged.ports[0]?.servers ?? []) expect(merged.serversWith(each)).toEqual([each]);
  });

  test('may be plain beside TLS that was there first', () => {
    expect(open(gateway('a', server(443, 'HTTPS', 'a.com', simple)) + gateway('b', server(443, 'HTTP', '"*"')))).toEqual(['443 HTTPS : a.com', '443 HTTP : *']);
  });

  test.each([
    ['TLS', simple, 'HTTPS'],
    ['a redirect to HTTPS', redirect, 'HTTP'],
  ])('lose a server with %s whose host is taken', (_, tls, protocol) => {
    expect(
      open(
        gateway('a', server(443, protocol, 'a.com', tls)) +
          gateway('b', server(443, protocol, 'b.com, a.com', tls)) +
          gateway('c', server(443, protocol, 'b.com', tls)),
      ),
    ).toEqual([`443 ${protocol} : a.com | b.com`]);
  });

  test('of one Gateway that end HTTPS need names of their own', () => {
    expect(open(gateway('a', `${server(443, 'HTTPS', 'a.com', simple, 'same')}, ${server(443, 'HTTPS', 'b.com', simple, 'same')}`))).toEqual([
      '443 HTTPS : a.com',
    ]);
  });
});

test('a pod may say that it opens no port below 1024', () => {
  const deployment = (value: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: gate, namespace: istio-system }
spec:
  template:
    metadata: { labels: { istio: ingressgateway } }
    spec: { containers: [{ name: istio-proxy, image: auto, env: [{ name: ISTIO_META_UNPRIVILEGED_POD, value: ${value} }] }] }
`;
  expect(isUnprivileged(gate(deployment('"true"'), {}).workload)).toBe(true);
  expect(isUnprivileged(gate(deployment('"false"'), {}).workload)).toBe(false);
  expect(isUnprivileged(gate('{}').workload)).toBe(false);
  const pod = (name: string) => `
apiVersion: v1
kind: Pod
metadata: { name: gate, namespace: istio-system, labels: { istio: ingressgateway } }
spec: { containers: [{ name: istio-proxy, image: auto, env: [{ name: OTHER, value: "true" }, { name: ${name}, value: "true" }] }] }`;
  expect(isUnprivileged(gate(pod('ISTIO_META_UNPRIVILEGED_POD'), {}).workload)).toBe(true);
  expect(isUnprivileged(gate(pod('ANOTHER'), {}).workload)).toBe(false);
});

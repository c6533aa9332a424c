import type { MeshFacts, ServiceFact } from '../../../src/mesh/facts';
import { findWorkload } from '../../../src/mesh/workloads';
import { outboundFilterChain } from '../../../src/simulation/istiod/outbound';
import type { Network } from '../../../src/simulation/network/network';
import { meshOf } from '../../mesh/mesh-of';
import { sidecarOf } from './sidecar-of';

function service(name: string, namespace: string, port = 80, more: Partial<ServiceFact> = {}): ServiceFact {
  return { name, namespace, selector: { app: name }, ports: [{ name: 'http', port }], ...more };
}

function facts(...services: readonly ServiceFact[]): MeshFacts {
  return {
    services,
    workloads: [
      { name: 'client', namespace: 'shop' },
      { name: 'other', namespace: 'ops' },
    ],
  };
}

/** The virtual host of a request that goes somewhere on port 80. */
function hostsOf(yaml: string, mesh: MeshFacts, from = 'client.shop', port = 80): (host: string) => string {
  const sidecar = sidecarOf(yaml, mesh, from);
  return (host) => sidecar.http(`203.0.113.1:${port}`, host).split(' ')[0] as string;
}

function object(kind: string, name: string, spec: string, namespace = 'shop'): string {
  return `
apiVersion: networking.istio.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
---`;
}

const virtualService = (name: string, spec: string, namespace?: string): string => object('VirtualService', name, spec, namespace);

/** A VirtualService whose answer tells that it is this one. */
const answering = (name: string, hosts: string, status: number, namespace?: string): string =>
  virtualService(name, `{ hosts: ${hosts}, http: [{ directResponse: { status: ${status} } }] }`, namespace);

describe('the domains of a service', () => {
  const mesh = facts(service('web', 'shop', 80, { clusterIP: '10.96.0.1' }), service('api', 'ops', 80, { clusterIP: '10.96.0.2' }));
  const find = hostsOf('', mesh);

  it.each(['web', 'web.shop', 'web.shop.svc', 'web.shop.svc.cluster.local', 'web.shop.svc.cluster.local.', '10.96.0.1', 'WEB.Shop', 'web:8080', 'web.shop:1'])(
    'hold %s',
    (host) => {
      expect(find(host)).toBe('web.shop.svc.cluster.local:80');
    },
  );

  it.each(['web.', 'web.shop.', 'web.shop.svc.cluster', 'shop', 'x.web', 'web.ops', '10.96.0.9', ''])('do not hold %p', (host) => {
    expect(find(host)).toBe('allow_any');
  });

  it('leave out the bare name for callers of another namespace', () => {
    expect(find('api')).toBe('allow_any');
    expect(find('api.ops')).toBe('api.ops.svc.cluster.local:80');
    expect(hostsOf('', mesh, 'other.ops')('api')).toBe('api.ops.svc.cluster.local:80');
  });

  it('are there on its own ports only', () => {
    expect(hostsOf('', facts(service('web', 'shop', 80), service('api', 'shop', 8080)), 'client.shop', 8080)('web')).toBe('allow_any');
  });

  it('of a ServiceEntry are its host and its addresses', () => {
    const find = hostsOf(
      object(
        'ServiceEntry',
        'a',
        '{ hosts: [A.example.com], addresses: [192.0.2.1], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: STATIC }',
      ),
      facts(),
    );
    for (const host of ['a.example.com', 'a.example.com.', 'A.EXAMPLE.COM:80', '192.0.2.1']) expect(find(host)).toBe('a.example.com:80');
    expect(find('a')).toBe('allow_any');
  });

  it('belong to the ServiceEntry that has just that host, not to the service whose short name it is', () => {
    const entry = object('ServiceEntry', 'a', '{ hosts: [api.ops], ports: [{ number: 80, name: http, protocol: HTTP }] }');
    const find = hostsOf(entry, mesh);
    expect(find('api.ops')).toBe('api.ops:80');
    expect(find('api.ops.svc')).toBe('api.ops.svc.cluster.local:80');
  });

  it('of wildcards give way to exact ones, and the longest comes first', () => {
    const entry = (name: string, host: string) => object('ServiceEntry', name, `{ hosts: ["${host}"], ports: [{ number: 80, name: http, protocol: HTTP }] }`);
    const find = hostsOf(entry('a', '*.example.com') + entry('b', '*.api.example.com') + entry('c', 'x.api.example.com'), facts());
    expect(find('x.example.com')).toBe('*.example.com:80');
    expect(find('y.api.example.com')).toBe('*.api.example.com:80');
    expect(find('z.y.api.example.com')).toBe('*.api.example.com:80');
    expect(find('x.api.example.com')).toBe('x.api.example.com:80');
    expect(find('example.com')).toBe('allow_any');
  });

  it('hold those of ExternalName Services that stand for it', () => {
    const alias = (name: string, externalName: string): ServiceFact => service(name, 'shop', 80, { type: 'ExternalName', externalName });
    const find = hostsOf('', facts(service('web', 'shop'), alias('one', 'web.shop.svc.cluster.local'), alias('two', 'one.shop.svc.cluster.local')));
    for (const host of ['one', 'one.shop', 'two.shop.svc.cluster.local', 'two.shop.svc.cluster.local.'])
      expect(find(host)).toBe('web.shop.svc.cluster.local:80');
  });

  it('leave out those of an alias where a Sidecar imports the service in a way that does not hold the alias', () => {
    const services = [service('web', 'ops'), service('old', 'shop', 80, { type: 'ExternalName', externalName: 'web.ops.svc.cluster.local' })];
    const importing = (hosts: string) => hostsOf(object('Sidecar', 'default', `{ egress: [{ hosts: ${hosts} }] }`), facts(...services))('old');
    expect(importing('["*/*"]')).toBe('web.ops.svc.cluster.local:80');
    expect(importing('["*/*", ops/web.ops.svc.cluster.local]')).toBe('allow_any');
    expect(importing('["ops/*"]')).toBe('web.ops.svc.cluster.local:80');
  });

  it('belong to nobody on a port that is not HTTP', () => {
    const tcp = service('web', 'shop', 80, { ports: [{ name: 'tcp', port: 80 }] });
    expect(hostsOf('', facts(tcp, service('api', 'shop')))('web')).toBe('allow_any');
  });
});

describe('the VirtualService of a host', () => {
  const mesh = facts(service('web', 'shop'), service('api', 'shop'), service('web', 'shop', 8080));
  const statusOf =
    (yaml: string, port = 80, from = 'client.shop', more: MeshFacts = {}) =>
    (host: string): string => {
      const sidecar = sidecarOf(yaml, { ...mesh, ...more }, from);
      return sidecar.http(`203.0.113.1:${port}`, host).split(' ').slice(1).join(' ');
    };

  it('is the first with just that host, and the others bring nothing', () => {
    const status = statusOf(answering('b', '[web]', 202) + answering('a', '[web, api]', 201));
    expect(status('web')).toBe('201');
    expect(status('api')).toBe('201');
  });

  it('is the next one when the first has no route for the caller and port', () => {
    const narrow = (match: string) => virtualService('a', `{ hosts: [web], http: [{ match: [${match}], directResponse: { status: 201 } }] }`);
    for (const match of ['{ port: 81 }', '{ gateways: [gw] }', '{ sourceLabels: { app: web } }', '{ sourceNamespace: ops }']) {
      expect(statusOf(narrow(match) + answering('b', '[web]', 202))('web')).toBe('202');
      expect(statusOf(narrow(match))('web')).toBe('outbound|80||web.shop.svc.cluster.local');
    }
    // Conditions that only requests can meet are routes.
    expect(statusOf(narrow('{ uri: { prefix: /x } }') + answering('b', '[web]', 202))('web')).toBe('201');
  });

  it('is the one with the exact host before those with wildcards, of which the longest counts', () => {
    const wide = answering('a', '["*.local"]', 201);
    const narrow = answering('b', '["*.shop.svc.cluster.local"]', 202);
    expect(statusOf(wide + narrow)('web')).toBe('202');
    expect(statusOf(wide + narrow + answering('c', '[web]', 203))('web')).toBe('203');
    expect(statusOf(wide + narrow + answering('c', '[web]', 203))('api')).toBe('202');
  });

  it('of wildcards is never the next one', () => {
    const none = virtualService('b', '{ hosts: ["*.shop.svc.cluster.local"], http: [{ match: [{ port: 81 }], directResponse: { status: 202 } }] }');
    expect(statusOf(answering('a', '["*.local"]', 201) + none)('web')).toBe('outbound|80||web.shop.svc.cluster.local');
    const exact = virtualService('b', '{ hosts: [web], http: [{ match: [{ port: 81 }], directResponse: { status: 202 } }] }');
    expect(statusOf(answering('a', '["*.local"]', 201) + exact)('web')).toBe('outbound|80||web.shop.svc.cluster.local');
  });

  it('may be for a host that no service has on port 80', () => {
    const yaml = answering('a', '[nobody.example.com, "*.wild.example.com"]', 201);
    expect(statusOf(yaml)('nobody.example.com')).toBe('201');
    expect(statusOf(yaml)('x.wild.example.com')).toBe('201');
    expect(statusOf(yaml)('nobody.example.com.')).toBe('PassthroughCluster');
    expect(statusOf(yaml, 8080)('nobody.example.com')).toBe('PassthroughCluster');
  });

  it('may be for such a host on other ports beside one that a service has there', () => {
    const services = [service('web', 'shop', 8080)];
    expect(statusOf(answering('a', '[nobody.example.com, web]', 201), 8080, 'client.shop', { services })('nobody.example.com')).toBe('201');
    expect(statusOf(answering('a', '[nobody.example.com, "*.shop.svc.cluster.local"]', 201), 8080, 'client.shop', { services })('nobody.example.com')).toBe(
      '201',
    );
    expect(statusOf(answering('a', '[nobody.example.com, api]', 201), 8080, 'client.shop', { services })('nobody.example.com')).toBe('PassthroughCluster');
  });

  it('gives a host that no service has its own virtual host, even if it is a short form of a service', () => {
    const find = hostsOf(answering('a', '[web, web.shop]', 201), mesh);
    expect(find('web.shop')).toBe('web.shop:80');
    expect(find('web')).toBe('web.shop.svc.cluster.local:80');
  });

  it('is none where it is for gateways only, or is not exported to the caller', () => {
    const forGateway = virtualService('a', '{ hosts: [web], gateways: [gw], http: [{ directResponse: { status: 201 } }] }');
    expect(statusOf(forGateway)('web')).toBe('outbound|80||web.shop.svc.cluster.local');
    const hidden = virtualService('a', '{ hosts: [web], exportTo: [ops], http: [{ directResponse: { status: 201 } }] }');
    expect(statusOf(hidden)('web')).toBe('outbound|80||web.shop.svc.cluster.local');
    expect(statusOf(hidden, 80, 'other.ops')('web.shop')).toBe('201');
  });

  it('of an alias takes the names of the alias from the service behind it', () => {
    const services = [service('web', 'shop'), service('old', 'shop', 80, { type: 'ExternalName', externalName: 'web.shop.svc.cluster.local' })];
    const status = statusOf(answering('a', '[old]', 201), 80, 'client.shop', { services });
    expect(status('old')).toBe('201');
    expect(status('web')).toBe('outbound|80||web.shop.svc.cluster.local');
  });

  it('tells which VirtualServices it was preferred to', () => {
    const yaml =
      virtualService('a', '{ hosts: [web], http: [{ match: [{ port: 81 }], directResponse: { status: 201 } }] }') +
      answering('b', '[web]', 202) +
      answering('c', '[web]', 203);
    const model = meshOf(yaml, mesh);
    const caller = findWorkload(model, 'client.shop');
    if (caller === undefined) throw new Error('no client');
    const chain = outboundFilterChain({ mesh: model } as Network, caller, {
      sourceIp: caller.ip,
      destination: { ip: '203.0.113.1', port: 80 },
      tls: [],
      payload: { kind: 'http' } as never,
    });
    if (chain === 'refused' || chain.filter.kind !== 'http') throw new Error('no HTTP');
    const found = chain.filter.virtualHost('web');
    expect(found?.source).toMatchObject({ path: 'spec.hosts[0]', manifest: { object: { metadata: { name: 'b' } } } });
    expect(found?.text).toContain('VirtualService shop/b');
    expect(found?.runnersUp?.().map(({ what, missedBy }) => [what, missedBy])).toEqual([
      ['VirtualService shop/a', 'none of its routes is for this caller and port 80'],
      ['VirtualService shop/c', 'an earlier VirtualService has web.shop.svc.cluster.local'],
    ]);
  });
});

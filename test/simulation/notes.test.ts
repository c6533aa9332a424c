import { Mesh } from '../../src/simulation';

describe('what an answer leaves out of account', () => {
  const facts = {
    services: [{ name: 'server', ports: [{ name: 'http', port: 80 }], selector: { app: 'server' } }],
    workloads: [{ name: 'client' }, { name: 'server' }],
  };
  const rule = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'r', namespace: 'default' },
    spec: { host: 'server', trafficPolicy: { proxyProtocol: { version: 'V2' } } },
  };

  it('is named with the object that asks for it, once, and only where a request meets it', () => {
    const { notes } = Mesh.of([rule], facts).request({ from: 'client', to: 'http://server/' });
    expect(notes).toEqual(['DestinationRule default/r says that connections begin with the PROXY protocol, which is not simulated']);
    expect(Mesh.of([{ ...rule, spec: { ...rule.spec, host: 'other' } }], facts).request({ from: 'client', to: 'http://server/' }).notes).toEqual([]);
  });
});

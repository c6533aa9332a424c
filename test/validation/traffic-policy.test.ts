import { found } from './istiod';

const at = 'spec.trafficPolicy';
const policy = (trafficPolicy: object) => found('DestinationRule', { host: 'reviews', trafficPolicy });
const tunnel = (fields: object) => policy({ tunnel: { targetHost: 'example.com', targetPort: 443, ...fields } });
const balanced = { loadBalancer: { simple: 'RANDOM' } };

test('TP1: a policy sets something', () => {
  expect(policy({})).toEqual([`traffic-policy/empty ${at}`]);
  expect(policy({ portLevelSettings: [] })).toEqual([`traffic-policy/empty ${at}`]);
  expect(policy({ retryBudget: {} })).toEqual([]);
});

test('TP2: a tunnel excludes the PROXY protocol, and nothing else is looked at then', () => {
  expect(policy({ tunnel: {}, proxyProtocol: {} })).toEqual([`traffic-policy/tunnel-and-proxy-protocol ${at}.proxyProtocol`]);
});

test('TP3: settings of ports name a port, whose number may be missing, and set something', () => {
  const ports = (setting: object) => policy({ portLevelSettings: [setting] });
  expect(ports(balanced)).toEqual([`traffic-policy/port-missing ${at}.portLevelSettings[0].port`]);
  expect(ports({ port: { number: 80 } })).toEqual([`traffic-policy/port-setting-empty ${at}.portLevelSettings[0]`]);
  expect(ports({ port: {}, ...balanced })).toEqual([]);
  expect(ports({ port: { number: 70000 }, ...balanced })).toEqual([]);
  expect(ports({ port: {}, tls: { mode: 'MUTUAL', privateKey: 'k' } })).toEqual([
    `client-tls/certificate-missing ${at}.portLevelSettings[0].tls.clientCertificate`,
  ]);
});

test('TP4: tunnels are opened with CONNECT or POST', () => {
  expect(tunnel({ protocol: 'connect' })).toEqual([`traffic-policy/tunnel-protocol ${at}.tunnel.protocol`]);
  expect(tunnel({ protocol: 'POST' })).toEqual([]);
  expect(tunnel({ protocol: '' })).toEqual([]);
});

test('TP5: a tunnel ends at a domain name or address, on a port', () => {
  expect(tunnel({ targetHost: '*.example.com' })).toEqual([`traffic-policy/tunnel-host ${at}.tunnel.targetHost`]);
  expect(tunnel({ targetHost: '::1' })).toEqual([]);
  expect(tunnel({ targetPort: 0 })).toEqual([`port/out-of-range ${at}.tunnel.targetPort`]);
});

test('TP6: the PROXY protocol has two versions', () => {
  expect(policy({ proxyProtocol: { version: 3 } })).toEqual([`traffic-policy/proxy-protocol-version ${at}.proxyProtocol.version`]);
  expect(policy({ proxyProtocol: { version: 1 } })).toEqual([]);
});

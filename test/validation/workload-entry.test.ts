import { found } from './istiod';

const workload = (spec: object) => found('WorkloadEntry', spec);
const ofService = (endpoint: object, ports: object[]) => found('ServiceEntry', { hosts: ['a.com'], resolution: 'STATIC', ports, endpoints: [endpoint] });

test('WE1: there is an address or a network, or nothing else is said', () => {
  expect(workload({ ports: { a_b: 0 } })).toEqual(['endpoint/address-missing spec.address']);
});

test('WE2: a network without an address is a warning', () => {
  expect(workload({ network: 'n' })).toEqual(['endpoint/address-missing-in-network spec.address']);
});

test.each(['unix://', 'unix://a', 'unix:///a/'])('WE3: the socket %s is refused', (address) => {
  expect(workload({ address })).toEqual(['endpoint/socket-path spec.address']);
});

test('WE3: a socket has no ports', () => {
  expect(workload({ address: 'unix:///a', ports: { http: 80 } })).toEqual(['endpoint/socket-with-ports spec.ports']);
  expect(workload({ address: 'unix://@abstract', ports: {} })).toEqual([]);
});

test.each(['a_b', '10.0.0', 'a.com:80', '*.a.com', '10.0.0.0/8'])('WE4: the address %s is refused', (address) => {
  expect(workload({ address })).toEqual(['endpoint/address spec.address']);
});

test.each(['10.0.0.1', '::1', 'fe80::1%eth0', 'vm-1.example.com'])('WE4: the address %s is fine', (address) => {
  expect(workload({ address })).toEqual([]);
});

test('WE5: ports have names and numbers', () => {
  expect(workload({ address: '10.0.0.1', ports: { a_b: 80, http: 65536 } })).toEqual([
    'port/invalid-name spec.ports[a_b]',
    'port/out-of-range spec.ports[http]',
  ]);
});

test('WE6: labels are labels', () => {
  expect(workload({ address: '10.0.0.1', labels: { a: 'b c' } })).toEqual(['label/invalid-value spec.labels[a]']);
});

test('WE7: a socket is the endpoint of an entry with one port', () => {
  const socket = { address: 'unix:///a' };
  const port = { number: 80, name: 'http', protocol: 'HTTP' };
  expect(ofService(socket, [port])).toEqual([]);
  expect(ofService(socket, [])).toEqual(['endpoint/socket-for-several-ports spec.endpoints[0].address']);
  expect(ofService(socket, [port, { ...port, number: 81, name: 'admin' }])).toEqual(['endpoint/socket-for-several-ports spec.endpoints[0].address']);
});

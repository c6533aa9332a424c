import { found } from './istiod';

const group = (spec: object) => found('WorkloadGroup', { template: {}, ...spec });
const probe = (fields: object) => group({ probe: fields });

test('WG1: there is a template, and what is in it does not matter', () => {
  expect(found('WorkloadGroup', {})).toEqual(['workload-group/template-missing spec.template']);
  expect(group({ template: { ports: { a_b: 0 } } })).toEqual([]);
});

test('WG2: labels of the metadata are labels', () => {
  expect(group({ metadata: { labels: { 'a b': '' }, annotations: { 'a b': '' } } })).toEqual(['label/invalid-key spec.metadata.labels[a b]']);
});

test.each(['periodSeconds', 'initialDelaySeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold'])('WG3: %s is not negative', (field) => {
  expect(probe({ [field]: -1, tcpSocket: { port: 80 } })).toEqual([`workload-group/probe-negative spec.probe.${field}`]);
  expect(probe({ [field]: 0, tcpSocket: { port: 80 } })).toEqual([]);
});

test('WG4: a probe of HTTP has a port, perhaps a scheme, and plain headers', () => {
  expect(probe({ httpGet: {} })).toEqual(['port/out-of-range spec.probe.httpGet.port']);
  expect(probe({ httpGet: { port: 80, scheme: 'http' } })).toEqual(['workload-group/probe-scheme spec.probe.httpGet.scheme']);
  expect(probe({ httpGet: { port: 80, httpHeaders: [{ name: 'x-a' }, { name: 'x_a' }, {}] } })).toEqual([
    'header/invalid-name spec.probe.httpGet.httpHeaders[1].name',
    'header/invalid-name spec.probe.httpGet.httpHeaders[2].name',
  ]);
});

test('WG5: a probe of TCP has a port, and one of a command has the command', () => {
  expect(probe({ tcpSocket: { port: 65536 } })).toEqual(['port/out-of-range spec.probe.tcpSocket.port']);
  expect(probe({ exec: {} })).toEqual(['workload-group/probe-command spec.probe.exec.command']);
});

test('WG6: probes of gRPC are refused although the schema has them, and so are probes of nothing', () => {
  expect(probe({ grpc: { port: 80 } })).toEqual(['workload-group/probe-method spec.probe.grpc']);
  expect(probe({})).toEqual(['workload-group/probe-method spec.probe']);
});

import { found } from './istiod';

const plugin = (spec: object) => found('WasmPlugin', { url: 'oci://a/b', ...spec });

test('WP1: selector and targets are checked', () => {
  expect(plugin({ selector: {}, targetRef: { kind: 'Service', name: 'a' } })).toEqual([
    'target-ref/several-targets spec.targetRef',
    'selector/empty spec.selector',
  ]);
});

test.each(['', 'ftp://a', 'a b%zz', 'mailto:a', 'a.b:80/c', 'http://a/%zz'])('WP2: the address %j is refused', (url) => {
  expect(plugin({ url })).toEqual(['wasm/url spec.url']);
});

test.each(['oci://a/b:c', 'HTTPS://a/b', 'file:///a', 'a/b:c', 'a.b/c@sha256:1', '/a', '*', 'http:a', 'http://a:b/c'])('WP2: the address %j is fine', (url) => {
  expect(plugin({ url })).toEqual([]);
});

test('WP3: a checksum has 64 digits in lower case', () => {
  expect(plugin({ sha256: 'a'.repeat(64) })).toEqual([]);
  expect(plugin({ sha256: '' })).toEqual([]);
  for (const sha256 of ['a', 'A'.repeat(64), 'g'.repeat(64), 'a'.repeat(65)]) {
    expect(plugin({ sha256 })).toEqual(['wasm/sha256 spec.sha256']);
  }
});

test('WP4: names are not too long, in bytes', () => {
  expect(plugin({ imagePullSecret: 'a'.repeat(254), pluginName: 'é'.repeat(129) })).toEqual([
    'wasm/name-too-long spec.imagePullSecret',
    'wasm/name-too-long spec.pluginName',
  ]);
  expect(plugin({ imagePullSecret: 'a'.repeat(253), pluginName: 'é'.repeat(128) })).toEqual([]);
});

test('WP5: environment variables have names, each once, and a value or a source', () => {
  const variables = (...env: object[]) => plugin({ vmConfig: { env } });
  const at = 'spec.vmConfig.env';
  expect(variables({ value: 'a' })).toEqual([`wasm/variable-name ${at}[0].name`]);
  expect(variables({ name: 'a' }, { name: 'a' })).toEqual([`wasm/duplicate-variable ${at}[1].name`]);
  expect(variables({ name: 'a'.repeat(257) })).toEqual([`wasm/name-too-long ${at}[0].name`]);
  expect(variables({ name: 'a', valueFrom: 'HOST', value: 'b' })).toEqual([`wasm/variable-value ${at}[0].value`]);
  expect(variables({ name: 'a', valueFrom: 'HOST' }, { name: 'b', value: 'c' })).toEqual([]);
});

test('WP6: ports of traffic are ports', () => {
  expect(plugin({ match: [{ ports: [{ number: 80 }, { number: 65536 }, {}] }] })).toEqual([
    'port/out-of-range spec.match[0].ports[1].number',
    'port/out-of-range spec.match[0].ports[2].number',
  ]);
});

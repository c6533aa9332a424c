import fc from 'fast-check';
import { decodeEnvoy } from '../../../src/validation/envoy/decode';
import { findMessage } from '../../../src/validation/envoy/descriptors';

const problems = (value: unknown, type = 'envoy.config.cluster.v3.Cluster') =>
  decodeEnvoy(value, type, 'value').problems.map(({ kind, path }) => `${kind} ${path}`);
const typed = (type: string, fields: object = {}) =>
  problems({ name: 'a', typed_config: { '@type': `x/${type}`, ...fields } }, 'envoy.config.core.v3.TypedExtensionConfig');

test('a message is found by its full name, and nothing by another', () => {
  expect(findMessage('envoy.config.cluster.v3.Cluster')?.fields.get('connectTimeout')).toBe(
    findMessage('envoy.config.cluster.v3.Cluster')?.fields.get('connect_timeout'),
  );
  expect(findMessage('envoy.config.cluster.v3.Cluster.CustomClusterType')?.fields.has('typed_config')).toBe(true);
  expect(findMessage('Cluster')).toBeUndefined();
  expect(findMessage('__proto__')).toBeUndefined();
});

test('names are read in both cases, and the one of JSON wins', () => {
  expect(problems({ connect_timeout: '1s', lbPolicy: 'RANDOM' })).toEqual([]);
  expect(problems({ connect_timeout: 5, connectTimeout: '1s' })).toEqual([]);
});

test('null is unset', () => {
  expect(problems({ name: null, connect_timeout: null, nonsense: null })).toEqual(['unknown-field value.nonsense']);
});

test('numbers may be texts of their own sort', () => {
  const limit = (value: unknown) => problems({ per_connection_buffer_limit_bytes: value });
  expect([0, '7', ' 7 ', 'null', 4294967295].flatMap(limit)).toEqual([]);
  for (const value of [-1, '-1', 1.5, '1.0', 4294967296, 'x', '', true, []]) {
    expect(limit(value)).toEqual(['value value.per_connection_buffer_limit_bytes']);
  }
});

test('enums are names or numbers', () => {
  expect(problems({ lb_policy: 99 })).toEqual([]);
  expect(problems({ lb_policy: 'random' })).toEqual(['value value.lb_policy']);
  expect(problems({ lb_policy: 1.5 })).toEqual(['value value.lb_policy']);
});

test('lists, maps and messages have their forms', () => {
  expect(problems({ health_checks: {} })).toEqual(['value value.health_checks']);
  expect(problems({ health_checks: [null, 'a'] })).toEqual(['value value.health_checks[1]']);
  expect(problems({ metadata: { filter_metadata: { 'a.b': 1 } } })).toEqual(['value value.metadata.filter_metadata[a.b]']);
  expect(problems({ metadata: [] })).toEqual(['value value.metadata']);
});

test('well-known messages have forms of their own', () => {
  expect(problems({ connect_timeout: '1' })).toEqual(['value value.connect_timeout']);
  expect(problems({ metadata: { filter_metadata: { a: { b: [1, null, { c: 'd' }] } } } })).toEqual([]);
  expect(problems({ per_connection_buffer_limit_bytes: { value: 5 } })).toEqual(['value value.per_connection_buffer_limit_bytes']);
});

test('a configuration with a type is read as that type', () => {
  expect(typed('envoy.config.cluster.v3.Cluster', { connect_timeout: 5 })).toEqual(['value value.typed_config.connect_timeout']);
  expect(typed('no.Such')).toEqual(['unknown-type value.typed_config[@type]']);
  expect(typed('google.protobuf.Duration')).toEqual(['value value.typed_config']);
  expect(typed('google.protobuf.Duration', { value: '5s' })).toEqual([]);
  expect(problems({ typed_config: {} }, 'envoy.config.core.v3.TypedExtensionConfig')).toEqual(['value value.typed_config']);
  expect(problems({ typed_config: { '@type': 5 } }, 'envoy.config.core.v3.TypedExtensionConfig')).toEqual(['value value.typed_config[@type]']);
});

test('a field that is nearly right gets a hint', () => {
  expect(decodeEnvoy({ conect_timeout: '1s' }, 'envoy.config.cluster.v3.Cluster', 'value').problems[0]?.fix).toBe('write connect_timeout');
});

test('of fields that exclude one another the last one counts', () => {
  const { message } = decodeEnvoy({ extendBalance: { name: 'a' }, exact_balance: {} }, 'envoy.config.listener.v3.Listener.ConnectionBalanceConfig', 'value');
  expect([...(message?.fields.keys() ?? [])]).toEqual(['extend_balance']);
});

test('any JSON is read without an exception, and problems lie within it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const { path } of decodeEnvoy({ static_resources: value, node: value }, 'envoy.config.bootstrap.v3.Bootstrap', 'value').problems) {
        expect(path).toMatch(/^value\.(?:static_resources|node)/);
      }
    }),
  );
});

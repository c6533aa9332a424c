import fc from 'fast-check';
import { decode } from '../../src/validation/decode';

function decoded(spec: unknown, type = 'VirtualServiceSpec') {
  const findings: string[] = [];
  const { value, complete, pathOf } = decode(spec, type, (rule, path) => findings.push(`${rule.code} ${path}`));
  return { value, complete, findings, pathOf };
}
const route = (fields: unknown) => decoded({ http: [fields] });
const inRoute = (fields: unknown) => (route(fields).value.http as readonly unknown[])[0];

test('a spec that is missing or null is empty', () => {
  expect(decoded(undefined)).toMatchObject({ value: {}, complete: true });
  expect(decoded(null)).toMatchObject({ value: {}, complete: true });
});

test('fields are known by both of their names, and camelCase wins whatever stands first', () => {
  expect(decoded({ export_to: ['a'] }).value).toEqual({ exportTo: ['a'] });
  expect(decoded({ export_to: ['a'], exportTo: ['b'] }).value).toEqual({ exportTo: ['b'] });
  expect(decoded({ exportTo: ['b'], export_to: ['a'] }).value).toEqual({ exportTo: ['b'] });
  expect(inRoute({ mirror_percent: 5 })).toEqual({ mirrorPercent: 5 });
  expect(decoded({ trafficPolicy: { outlier_detection: { consecutive_5xx_errors: 3 } } }, 'DestinationRuleSpec').value).toEqual({
    trafficPolicy: { outlierDetection: { consecutive5xxErrors: 3 } },
  });
});

test('unknown fields are left out in silence', () => {
  expect(decoded({ hosts: ['a'], host: 'b', constructor: 'c', toString: 'd' })).toMatchObject({ value: { hosts: ['a'] }, complete: true });
});

test('null is unset; in a list it is an empty message or text; in a map it is dropped', () => {
  expect(decoded({ hosts: null, http: [null, { name: null }] }).value).toEqual({ http: [{}, {}] });
  expect(decoded({ hosts: [null, 'a'] }).value).toEqual({ hosts: ['', 'a'] });
  expect(inRoute({ match: [{ headers: { a: null, b: { exact: 'c' } } }] })).toEqual({ match: [{ headers: { b: { exact: 'c' } } }] });
});

test('an empty list is unset, an empty map is not', () => {
  expect(inRoute({ match: [], headers: { request: { set: {} } } })).toEqual({ headers: { request: { set: {} } } });
});

test('numbers may be texts', () => {
  expect(inRoute({ retries: { attempts: '3' }, mirrorPercentage: { value: '1.5e1' } })).toEqual({ retries: { attempts: 3 }, mirrorPercentage: { value: 15 } });
  expect(inRoute({ retries: { attempts: 'null' }, mirrorPercentage: { value: ' null ' } })).toEqual({
    retries: { attempts: 0 },
    mirrorPercentage: { value: 0 },
  });
  expect(inRoute({ mirrorPercentage: { value: 'Infinity' } })).toEqual({ mirrorPercentage: { value: Number.POSITIVE_INFINITY } });
});

test.each([1.5, '1.5', '', '0x10', '01', '+1', 2 ** 31, -(2 ** 31) - 1])('%j is no number of attempts', (attempts) => {
  expect(route({ retries: { attempts } }).findings).toEqual(['decode/number spec.http[0].retries.attempts']);
});

test.each([-1, '-0', 2 ** 32])('%j is no port', (port) => {
  expect(route({ match: [{ port }] }).findings).toEqual(['decode/number spec.http[0].match[0].port']);
});

test('sizes of rings may be longer than 32 bits', () => {
  const ring = (minimumRingSize: unknown) => decoded({ trafficPolicy: { loadBalancer: { consistentHash: { minimumRingSize } } } }, 'DestinationRuleSpec');
  expect(ring(2 ** 40).complete).toBe(true);
  expect(ring(-1).complete).toBe(false);
});

test('durations are texts that Go reads, also where no rule of the schema says so', () => {
  expect(route({ timeout: '1h30m' }).findings).toEqual([]);
  expect(route({ timeout: '5' }).findings).toEqual(['decode/duration spec.http[0].timeout']);
  expect(route({ timeout: 5 }).findings).toEqual(['decode/type spec.http[0].timeout']);
  const cookie = { trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: 'a', ttl: '1 h' } } } } };
  expect(decoded(cookie, 'DestinationRuleSpec').findings).toEqual(['decode/duration spec.trafficPolicy.loadBalancer.consistentHash.httpCookie.ttl']);
});

test('enums are names or numbers, known or not', () => {
  const policy = (action: unknown) => decoded({ action }, 'AuthorizationPolicySpec');
  expect(policy('DENY').value).toEqual({ action: 'DENY' });
  expect(policy(1).value).toEqual({ action: 'DENY' });
  expect(policy(9)).toMatchObject({ value: { action: 9 }, complete: true });
  expect(policy(2 ** 31).findings).toEqual(['decode/type spec.action']);
  expect(policy('deny').findings).toEqual(['decode/enum spec.action']);
  expect(policy(true).findings).toEqual(['decode/type spec.action']);
});

test('an enum that is nearly right is suggested', () => {
  const fixes: (string | undefined)[] = [];
  decode({ action: 'deny' }, 'AuthorizationPolicySpec', (_rule, _path, _message, fix) => fixes.push(fix));
  expect(fixes).toEqual(['write DENY']);
});

test('bytes are base64 with padding', () => {
  const body = (bytes: string) => route({ directResponse: { body: { bytes } } }).findings;
  expect(body('aGk=')).toEqual([]);
  expect(body('aG\nk=')).toEqual([]);
  expect(body('aGk')).toEqual(['decode/bytes spec.http[0].directResponse.body.bytes']);
});

test('of fields that exclude one another the last one of the definition stays, wherever it stands', () => {
  expect(inRoute({ match: [{ uri: { regex: 'a', exact: 'b', prefix: 'c' } }] })).toEqual({ match: [{ uri: { regex: 'a' } }] });
  expect(inRoute({ match: [{ uri: { prefix: 'c', exact: 'b', regex: null } }] })).toEqual({ match: [{ uri: { prefix: 'c' } }] });
});

test('keys of ports are numbers', () => {
  const ports = (portLevelMtls: unknown) => decoded({ portLevelMtls }, 'PeerAuthenticationSpec').findings;
  expect(ports({ 80: { mode: 'STRICT' } })).toEqual([]);
  expect(ports({ http: { mode: 'STRICT' } })).toEqual(['decode/map-key spec.portLevelMtls[http]']);
  expect(ports({ '-1': {} })).toEqual(['decode/map-key spec.portLevelMtls[-1]']);
});

test('free-form objects stay as they are, null included', () => {
  const pluginConfig = { a: [null, { b_c: 1 }] };
  expect(decoded({ pluginConfig }, 'WasmPluginSpec').value).toEqual({ pluginConfig });
  expect(decoded({ pluginConfig: [] }, 'WasmPluginSpec').findings).toEqual(['decode/type spec.pluginConfig']);
});

test.each([
  ['spec', 'a text'],
  ['spec.hosts', { hosts: 'reviews' }],
  ['spec.hosts[1]', { hosts: ['a', 5] }],
  ['spec.http[0]', { http: ['a'] }],
  ['spec.http[0].match[0].headers', { http: [{ match: [{ headers: ['a'] }] }] }],
  ['spec.http[0].match[0].headers[x-a]', { http: [{ match: [{ headers: { 'x-a': 'b' } }] }] }],
  ['spec.http[0].corsPolicy.allow_credentials', { http: [{ corsPolicy: { allow_credentials: 'yes' } }] }],
])('a value of the wrong type is told at %s, as it was written', (path, spec) => {
  expect(decoded(spec)).toMatchObject({ findings: [`decode/type ${path}`], complete: false });
});

test('what cannot be read keeps its place in lists, so that other paths stay right', () => {
  expect(decoded({ hosts: [5, 'a'] }).value).toEqual({ hosts: ['', 'a'] });
  expect(decoded({ http: ['a', { name: 'b' }] }).value).toEqual({ http: [{}, { name: 'b' }] });
});

test('a path leads back to the names that were written', () => {
  const { pathOf } = decoded({
    export_to: ['a'],
    http: [{ cors_policy: { allow_headers: ['a b'] }, match: [{ without_headers: { 'a_b.c': { regex: '' } } }] }],
  });
  expect(pathOf('spec.exportTo[0]')).toBe('spec.export_to[0]');
  expect(pathOf('spec.http[0].corsPolicy.allowHeaders[0]')).toBe('spec.http[0].cors_policy.allow_headers[0]');
  expect(pathOf('spec.http[0].match[0].withoutHeaders[a_b.c].regex')).toBe('spec.http[0].match[0].without_headers[a_b.c].regex');
  expect(pathOf('spec.http[0].timeout')).toBe('spec.http[0].timeout');
  expect(pathOf('metadata.annotations[a.b/c]')).toBe('metadata.annotations[a.b/c]');
});

test('no value is too strange to decode', () => {
  fc.assert(
    fc.property(
      fc.object({ key: fc.constantFrom('http', 'match', 'headers', 'hosts', 'route', '__proto__', 'set', 'request', 'uri'), maxDepth: 5 }),
      (spec) => {
        const { complete, findings } = decoded(spec);
        expect(complete).toBe(findings.length === 0);
      },
    ),
  );
});

test('what is decoded decodes to itself', () => {
  const text = fc.string();
  const match = fc.record(
    { uri: fc.oneof(fc.record({ exact: text }), fc.record({ prefix: text })), port: fc.nat(70000), headers: fc.dictionary(text, fc.record({ regex: text })) },
    { requiredKeys: [] },
  );
  const spec = fc.record(
    { hosts: fc.array(text), http: fc.array(fc.record({ match: fc.array(match), timeout: fc.constant('1s') }, { requiredKeys: [] })) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(spec, (value) => {
      const once = decoded(value);
      expect(once.complete).toBe(true);
      expect(decoded(once.value).value).toEqual(once.value);
    }),
  );
});

import { ApiObject, App, Chart, JsonPatch, Lazy, type ResolutionContext, Testing, Yaml } from 'cdk8s';
import fc from 'fast-check';
import { configureValidation, DestinationRule, EnvoyFilter, Gateway, VirtualService, WasmPlugin } from '../../src';

/** A chart whose objects are written whatever a cluster says: the tests are about how values are written, many of them values that no cluster takes. */
function unchecked(chart = Testing.chart()): Chart {
  configureValidation(chart, { enabled: false });
  return chart;
}

const routes = (spec: object, chart = unchecked()) =>
  VirtualService.fromManifest(chart, 'routes', { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'routes' }, spec } as never);

/** The same object as cdk8s itself writes it. */
const stock = (spec: object, chart = Testing.chart()) =>
  new ApiObject(chart, 'routes', { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'routes' }, spec });

const key = fc.string({ unit: fc.constantFrom('a', 'B', '1', '-', '.', 'é', ' ') }).map((text) => `k${text}`);
const { anyJson } = fc.letrec((tie) => ({
  anyJson: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constantFrom(null, undefined)),
    fc.array(tie('anyJson'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(key, fc.integer({ min: 0, max: 99 }).map(String)), tie('anyJson'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));
const spec = fc.dictionary(key, anyJson, { noNullPrototype: true });

describe('the written manifest', () => {
  afterEach(() => {
    delete process.env.CDK8S_DISABLE_SORT;
  });

  test('has the same bytes as that of an ApiObject with the same fields', () => {
    fc.assert(fc.property(spec, (fields) => expect(Yaml.stringify(routes(fields).toJson())).toBe(Yaml.stringify(stock(fields).toJson()))));
  });

  test('has the same bytes as that of an ApiObject when sorting is switched off', () => {
    process.env.CDK8S_DISABLE_SORT = '1';
    fc.assert(fc.property(spec, (fields) => expect(Yaml.stringify(routes(fields).toJson())).toBe(Yaml.stringify(stock(fields).toJson()))));
    expect(Object.keys(routes({ tls: [], http: [] }).toJson().spec)).toEqual(['tls', 'http']);
  });

  test('starts with apiVersion, kind and metadata, and has its other keys sorted', () => {
    const json = routes({ tls: [], hosts: ['b', 'a'], http: [] }).toJson();
    expect(Object.keys(json)).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
    expect(Object.keys(json.spec)).toEqual(['hosts', 'http', 'tls']);
    expect(json.spec.hosts).toEqual(['b', 'a']);
  });

  test('keeps empty objects and lists, and drops fields without a value', () => {
    const gateway = new Gateway(unchecked(), 'gateway', { selector: {}, servers: [] });
    expect(gateway.toJson().spec).toStrictEqual({ selector: {}, servers: [] });
    expect(new Gateway(unchecked(), 'gateway', { selector: null, servers: undefined }).toJson().spec).toStrictEqual({});
  });

  test('is a copy: writing it again gives the same, and changing it changes nothing else', () => {
    const labels = { version: 'v1' };
    const rule = new DestinationRule(Testing.chart(), 'rule', { host: 'reviews', subsets: [{ name: 'v1', labels }] });
    const first = rule.toJson();
    first.spec.subsets[0].labels.version = 'changed';
    expect(labels.version).toBe('v1');
    expect(rule.toJson().spec.subsets[0].labels.version).toBe('v1');
  });

  test('takes objects without a prototype, as some parsers make them', () => {
    const bare = Object.assign(Object.create(null), { exact: '/a' });
    expect(routes({ http: [{ match: [{ uri: bare }] }] }).toJson().spec.http[0].match[0].uri).toEqual({ exact: '/a' });
  });
});

describe('an explicit null', () => {
  const patch = { operation: 'MERGE', value: { typed_config: { access_log: null, list: [null, { x: null }] } } } as const;

  test('is written inside the value of an EnvoyFilter patch, where it has a meaning', () => {
    const filter = new EnvoyFilter(unchecked(), 'filter', { configPatches: [{ applyTo: 'NETWORK_FILTER', patch }] });
    expect(filter.toJson().spec.configPatches[0].patch).toStrictEqual(patch);
  });

  test('is written inside the configuration of a plugin', () => {
    const plugin = new WasmPlugin(Testing.chart(), 'plugin', { url: 'oci://registry.example.com/plugin', pluginConfig: { limit: null } });
    expect(plugin.toJson().spec.pluginConfig).toStrictEqual({ limit: null });
  });

  test('is dropped everywhere else, also beside such a value', () => {
    const filter = new EnvoyFilter(Testing.chart(), 'filter', {
      priority: null,
      configPatches: [{ applyTo: 'NETWORK_FILTER', match: null, patch: { operation: 'REMOVE', value: null } }],
    });
    expect(filter.toJson().spec).toStrictEqual({ configPatches: [{ applyTo: 'NETWORK_FILTER', patch: { operation: 'REMOVE' } }] });
  });
});

describe('values that resolve later', () => {
  test('a Lazy is asked when the manifest is written', () => {
    let hosts = ['early'];
    const lazy = routes({ hosts: Lazy.any({ produce: () => hosts }), http: Lazy.any({ produce: () => undefined }) });
    hosts = ['late'];
    expect(lazy.toJson().spec).toStrictEqual({ hosts: ['late'] });
  });

  test('a Lazy may produce objects that stand in for their names', () => {
    const chart = unchecked();
    const gateway = new Gateway(chart, 'gateway', { metadata: { name: 'public' } });
    expect(routes({ gateways: Lazy.any({ produce: () => [gateway, 'mesh'] }) }, chart).toJson().spec.gateways).toEqual(['public', 'mesh']);
  });

  test('a token is asked for its value', () => {
    class Token {
      resolve(): string {
        return 'resolved';
      }
    }
    expect(routes({ hosts: [new Token(), { resolve: () => 'plain' }] }).toJson().spec.hosts).toEqual(['resolved', 'plain']);
  });

  test("a resolver of the App sees each value and place that it sees of cdk8s' own objects, and may replace it", () => {
    const seenBy = (make: (chart: Chart) => ApiObject): string[] => {
      const seen: string[] = [];
      const resolve = (context: ResolutionContext): void => {
        seen.push(JSON.stringify([context.key, context.value]));
        if (context.value === 'replace me') context.replaceValue('replaced');
      };
      const json = make(unchecked(new Chart(new App({ resolvers: [{ resolve }] }), 'chart'))).toJson();
      expect(json.spec).toEqual({ hosts: ['replaced'], http: [{ timeout: '5s', route: [{ weight: 0 }] }], flag: false });
      return seen.sort();
    };
    const fields = { hosts: ['replace me'], http: [{ timeout: '5s', route: [{ weight: 0 }] }], flag: false };
    const ours = seenBy((chart) => routes(fields, chart));
    expect(ours).toEqual(seenBy((chart) => stock(fields, chart)));
  });
});

describe('JSON patches', () => {
  test('survive for fields that nobody knows, and for nulls', () => {
    const object = routes({ hosts: ['a'] });
    object.addJsonPatch(JsonPatch.add('/spec/unknown', { deep: [1] }), JsonPatch.add('/spec/empty', null));
    object.addJsonPatch(JsonPatch.replace('/spec/hosts/0', 'b'), JsonPatch.add('/top', true));
    expect(object.toJson()).toMatchObject({ spec: { hosts: ['b'], unknown: { deep: [1] }, empty: null }, top: true });
  });

  test('leave apiVersion, kind and metadata in front', () => {
    const object = routes({});
    object.addJsonPatch(JsonPatch.remove('/metadata'), JsonPatch.add('/metadata', { name: 'patched' }));
    expect(Object.keys(object.toJson())).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
  });
});

describe('a value that cannot be written', () => {
  class Timeout {}

  test('is one error with the construct, the field and the line of the author', () => {
    const object = routes({ http: [{ timeout: new Timeout() }] });
    expect(() => object.toJson()).toThrow(
      /^Failed serializing construct at path 'test\/routes' with name 'routes': Error: spec\.http\[0\]\.timeout: can't render non-simple object of type 'Timeout' \(.*serialize\.test\.ts:\d+\)$/,
    );
  });

  test('is an error too when it is a function, which cdk8s would drop', () => {
    expect(() => routes({ hosts: [() => 'a'] }).toJson()).toThrow("spec.hosts[0]: can't render a function");
  });

  test('keeps the error of a Lazy as its cause', () => {
    const cause = new Error('no such host');
    const object = routes({
      hosts: Lazy.any({
        produce: () => {
          throw cause;
        },
      }),
    });
    try {
      object.toJson();
      throw new Error('it was written');
    } catch (error) {
      expect((error as Error).message).toContain('spec.hosts: no such host');
      expect((error as Error).cause).toBe(cause);
      expect((error as Error).stack).not.toMatch(/^ {4}at /m);
    }
  });
});

test('a spec that contains itself is refused in words', () => {
  const spec: { hosts: string[]; self?: unknown } = { hosts: ['a'] };
  spec.self = spec;
  expect(() => routes(spec).toJson()).toThrow('the spec contains itself');
});

test('a program without types that passes no props is told what a cluster would miss', () => {
  expect(() => Testing.synth(new VirtualService(Testing.chart(), 'routes', null as never).chart)).toThrow('has no routes');
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('the number %p is refused where it stands, since no manifest can carry it', (value) => {
  expect(() => routes({ hosts: ['a'], http: [{ fault: { abort: { percentage: { value } } } }] }).toJson()).toThrow('spec.http[0].fault.abort.percentage.value');
});

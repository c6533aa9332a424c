import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import { type Caller, Mesh, type TrafficRequest } from '../../src/simulation';
import { parseTarget } from '../../src/simulation/request';

const pod = (name: string, namespace = 'shop'): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }
spec: { containers: [{ name: app, image: app }] }
---`;
const mesh = Mesh.ofYaml(pod('web') + pod('cart'), {
  services: [{ name: 'cart', namespace: 'shop', ports: [{ name: 'http', port: 80 }], selector: { app: 'cart' } }],
});
const ask = (request: unknown) => mesh.request(request as TrafficRequest);
const good = { from: 'web', to: 'http://cart/' };

describe('facts', () => {
  test.each<[string, unknown, string]>([
    ['an unknown field', { servces: [] }, 'servces: facts has no field servces; did you mean services?'],
    ['an unknown field inside', { workloads: [{ name: 'a', label: {} }] }, 'workloads[0].label: a workload has no field label; did you mean labels?'],
    ['an object in place of a list', { secrets: {} }, 'secrets: a list is expected here, not an object'],
    ['a wrong type', { services: [{ name: 5 }] }, 'services[0].name: a text is expected here, not 5'],
    ['a port that is none', { workloads: [{ name: 'a', ports: [0] }] }, 'workloads[0].ports[0]: a port from 1 to 65535 is expected here, not 0'],
    [
      'a policy that Istio does not have',
      { mesh: { outboundTrafficPolicy: { mode: 'REGISTRY' } } },
      'mesh.outboundTrafficPolicy.mode: ALLOW_ANY, REGISTRY_ONLY or ALLOW_ANY_DYNAMIC_DNS is expected here, not "REGISTRY"',
    ],
    ['nothing', null, 'facts: an object is expected here, not null'],
  ])('with %s are refused by name', (_, facts, message) => {
    const build = () => Mesh.of([], facts as object);
    expect(build).toThrow(TypeError);
    expect(build).toThrow(message);
    expect(() => Mesh.ofYaml('', facts as object)).toThrow(message);
    expect(() => Mesh.ofFiles([], facts as object)).toThrow(message);
  });

  test('may be undefined, and may hold any other field of the mesh configuration', () => {
    expect(() => Mesh.of([], { secrets: undefined, mesh: { accessLogFile: '/dev/stdout' } } as object)).not.toThrow();
  });
});

describe('a request', () => {
  test.each<[string, unknown, string]>([
    ['without anything', undefined, 'a request: an object is expected here'],
    ['without from', { to: 'http://cart/' }, 'a request needs the field from'],
    ['without to', { from: 'web' }, 'a request needs the field to'],
    ['with a number as from', { ...good, from: 5 }, 'from: a name, a construct or a description is expected here, not 5'],
    ['with an unknown field', { ...good, header: {} }, 'a request has no field header; did you mean headers?'],
    ['with a description that has an unknown field', { ...good, from: { label: {} } }, 'from.label: a caller has no field label; did you mean labels?'],
    ['with a line break in a header', { ...good, headers: { a: 'b\r\nc: d' } }, 'headers.a: the value of a header has no line breaks'],
    ['with a number as a header', { ...good, headers: { a: 5 } }, 'headers.a: a text or a list of texts is expected here, not 5'],
    ['with claims that are none', { ...good, claims: 'admin' }, 'claims: an object is expected here, not "admin"'],
    ['with an App as from', { ...good, from: new App() }, 'from is a construct that is no object of Kubernetes, such as an App or a Chart'],
    ['with a Chart as from', { ...good, from: new Chart(new App(), 'shop') }, 'from is a construct that is no object of Kubernetes'],
    ['with a gateway for a caller inside', { ...good, via: 'web' }, "via is for callers outside, from: 'outside'"],
  ])('%s is refused in words', (_, request, message) => {
    expect(() => ask(request)).toThrow(TypeError);
    expect(() => ask(request)).toThrow(message);
    expect(() => mesh.series().request(request as TrafficRequest)).toThrow(message);
  });

  test('leaves out headers that are undefined', () => {
    expect(ask({ ...good, headers: { a: undefined, b: ['1', '2'] } }).result.requestHeaders).toMatchObject({ b: '1,2' });
    expect(ask({ ...good, headers: { a: undefined } }).result.requestHeaders).not.toHaveProperty('a');
  });

  test('takes null for absent', () => {
    const nothing = { via: null, method: null, headers: null, body: null, tls: null, claims: null, ip: null, source: null, timeoutMs: null };
    expect(ask({ ...good, ...nothing }).result).toEqual(ask(good).result);
    expect(ask({ from: 'web', to: 'https://cart:80/', tls: { alpn: null, cert: null, ca: null } }).result).toEqual(
      ask({ from: 'web', to: 'https://cart:80/' }).result,
    );
  });

  const isClear = (make: () => unknown): void => {
    try {
      make();
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).not.toMatch(/\(reading |is not a function|is not iterable|Cannot |Do not know/);
    }
  };
  const anything = fc.anything({ withBigInt: true, withNullPrototype: true, maxDepth: 2 });
  const fields = ['from', 'to', 'via', 'method', 'headers', 'body', 'tls', 'claims', 'ip', 'source', 'timeoutMs'] as const;

  test('whatever stands in one field is answered, or refused with a TypeError that speaks of it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), anything, (field, value) => isClear(() => ask({ ...good, [field]: value }).notes)),
      { numRuns: 500 },
    );
    fc.assert(fc.property(anything, (request) => isClear(() => ask(request))));
  });

  test('so are facts', () => {
    const names = ['mesh', 'services', 'workloads', 'external', 'secrets', 'files', 'namespaces', 'env', 'dns'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...names), anything, (name, value) => isClear(() => Mesh.of([], { [name]: value }))),
      { numRuns: 300 },
    );
    expect(() => Mesh.of([], { secrets: null, services: [{ name: 'a', labels: null, ports: null }] } as object)).not.toThrow();
  });
});

test.each([['x'], [-1], [Number.NaN], [undefined]])('a series does not wait for %p', (time) => {
  expect(() => mesh.series().wait(time as number)).toThrow(TypeError);
});

describe('who asks', () => {
  const twice = Mesh.ofYaml(pod('web') + pod('web', 'blog') + pod('api', 'blog'));
  test('is named with the namespace where several have the name', () => {
    expect(() => twice.request({ from: 'web', to: 'http://cart/' })).toThrow(new TypeError('several namespaces have web; write web.blog or web.shop'));
    expect(() => twice.request({ from: 'web.blog', to: 'http://cart/' })).not.toThrow();
    expect(() => twice.request({ from: 'api', to: 'http://cart/' })).not.toThrow();
  });
  test('is assumed, with a note, where nothing has the labels', () => {
    const notes = (from: Caller) => mesh.request({ from, to: 'http://cart.shop/' }).notes;
    expect(notes({ labels: { app: 'nobody' } })).toEqual(['no workload has the labels app=nobody: a caller client.default that has them is assumed']);
    expect(notes({ labels: { app: 'web' } })).toEqual([]);
    expect(notes({ name: 'batch', labels: { app: 'batch' } })).toEqual([]);
  });
});

describe('an URL', () => {
  test('may have an IPv6 address in brackets', () => {
    expect(parseTarget('http://[::1]:80/a')).toMatchObject({ host: '::1', port: 80, authority: '[::1]', path: '/a' });
    expect(parseTarget('https://[2001:DB8::1]:8443')).toMatchObject({ host: '2001:db8::1', port: 8443, authority: '[2001:db8::1]:8443', path: '/' });
  });
  test.each([
    'http://[::1',
    'http://[]/',
    'http://[zz]:80/',
    'http://[1.2.3.4]/',
    'http://[::1]x/',
    'http://::1:80/',
    'http://a:b/',
    'http://a b/',
    'http://a:80x/',
  ])('%s is none', (url) => expect(() => parseTarget(url)).toThrow(/ is no URL to ask; /));
});

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mesh-'));
  mkdirSync(join(folder, 'inner'));
  writeFileSync(join(folder, 'web.yaml'), pod('web'));
  writeFileSync(join(folder, 'inner', 'cart.yml'), pod('cart'));
  writeFileSync(join(folder, 'inner', 'values.yaml'), 'replicas: 3\n');
  const callers = (files: string | readonly string[]): boolean[] =>
    ['web', 'cart'].map((from) => {
      try {
        return Boolean(Mesh.ofFiles(files).request({ from, to: 'http://10.0.0.1/' }));
      } catch {
        return false;
      }
    });
  test('are named alone, in a list, or by their folder', () => {
    expect(callers(join(folder, 'web.yaml'))).toEqual([true, false]);
    expect(callers([join(folder, 'web.yaml'), join(folder, 'inner')])).toEqual([true, true]);
    expect(callers([folder])).toEqual([true, true]);
  });
  test('that are missing are named', () => {
    expect(() => Mesh.ofFiles('gone.yaml')).toThrow(new TypeError('gone.yaml: there is no such file, or no YAML or JSON file in it'));
    expect(() => Mesh.ofFiles([5 as unknown as string])).toThrow(new TypeError('Mesh.ofFiles takes names of files and folders, not 5'));
  });
});

test.each<[string, () => unknown, string]>([
  ['nothing', () => Mesh.of(null as unknown as object), 'Mesh.of takes an App, a Chart, or a list of manifests, not null'],
  ['a list with nothing in it', () => Mesh.of([null as unknown as object] as never), 'Mesh.of takes objects, and item 0 of the list is null'],
  ['a text that is none', () => Mesh.ofYaml(5 as unknown as string), 'Mesh.ofYaml takes a text, not 5'],
])('%s makes no mesh', (_, build, message) => expect(build).toThrow(new TypeError(message)));

describe('an object whose namespace or name is no text', () => {
  const service = (namespace: string) => `
apiVersion: v1
kind: Service
metadata: { name: api, namespace: ${namespace} }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`;
  test('takes no part', () => {
    const { rejected } = Mesh.ofYaml(service('5'), {}, 'api.yaml');
    expect(rejected).toMatchObject([
      { path: 'metadata.namespace', location: { file: 'api.yaml', line: 4 }, message: 'metadata.namespace is 5, and has to be a text.' },
    ]);
    const error = (namespace: string) => Mesh.ofYaml(pod('web', '"5"') + service(namespace)).request({ from: 'web', to: 'http://api/' }).result.error;
    expect([error('5'), error('"5"')]).toEqual(['dns', null]);
  });
});

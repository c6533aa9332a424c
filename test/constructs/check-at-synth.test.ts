import { inspect } from 'node:util';
import { ApiObject, App, Chart, JsonPatch, Lazy, Testing, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { configureValidation, DestinationRule, ignoreFinding, ServiceEntry, ValidationError, VirtualService } from '../../src';
import { validateManifests } from '../../src/validation/manifests';

jest.mock('../../src/validation/manifests', () => {
  const validation = jest.requireActual<typeof import('../../src/validation/manifests')>('../../src/validation/manifests');
  return { ...validation, validateManifests: jest.fn(validation.validateManifests) };
});

const route = [{ destination: { host: 'a' } }];
/** Compiles, because the type cannot tell that 0s is too short. */
const refused = { hosts: ['a'], http: [{ route, timeout: '0s' as const }] };
/** Legal, but the second route is never used. */
const warned = { hosts: ['a'], http: [{ route }, { route: [{ destination: { host: 'b' } }] }] };

let stderr: string;
beforeEach(() => {
  stderr = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
});
afterEach(() => jest.restoreAllMocks());

function caught(run: () => unknown): ValidationError {
  try {
    run();
  } catch (error) {
    if (error instanceof ValidationError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const codesOnStderr = (): string[] => [...stderr.matchAll(/^warning (\S+)/gm)].map(([, code]) => code as string);

test('an app is refused with the findings of all its objects in one error, each with its construct and the author’s line', () => {
  const app = Testing.app();
  const [one, two] = [new Chart(app, 'one'), new Chart(app, 'two')];
  new VirtualService(one, 'routes', refused);
  new DestinationRule(two, 'rule', { host: 'a', trafficPolicy: { outlierDetection: { interval: '0s' } } });
  const error = caught(() => app.synth());
  expect(error.diagnostics.map(({ construct, path }) => `${construct} ${path}`)).toEqual([
    'one/routes spec.http[0].timeout',
    'two/rule spec.trafficPolicy.outlierDetection.interval',
  ]);
  expect(error.message).toMatch(/test[\\/]constructs[\\/]check-at-synth\.test\.ts:\d+/);
  expect(error.stack).not.toMatch(/^ {4}at /m);
});

test('Testing.synth of one chart refuses too', () => {
  const chart = new Chart(Testing.app(), 'chart');
  new VirtualService(chart, 'routes', refused);
  expect(() => Testing.synth(chart)).toThrow(ValidationError);
});

test('what is mended between two synths of the same tree passes', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const routes = new VirtualService(chart, 'routes', refused);
  expect(() => Testing.synth(chart)).toThrow(ValidationError);
  routes.addJsonPatch(JsonPatch.replace('/spec/http/0/timeout', '1s'));
  expect(Testing.synth(chart)).toHaveLength(1);
});

test('warnings go to stderr once, however many charts there are and however often the app is written', () => {
  const app = Testing.app();
  const charts = [1, 2, 3, 4].map((number) => new Chart(app, `chart-${number}`));
  new VirtualService(charts[0] as Chart, 'routes', warned);
  app.synth();
  app.synth();
  expect(codesOnStderr()).toEqual(['virtual-service/unreachable-route']);
});

test('objects are checked once each time that they are written, not once for each chart', () => {
  const spy = jest.mocked(validateManifests);
  spy.mockClear();
  const app = Testing.app();
  for (let number = 0; number < 20; number += 1) new VirtualService(new Chart(app, `chart-${number}`), 'routes', { hosts: ['a'], http: [{ route }] });
  app.synth();
  expect(spy).toHaveBeenCalledTimes(20);
});

test('Istio objects that are none of ours, such as included YAML, are checked beside ours', () => {
  const chart = new Chart(Testing.app(), 'chart');
  new VirtualService(chart, 'routes', { hosts: ['a'], http: [{ route }] });
  new ApiObject(chart, 'included', { apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: { name: 'x' }, spec: { hosts: [] } });
  expect(caught(() => Testing.synth(chart)).diagnostics.map(({ construct }) => construct)).toEqual(['chart/included']);
});

test('objects of other kinds pass', () => {
  const chart = new Chart(Testing.app(), 'chart');
  new ServiceEntry(chart, 'entry', { hosts: ['a.example.com'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], resolution: 'DNS' });
  new ApiObject(chart, 'other', { apiVersion: 'example.com/v1', kind: 'VirtualService', spec: { http: 1 } });
  expect(Testing.synth(chart)).toHaveLength(2);
});

describe('narrowing', () => {
  test('all checks can be turned off, for an app or below a chart', () => {
    const app = Testing.app();
    configureValidation(app, { enabled: false });
    const chart = new Chart(app, 'chart');
    new VirtualService(chart, 'routes', refused);
    expect(Testing.synth(chart)).toHaveLength(1);
    const strict = new Chart(app, 'strict');
    configureValidation(strict, { enabled: true });
    new VirtualService(strict, 'routes', refused);
    expect(() => Testing.synth(strict)).toThrow(ValidationError);
  });

  test('a code can be raised to an error', () => {
    const chart = new Chart(Testing.app(), 'chart');
    configureValidation(chart, { severityOf: { 'virtual-service/unreachable-route': 'error' } });
    new VirtualService(chart, 'routes', warned);
    expect(() => Testing.synth(chart)).toThrow(ValidationError);
  });

  test('a finding can be ignored on one object, for a reason', () => {
    const chart = new Chart(Testing.app(), 'chart');
    const routes = new VirtualService(chart, 'routes', warned);
    expect(() => ignoreFinding(routes, 'virtual-service/unreachable-route', ' ')).toThrow('say why');
    ignoreFinding(routes, 'virtual-service/unreachable-route', 'the second route is for the next step');
    Testing.synth(chart);
    expect(codesOnStderr()).toEqual([]);
  });

  test('a suppression that suppresses nothing is a warning', () => {
    const chart = new Chart(Testing.app(), 'chart');
    ignoreFinding(new VirtualService(chart, 'routes', { hosts: ['a'], http: [{ route }] }), 'virtual-service/unreachable-route', 'it was so once');
    Testing.synth(chart);
    expect(codesOnStderr()).toEqual(['suppression/unused']);
  });

  test('a code that a scope ignores and nothing below it has is a warning, told after the last object', () => {
    const app = Testing.app();
    configureValidation(app, { ignore: ['virtual-service/unreachable-route', 'gateway/no-such-thing'] });
    new VirtualService(new Chart(app, 'one'), 'routes', warned);
    new VirtualService(new Chart(app, 'two'), 'routes', { hosts: ['a'], http: [{ route }] });
    app.synth();
    expect(codesOnStderr()).toEqual(['suppression/unused']);
    expect(stderr).toContain('gateway/no-such-thing');
  });
});

test('a plain App without any setting is checked', () => {
  const app = new App({ outdir: Testing.app().outdir });
  new VirtualService(new Chart(app, 'chart'), 'routes', refused);
  expect(() => app.synth()).toThrow(ValidationError);
});

test('every way to write an app refuses: synthYaml, one object, and an App of the user’s own with a file for each object', () => {
  class Platform extends App {
    constructor() {
      super({ outdir: Testing.app().outdir, yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
    }
  }
  const app = new Platform();
  const routes = new VirtualService(new Chart(app, 'chart'), 'routes', refused);
  for (const write of [() => app.synth(), () => app.synthYaml(), () => routes.toJson()]) expect(caught(write).diagnostics).toHaveLength(1);
});

test('node prints an error that nobody catches without the findings a second time', () => {
  const chart = new Chart(Testing.app(), 'chart');
  new VirtualService(chart, 'routes', refused);
  const error = caught(() => Testing.synth(chart));
  expect(inspect(error)).toBe(`[ValidationError: ${error.message}]`);
  expect(error).toMatchObject({ name: 'ValidationError', diagnostics: [{ construct: 'chart/routes' }] });
});

test('an object that cannot be written is one of the errors, beside the findings of the others', () => {
  const app = Testing.app();
  new VirtualService(new Chart(app, 'one'), 'routes', refused);
  const produce = (): never => {
    throw new Error('no such host');
  };
  new DestinationRule(new Chart(app, 'two'), 'rule', { host: Lazy.any({ produce }) });
  expect(caught(() => app.synth()).diagnostics.map(({ code, construct }) => `${code} ${construct}`)).toEqual([
    'schema/cel/duration one/routes',
    'construct/unwritable two/rule',
  ]);
});

test('what a Lazy produces is judged as it was written, whatever it would produce the next time', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const timeouts = ['0s', '5s', '5s'];
  new VirtualService(chart, 'routes', { hosts: ['a'], http: [{ route, timeout: Lazy.any({ produce: () => timeouts.shift() }) }] });
  expect(caught(() => Testing.synth(chart)).diagnostics.map(({ path }) => path)).toEqual(['spec.http[0].timeout']);
});

describe('Istio objects that are none of ours', () => {
  const included = (chart: Chart, hosts: readonly string[]) =>
    new ApiObject(chart, 'included', { apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: { name: 'x' }, spec: { hosts } });

  test('are refused as themselves when ours name them', () => {
    const chart = new Chart(Testing.app(), 'chart');
    const entry = included(chart, ['a.example.com']);
    entry.addJsonPatch(JsonPatch.add('/spec/resolution', 'NOWHERE'));
    new VirtualService(chart, 'routes', { hosts: ['a'], http: [{ route: [{ destination: { host: entry } }] }] });
    const error = caught(() => Testing.synth(chart));
    expect(error.diagnostics.map(({ construct, path }) => `${construct} ${path}`)).toContain('chart/included spec.resolution');
    expect(new Set(error.diagnostics.map(({ construct }) => construct))).toEqual(new Set(['chart/included']));
  });

  test('may join between two synths', () => {
    const chart = new Chart(Testing.app(), 'chart');
    const routes = new VirtualService(chart, 'routes', { hosts: ['a'], http: [{ route }] });
    expect(Testing.synth(chart)).toHaveLength(1);
    routes.addDependency(included(chart, []));
    expect(caught(() => Testing.synth(chart)).diagnostics.map(({ construct }) => construct)).toContain('chart/included');
  });

  test('may join a chart that has none of ours, also while a test holds the time', async () => {
    jest.useFakeTimers();
    try {
      const app = Testing.app();
      const chart = new Chart(app, 'chart');
      new VirtualService(chart, 'routes', { hosts: ['a'], http: [{ route }] });
      Testing.synth(chart);
      const other = new Chart(app, 'other');
      included(other, []);
      await Promise.resolve();
      expect(caught(() => Testing.synth(other)).diagnostics.map(({ construct }) => construct)).toContain('other/included');
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('two copies of this package in one tree', () => {
  let copy: typeof import('../../src');
  beforeAll(() => jest.isolateModules(() => (copy = require('../../src'))));

  test('refuse together, with one error for the objects of both', () => {
    const app = Testing.app();
    new VirtualService(new Chart(app, 'one'), 'routes', refused);
    new copy.VirtualService(new Chart(app, 'two'), 'routes', refused);
    new ApiObject(new Chart(app, 'three'), 'included', { apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: { name: 'x' }, spec: {} });
    const { diagnostics } = caught(() => app.synth());
    expect([...new Set(diagnostics.map(({ construct }) => construct))]).toEqual(['one/routes', 'two/routes', 'three/included']);
  });

  test('see together whether a code is ignored in vain', () => {
    const app = Testing.app();
    copy.configureValidation(app, { ignore: ['virtual-service/unreachable-route', 'gateway/no-such-thing'] });
    new VirtualService(new Chart(app, 'one'), 'routes', { hosts: ['a'], http: [{ route }] });
    new copy.VirtualService(new Chart(app, 'two'), 'routes', warned);
    app.synth();
    expect(codesOnStderr()).toEqual(['suppression/unused']);
    expect(stderr).toContain('gateway/no-such-thing');
  });
});

describe('what is ignored in vain', () => {
  const code = 'suppression/unused';
  const fine = { hosts: ['a'], http: [{ route }] };

  test('is no matter where nothing is checked', () => {
    const app = Testing.app();
    configureValidation(app, { ignore: ['virtual-service/unreachable-route'] });
    const chart = new Chart(app, 'chart');
    configureValidation(chart, { enabled: false });
    const routes = new VirtualService(chart, 'routes', warned);
    ignoreFinding(routes, 'virtual-service/unreachable-route', 'the second route is for the next step');
    app.synth();
    expect(stderr).toBe('');
  });

  test('may weigh more, for an object and for a scope', () => {
    const chart = new Chart(Testing.app(), 'chart');
    configureValidation(chart, { severityOf: { [code]: 'error' } });
    ignoreFinding(new VirtualService(chart, 'routes', fine), 'gateway/no-such-thing', 'it was so once');
    expect(caught(() => Testing.synth(chart)).diagnostics).toMatchObject([{ code, construct: 'chart/routes', location: { line: expect.any(Number) } }]);
    const other = new Chart(Testing.app(), 'other');
    configureValidation(other, { severityOf: { [code]: 'error' }, ignore: ['gateway/no-such-thing'] });
    new VirtualService(other, 'routes', fine);
    expect(caught(() => Testing.synth(other)).diagnostics).toMatchObject([{ code, construct: 'other' }]);
  });

  test('may be ignored itself', () => {
    const chart = new Chart(Testing.app(), 'chart');
    configureValidation(chart, { ignore: [code, 'gateway/no-such-thing'] });
    ignoreFinding(new VirtualService(chart, 'routes', fine), 'gateway/no-such-other', 'it was so once');
    Testing.synth(chart);
    expect(stderr).toBe('');
  });
});

test('the object of a construct that wraps it can be told to ignore a finding, and a scope cannot', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const wrapper = new Construct(chart, 'wrapper');
  new VirtualService(wrapper, 'Resource', warned);
  ignoreFinding(wrapper, 'virtual-service/unreachable-route', 'the second route is for the next step');
  Testing.synth(chart);
  expect(stderr).toBe('');
  expect(() => ignoreFinding(chart, 'virtual-service/unreachable-route', 'for all of them')).toThrow('ApiObject');
});

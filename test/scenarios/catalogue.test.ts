import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { catalogue, course, manifestsOf } from '../../src/scenarios';
import { page, scenarioList } from '../../tools/scenarios';
import { builtManifests, type Manifest, ofKind, stepOf } from './traffic-case';

const root = resolve(__dirname, '../..');
const ids = catalogue.map(({ id }) => id);
const steps = catalogue.flatMap((scenario) => scenario.steps.map((step) => [`${scenario.id}/${step.id}`, scenario, step] as const));

test('every scenario has an id of its own, below its source', () => {
  expect(new Set(ids).size).toBe(ids.length);
  expect(catalogue.filter(({ id, source }) => !id.startsWith(`${source}/`))).toEqual([]);
});

test.each(catalogue.map((scenario) => [scenario.id, scenario] as const))('%s starts with two lines on what it teaches', (id) => {
  const [first = '', second = '', third = ''] = readFileSync(join(root, 'src/scenarios', `${id}.ts`), 'utf8').split('\n');
  expect([first, second].every((line) => /^\/\/ \S.{20,}/.test(line))).toBe(true);
  expect(third).not.toMatch(/^\/\//);
});

test('steps are numbered in their order', () => {
  const several = catalogue.filter((scenario) => scenario.steps.length > 1);
  expect(several.length).toBeGreaterThan(0);
  for (const scenario of several) expect(scenario.steps.map(({ id }) => id.slice(0, 3))).toEqual(scenario.steps.map((_, index) => `0${index + 1}-`));
});

test('each claim is about a step that exists, and has calls or says why it has none', () => {
  for (const scenario of catalogue) {
    for (const claim of scenario.claims) {
      expect(stepOf(scenario, claim)).toBeDefined();
      expect([scenario.id, claim.calls.length > 0]).toEqual([scenario.id, claim.notJudged === undefined]);
    }
  }
});

test.each(steps)('%s has no finding, not even a warning', (_name, _scenario, step) => {
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    manifestsOf(step);
    expect(stderr.mock.calls.map(([text]) => text)).toEqual([]);
  } finally {
    stderr.mockRestore();
  }
});

test('the list of scenarios in the docs is up to date', () => {
  expect(readFileSync(page, 'utf8')).toBe(scenarioList());
});

test('what a release lacks is refused, by the name of the field', () => {
  expect(() => manifestsOf({ id: 'old', title: '', chart: course.WasmPluginOnHttpbin }, { istio: '1.8' })).toThrow(
    'Istio 1.8 has no kind WasmPlugin: it came with Istio 1.12',
  );
  expect(() => manifestsOf({ id: 'old', title: '', chart: course.LabTracing }, { istio: '1.9' })).toThrow('Istio 1.9 has no kind Telemetry');
  expect(() => manifestsOf({ id: 'unknown', title: '', chart: course.HelloWorld }, { istio: '1.7' })).toThrow('"1.7" is no known Istio release');
});

test('a chart takes another namespace, in its objects and in the hosts that it names', () => {
  const manifests = manifestsOf({ id: 'elsewhere', title: '', chart: course.Weighted }, { namespace: 'shop' });
  const [routes] = ofKind(manifests, 'VirtualService').filter(({ metadata }) => metadata.name === 'customers');
  expect(routes.metadata.namespace).toBe('shop');
  expect(routes.spec.hosts).toEqual(['customers.shop.svc.cluster.local']);
  expect(ofKind(manifests, 'Namespace').map(({ metadata }) => metadata.name)).toEqual(['shop']);
});

test('the root of the package does not load cdk8s-plus', () => {
  jest.isolateModules(() => {
    jest.doMock('cdk8s-plus-27', () => {
      throw new Error('cdk8s-plus-27 was loaded');
    });
    expect(require('../../src').VirtualService).toBeDefined();
    expect(() => require('../../src/scenarios')).toThrow('cdk8s-plus-27 was loaded');
    jest.dontMock('cdk8s-plus-27');
  });
});

// The catalogue is described outside of this repository.
const described = resolve(root, '../shared/scenarios.md');
const isDescribed = existsSync(described);
if (!isDescribed) console.warn(`The ids of the scenarios are not compared with their description: ${described} is not there.`);
(isDescribed ? test : test.skip)('the catalogue has exactly the scenarios that are described', () => {
  const rows = [...readFileSync(described, 'utf8').matchAll(/^\| ([a-z-]+\/[a-z0-9-]+) \|/gm)].map(([, id]) => id);
  expect([...ids].sort()).toEqual(rows.sort());
});

test('every scenario has its folder', () => {
  expect(ids.filter((id) => !existsSync(join(root, 'dist', id, 'kustomization.yaml')))).toEqual([]);
});

describe.each(steps)('%s', (_name, scenario, step) => {
  test('has the same objects for the release of its source, in the versions of that release', () => {
    const istio = (manifests: readonly Manifest[]): Manifest[] => manifests.filter(({ apiVersion }) => /\.istio\.io\//.test(apiVersion));
    const then = istio(manifestsOf(step, { istio: scenario.istio }));
    const now = istio(manifestsOf(step));
    expect(then.map(({ apiVersion, ...rest }) => rest)).toEqual(now.map(({ apiVersion, ...rest }) => rest));
    for (const { apiVersion } of then) expect(versions[scenario.istio]).toContain(apiVersion);
    for (const { apiVersion } of now) expect(versions.newest).toContain(apiVersion);
  });

  test('uses a namespace in every object that has one, and no object twice', () => {
    const names = manifestsOf(step).map(({ apiVersion, kind, metadata }: Manifest) => {
      expect([kind, typeof metadata.namespace]).toEqual([kind, clusterKinds.includes(kind) ? 'undefined' : 'string']);
      return `${apiVersion} ${kind} ${metadata.namespace}/${metadata.name}`;
    });
    expect(new Set(names).size).toBe(names.length);
  });

  test('has Services that select the pods of every Deployment of their app', () => {
    const built = builtManifests(step);
    for (const { metadata, spec } of ofKind(built, 'Service')) {
      const members = ofKind(built, 'Deployment').filter(({ spec: { template } }) => template.metadata.labels.app === spec.selector?.app);
      for (const { spec: deployment } of members)
        expect([metadata.name, deployment.template.metadata.labels]).toEqual([metadata.name, expect.objectContaining(spec.selector)]);
    }
  });

  test('has workloads without a field that nobody asked for', () => {
    for (const { spec } of ofKind(manifestsOf(step), 'Deployment')) {
      expect(Object.keys(spec).sort()).toEqual(['replicas', 'selector', 'template']);
      expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels);
      expect(beyond(spec.template.metadata, ['labels', 'annotations'])).toEqual([]);
      expect(beyond(spec.template.spec, ['containers', 'nodeSelector', 'serviceAccountName'])).toEqual([]);
      for (const container of spec.template.spec.containers) expect(beyond(container, ['name', 'image', 'ports', 'env', 'command'])).toEqual([]);
    }
    for (const { spec } of ofKind(manifestsOf(step), 'Service')) expect(beyond(spec, ['ports', 'selector', 'type', 'externalName'])).toEqual([]);
    for (const account of ofKind(manifestsOf(step), 'ServiceAccount')) expect(beyond(account, ['apiVersion', 'kind', 'metadata'])).toEqual([]);
  });
});

const clusterKinds = ['Namespace', 'IngressClass'];

const beyond = (object: Manifest, fields: readonly string[]): string[] => Object.keys(object).filter((field) => !fields.includes(field));

/** The versions that objects take by themselves: what a release stores until there is v1. */
const versions: Readonly<Record<string, readonly string[]>> = {
  '1.8': ['networking.istio.io/v1alpha3', 'security.istio.io/v1beta1'],
  '1.14': ['networking.istio.io/v1alpha3', 'security.istio.io/v1beta1', 'telemetry.istio.io/v1alpha1', 'extensions.istio.io/v1alpha1'],
  '1.24': ['networking.istio.io/v1', 'security.istio.io/v1'],
  newest: ['networking.istio.io/v1', 'networking.istio.io/v1alpha3', 'security.istio.io/v1', 'telemetry.istio.io/v1', 'extensions.istio.io/v1alpha1'],
};

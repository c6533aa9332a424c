import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { authorLocation, CanaryRelease } from '../../src';
import { callLine, manifests } from './manifests';

const release = { host: 'reviews', stable: 'v1', canary: 'v2', chart: { namespace: 'shop' } } as const;

test('each step is a chart with the same objects, so that applying one replaces the one before (M13, M42)', () => {
  const { steps } = new CanaryRelease(Testing.app(), 'reviews', { ...release, steps: [0, 10, 100] });
  const identities = steps.map(({ chart }) => manifests(chart).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`));
  expect(new Set(identities.map((each) => each.join()))).toEqual(new Set(['DestinationRule shop/reviews,VirtualService shop/reviews']));
});

test('both subsets are in every step, the first and the last too, so no request goes to one that is not there (M31, M32)', () => {
  const { steps } = new CanaryRelease(Testing.app(), 'reviews', { ...release, steps: [0, 10, 100] });
  const rules = steps.map(({ chart }) => manifests(chart)[0].spec.subsets.map(({ name }: { name: string }) => name));
  expect(rules).toEqual([
    ['v1', 'v2'],
    ['v1', 'v2'],
    ['v1', 'v2'],
  ]);
});

test('the shares of each step are those of the list and what they leave (M04)', () => {
  const { steps } = new CanaryRelease(Testing.app(), 'reviews', { ...release, steps: [0, 10, 100] });
  const weights = steps.map(({ chart }) => manifests(chart)[1].spec.http[0].route.map(({ weight }: { weight: number }) => weight));
  expect(weights).toEqual([
    [100, 0],
    [90, 10],
    [0, 100],
  ]);
});

test('the app writes one file for each step, named in their order', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'canary-'));
  const app = new App({ outdir });
  new CanaryRelease(app, 'reviews', { ...release, steps: [0, 5, 10, 20, 30, 40, 50, 60, 80, 100] });
  app.synth();
  const files = readdirSync(outdir);
  rmSync(outdir, { recursive: true });
  expect(files.slice(0, 2)).toEqual(['reviews-01-0.k8s.yaml', 'reviews-02-5.k8s.yaml']);
  expect(files.at(-1)).toBe('reviews-10-100.k8s.yaml');
});

test.each([[[]], [[50, 10]], [[10, 10]], [[10, 101]], [[0.5]]])('the steps %j are refused (M04)', (steps) => {
  const { line, error } = callLine(() => new CanaryRelease(Testing.app(), 'reviews', { ...release, steps }));
  expect(error).toMatch(new RegExp(`^steps are rising whole percentages such as .*canary-release\\.test\\.ts:${line}\\)$`));
});

test('one version cannot be both', () => {
  expect(() => new CanaryRelease(Testing.app(), 'reviews', { ...release, canary: 'v1' as string, steps: [10] })).toThrow('stable and canary are both v1');
});

test('children know the line of the pattern', () => {
  let made: CanaryRelease | undefined;
  const { line } = callLine(() => (made = new CanaryRelease(Testing.app(), 'reviews', { ...release, steps: [10] })));
  expect(authorLocation(made?.steps[0]?.split.virtualService as object)).toMatchObject({ file: __filename, line });
  expect(Chart.of(made?.steps[0]?.split as never)).toBe(made?.steps[0]?.chart);
});

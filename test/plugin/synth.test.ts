import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
let folder: string;

/** A cdk8s app whose checks at synth are off, so that only the plugin speaks. */
const app = (objects: string): string => `
const { App, Chart, ApiObject } = require('cdk8s');
const { VirtualService, configureValidation } = require('cdk8s-istio');
const app = new App();
configureValidation(app, { enabled: false });
const chart = new Chart(app, 'mesh', { namespace: 'shop' });
${objects}
app.synth();
`;
const good = "new VirtualService(chart, 'routes', { hosts: ['a'], http: [{ route: [{ destination: { host: 'a' } }] }] });";
const refused = "new VirtualService(chart, 'routes', { hosts: ['a'], http: [{ route: [{ destination: { host: 'a' } }], timeout: '0s' }] });";
const warned =
  "new VirtualService(chart, 'routes', { hosts: ['a'], http: [{ route: [{ destination: { host: 'a' } }] }, { route: [{ destination: { host: 'b' } }] }] });";

beforeEach(() => {
  if (!existsSync(join(root, 'lib/src/plugin/index.js'))) throw new Error('the plugin is tested as built: npm run build');
  folder = mkdtempSync(join(tmpdir(), 'plugin-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/cdk8s-istio'));
  for (const name of ['cdk8s', 'constructs']) symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function synth(
  objects: string,
  properties = '',
): {
  status: number | null;
  output: string;
  report: { violations: { ruleName: string; violatingConstructs: { constructPath?: string; locations: string[] }[] }[]; summary: { status: string } };
} {
  writeFileSync(join(folder, 'main.js'), app(objects));
  const entry = `  - package: ./node_modules/cdk8s-istio/plugin\n    version: 0.1.0\n    class: IstioValidation\n${properties}`;
  writeFileSync(join(folder, 'cdk8s.yaml'), `language: typescript\napp: node main.js\nvalidations:\n${entry}`);
  const cli = join(root, 'node_modules/cdk8s-cli/bin/cdk8s');
  const result = spawnSync(process.execPath, [cli, 'synth', '--validation-reports-output-file', 'report.json'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
  });
  const file = join(folder, 'report.json');
  if (!existsSync(file)) throw new Error(result.stdout + result.stderr);
  return { status: result.status, output: result.stdout + result.stderr, report: JSON.parse(readFileSync(file, 'utf8')).reports[0] };
}

test('manifests that a cluster accepts pass', () => {
  const { status, report } = synth(good);
  expect(status).toBe(0);
  expect(report.violations).toEqual([]);
});

test('what a cluster would refuse fails the synth, with the path of its construct', () => {
  const { status, report, output } = synth(refused);
  expect(status).toBe(2);
  expect(report.summary.status).toBe('failure');
  expect(report.violations[0]?.violatingConstructs[0]?.constructPath).toBe('mesh/routes');
  expect(report.violations[0]?.violatingConstructs[0]?.locations).toContain('spec.http[0].timeout');
  expect(output).toContain('mesh/routes');
});

test('warnings are reported and fail nothing', () => {
  const { status, report } = synth(warned);
  expect(status).toBe(0);
  expect(report.summary.status).toBe('success');
  expect(report.violations[0]?.ruleName).toMatch(/\(warning\)$/);
});

test('the properties of the entry narrow and raise', () => {
  const [violation] = synth(warned).report.violations;
  const code = violation?.ruleName.replace(' (warning)', '');
  rmSync(join(folder, 'report.json'));
  expect(synth(warned, `    properties:\n      severityOf:\n        ${code}: error\n`).status).toBe(2);
});

test('an unquoted target, which YAML reads as a number, is told to be quoted', () => {
  const { status, report } = synth(good, '    properties:\n      target: 1.20\n');
  expect(status).toBe(2);
  expect(JSON.stringify(report.violations)).toContain("target: '1.2'");
});

test('files of other tools pass', () => {
  const others =
    "new ApiObject(chart, 'operator', { apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', metadata: { name: 'x' }, spec: { profile: 'demo' } });";
  const kustomization =
    "new ApiObject(chart, 'kustomization', { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['a.yaml'] });";
  expect(synth(`${others}\n${kustomization}`).status).toBe(0);
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cdk8sIstio } from './command';

const good = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
  namespace: bookinfo
spec:
  hosts:
  - reviews
  http:
  - route:
    - destination:
        host: reviews
`;
const unknownField = good.replace('  - route:', '  - timeOut: 5s\n    route:');
/** Legal, but istiod warns: the second route gets nothing. */
const unreachable = `${good}  - route:\n    - destination:\n        host: ratings\n`;
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string | Buffer): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
};
const readText = (name: string): string => readFileSync(join(folder, name), 'utf8');
const json = (stdout: string): { diagnostics: { code: string; location: { file: string; line: number } }[]; summary: Record<string, number> } =>
  JSON.parse(stdout);

describe('exit codes', () => {
  test('nothing to complain of is 0, and data stay off stderr', () => {
    const { status, stdout, stderr } = cdk8sIstio(['check', write('good.yaml', good)]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toBe('no findings in 1 object of 1 file\n');
  });
  test('an error is 1', () => expect(cdk8sIstio(['check', write('bad.yaml', unknownField)]).status).toBe(1));
  test('a warning is 0', () => expect(cdk8sIstio(['check', write('warning.yaml', unreachable)]).status).toBe(0));
  test('a warning is 1 with --fail-on warning', () => expect(cdk8sIstio(['check', write('warning.yaml', unreachable), '--fail-on', 'warning']).status).toBe(1));
  test('hiding warnings does not change the verdict', () => {
    const { status, stderr } = cdk8sIstio(['check', write('warning.yaml', unreachable), '--fail-on', 'warning', '--severity', 'error']);
    expect(status).toBe(1);
    expect(stderr).not.toContain('virtual-service/');
  });
  test.each([
    [['check'], 'missing required argument'],
    [['check', 'no-such-file.yaml'], 'there is no such file or folder'],
    [['check', '--format', 'xml', '-'], 'Allowed choices are pretty, json, sarif, github'],
    [['check', '--target', '1.2', '-'], 'known are 1.8 to'],
    [['check', '--ignore', 'no/such-rule', '-'], 'there is no rule no/such-rule'],
    [['check', '--severity-of', 'schema/type=fatal', '-'], 'write CODE=LEVEL'],
    [['chekc', '-'], "unknown command 'chekc'"],
    [['check', '--frobnicate', '-'], "unknown option '--frobnicate'"],
  ])('%j is 2 and says why', (args, why) => {
    const { status, stderr, stdout } = cdk8sIstio(args);
    expect(status).toBe(2);
    expect(stderr).toContain(why);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stdout).toBe('');
  });
});

describe('what it reads', () => {
  test('the standard input, named <stdin>', () => {
    const { stdout, status } = cdk8sIstio(['check', '-', '--format', 'json'], { input: unknownField });
    expect(status).toBe(1);
    expect(json(stdout).diagnostics[0]?.location).toMatchObject({ file: '<stdin>', line: 10 });
  });
  test('folders with all that lies below, without node_modules', () => {
    write('a/one.yaml', good);
    write('a/b/two.yml', good);
    write('a/three.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [] }));
    write('a/notes.txt', 'not: [yaml');
    write('node_modules/x/bad.yaml', unknownField);
    expect(cdk8sIstio(['check', folder]).stderr).toBe('no findings in 2 objects of 3 files\n');
  });
  test('linked files, but no linked folders, which may lead back', () => {
    write('a/one.yaml', good);
    symlinkSync(folder, join(folder, 'a/loop'));
    symlinkSync(join(folder, 'a/one.yaml'), join(folder, 'a/two.yaml'));
    expect(cdk8sIstio(['check', folder]).stderr).toBe('no findings in 2 objects of 2 files\n');
  });
  test('kinds that it does not know pass and are counted', () => {
    expect(cdk8sIstio(['check', write('mixed.yaml', `${good}---\n${configMap}`)]).stderr).toBe(
      'no findings in 2 objects of 1 file, 1 of them of kinds that are not checked\n',
    );
  });
  test('documents of a folder that are no Kubernetes objects, such as patches, are passed over and counted; a file that is named is held to it', () => {
    write('a/one.yaml', good);
    const patch = write('a/patch.yaml', '- op: remove\n  path: /spec\n');
    const values = write('a/values.yaml', 'replicas: 2\n');
    expect(cdk8sIstio(['check', folder])).toMatchObject({
      status: 0,
      stderr: 'no findings in 1 object of 3 files; 2 documents passed over, being no Kubernetes objects\n',
    });
    expect(cdk8sIstio(['check', patch]).status).toBe(1);
    expect(cdk8sIstio(['check', values]).status).toBe(1);
  });
  test('a folder without manifests is an error of usage', () => {
    write('notes.txt', '');
    expect(cdk8sIstio(['check', folder])).toMatchObject({ status: 2 });
  });
});

describe('input that is broken', () => {
  test.each<[string, string | Buffer]>([
    ['binary', Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 37) % 256))],
    ['half a document', 'apiVersion: v1\nkind: "Conf'],
    ['a line of 10 MB that is no object', 'x'.repeat(10 * 1024 * 1024)],
    ['deep nesting', `a: ${'['.repeat(100_000)}`],
    [
      'a bomb of aliases',
      ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefghi'.split('').map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]},`.repeat(9)}]`)].join('\n'),
    ],
    ['a key twice', good.replace('  hosts:', '  hosts: [a]\n  hosts:')],
  ])('%s gives a finding with a place, and no stack trace', (_what, text) => {
    const { status, stderr, stdout } = cdk8sIstio(['check', write('input.yaml', text), '--format', 'json']);
    expect(status).toBe(1);
    expect(stderr).toBe('');
    const [finding] = json(stdout).diagnostics;
    expect(finding?.code).toMatch(/^(yaml|schema|kind)\//);
    expect(finding?.location.line).toBeGreaterThan(0);
  });
  test.each([
    ['CRLF', good.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${good}`],
    ['JSON', JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', metadata: { name: 'a' }, spec: { egress: [{ hosts: ['./*'] }] } })],
    ['anchors and merge keys', good.replace('  hosts:', '  exportTo: &here ["."]\n  hosts:')],
  ])('%s is fine', (_what, text) => expect(cdk8sIstio(['check', write('input.yaml', text)]).status).toBe(0));
});

describe('formats', () => {
  test('json has the findings and a summary', () => {
    const report = json(cdk8sIstio(['check', write('bad.yaml', unknownField), '--format', 'json']).stdout);
    expect(report.diagnostics.map(({ code }) => code)).toEqual(['schema/unknown-field']);
    expect(report.summary).toMatchObject({ errors: 1, warnings: 0, files: 1, objects: 1, unknown: 0, others: 0 });
  });
  test('sarif names the rule and the line', () => {
    const path = write('bad.yaml', unknownField);
    const log = JSON.parse(cdk8sIstio(['check', path, '--format', 'sarif']).stdout) as {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: { ruleId: string; locations: { physicalLocation: { region: { startLine: number } } }[] }[];
      }[];
    };
    expect(log.version).toBe('2.1.0');
    expect(log.runs[0]?.tool.driver.rules.map(({ id }) => id)).toEqual(['schema/unknown-field']);
    expect(log.runs[0]?.results[0]?.locations[0]?.physicalLocation.region.startLine).toBe(10);
  });
  test('github annotates the line', () => {
    expect(cdk8sIstio(['check', write('bad.yaml', unknownField), '--format', 'github']).stdout).toMatch(/^::error .*line=10/);
  });
  test('pretty shows the line and has no colour off a terminal', () => {
    const { stderr } = cdk8sIstio(['check', write('bad.yaml', unknownField)], { env: { NO_COLOR: '' } });
    expect(stderr).toContain('> 10 |   - timeOut: 5s');
    expect(stderr).toContain('write timeout');
    expect(stderr).not.toContain('\u001b[');
  });
});

describe('what is reported', () => {
  test('--ignore leaves a code out', () => expect(cdk8sIstio(['check', write('bad.yaml', unknownField), '--ignore', 'schema/unknown-field']).status).toBe(0));
  test('--severity-of raises a warning', () => {
    const path = write('warning.yaml', unreachable);
    const [finding] = json(cdk8sIstio(['check', path, '--format', 'json']).stdout).diagnostics;
    expect(cdk8sIstio(['check', path, '--severity-of', `${finding?.code}=error`]).status).toBe(1);
  });
  test('--target says what the release lacks and since when it exists', () => {
    const path = write(
      'newer.yaml',
      good
        .replace('networking.istio.io/v1', 'networking.istio.io/v1beta1')
        .replace('  - route:\n    - destination:\n        host: reviews', '  - directResponse:\n      status: 503'),
    );
    expect(cdk8sIstio(['check', path]).status).toBe(0);
    const { status, stderr } = cdk8sIstio(['check', path, '--target', '1.14']);
    expect(status).toBe(1);
    expect(stderr).toContain('1.15');
  });
});

describe('other commands', () => {
  test('rule prints the page of a code', () => {
    const { stdout, status } = cdk8sIstio(['rule', 'schema/unknown-field']);
    expect(status).toBe(0);
    expect(stdout).toContain('# schema/unknown-field');
    expect(stdout).toContain('Right:');
  });
  test("rule takes istioctl's code too", () => expect(cdk8sIstio(['rule', 'IST0130']).stdout).toContain('IST0130'));
  test('rule suggests a near code', () => {
    const { status, stderr } = cdk8sIstio(['rule', 'schema/unknown-feild']);
    expect(status).toBe(2);
    expect(stderr).toContain('did you mean schema/unknown-field?');
  });
  test('rule without a code lists all', () => expect(cdk8sIstio(['rule']).stdout.split('\n').length).toBeGreaterThan(100));
  test('--version and --help go to stdout', () => {
    expect(cdk8sIstio(['--version'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(cdk8sIstio(['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('check') });
  });
});

describe('init', () => {
  test('adds the plugin to cdk8s.yaml, once, and keeps the comments', () => {
    write('cdk8s.yaml', '# our app\nlanguage: typescript\napp: node main.js\n');
    expect(cdk8sIstio(['init'], { cwd: folder }).status).toBe(0);
    expect(cdk8sIstio(['init'], { cwd: folder }).stderr).toContain('already');
    const text = readText('cdk8s.yaml');
    expect(text).toContain('# our app');
    expect(text.match(/class: IstioValidation/g)).toHaveLength(1);
  });
  test('keeps other validations', () => {
    write('cdk8s.yaml', 'validations:\n  - package: other\n    version: 1.0.0\n    class: Other\n');
    expect(cdk8sIstio(['init'], { cwd: folder }).status).toBe(0);
    expect(readText('cdk8s.yaml')).toMatch(/package: other[\s\S]*cdk8s-istio\/plugin/);
  });
  test('says where it must run', () =>
    expect(cdk8sIstio(['init'], { cwd: folder })).toMatchObject({ status: 2, stderr: expect.stringContaining('cdk8s.yaml') }));
});

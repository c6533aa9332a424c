import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { samplesOf } from './samples';

const root = resolve(__dirname, '../..');
const modules = join(root, 'node_modules');
const pages = [join(root, 'README.md'), ...markdownBelow(join(root, 'docs'))];
const scratch = mkdtempSync(join(tmpdir(), 'samples-'));

beforeAll(() => {
  if (!existsSync(join(root, 'lib/src/index.js'))) throw new Error('the samples use the built package: npm run build');
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function markdownBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return (
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      // The pages of the rules are generated; the tests of the rules run their examples.
      .filter((name) => name.endsWith('.md') && !name.startsWith('rules'))
      .map((name) => join(folder, name))
      .sort()
  );
}

/** A project as a user has it: the packages that the page's samples import, and the folder layout of `cdk8s init`. */
function projectFor(page: string): string {
  const folder = join(scratch, relative(root, page).replace(/[^\w]+/g, '-'));
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(root, join(folder, 'node_modules/cdk8s-istio'));
  for (const name of ['cdk8s', 'constructs', 'cdk8s-plus-27', 'cdk8s-plus-34', 'jest', '@swc', '@types', 'cdk8s-cli']) {
    if (existsSync(join(modules, name))) symlinkSync(join(modules, name), join(folder, 'node_modules', name));
  }
  for (const name of ['cdk8s', 'jest', 'tsx']) symlinkSync(join(modules, '.bin', name), join(folder, 'node_modules/.bin', name));
  // The command of the package under test, as npm would link it.
  const { bin = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bin?: Record<string, string> };
  for (const [name, file] of Object.entries(bin)) {
    chmodSync(join(root, file), 0o755);
    symlinkSync(join(root, file), join(folder, 'node_modules/.bin', name));
  }
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { target: 'es2022', module: 'nodenext', strict: true, noEmit: true, types: ['node', 'jest'] },
      include: ['*.ts', 'src/*.ts'],
    }),
  );
  writeFileSync(join(folder, 'jest.config.js'), "module.exports = { transform: { '^.+\\\\.ts$': '@swc/jest' } };\n");
  return folder;
}

const environment = { ...process.env, CDK8S_CHECK_UPGRADE: 'false', NO_COLOR: '1', FORCE_COLOR: '0' };

function run(folder: string, command: string, args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const path = `${join(folder, 'node_modules/.bin')}:${process.env.PATH ?? ''}`;
  return spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: { ...environment, PATH: path } });
}

function compile(folder: string): string[] {
  const { stdout } = run(folder, process.execPath, [join(modules, 'typescript/bin/tsc'), '-p', '.', '--pretty', 'false']);
  return stdout.split('\n').filter((line) => line !== '');
}

describe.each(pages.map((page) => [relative(root, page), page] as const))('%s', (_name, page) => {
  const samples = samplesOf(page);
  if (samples.every((sample) => sample.use === 'none')) {
    test('has no sample to run', () => expect(samples.filter((sample) => sample.language === 'ts')).toEqual([]));
    return;
  }

  test('its samples do what it says', () => {
    const folder = projectFor(page);
    const snippets = new Map<string, { line: number; refusals: Map<number, string> }>();
    const programs: string[] = [];
    for (const sample of samples) {
      if (sample.use === 'file') {
        mkdirSync(dirname(join(folder, sample.detail)), { recursive: true });
        writeFileSync(join(folder, sample.detail), sample.text);
        if (/\.ts$/.test(sample.detail)) programs.push(sample.detail);
      } else if (sample.use === 'snippet') {
        const file = `snippet-${sample.line}.ts`;
        const lines = sample.text.split('\n');
        const refusals = new Map(
          lines.flatMap((line, index) => (line.includes('// refused: ') ? [[index + 1, line.split('// refused: ')[1] ?? ''] as const] : [])),
        );
        snippets.set(file, { line: sample.line, refusals });
        writeFileSync(join(folder, file), `${sample.text}export {};\n`);
      }
    }
    if (programs.length + snippets.size > 0) expectRefusals(compile(folder), snippets);
    let printed = '';
    for (const sample of samples) {
      const { use, detail } = sample;
      if (use === 'file' && programs.includes(detail)) printed = expectSuccess(runProgram(folder, detail), `${detail} (line ${sample.line})`);
      if (use === 'run') printed = runShell(folder, sample.text, Number(/^exit (\d+)$/.exec(detail)?.[1] ?? 0));
      if (use === 'output') expect(readFileSync(join(folder, detail), 'utf8')).toBe(sample.text);
      if (use === 'prints') expect(printed.trim()).toBe(sample.text.trim());
    }
  }, 120_000);
});

function runProgram(folder: string, file: string): ReturnType<typeof run> {
  return file.endsWith('.test.ts') ? run(folder, 'jest', ['--ci=false', file]) : run(folder, 'tsx', [file]);
}

function expectSuccess(result: ReturnType<typeof run>, what: string): string {
  if (result.status !== 0) throw new Error(`${what} failed (${result.status}):\n${result.stdout}\n${result.stderr}`);
  return result.stdout + result.stderr;
}

function runShell(folder: string, text: string, status: number): string {
  const commands = text.replace(/^\$ /gm, '');
  const result = run(folder, 'bash', ['-eo', 'pipefail', '-c', commands]);
  if (result.status !== status) throw new Error(`expected exit code ${status}, got ${result.status} from:\n${commands}\n${result.stdout}\n${result.stderr}`);
  return result.stdout + result.stderr;
}

function expectRefusals(errors: readonly string[], snippets: ReadonlyMap<string, { line: number; refusals: ReadonlyMap<number, string> }>): void {
  const found = new Map<string, string>();
  let last = '';
  for (const line of errors) {
    const place = /^([^\s(][^(]*)\((\d+),\d+\): error/.exec(line);
    if (place) last = `${place[1]}:${place[2]}`;
    found.set(last, `${found.get(last) ?? ''}${line}\n`);
  }
  for (const [file, { line, refusals }] of snippets) {
    for (const [row, text] of refusals) {
      const message = found.get(`${file}:${row}`);
      if (!message?.includes(text)) throw new Error(`line ${line + row} of the page should be refused with "${text}", but: ${message ?? 'it compiles'}`);
      found.delete(`${file}:${row}`);
    }
  }
  expect([...found.values()].join('')).toBe('');
}

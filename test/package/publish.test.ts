import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageJson, repository, subpaths, tarball } from './repository';

function tool(script: string, ...args: string[]): { ok: boolean; output: string } {
  const env = { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(repository, 'node_modules', script), ...args], {
    cwd: repository,
    env,
    encoding: 'utf8',
  });
  return { ok: status === 0, output: stdout + stderr };
}

test('publint has nothing to say about the tarball', () => {
  const { ok, output } = tool('publint/src/cli.js', 'run', tarball(), '--strict');
  expect({ ok, output }).toEqual({ ok: true, output: expect.stringContaining('All good!') });
});

test('the types resolve in every way that TypeScript has', () => {
  // It takes the values behind an `export type *` for values that are missing. What it looks for here, a test of ecmascript-modules.test.ts holds.
  const options = ['--format', 'ascii', '--no-color', '--no-emoji', '--no-definitely-typed', '--ignore-rules', 'named-exports'];
  const { ok, output } = tool('@arethetypeswrong/cli/dist/index.js', tarball(), ...options);
  expect({ ok, output }).toEqual({ ok: true, output: expect.stringContaining('No problems found') });
});

test('the tarball holds what users need, and nothing else', () => {
  const files = execFileSync('tar', ['-tzf', tarball()], { encoding: 'utf8' }).trim().split('\n');
  const folders = new Set(files.map((file) => file.replace(/^package\//, '').replace(/\/.*/, '')));
  expect([...folders].sort()).toEqual(expect.arrayContaining(['CHANGELOG.md', 'LICENSE', 'README.md', 'lib', 'package.json', ...subpaths]));
  expect(files.filter((file) => /\.map$|\.test\.|\/(test|tools|bench|crds|scripts)\//.test(file))).toEqual([]);
  expect(files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual([]);
});

test('the links of the README lead to files of the tarball', () => {
  const files = new Set(execFileSync('tar', ['-tzf', tarball()], { encoding: 'utf8' }).trim().split('\n'));
  const links = [...readFileSync(join(repository, 'README.md'), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => `package/${link}`);
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link) => !files.has(link))).toEqual([]);
});

test('what package.json points at exists', () => {
  const targets = Object.values(packageJson.exports).flatMap((target) => (typeof target === 'string' ? target : [target.types, target.default]));
  for (const target of [...targets, ...Object.values(packageJson.bin ?? {})]) expect([target, existsSync(join(repository, target))]).toEqual([target, true]);
});

test('the lock file names no host that packages come from', () => {
  const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as { packages: Record<string, { resolved?: string }> };
  const resolved = Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined);
  expect(resolved).toEqual([]);
});

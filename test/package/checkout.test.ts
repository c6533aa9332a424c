import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageJson, repository, subpaths } from './repository';

/** A checkout that is built can be used as it stands, for instance as a plugin that cdk8s-cli loads by its path. */
describe('the built checkout', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(realpathSync(tmpdir()), 'cdk8s-istio-checkout-'));
    mkdirSync(join(directory, 'node_modules'));
    symlinkSync(repository, join(directory, 'node_modules', 'cdk8s-istio'), 'junction');
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  function exportsOf(path: string): string[] {
    const program = `console.log(JSON.stringify(Object.keys(require(${JSON.stringify(path)}))))`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { cwd: directory, encoding: 'utf8' });
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  }

  test('can be required by its path', () => {
    expect(exportsOf(repository)).toContain('VirtualService');
  });

  test.each(subpaths)('gives the same at the folder %s as at the subpath of that name', (subpath) => {
    const names = exportsOf(`cdk8s-istio/${subpath}`);
    expect(names).not.toEqual([]);
    expect(exportsOf(`./node_modules/cdk8s-istio/${subpath}`)).toEqual(names);
    expect(exportsOf(join(repository, subpath))).toEqual(names);
  });

  test.each(subpaths)('has a stub %s that names the files of the subpath', (subpath) => {
    const stub = JSON.parse(readFileSync(join(repository, subpath, 'package.json'), 'utf8'));
    const { types, default: main } = packageJson.exports[`./${subpath}`] as { types: string; default: string };
    expect([join(subpath, stub.main), join(subpath, stub.types)]).toEqual([join(main), join(types)]);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { filesOf, ManifestFiles } from '../../../src/simulation/case/manifest-files';
import { type CaseProblem, readCases } from '../../../src/simulation/case/read-cases';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifests-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const path of ['a/one.yaml', 'a/two.yml', 'a/deep/er/three.json', 'b/one.yaml', '.hidden/one.yaml', 'node_modules/x/one.yaml']) {
    write(path, JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: path } }));
  }
  write('a/notes.txt', '');
  write('c/values.yaml', '- 1\n');
  write('c/object.yaml', 'apiVersion: v1\nkind: ConfigMap\n---\nreplicas: 3\n');
  write('broken.yaml', 'a: [');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each<[string, string[]]>([
  ['a/one.yaml', ['a/one.yaml']],
  ['./a/../b/one.yaml', ['b/one.yaml']],
  ['a/notes.txt', ['a/notes.txt']],
  ['a', ['a/deep/er/three.json', 'a/one.yaml', 'a/two.yml']],
  ['a/', ['a/deep/er/three.json', 'a/one.yaml', 'a/two.yml']],
  ['a/*.yaml', ['a/one.yaml']],
  ['a/*', ['a/deep/er/three.json', 'a/one.yaml', 'a/two.yml']],
  ['*/one.yaml', ['a/one.yaml', 'b/one.yaml']],
  ['**/one.yaml', ['a/one.yaml', 'b/one.yaml']],
  ['**/three.*', ['a/deep/er/three.json']],
  ['a/**/t?o.yml', ['a/two.yml']],
  ['.hidden/*', ['.hidden/one.yaml']],
  ['a/x*.yaml', []],
  ['a/one.yaml/*', []],
  ['none', []],
])('%s means %j', (pattern, expected) => {
  expect(filesOf(pattern, folder).map(({ path }) => relative(folder, path))).toEqual(expected);
});

function read(manifests: string): { readonly names: unknown[]; readonly problems: string[] } {
  const problems: CaseProblem[] = [];
  const [written] = readCases(`name: a\nmanifests: ${manifests}`, join(folder, 'test.yaml')).cases;
  if (written === undefined) throw new Error('no test');
  const files = new ManifestFiles();
  const names = files.manifestsOf(written, problems).map(({ object }) => (object.metadata as { name?: string } | undefined)?.name ?? object.kind);
  return { names, problems: problems.map(({ location, message }) => `${relative(folder, location.file)}:${location.line} ${message}`) };
}

test('manifests are read relative to the test, in the order in which they are named', () => {
  expect(read('[b, a/one.yaml]')).toEqual({ names: ['b/one.yaml', 'a/one.yaml'], problems: [] });
  expect(read('a')).toEqual({ names: ['a/deep/er/three.json', 'a/one.yaml', 'a/two.yml'], problems: [] });
});

test('what lies in a folder and is no manifest is passed over', () => {
  expect(read('c')).toEqual({ names: ['ConfigMap'], problems: [] });
});

test('a file that is not there, and one that cannot be read, are said with their places', () => {
  const { names, problems } = read('[none.yaml, broken.yaml]');
  expect(names).toEqual([]);
  expect(problems).toEqual(['test.yaml:2 none.yaml: there is no such file', expect.stringMatching(/^broken\.yaml:1 /)]);
});

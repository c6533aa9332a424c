import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';

const dist = resolve(__dirname, '../../dist');
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(dist, join(entry.parentPath, entry.name)))
  .sort();
const folders = files.filter((file) => file.endsWith('kustomization.yaml')).map((file) => dirname(file));
const patches = files.filter((file) => /\/patches\/[^/]+\.json$/.test(file));

test('there is nothing but manifests, kustomizations, their patches, and folders for other tools', () => {
  const known = /(\.k8s\.yaml|\/kustomization\.yaml|\/patches\/[^/]+\.json|\/(istioctl|kind)\/[^/]+\.yml)$/;
  expect(folders.length).toBeGreaterThan(0);
  expect(files.filter((file) => !known.test(`/${file}`))).toEqual([]);
});

test.each(files.filter((file) => file.endsWith('.k8s.yaml')))('%s is plain Kubernetes YAML', (file) => {
  const documents = parseAllDocuments(readFileSync(join(dist, file), 'utf8'));
  expect(documents.length).toBeGreaterThan(0);
  for (const document of documents) {
    const object = document.toJS();
    expect(document.errors).toEqual([]);
    expect(object).toMatchObject({ apiVersion: expect.any(String), kind: expect.any(String), metadata: { name: expect.any(String) } });
    expect(object.apiVersion).not.toMatch(/^(kustomize\.config\.k8s\.io|kind\.x-k8s\.io|install\.istio\.io)\//);
  }
});

const kubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
if (!kubectl) console.warn('There is no kubectl on the PATH: the folders of dist/ are not built with kustomize.');
const withKubectl = kubectl ? test : test.skip;

function build(folder: string): string {
  const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

withKubectl.each(folders)('kubectl kustomize builds %s', (folder) => {
  const { resources } = parse(readFileSync(join(dist, folder, 'kustomization.yaml'), 'utf8')) as { resources: readonly string[] };
  const built = parseAllDocuments(build(join(dist, folder))).length;
  const manifest = resources[0]?.endsWith('.yaml') ? resources[0] : `${resources[0]}/${resources[0]}.k8s.yaml`;
  expect(built).toBe(parseAllDocuments(readFileSync(join(dist, folder, manifest), 'utf8')).length);
});

withKubectl.each(patches)('the patch %s changes something', (patch) => {
  const folder = dirname(dirname(patch));
  const scratch = mkdtempSync(join(tmpdir(), 'kustomize-'));
  try {
    cpSync(join(dist, folder), scratch, { recursive: true });
    const file = join(scratch, 'kustomization.yaml');
    const kustomization = parse(readFileSync(file, 'utf8'));
    kustomization.patches = kustomization.patches.filter(({ path }: { path: string }) => path !== relative(folder, patch));
    writeFileSync(file, stringify(kustomization));
    expect(build(scratch)).not.toBe(build(join(dist, folder)));
  } finally {
    rmSync(scratch, { recursive: true });
  }
});

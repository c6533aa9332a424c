import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { build } from './build.mjs';
import { root } from './run.mjs';
import { setUp } from './setup.mjs';
import { synth } from './synth.mjs';

/** Builds the library, synthesises every scenario and says what there is to look at. */
async function start() {
  await step('Building lib/', build);
  await step('Synthesising dist/ (cdk8s synth)', () => synth('dist'));
  const { catalogue } = createRequire(import.meta.url)(join(root, 'lib', 'src', 'scenarios', 'index.js'));
  const { default: yaml } = await import('yaml');
  const scenarios = catalogue.map((/** @type {{ id: string, title: string }} */ { id, title }) => ({
    id,
    title,
    ...inspect(join(root, 'dist', id), yaml.parseAllDocuments),
  }));
  printTable(scenarios);
  const problems = scenarios.flatMap((/** @type {{ problems: string[] }} */ { problems }) => problems);
  if (problems.length > 0) fail(problems.join('\n'));
}

/**
 * @param {string} what
 * @param {() => Promise<{ ok: boolean, output: string }>} run
 */
async function step(what, run) {
  const start = performance.now();
  const { ok, output } = await run();
  console.log(`${what}  ${((performance.now() - start) / 1000).toFixed(1)} s`);
  if (!ok) fail(output);
}

/**
 * Looks at what a scenario has written: the kinds of its objects, and whatever `kubectl apply` would stumble over.
 *
 * @param {string} folder
 * @param {typeof import('yaml').parseAllDocuments} parse
 */
function inspect(folder, parse) {
  /** @type {string[]} */
  const kinds = [];
  /** @type {string[]} */
  const problems = [];
  const say = (/** @type {string} */ file, /** @type {string} */ what) => problems.push(`${relative(root, file)}: ${what}`);
  if (!existsSync(join(folder, 'kustomization.yaml'))) say(folder, 'has no kustomization.yaml');
  for (const file of manifestsOf(folder)) {
    for (const document of parse(readFileSync(file, 'utf8'))) {
      const object = document.toJS();
      if (document.errors.length > 0 || typeof object?.kind !== 'string' || typeof object.apiVersion !== 'string') say(file, 'is no Kubernetes manifest');
      else kinds.push(object.kind);
    }
  }
  if (kinds.length === 0) say(folder, 'holds no objects');
  return { kinds, problems };
}

/** @param {string} folder */
function manifestsOf(folder) {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .filter(({ name }) => name.endsWith('.k8s.yaml'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

/** @param {readonly { id: string, title: string, kinds: readonly string[] }[]} scenarios */
function printTable(scenarios) {
  const rows = scenarios.map(({ id, title, kinds }) => ({ id, objects: String(kinds.length), title }));
  rows.unshift({ id: 'scenario', objects: 'objects', title: 'what it shows' });
  const width = Math.max(...rows.map(({ id }) => id.length));
  console.log();
  for (const { id, objects, title } of rows) console.log(`  ${id.padEnd(width)}  ${objects.padStart('objects'.length)}  ${title}`);
  const example = scenarios[0]?.id;
  console.log(`
Each scenario lies in dist/<scenario>/ and is written in src/scenarios/.
  look at one        ls dist/${example}
  apply one          kubectl apply -k dist/${example}
  check everything   npm test
`);
}

/** @param {string} output */
function fail(output) {
  console.error(output);
  process.exit(1);
}

setUp();
await start();

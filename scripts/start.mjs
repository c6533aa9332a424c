import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { build } from './build.mjs';
import { root } from './run.mjs';
import { setUp } from './setup.mjs';
import { synth } from './synth.mjs';

/** @typedef {{ id: string, title: string, steps: readonly { id: string }[] }} Scenario */

/** Builds the library, synthesises every scenario and says what there is to look at. */
async function start() {
  await step('Building lib/', build);
  await step('Synthesising dist/ (cdk8s synth)', () => synth('dist'));
  /** @type {{ catalogue: readonly Scenario[] }} */
  const { catalogue } = createRequire(import.meta.url)(join(root, 'lib', 'src', 'scenarios', 'index.js'));
  const { parseAllDocuments } = await import('yaml');
  const scenarios = catalogue.map((scenario) => ({ ...scenario, ...inspect(scenario, parseAllDocuments) }));
  const problems = scenarios.flatMap((scenario) => scenario.problems);
  if (problems.length > 0) fail(problems.join('\n'));
  printTable(scenarios);
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
 * Looks at what a scenario has written: how many objects its last step holds, and whatever `kubectl apply -k` would stumble over.
 *
 * @param {Scenario} scenario
 * @param {typeof import('yaml').parseAllDocuments} parse
 */
function inspect({ id, steps }, parse) {
  const folder = join(root, 'dist', id);
  /** @type {string[]} */
  const problems = [];
  let objects = 0;
  for (const path of steps.length === 1 ? [folder] : [...steps.map((step) => join(folder, step.id)), folder]) {
    const resources = resourcesOf(path, parse);
    if (resources.length === 0) problems.push(`${relative(root, path)}: no kustomization.yaml that names resources`);
    for (const resource of resources.filter((name) => !existsSync(join(path, name)))) problems.push(`${relative(root, path)}: ${resource} is missing`);
    const manifests = resources.filter((name) => name.endsWith('.yaml') && existsSync(join(path, name)));
    if (manifests.length === 0) continue;
    objects = 0;
    for (const document of manifests.flatMap((name) => parse(readFileSync(join(path, name), 'utf8')))) {
      const { apiVersion, kind, metadata } = document.toJS() ?? {};
      if (document.errors.length > 0 || !apiVersion || !kind || !metadata?.name) problems.push(`${relative(root, path)}: a document is no Kubernetes manifest`);
      objects++;
    }
  }
  return { objects, problems };
}

/**
 * @param {string} folder
 * @param {typeof import('yaml').parseAllDocuments} parse
 * @returns {string[]}
 */
function resourcesOf(folder, parse) {
  const file = join(folder, 'kustomization.yaml');
  if (!existsSync(file)) return [];
  return parse(readFileSync(file, 'utf8')).flatMap((document) => document.toJS()?.resources ?? []);
}

/** @param {readonly (Scenario & { objects: number })[]} scenarios */
function printTable(scenarios) {
  const rows = scenarios.map(({ id, title, steps, objects }) => ({ id, title, steps: String(steps.length), objects: String(objects) }));
  rows.unshift({ id: 'scenario', title: 'what it shows', steps: 'steps', objects: 'objects' });
  const width = Math.max(...rows.map(({ id }) => id.length));
  console.log();
  for (const { id, title, steps, objects } of rows) console.log(`  ${id.padEnd(width)}  ${steps.padStart(5)}  ${objects.padStart(7)}  ${title}`);
  const example = scenarios.at(-1)?.id;
  console.log(`
A scenario is written in src/scenarios/ and lies in dist/<scenario>/; where it has steps, each has a folder and the last is the whole.
  look at one        cat dist/${example}/*.yaml
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

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { compareFolders } from './compare-folders.mjs';
import { root, runNode, tool } from './run.mjs';
import { setUp } from './setup.mjs';
import { synth } from './synth.mjs';

/**
 * @typedef {{ ok: boolean, output: string }} Result
 * @typedef {Result & { passed: number, failed: number, skipped: number }} Counted what a check found; a check that counts no tests counts as one
 * @typedef {{ name: string, run: () => Promise<Result | Counted> }} Check
 */

/** How many checks run at a time. Two keep two cores busy, and more would only make the times of each one worse. */
const AT_A_TIME = 2;

const scratch = mkdtempSync(join(tmpdir(), 'checks-'));

/** @type {Check} */
const building = { name: 'build', run: build };

/** Everything else, the slowest first so that none of them is left over at the end. @type {readonly Check[]} */
const checks = [
  { name: 'tests', run: () => jest('jest.config.js') },
  { name: 'package', run: () => jest('test/package/jest.config.js') },
  { name: 'types', run: () => runNode([tool('typescript', 'bin', 'tsc'), '--project', 'tsconfig.test.json']) },
  { name: 'lint', run: () => runNode([tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--colors=off', '.']) },
  { name: 'public surface', run: async () => (await import('./api.mjs')).checkApi() },
  { name: 'imports/ is what the generator makes', run: generated },
  { name: 'dist/ is what synth makes', run: synthesised },
];

/**
 * @param {string} config
 * @returns {Promise<Counted>}
 */
async function jest(config) {
  // By itself jest leaves one core to others; there is little else to do here.
  const report = join(scratch, config.replaceAll('/', '-'));
  const { ok, output } = await runNode([tool('jest', 'bin', 'jest.js'), '--config', config, '--ci', '--maxWorkers=2', '--json', '--outputFile', report], {
    // cdk8s makes a temporary folder for each app of a test and leaves it; here they go with the scratch folder.
    env: { FORCE_COLOR: '0', TMPDIR: scratch, TEMP: scratch, TMP: scratch },
  });
  if (!existsSync(report)) return { ok: false, output, passed: 0, failed: 1, skipped: 0 };
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  return {
    ok,
    output: output.replace(/^Test results written to: .*\n?/m, ''),
    passed: counts.numPassedTests,
    // A file that does not even load has no tests to count.
    failed: counts.numFailedTests + counts.numRuntimeErrorTestSuites || (ok ? 0 : 1),
    skipped: counts.numPendingTests + counts.numTodoTests,
  };
}

/** @returns {Promise<Result>} */
async function generated() {
  const fresh = join(scratch, 'imports');
  const { ok, output } = await runNode([tool('tsx', 'dist', 'cli.mjs'), 'tools/generator/main.ts', '--facts', join(root, 'crds'), '--out', fresh]);
  return ok ? same('imports', fresh, 'run `npm run generate`') : { ok, output };
}

/** @returns {Promise<Result>} */
async function synthesised() {
  const fresh = join(scratch, 'dist');
  const { ok, output } = await synth(fresh);
  return ok ? same('dist', fresh, 'run `npm start`') : { ok, output };
}

/**
 * @param {string} folder
 * @param {string} fresh
 * @param {string} remedy
 * @returns {Result}
 */
function same(folder, fresh, remedy) {
  const differences = compareFolders(join(root, folder), fresh);
  if (differences.length === 0) return { ok: true, output: '' };
  return { ok: false, output: [...differences.map((line) => join(folder, line)), `To bring it up to date, ${remedy} and commit.`].join('\n') };
}

/** @type {(Counted & { name: string })[]} */
const results = [];

/** @param {Check} check */
async function perform({ name, run }) {
  const start = performance.now();
  const result = await run().catch((error) => ({ ok: false, output: String(error?.stack ?? error) }));
  const counted = 'passed' in result ? result : { ...result, passed: result.ok ? 1 : 0, failed: result.ok ? 0 : 1, skipped: 0 };
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (!counted.ok || 'passed' in result) console.log(counted.output.trimEnd());
  const counts = 'passed' in result ? `  (${count(counted)})` : '';
  console.log(`${counted.ok ? 'ok    ' : 'FAILED'}  ${name}  ${seconds} s${counts}`);
  results.push({ name, ...counted });
}

/** @param {{ passed: number, failed: number, skipped: number }} counts */
function count({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

async function performAll() {
  await perform(building);
  const waiting = [...checks];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await perform(next);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}

setUp();
try {
  await performAll();
} finally {
  rmSync(scratch, { recursive: true });
}

const failures = results.filter(({ ok }) => !ok).map(({ name }) => name);
console.log(failures.length === 0 ? '\nEverything holds.' : `\nFailed: ${failures.join(', ')}.`);
const total = (/** @type {'passed' | 'failed' | 'skipped'} */ key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(count({ passed: total('passed'), failed: total('failed'), skipped: total('skipped') }));
process.exitCode = failures.length === 0 ? 0 : 1;

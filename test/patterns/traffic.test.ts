import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { routingCases } from './routing-cases';
import { cases as policyCases } from './traffic-cases';

const cases = [...policyCases, ...routingCases];

/** Asks the code of a real control plane and a real proxy. Traffic takes a while and needs root, so it is run where the judges are at hand and asked for. */
const judges = resolve(__dirname, '../../../shared/oracle');
const builds = process.env.ORACLE_HOME ?? join(homedir(), '.cache/cdk8s-istio-oracle');
const missing = !existsSync(judges)
  ? `${judges} is not there`
  : !existsSync(join(builds, 'judge')) || !existsSync(join(builds, 'oracle'))
    ? 'the judges are not built'
    : undefined;
const untested = missing ?? (process.env.TRAFFIC === undefined ? 'it takes a while; set TRAFFIC=1 to run it' : undefined);
if (missing !== undefined) console.warn(`What the patterns write is not shown to the judge: ${missing}.`);
if (untested !== undefined) console.warn(`What the patterns promise is not run as traffic: ${untested}.`);

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'patterns-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

function ask(judge: string, args: readonly string[], file: string, content: unknown): { stdout: string; stderr: string } {
  const path = join(scratch, file);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return spawnSync(join(judges, judge), [...args, path], { encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, ORACLE_QUIET: '1' } });
}

(missing === undefined ? test : test.skip)('the control plane accepts every object without a warning', () => {
  const objects = (cases as { istio: object[] }[]).flatMap(({ istio }) => istio);
  const { stdout } = ask('judge.sh', [], 'objects.yaml', objects.map((object) => JSON.stringify(object)).join('\n---\n'));
  const verdicts = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; name: string; strictVerdict: string; webhook: { warnings: unknown[] } });
  expect(verdicts).toHaveLength(objects.length);
  // It warns of every EnvoyFilter.
  const warnings = ({ kind, webhook }: (typeof verdicts)[number]) => (kind === 'EnvoyFilter' ? [] : webhook.warnings);
  expect(verdicts.filter((verdict) => verdict.strictVerdict !== 'accept' || warnings(verdict).length > 0)).toEqual([]);
});

(untested === undefined ? test : test.skip)(
  'traffic does what the patterns promise',
  () => {
    const { stderr } = ask('traffic.sh', ['--check', '--brief'], 'cases.json', cases);
    const lines = stderr.split('\n');
    expect(lines.filter((line) => line.startsWith('FAIL') || line.startsWith('  '))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('ok '))).toHaveLength(cases.length);
  },
  300_000,
);

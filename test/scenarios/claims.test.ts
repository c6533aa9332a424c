import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { catalogue } from '../../src/scenarios';
import { trafficCase } from './traffic-case';

/** Runs every claim against the code of a real control plane and a real proxy. That takes a minute and needs root, so it is done where the judge is at hand and asked for. */
const judge = resolve(__dirname, '../../../shared/oracle/traffic.sh');
const builds = process.env.ORACLE_HOME ?? join(homedir(), '.cache/cdk8s-istio-oracle');
const missing = !existsSync(judge)
  ? `${judge} is not there`
  : !existsSync(join(builds, 'oracle'))
    ? 'the traffic judge is not built'
    : process.env.TRAFFIC === undefined
      ? 'it takes a minute; set TRAFFIC=1 to run it'
      : undefined;
if (missing !== undefined) console.warn(`The claims of the scenarios are not run as traffic: ${missing}.`);

(missing === undefined ? test : test.skip)(
  'every claim holds in traffic',
  () => {
    const scratch = mkdtempSync(join(tmpdir(), 'claims-'));
    const file = join(scratch, 'cases.json');
    try {
      const cases = catalogue.flatMap((scenario) => scenario.claims.filter(({ calls }) => calls.length > 0).map((claim) => trafficCase(scenario, claim)));
      writeFileSync(file, JSON.stringify(cases));
      const { stderr } = spawnSync(judge, ['--check', '--brief', file], { encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, ORACLE_QUIET: '1' } });
      const lines = stderr.split('\n');
      expect(lines.filter((line) => line.startsWith('FAIL') || line.startsWith('  '))).toEqual([]);
      expect(lines.filter((line) => line.startsWith('ok '))).toHaveLength(cases.length);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  },
  600_000,
);

// The checks: against the synthesis of the same objects, on files, at start-up, and in growth.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { compare, median, milliseconds, root, runNode } from './measure.mjs';
import { meshOf, sizes } from './mesh.mjs';

const app = join(root, 'bench/validate-app.cjs');
const command = join(root, 'lib/src/cli/main.js');
const inner = (...args) => JSON.parse(runNode([app, ...args.map(String)]).stdout).cpu;

/** In process, without start-up: schema, CEL and istiod's rules of 5,000 objects, against cdk8s synthesising them. */
export function benchValidate() {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-istio-bench-'));
  try {
    const runs = [1, 2, 3, 4, 5].map(() => [inner(5000, 1), inner(5000, 'synth', folder)]);
    const [checks, synth] = [0, 1].map((index) => median(runs.map((run) => run[index])));
    return [`checks of 5,000 Istio objects: ${milliseconds(checks)}, cdk8s synthesising them: ${milliseconds(synth)}: ratio ${(checks / synth).toFixed(2)}`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Time a thousand objects, from 1,000 to 50,000. */
export function benchGrowth() {
  const figures = [1000, 5000, 20000, 50000].map((count) => `${count}: ${milliseconds((inner(count, 1) / count) * 1000)}`);
  return [`growth, time per 1,000 objects: ${figures.join(', ')}`];
}

/** The command on the mesh as one file a namespace, and on one small file. */
export function benchCheck() {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-istio-bench-'));
  try {
    for (const { namespace, objects } of meshOf(sizes.L)) {
      writeFileSync(join(folder, `${namespace}.yaml`), objects.map((object) => stringify(object)).join('---\n'));
    }
    const small = join(folder, 'small.txt');
    writeFileSync(small, 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata:\n  name: default\nspec:\n  mtls:\n    mode: STRICT\n');
    const figures = compare({ mesh: () => runNode([command, 'check', folder]), small: () => runNode([command, 'check', small]) }, 5);
    const lines = [
      `check: mesh L as files ${milliseconds(figures.mesh.cpu)} (${figures.mesh.rss.toFixed(0)} MB); one small file ${milliseconds(figures.small.cpu)} of CPU`,
    ];
    const judge = join(process.env.ORACLE_HOME ?? join(homedir(), '.cache/cdk8s-istio-oracle'), 'judge');
    if (existsSync(judge)) {
      const result = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; time "${judge}" "${folder}" > /dev/null`], { encoding: 'utf8' });
      const [user, system] = result.stderr.trim().split('\n').pop().split(' ').map(Number);
      lines.push(`  a real istiod's checks of the same files: ${milliseconds((user + system) * 1000)} of CPU`);
    }
    return lines;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

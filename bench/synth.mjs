// Synthesis under a plain App: this package's constructs against the classes of `cdk8s import`, same objects, same bytes.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importedClasses } from './imported-classes.mjs';
import { compare, milliseconds, root, runNode } from './measure.mjs';

export function benchSynth(size = 'L', runs = 5) {
  const classes = importedClasses();
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-istio-bench-'));
  try {
    const variant = (name, env) => () => runNode([join(root, 'bench/synth-app.cjs'), name, size, join(folder, name), classes], env);
    const figures = compare({ imported: variant('imported'), ours: variant('ours'), unchecked: variant('unchecked') }, runs);
    const same = digest(join(folder, 'imported')) === digest(join(folder, 'unchecked')) && digest(join(folder, 'ours')) === digest(join(folder, 'unchecked'));
    const ratio = (one, other) => (figures[one].cpu / figures[other].cpu).toFixed(2);
    return [
      `synth ${size}: classes of cdk8s import ${milliseconds(figures.imported.cpu)}, ours without checks ${milliseconds(figures.unchecked.cpu)}: ratio ${ratio('unchecked', 'imported')}`,
      `  ours with checks ${milliseconds(figures.ours.cpu)}: ${ratio('ours', 'unchecked')} times without checks, ${ratio('ours', 'imported')} times the imported classes`,
      `  memory ${['imported', 'unchecked', 'ours'].map((name) => `${name} ${figures[name].rss.toFixed(0)} MB`).join(', ')}; output ${same ? 'equal byte for byte' : 'DIFFERS'}`,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function digest(folder) {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

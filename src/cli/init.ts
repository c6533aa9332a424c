import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { isMap, isSeq, parseDocument } from 'yaml';
import { Failure } from './failure';
import { version } from './version';

const FILE = 'cdk8s.yaml';
const PACKAGE = './node_modules/cdk8s-istio/plugin';

/** `cdk8s-istio init`: makes `cdk8s synth` validate what it wrote. */
export function addInit(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('init')
    .description(`add the validation to ${FILE}, so that cdk8s synth checks all manifests`)
    .action(() => {
      process.stderr.write(`${init()}\n`);
      finish(0);
    });
}

/** Adds the entry to the file in the current folder, keeping its comments; says what was done. */
function init(): string {
  if (!existsSync(FILE)) throw new Failure(`${FILE}: not in this folder; run this where your cdk8s app is`);
  const document = parseDocument(readFileSync(FILE, 'utf8'));
  const [error] = document.errors;
  if (error) throw new Failure(`${FILE}: ${error.message.split('\n')[0]}`);
  if (!isMap(document.contents)) throw new Failure(`${FILE}: is no cdk8s configuration`);
  const validations = document.get('validations');
  if (validations !== undefined && !isSeq(validations))
    throw new Failure(`${FILE}: validations is no list; add the entry of ${PACKAGE} to the file that it names`);
  const entry = { package: PACKAGE, version: version(), class: 'IstioValidation' };
  const index = isSeq(validations) ? validations.items.findIndex((item) => isMap(item) && item.get('package') === PACKAGE) : -1;
  if (index >= 0) {
    const known = document.getIn(['validations', index, 'version']);
    if (known === entry.version) return `${FILE} has the validation already`;
    document.setIn(['validations', index, 'version'], entry.version);
  } else if (isSeq(validations)) document.addIn(['validations'], document.createNode(entry));
  else document.set('validations', document.createNode([entry]));
  writeFileSync(FILE, document.toString({ lineWidth: 0 }));
  return index >= 0 ? `${FILE}: the validation is now of version ${entry.version}` : `${FILE}: cdk8s synth now checks what it writes`;
}

/**
 * How far simulated answers agree with recorded ones: `npx tsx tools/agreement.ts [-v] [-k TEXT] [FILE...]`; by default the cases that lie beside the repository and those of
 * the tests. `-v` says every difference, `-k` takes the tests whose name holds the text.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { agreementOf, type CaseAgreement } from '../test/conformance/agreement';

const root = resolve(__dirname, '..');
const args = process.argv.slice(2);
const verbose = args.includes('-v');
const only = args.includes('-k') ? args[args.indexOf('-k') + 1] : undefined;
const named = args.filter((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-k');
const folders = [resolve(root, '../shared/oracle/traffic/cases'), join(root, 'test/fixtures/traffic')].filter(existsSync);
const files =
  named.length > 0
    ? named
    : folders.flatMap((folder) =>
        readdirSync(folder)
          .sort()
          .map((name) => join(folder, name)),
      );

const total = { cases: 0, agreeing: 0, fields: 0, differing: 0 };
for (const file of files) {
  const cases = agreementOf(readFileSync(file, 'utf8'), file).filter(({ name }) => only === undefined || name.includes(only));
  const agreeing = cases.filter(({ differences }) => differences.length === 0).length;
  const sum = (count: (each: CaseAgreement) => number): number => cases.reduce((before, each) => before + count(each), 0);
  const fields = sum((each) => each.fields);
  const differing = sum((each) => each.differences.length);
  total.cases += cases.length;
  total.agreeing += agreeing;
  total.fields += fields;
  total.differing += differing;
  process.stdout.write(`${basename(file).padEnd(24)} ${agreeing} of ${cases.length} cases, ${fields - differing} of ${fields} fields\n`);
  if (!verbose) continue;
  for (const { name, differences } of cases) {
    if (differences.length > 0) process.stdout.write(`  ${name}\n${differences.map((difference) => `    ${difference}\n`).join('')}`);
  }
}
process.stdout.write(`${'all'.padEnd(24)} ${total.agreeing} of ${total.cases} cases, ${total.fields - total.differing} of ${total.fields} fields\n`);

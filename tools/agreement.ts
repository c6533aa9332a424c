import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { differences, readCases, runCase } from '../src/simulation/case';

/** How far the answers to the calls of a test agree with what was recorded. */
export interface CaseAgreement {
  readonly name: string;
  /** How many expectations there are, and how many of them are met. */
  readonly fields: number;
  readonly agreeing: number;
  /** Those that are not met, in words. */
  readonly differences: readonly string[];
}

/** Whether a field is left out, and why, is decided by the caller. */
export type IsJudged = (field: string) => boolean;

/** The fields that docs/conformance.md says nobody can know. `*` stands for any rest. */
const notJudged: readonly string[] = readFileSync(resolve(__dirname, '../docs/conformance.md'), 'utf8')
  .split('## What a simulation cannot know')[1]
  ?.split('\n')
  .flatMap((line) => /^\| `([^`]+)` \|/.exec(line)?.[1] ?? []) as readonly string[];

/** Whether a field is compared. */
export function isJudged(field: string): boolean {
  return !notJudged.some((name) => (name.endsWith('*') ? field.startsWith(name.slice(0, -1)) : field === name));
}

/** Runs all tests of a text. A mistake of ours that stops a test is a difference. */
export function agreementOf(text: string, file: string, isJudged: IsJudged = () => true): CaseAgreement[] {
  const { cases, problems } = readCases(text, file);
  const [problem] = problems.filter(({ severity }) => severity === 'error');
  if (problem !== undefined) throw new Error(`${problem.location.file}:${problem.location.line}: ${problem.message}`);
  return cases.map(({ test, manifests }) => {
    const { name, calls = [] } = test;
    const fields = calls.reduce((sum, { expect = {} }) => sum + Object.keys(expect).filter(isJudged).length, 2);
    try {
      const run = runCase(test, manifests);
      const found = differences(run, { anyWay: true, isJudged }).map(({ path, field, message }) => `${path.replace(/\.expect$/, '')} ${field}: ${message}`);
      return { name, fields, agreeing: run.failed === undefined ? fields - found.length : 0, differences: found };
    } catch (error) {
      return { name, fields, agreeing: 0, differences: [(error as Error).stack?.split('\n').slice(0, 4).join(' ') ?? String(error)] };
    }
  });
}

/**
 * How far simulated answers agree with recorded ones: `npx tsx tools/agreement.ts [-v] [-k TEXT] [FILE...]`; by default the cases that lie beside the repository and those of
 * the tests. `-v` says every difference, `-k` takes the tests whose name holds the text.
 */
function main(args: readonly string[]): void {
  const root = resolve(__dirname, '..');
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

  const total = { cases: 0, agreeing: 0, fields: 0, met: 0 };
  for (const file of files) {
    const cases = agreementOf(readFileSync(file, 'utf8'), file, isJudged).filter(({ name }) => only === undefined || name.includes(only));
    const agreeing = cases.filter(({ differences }) => differences.length === 0).length;
    const sum = (count: (each: CaseAgreement) => number): number => cases.reduce((before, each) => before + count(each), 0);
    const fields = sum((each) => each.fields);
    const met = sum((each) => each.agreeing);
    total.cases += cases.length;
    total.agreeing += agreeing;
    total.fields += fields;
    total.met += met;
    process.stdout.write(`${basename(file).padEnd(24)} ${agreeing} of ${cases.length} cases, ${met} of ${fields} fields\n`);
    if (!verbose) continue;
    for (const { name, differences } of cases) {
      if (differences.length > 0) process.stdout.write(`  ${name}\n${differences.map((difference) => `    ${difference}\n`).join('')}`);
    }
  }
  process.stdout.write(`${'all'.padEnd(24)} ${total.agreeing} of ${total.cases} cases, ${total.met} of ${total.fields} fields\n`);
}

if (require.main === module) main(process.argv.slice(2));

import { type Command, InvalidArgumentError, Option } from 'commander';
import { keyPath } from '../manifest/path';
import { Coverage, type CoverageItem } from '../simulation';
import { type Difference, differences } from '../simulation/case';
import { shortened, storyWithoutNotes } from '../simulation/story';
import { type RunCase, runFiles } from './cases';
import { Failure } from './failure';
import { type CoverageReport, junit, sentence, type TestReport } from './junit';

const FORMATS = ['pretty', 'json', 'junit'] as const;

interface Flags {
  readonly format: (typeof FORMATS)[number];
  readonly only?: string;
  readonly anyWay: boolean;
  readonly coverage: boolean;
  /** In percent. */
  readonly coverageThreshold?: number;
}

/** `cdk8s-istio test FILE...`: makes the calls of traffic tests and compares what comes of them with what is expected. */
export function addTest(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('test')
    .description('run traffic tests: what requests meet, compared with what is expected')
    .argument('<files...>', 'traffic tests: YAML or JSON files, folders, or - for the standard input')
    .option('-k, --only <text>', 'run only tests whose name contains the text')
    .option('--any-way', 'let a call pass if one of the ways that its request may go is as expected: for recorded answers', false)
    .option('--coverage', 'say which routes, destinations, subsets and policy rules no call has met', false)
    .option('--coverage-threshold <percent>', 'exit with 1 when less of them is met (means --coverage too)', asPercentage)
    .addOption(new Option('--format <format>', 'how to print the results').choices(FORMATS).default('pretty'))
    .action((files: string[], flags: Flags) => finish(test(files, flags)));
}

function test(files: readonly string[], { format, only, anyWay, coverage: isAsked, coverageThreshold }: Flags): number {
  const reports: TestReport[] = [];
  const coverages: Coverage[] = [];
  const said = new Set<string>();
  const countCoverage = isAsked || coverageThreshold !== undefined;
  for (const one of runFiles(files, { isWanted: (name) => only === undefined || name.includes(only), countCoverage })) {
    if (one.run.coverage !== undefined) coverages.push(one.run.coverage);
    const report = reportOf(one, anyWay, said);
    if (format === 'pretty') process.stderr.write(pretty(report));
    reports.push(report);
  }
  if (reports.length === 0) throw new Failure(`no test has a name with ${JSON.stringify(only)} in it`);
  const failed = reports.filter(({ passed }) => !passed).length;
  const coverage = countCoverage ? Coverage.together(coverages) : undefined;
  const judged = coverage === undefined || coverageThreshold === undefined ? undefined : judge(coverage, coverageThreshold);
  if (format === 'json') {
    const counted = coverage === undefined ? {} : { coverage: { share: coverage.share, missed: coverage.missed.map(withShortPlace) } };
    process.stdout.write(`${JSON.stringify({ tests: reports, summary: { passed: reports.length - failed, failed }, ...counted }, null, 1)}\n`);
  } else if (format === 'junit') process.stdout.write(junit(reports, judged));
  else process.stderr.write(`${reports.length - failed} of ${reports.length} tests passed\n`);
  if (coverage !== undefined) process.stderr.write(`${coverage.report()}\n`);
  if (judged?.failure !== undefined) process.stderr.write(`${judged.failure}\n`);
  return failed > 0 || judged?.failure !== undefined ? 1 : 0;
}

/** Whether enough is met; of nothing, nothing is enough. */
function judge(coverage: Coverage, threshold: number): CoverageReport {
  const name = `coverage of at least ${threshold} %`;
  const text = coverage.report();
  if (coverage.items.length === 0)
    return { name, text, failure: `there is nothing to meet, so the ${threshold} % that --coverage-threshold asks for are not met` };
  return coverage.share * 100 < threshold ? { name, text, failure: `less than the ${threshold} % that --coverage-threshold asks for` } : { name, text };
}

/** What no call has met, with its file as people write it. */
function withShortPlace(item: CoverageItem): CoverageItem {
  return item.location === undefined ? item : { ...item, location: { ...item.location, file: shortened(item.location.file) } };
}

function asPercentage(text: string): number {
  const percentage = text.trim() === '' ? Number.NaN : Number(text);
  if (percentage >= 0 && percentage <= 100) return percentage;
  throw new InvalidArgumentError('write a number from 0 to 100.');
}

/** @param said notes of earlier tests, which are not said again; those of this test are added */
function reportOf({ written, run, milliseconds }: RunCase, anyWay: boolean, said: Set<string>): TestReport {
  const { file, group, test } = written;
  const found = differences(run, { anyWay });
  const notes = run.notes.filter((note) => !said.has(note));
  for (const note of notes) said.add(note);
  return {
    name: test.name,
    ...(group === undefined ? {} : { group }),
    file,
    line: written.locate('').line,
    passed: found.length === 0,
    calls: run.calls.length,
    differences: found.map((difference) => ({ ...difference, line: written.locate(placeOf(difference)).line })),
    stories: run.calls.flatMap(({ outcome }, call) =>
      found.some(({ path }) => path === `calls[${call}].expect`) ? [{ call, text: storyWithoutNotes(outcome) }] : [],
    ),
    notes,
    milliseconds: Math.round(milliseconds * 10) / 10,
  };
}

/** The field of the test that is not met. */
function placeOf({ path, field }: Difference): string {
  return path.endsWith('.expect') ? keyPath(path, field) : path;
}

/** One line for a test and for each note; of one that fails every difference, and the stories of the calls that differ. */
function pretty({ name, file, line, passed, differences, stories, notes }: TestReport): string {
  const lines = [`${passed ? 'ok  ' : 'FAIL'} ${name}${passed ? '' : `  ${file}:${line}`}`];
  for (const difference of differences) lines.push(`  ${sentence(file, difference)}`);
  for (const { text } of stories) lines.push('', indented(text), '');
  lines.push(...notes.map((note) => `  note: ${note}`));
  return `${lines.join('\n')}\n`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}

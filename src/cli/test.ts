import { type Command, InvalidArgumentError, Option } from 'commander';
import { keyPath } from '../manifest/path';
import { Coverage, story } from '../simulation';
import { type Difference, differences } from '../simulation/case';
import { type RunCase, runFiles } from './cases';
import { Failure } from './failure';
import { junit, type TestReport } from './junit';

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
  const countCoverage = isAsked || coverageThreshold !== undefined;
  for (const one of runFiles(files, { isWanted: (name) => only === undefined || name.includes(only), countCoverage })) {
    if (one.run.coverage !== undefined) coverages.push(one.run.coverage);
    const report = reportOf(one, anyWay);
    if (format === 'pretty') process.stderr.write(pretty(report, one));
    reports.push(report);
  }
  if (reports.length === 0) throw new Failure(`no test has a name with ${JSON.stringify(only)} in it`);
  const failed = reports.filter(({ passed }) => !passed).length;
  const coverage = countCoverage ? Coverage.together(coverages) : undefined;
  if (format === 'json') {
    const counted = coverage === undefined ? {} : { coverage: { share: coverage.share, missed: coverage.missed } };
    process.stdout.write(`${JSON.stringify({ tests: reports, summary: { passed: reports.length - failed, failed }, ...counted }, null, 1)}\n`);
  } else if (format === 'junit') process.stdout.write(junit(reports));
  else process.stderr.write(`${reports.length - failed} of ${reports.length} tests passed\n`);
  const isCovered = coverage === undefined || !isTooLow(coverage, coverageThreshold);
  return failed > 0 || !isCovered ? 1 : 0;
}

/** Says what was met, and judges whether it is enough. */
function isTooLow(coverage: Coverage, threshold = 0): boolean {
  process.stderr.write(`${coverage.report()}\n`);
  const isBelow = coverage.share * 100 < threshold;
  if (isBelow) process.stderr.write(`less than the ${threshold} % that --coverage-threshold asks for\n`);
  return isBelow;
}

function asPercentage(text: string): number {
  const percentage = text.trim() === '' ? Number.NaN : Number(text);
  if (percentage >= 0 && percentage <= 100) return percentage;
  throw new InvalidArgumentError('write a number from 0 to 100.');
}

function reportOf({ written, run, milliseconds }: RunCase, anyWay: boolean): TestReport {
  const { file, group, test } = written;
  const found = differences(run, { anyWay });
  return {
    name: test.name,
    ...(group === undefined ? {} : { group }),
    file,
    line: written.locate('').line,
    passed: found.length === 0,
    calls: run.calls.length,
    differences: found.map((difference) => ({ ...difference, line: written.locate(placeOf(difference)).line })),
    notes: run.notes,
    milliseconds,
  };
}

/** The field of the test that is not met. */
function placeOf({ path, field }: Difference): string {
  return path.endsWith('.expect') ? keyPath(path, field) : path;
}

/** One line for a test; of one that fails every difference, and the stories of the calls that differ. */
function pretty(report: TestReport, { run }: RunCase): string {
  const { name, file, line, passed, notes } = report;
  const lines = [`${passed ? 'ok  ' : 'FAIL'} ${name}${passed ? '' : `  ${file}:${line}`}`];
  for (const { path, field, message, line: place } of report.differences) lines.push(`  ${file}:${place}: ${callOf(path)}${field}: ${message}`);
  for (const [index, { outcome }] of run.calls.entries()) {
    if (report.differences.some(({ path }) => path === `calls[${index}].expect`)) lines.push('', indented(story(outcome)), '');
  }
  if (!passed) lines.push(...notes.map((note) => `  note: ${note}`));
  return `${lines.join('\n')}\n`;
}

function callOf(path: string): string {
  const [call] = /^calls\[\d+\]/.exec(path) ?? [];
  return call === undefined ? '' : `${call} `;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}

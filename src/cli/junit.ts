import type { Difference } from '../simulation/case';

/** What came of one test, as data. */
export interface TestReport {
  readonly name: string;
  readonly group?: string;
  readonly file: string;
  readonly line: number;
  readonly passed: boolean;
  /** How many calls were made. */
  readonly calls: number;
  readonly differences: readonly (Difference & { readonly line: number })[];
  /** What the calls met that are not as expected, by their position. */
  readonly stories: readonly { readonly call: number; readonly text: string }[];
  /** What the answers leave out of account; each text stands with the first test that it is about. */
  readonly notes: readonly string[];
  readonly milliseconds: number;
}

/** Whether the calls have met enough of the configuration. */
export interface CoverageReport {
  readonly name: string;
  readonly text: string;
  /** Why it is not enough. */
  readonly failure?: string;
}

/** What is not as expected, and where: `cart.test.yaml:7: calls[0] status: expected 404, got 200`. */
export function sentence(file: string, { path, line, field, message }: TestReport['differences'][number]): string {
  const [call] = /^calls\[\d+\]/.exec(path) ?? [];
  const what = field === 'failed' ? (call === undefined ? 'the test cannot be run' : 'cannot be made') : field;
  return `${file}:${line}: ${call === undefined ? '' : `${call} `}${what}: ${message}`;
}

/** The reports in the XML that build servers read: one suite for each file, and one for the coverage if it is judged. */
export function junit(reports: readonly TestReport[], coverage?: CoverageReport): string {
  const suites = new Map<string, TestReport[]>();
  for (const report of reports) suites.set(report.file, [...(suites.get(report.file) ?? []), report]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals(reports, coverage)}>\n${[...suites].map(([file, tests]) => suite(file, tests)).join('')}${coverage === undefined ? '' : coverageSuite(coverage)}</testsuites>\n`;
}

function coverageSuite(coverage: CoverageReport): string {
  const { name, text, failure } = coverage;
  const content = failure === undefined ? `<system-out>${escaped(text)}</system-out>` : `<failure message="${escaped(failure)}">${escaped(text)}</failure>`;
  return `  <testsuite name="coverage"${totals([], coverage)}>\n    <testcase name="${escaped(name)}" classname="coverage" time="0.000">\n      ${content}\n    </testcase>\n  </testsuite>\n`;
}

function suite(file: string, tests: readonly TestReport[]): string {
  return `  <testsuite name="${escaped(file)}"${totals(tests)}>\n${tests.map(testCase).join('')}  </testsuite>\n`;
}

function testCase({ name, group, file, line, passed, differences, stories, notes, milliseconds }: TestReport): string {
  const attributes = ` name="${escaped(name)}" classname="${escaped(group ?? file)}" file="${escaped(file)}" line="${line}" time="${seconds(milliseconds)}"`;
  if (passed && notes.length === 0) return `    <testcase${attributes}/>\n`;
  const sentences = differences.map((difference) => sentence(file, difference));
  const texts = [sentences.join('\n'), ...stories.map(({ call, text }) => `calls[${call}]: ${text}`)];
  const failure = passed ? '' : `      <failure message="${escaped(sentences[0] ?? '')}">${escaped(texts.join('\n\n'))}</failure>\n`;
  const said = notes.length === 0 ? '' : `      <system-out>${escaped(notes.map((note) => `note: ${note}`).join('\n'))}</system-out>\n`;
  return `    <testcase${attributes}>\n${failure}${said}    </testcase>\n`;
}

function totals(reports: readonly TestReport[], coverage?: CoverageReport): string {
  const failures = reports.filter(({ passed }) => !passed).length + (coverage?.failure === undefined ? 0 : 1);
  const tests = reports.length + (coverage === undefined ? 0 : 1);
  return ` tests="${tests}" failures="${failures}" time="${seconds(reports.reduce((sum, { milliseconds }) => sum + milliseconds, 0))}"`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' };

/** XML cannot hold control characters in any form. */
function escaped(text: string): string {
  return text.replace(/[&<>"\n]/g, (character) => entities[character] as string).replace(/(?![\t\n\r])\p{Cc}/gu, '\ufffd');
}

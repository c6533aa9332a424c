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
  /** What the answers leave out of account. */
  readonly notes: readonly string[];
  readonly milliseconds: number;
}

/** The reports in the XML that build servers read: one suite for each file. */
export function junit(reports: readonly TestReport[]): string {
  const suites = new Map<string, TestReport[]>();
  for (const report of reports) suites.set(report.file, [...(suites.get(report.file) ?? []), report]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals(reports)}>\n${[...suites].map(([file, tests]) => suite(file, tests)).join('')}</testsuites>\n`;
}

function suite(file: string, tests: readonly TestReport[]): string {
  return `  <testsuite name="${escaped(file)}"${totals(tests)}>\n${tests.map(testCase).join('')}  </testsuite>\n`;
}

function testCase({ name, group, file, line, passed, differences, milliseconds }: TestReport): string {
  const attributes = ` name="${escaped(name)}" classname="${escaped(group ?? file)}" file="${escaped(file)}" line="${line}" time="${seconds(milliseconds)}"`;
  if (passed) return `    <testcase${attributes}/>\n`;
  const texts = differences.map((difference) => `${file}:${difference.line}: ${difference.field}: ${difference.message}`);
  return `    <testcase${attributes}>\n      <failure message="${escaped(texts[0] ?? '')}">${escaped(texts.join('\n'))}</failure>\n    </testcase>\n`;
}

function totals(reports: readonly TestReport[]): string {
  const failures = reports.filter(({ passed }) => !passed).length;
  return ` tests="${reports.length}" failures="${failures}" time="${seconds(reports.reduce((sum, { milliseconds }) => sum + milliseconds, 0))}"`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' };

/** XML cannot hold control characters in any form. */
function escaped(text: string): string {
  return text.replace(/[&<>"\n]/g, (character) => entities[character] as string).replace(/(?![\t\n\r])\p{Cc}/gu, '\ufffd');
}

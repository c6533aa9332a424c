import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { transformSync } from '@swc/core';
import { Yaml } from 'cdk8s';

/** The folder with one page for each pattern, and the page that lists them. */
const folder = resolve(__dirname, '../../docs/patterns');
export const page = join(folder, 'README.md');

const begin = /<!-- patterns: .* -->\n/;
const end = '<!-- /patterns -->';

/** The text of the page with the table of all patterns: how many lines the program of each page has, and how many it writes. */
export function withTable(text: string): string {
  const start = begin.exec(text);
  const rest = text.indexOf(end);
  if (!start || rest < 0) throw new Error(`${page} has no place for the table`);
  const rows = readdirSync(folder)
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .sort()
    .map(row);
  const table = ['| Pattern | What it does | Lines of TypeScript | Lines of YAML |', '| --- | --- | --: | --: |', ...rows, ''].join('\n');
  return `${text.slice(0, start.index)}${start[0]}\n${table}\n${text.slice(rest)}`;
}

function row(file: string): string {
  const text = readFileSync(join(folder, file), 'utf8');
  const title = /^# (.*)$/m.exec(text)?.[1] ?? file;
  const summary = /^# .*\n+(.*)$/m.exec(text)?.[1] ?? '';
  const program = programOf(text);
  const lines = program === undefined ? ['', ''] : [countLines(program), countWritten(program)];
  return `| [${title}](${file}) | ${summary} | ${lines.join(' | ')} |`;
}

const programOf = (text: string): string | undefined => /<!-- file: main\.ts -->\n```ts\n([\s\S]*?)```/.exec(text)?.[1];

const countLines = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length;

/** The objects that the first program of a page writes. */
export function writtenBy(file: string): object[] {
  return run(programOf(readFileSync(join(folder, file), 'utf8')) ?? '', (path) => Yaml.load(path) as object[]).flat();
}

function countWritten(program: string): number {
  return run(program, (path) => countLines(readFileSync(path, 'utf8'))).reduce((sum, count) => sum + count, 0);
}

/** Runs a program of a page against the sources, and reads the files that it writes. */
function run<T>(program: string, read: (path: string) => T): T[] {
  const outdir = mkdtempSync(join(tmpdir(), 'patterns-'));
  const { CDK8S_OUTDIR } = process.env;
  process.env.CDK8S_OUTDIR = outdir;
  try {
    const { code } = transformSync(program, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } });
    new Function('require', 'exports', code)((name: string) => (name === 'cdk8s-istio' ? require('../../src') : require(name)), {});
    return readdirSync(outdir).map((file) => read(join(outdir, file)));
  } finally {
    if (CDK8S_OUTDIR === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = CDK8S_OUTDIR;
    rmSync(outdir, { recursive: true });
  }
}

if (require.main === module) writeFileSync(page, withTable(readFileSync(page, 'utf8')));

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Diagnostic, Severity } from '../manifest/diagnostic';
import { renderGithub, renderJson, renderPretty, renderSarif, summarize, summaryLine } from '../render';
import { isRelease, newestRelease, oldestRelease } from '../schema/releases';
import { catalogue, findRule } from '../validation';
import { checkText } from '../validation/check-text';
import { rulePage } from '../validation/rule-page';
import { readInputs, sourceOf } from './input';
import { version } from './version';

const FORMATS = ['pretty', 'json', 'sarif', 'github'] as const;
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

const NO_OBJECT = 'yaml/not-an-object';
const NO_KIND = 'kind/missing';

/** Whether a finding is about a document that is no Kubernetes object at all, such as a patch or the values of a chart: on a walk through a folder it is passed over. */
function isAboutNoObject({ code, object }: Diagnostic): boolean {
  return code === NO_OBJECT || (code === NO_KIND && object?.apiVersion === '' && object.kind === '');
}

interface Flags {
  readonly target?: string;
  readonly format: (typeof FORMATS)[number];
  readonly ignore: readonly string[];
  readonly severity: Severity;
  readonly severityOf: Readonly<Record<string, Severity>>;
  readonly failOn: Severity;
}

/** `cdk8s-istio check PATH...`: checks YAML and JSON manifests. */
export function addCheck(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('check')
    .description('check manifests as kube-apiserver and istiod would')
    .argument('<paths...>', 'files, folders, or - for the standard input')
    .option('--target <release>', `the Istio release to check for, ${oldestRelease} to ${newestRelease} (default: the newest)`, asRelease)
    .addOption(new Option('--format <format>', 'how to print the findings').choices(FORMATS).default('pretty'))
    .option('--ignore <code>', 'leave out the findings of a code; may be given several times', collectCode, [])
    .addOption(new Option('--severity <level>', 'print only findings of at least this severity').choices(SEVERITIES).default('info'))
    .option('--severity-of <code=level>', 'give a code another severity; may be given several times', collectSeverity, {})
    .addOption(new Option('--fail-on <level>', 'exit with 1 from this severity on').choices(SEVERITIES).default('error'))
    .action((paths: string[], flags: Flags) => finish(check(paths, flags)));
}

function check(paths: readonly string[], flags: Flags): number {
  const diagnostics: Diagnostic[] = [];
  const counts = { files: 0, objects: 0, unknown: 0, others: 0 };
  const texts = new Map<string, string>();
  for (const { name, text, walked } of readInputs(paths)) {
    const result = checkText(text, { file: name, targetRelease: flags.target, ignore: flags.ignore, severityOf: flags.severityOf });
    const others = walked ? result.diagnostics.filter(isAboutNoObject) : [];
    const found = result.diagnostics.filter((diagnostic) => !others.includes(diagnostic));
    diagnostics.push(...found);
    if (found.length > 0) texts.set(name, text);
    // A list or a scalar is no object to begin with; one without apiVersion and kind was counted, and complained of twice.
    const nameless = others.filter((diagnostic) => diagnostic.code === NO_KIND && diagnostic.path === 'kind').length;
    counts.others += others.filter((diagnostic) => diagnostic.code === NO_OBJECT).length + nameless;
    counts.files += 1;
    counts.objects += result.objects - nameless;
    counts.unknown += result.unknown - nameless;
  }
  const shown = diagnostics.filter((diagnostic) => reaches(diagnostic.severity, flags.severity));
  print(shown, flags.format, counts, texts);
  return diagnostics.some((diagnostic) => reaches(diagnostic.severity, flags.failOn)) ? 1 : 0;
}

const reaches = (severity: Severity, level: Severity): boolean => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(level);

type Counts = Readonly<Record<'files' | 'objects' | 'unknown' | 'others', number>>;

/** Findings for people go to stderr; what another program reads goes to stdout. */
function print(diagnostics: readonly Diagnostic[], format: Flags['format'], counts: Counts, texts: ReadonlyMap<string, string>): void {
  switch (format) {
    case 'json':
      process.stdout.write(`${renderJson(diagnostics, counts)}\n`);
      return;
    case 'sarif':
      process.stdout.write(`${renderSarif(diagnostics, { version: version(), root: process.cwd(), rule: sarifRule })}\n`);
      return;
    case 'github':
      process.stdout.write(lines(renderGithub(diagnostics)));
      return;
    default: {
      const color = process.stderr.isTTY === true && !process.env.NO_COLOR;
      const findings = renderPretty(diagnostics, { color, source: (file) => texts.get(file) ?? sourceOf(file) });
      process.stderr.write(`${lines(findings)}${findings ? '\n' : ''}${summaryLine(summarize(diagnostics))} in ${describe(counts)}\n`);
    }
  }
}

function sarifRule(code: string): { summary: string; help: string } | undefined {
  const rule = findRule(code);
  return rule && { summary: rule.title, help: rulePage(rule) };
}

const lines = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

function describe({ files, objects, unknown, others }: Counts): string {
  const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  const passed = unknown > 0 ? `, ${unknown} of them of kinds that are not checked` : '';
  const skipped = others > 0 ? `; ${plural(others, 'document')} passed over, being no Kubernetes objects` : '';
  return `${plural(objects, 'object')} of ${plural(files, 'file')}${passed}${skipped}`;
}

function asRelease(text: string): string {
  if (!isRelease(text)) throw new InvalidArgumentError(`known are ${oldestRelease} to ${newestRelease}.`);
  return text;
}

function asCode(code: string): string {
  if (!catalogue.has(code)) throw new InvalidArgumentError(`there is no rule ${code}.`);
  return code;
}

const collectCode = (code: string, codes: readonly string[]): string[] => [...codes, asCode(code)];

function collectSeverity(text: string, severities: Readonly<Record<string, Severity>>): Record<string, Severity> {
  const [code = '', level = ''] = text.split('=');
  if (!(SEVERITIES as readonly string[]).includes(level)) throw new InvalidArgumentError(`write CODE=LEVEL with a level of ${SEVERITIES.join(', ')}.`);
  return { ...severities, [asCode(code)]: level as Severity };
}

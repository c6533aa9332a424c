import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Report } from '../src/manifest/rule';
import { readYaml } from '../src/manifest/yaml';
import { checkSchema } from '../src/schema';
import { catalogue, type Diagnostic, type Rule, validateYaml } from '../src/validation';
import { checkAsIstiod } from '../src/validation/istiod';
import { rulePage } from '../src/validation/rule-page';

/** The folder of the pages. */
export const folder = resolve(__dirname, '../docs/rules');

/** Where a check of istiod is found: the code that it has here, and the fields that it speaks of. */
export interface RulePlace {
  readonly code: string;
  readonly path: string;
}

type Finding = Pick<Diagnostic, 'code' | 'severity' | 'path'>;

/** Every file of the folder by its path in it: a page for each rule, a list of them, and the table from the checks of istiod to codes. */
export function ruleFiles(): ReadonlyMap<string, string> {
  const rules = [...catalogue.values()];
  return new Map([
    ...rules.map((rule) => [`${rule.code}.md`, rulePage(rule)] as const),
    ['README.md', list(rules)],
    ['index.json', `${JSON.stringify(istiodIndex(rules), undefined, 2)}\n`],
  ]);
}

const introduction = `# Rules

Every finding has a code. \`cdk8s-istio rule CODE\` shows the page of a code on the command line.
An error is what a cluster refuses; a warning is what it accepts. [index.json](index.json) leads from the checks of istiod's source to codes.
`;

function list(rules: readonly Rule[]): string {
  const lines = rules.map(({ code, severity, title }) => `| [${code}](${code}.md) | ${severity} | ${title.replaceAll('|', '\\\\|')} |`);
  return [introduction, '| code | severity | what is wrong |', '| --- | --- | --- |', ...lines, ''].join('\n');
}

/** The numbered checks of a group. */
const group = (letters: string, last: number, first = 1): string[] => Array.from({ length: last - first + 1 }, (_, index) => `${letters}${first + index}`);

/** Checks of istiod that stand for the checks of a part of the object, and add none of their own or few. */
const includedChecks: { readonly [check: string]: readonly string[] } = {
  AP1: [...group('T', 4), 'S1', 'S2', 'M2'],
  DR5: ['TP1', 'TP2', 'TP4', 'TP5', 'TP6'],
  DR6: ['X1', 'X2', 'X3', 'X5', 'S1', 'S2'],
  EF1: ['S3', 'S4'],
  H16: group('GN', 5),
  H30: group('D', 3),
  L6: ['GN1', ...group('GN', 5, 2)],
  L7: group('D', 3),
  PA4: ['S1', 'S2'],
  RA1: [...group('T', 4), 'S1', 'S2'],
  SC1: ['S3', 'S4'],
  SC9: group('TLS', 12).filter((check) => check !== 'TLS7'),
  SC10: group('CP', 6),
  SC22: group('D', 3),
  SE1: ['S3', 'S4'],
  SE13: group('WE', 7),
  SE16: ['WE5', 'WE6'],
  SE21: group('X', 4),
  TE1: [...group('T', 4), 'S1', 'S2'],
  TP3: [...group('OD', 4), ...group('CP', 6), ...group('LB', 13), ...group('CT', 5)],
  TX3: group('WP', 6, 2),
  VS2: group('GN', 5),
  VS8: group('X', 3),
  WP1: [...group('T', 4), 'S1', 'S2'],
};

/** Checks in name only: what they describe leads to no finding of istiod's. */
export const withoutFinding: readonly string[] = ['H26', 'L8', 'TLS7', 'EF2'];

/** By the name of each check of istiod: under which codes it is found. The paths are those of the examples. */
function istiodIndex(rules: readonly Rule[]): { readonly [check: string]: readonly RulePlace[] } {
  const index = new Map<string, RulePlace[]>();
  for (const rule of rules) {
    for (const check of rule.istiod ?? []) {
      index.set(check, [...(index.get(check) ?? []), { code: rule.code, path: examplePath(rule) }]);
    }
  }
  for (const [check, included] of Object.entries(includedChecks)) {
    const places = [check, ...included].flatMap((name) => index.get(name) ?? []);
    index.set(
      check,
      places.filter(({ code }, position) => places.findIndex((place) => place.code === code) === position),
    );
  }
  const order = new Intl.Collator('en', { numeric: true });
  return Object.fromEntries([...index].sort(([one], [other]) => order.compare(one, other)));
}

/** The field that the wrong example of a rule is about, without the positions in lists. */
export function examplePath(rule: Rule): string {
  const path = findingsOfExample(rule.bad).find(({ code }) => code === rule.code)?.path ?? '';
  return path.replace(/\[\d+\]/g, '[]');
}

/** Findings of an example, including those that `validate` leaves out because another one says the same. */
export function findingsOfExample(yaml: string): Finding[] {
  const targetRelease = /^# --target (\S+)$/m.exec(yaml)?.[1];
  const findings: Finding[] = validateYaml(yaml, targetRelease === undefined ? {} : { targetRelease });
  const report: Report = ({ code, severity }, path) => findings.push({ code, severity, path });
  for (const { object } of readYaml(yaml).manifests) {
    const checked = checkSchema(object, report, targetRelease);
    if (checked !== undefined) {
      checkAsIstiod(checked, report);
    }
  }
  return findings;
}

if (require.main === module) {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of ruleFiles()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

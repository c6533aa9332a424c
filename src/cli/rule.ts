import type { Command } from 'commander';
import { suggest } from '../manifest/suggest';
import { catalogue } from '../validation';
import { rulePage } from '../validation/rule-page';
import { Failure } from './failure';

/** `cdk8s-istio rule CODE`: what a finding means. Without a code, the list of all. */
export function addRule(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('rule')
    .description('explain a rule: what is wrong, what it does to traffic, how to write it instead')
    .argument('[code]', 'the code of a finding, or a code of istioctl or Kiali for the same; without one, all codes are listed')
    .action((code?: string) => {
      process.stdout.write(code === undefined ? listOfRules() : pagesOf(code));
      finish(0);
    });
}

function listOfRules(): string {
  const all = [...catalogue.values()];
  const width = Math.max(...all.map((rule) => rule.code.length));
  return all.map((rule) => `${rule.code.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.title}\n`).join('');
}

function pagesOf(code: string): string {
  const found = [...catalogue.values()].filter((rule) => rule.code === code || rule.aliases?.includes(code));
  if (found.length === 0) {
    const near = suggest(code, catalogue.keys());
    throw new Failure(`there is no rule ${code}${near ? `; did you mean ${near}?` : ''} (cdk8s-istio rule lists all)`);
  }
  return found.map(rulePage).join('\n');
}

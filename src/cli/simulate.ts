import { type Command, Option } from 'commander';
import { runFiles } from './cases';

/** `cdk8s-istio simulate FILE...`: what the calls of traffic tests meet, as data. */
export function addSimulate(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('simulate')
    .description('print what the calls of traffic tests would meet, whatever is expected of them')
    .argument('<files...>', 'traffic tests: YAML or JSON files, folders, or - for the standard input')
    .addOption(new Option('--format <format>', 'how to print the results').choices(['json']).default('json'))
    .action((files: string[]) => finish(simulate(files)));
}

function simulate(files: readonly string[]): number {
  const results = [...runFiles(files)].map(({ run: { test, rejected, warnings, notes, failed, calls } }) => ({
    name: test.name,
    rejected,
    warnings,
    notes,
    ...(failed === undefined ? {} : { failed }),
    calls: calls.map(({ report }) => report),
  }));
  process.stdout.write(`${JSON.stringify(results, null, 1)}\n`);
  return 0;
}

#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { addCheck } from './check';
import { addExplain } from './explain';
import { Failure } from './failure';
import { addInit } from './init';
import { addRule } from './rule';
import { addSimulate } from './simulate';
import { addTest } from './test';
import { version } from './version';

/** Runs the command line. The result is the exit code: 0 no error found, 1 errors found, 2 wrong usage or unreadable input. */
export function run(args: readonly string[]): number {
  let exitCode = 0;
  const program = new Command('cdk8s-istio')
    .description('Checks Istio configuration as kube-apiserver and istiod would, and tells what a request would meet.')
    .version(version(), '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .showHelpAfterError('(cdk8s-istio --help says more)')
    .exitOverride();
  const finish = (code: number): void => {
    exitCode = code;
  };
  addCheck(program, finish);
  addRule(program, finish);
  addExplain(program, finish);
  addTest(program, finish);
  addSimulate(program, finish);
  addInit(program, finish);
  try {
    program.parse([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`cdk8s-istio: ${error.message}\n`);
    return 2;
  }
}

// A reader that stops early, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

if (require.main === module) process.exitCode = run(process.argv.slice(2));

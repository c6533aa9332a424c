import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const repository = resolve(__dirname, '../..');
const repositoryModules = join(repository, 'node_modules');

/** The oldest supported compiler, the one of the cdk8s template, and the native one: the names under which they are installed here. */
export const compilers = ['typescript-5.4', 'typescript-5.9', 'typescript'] as const;
export type Compiler = (typeof compilers)[number];

/** One error of a compiler. */
export interface CompilerError {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** The whole text, lines of detail included. */
  readonly text: string;
}

const headOfError = /^(.+?)\((\d+),\d+\): error (TS\d+: .*)$/;

/**
 * A project as `cdk8s init typescript-app` lays it out, with the template's own compiler options; its programs lie in `programs`.
 * `withPackage()` gives it this package as its users get it.
 */
export class TypeProject {
  readonly directory = mkdtempSync(join(realpathSync(tmpdir()), 'cdk8s-istio-types-'));
  private readonly modules = join(this.directory, 'node_modules');

  constructor() {
    mkdirSync(this.modules);
    const template = JSON.parse(readFileSync(join(repositoryModules, 'cdk8s-cli/templates/typescript-app/tsconfig.json'), 'utf8'));
    writeFileSync(join(this.directory, 'tsconfig.json'), JSON.stringify({ ...template, include: ['programs/*.ts'] }));
  }

  /** Adds the declarations of this package, written from the sources as these are now, so that no build has to come before; and what they need. */
  withPackage(): this {
    for (const name of ['cdk8s', 'constructs', 'cdk8s-plus-27']) symlinkSync(realpathSync(join(repositoryModules, name)), join(this.modules, name), 'junction');
    const own = join(this.modules, 'cdk8s-istio');
    mkdirSync(own);
    writeFileSync(join(own, 'package.json'), readFileSync(join(repository, 'package.json')));
    const options = ['--emitDeclarationOnly', '--declaration', '--noCheck', '--outDir', join(own, 'lib')];
    const { status, output } = run(join(repositoryModules, 'typescript/bin/tsc'), ['--project', join(repository, 'tsconfig.json'), ...options], repository);
    if (status !== 0) throw new Error(`the declarations cannot be written:\n${output}`);
    return this;
  }

  write(path: string, text: string): void {
    mkdirSync(join(this.directory, path, '..'), { recursive: true });
    writeFileSync(join(this.directory, path), text);
  }

  /** Compiles all programs at once. Throws where the compiler says something that has no place. */
  compile(compiler: Compiler): CompilerError[] {
    const { output } = run(join(repositoryModules, compiler, 'bin/tsc'), ['--project', '.', '--noEmit', '--pretty', 'false'], this.directory);
    const errors: { file: string; line: number; text: string }[] = [];
    for (const line of output.split('\n')) {
      const head = headOfError.exec(line);
      const last = errors[errors.length - 1];
      if (head) errors.push({ file: head[1] as string, line: Number(head[2]), text: head[3] as string });
      else if (/^\s/.test(line) && last) last.text += `\n${line}`;
      else if (line.trim() !== '') throw new Error(`${compiler} says what has no place:\n${output.slice(0, 2000)}`);
    }
    return errors;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}

function run(script: string, args: readonly string[], cwd: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  return { status, output: stdout + stderr };
}

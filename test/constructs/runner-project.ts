import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

const repository = resolve(__dirname, '../..');
const modules = join(repository, 'node_modules');

/** A folder of small programs outside of this repository that have this package, as it is compiled, in their node_modules. */
export class RunnerProject {
  readonly directory = mkdtempSync(join(realpathSync(tmpdir()), 'cdk8s-istio-runners-'));

  /** @param packages what the programs need beside cdk8s and constructs: the name that it has there, to the name that it has in this repository */
  constructor(packages: Readonly<Record<string, string>>) {
    const own = join(this.directory, 'node_modules/cdk8s-istio');
    mkdirSync(own, { recursive: true });
    // Whether the types are right is no question of these tests; the compiler writes its output in any case.
    spawnSync(process.execPath, [join(modules, 'typescript/bin/tsc'), '--project', join(repository, 'tsconfig.json'), '--outDir', join(own, 'lib')]);
    writeFileSync(join(own, 'package.json'), readFileSync(join(repository, 'package.json')));
    for (const [name, source] of Object.entries({ cdk8s: 'cdk8s', constructs: 'constructs', ...packages })) this.link(name, source);
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    writeFileSync(join(this.directory, path), content);
  }

  /** Runs a Node program of the project and returns the JSON that it writes to out.json. */
  run(...args: string[]): unknown {
    const out = join(this.directory, 'out.json');
    rmSync(out, { force: true });
    // What a copied package needs in its turn is found where this repository has it.
    const env = {
      ...process.env,
      NODE_PATH: [join(modules, 'jest-29/node_modules'), modules].join(delimiter),
      NODE_OPTIONS: '',
      CI: 'true',
      JEST_WORKER_ID: undefined,
    };
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: this.directory, env, encoding: 'utf8' });
    if (!existsSync(out)) throw new Error(`node ${args.join(' ')} wrote nothing:\n${stdout}${stderr}`);
    return JSON.parse(readFileSync(out, 'utf8'));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private link(name: string, source: string): void {
    const path = join(this.directory, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    const { peerDependencies = {} } = JSON.parse(readFileSync(join(modules, source, 'package.json'), 'utf8'));
    // A package that asks for the project's compiler has to ask from inside the project.
    if ('typescript' in peerDependencies) cpSync(join(modules, source), path, { recursive: true });
    else symlinkSync(realpathSync(join(modules, source)), path, 'junction');
  }
}

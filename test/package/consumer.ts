import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageJson, repository, tarball } from './repository';

const repositoryModules = join(repository, 'node_modules');

export interface ConsumerOptions {
  /** The project's own files: path to content. */
  readonly files: Readonly<Record<string, string>>;
  /** What the project installs beside cdk8s-istio, cdk8s and constructs: the name it has there to the name it has in this repository, which may be an alias. */
  readonly packages?: Readonly<Record<string, string>>;
}

/** What a program said, and whether it ended well. */
export interface Run {
  readonly ok: boolean;
  readonly output: string;
}

/**
 * A project of a user, outside of this repository so that it finds only what it has installed. The packed tarball is unpacked into it;
 * everything else is taken from this repository's node_modules, so that no network is needed.
 */
export class Consumer {
  readonly directory = mkdtempSync(join(realpathSync(tmpdir()), 'cdk8s-istio-consumer-'));
  private readonly modules = join(this.directory, 'node_modules');

  constructor({ files, packages = {} }: ConsumerOptions) {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    this.unpack();
    for (const [name, source] of Object.entries({ cdk8s: 'cdk8s', constructs: 'constructs', ...packages })) this.install(name, source);
  }

  /** Runs a Node program of the project. */
  run(script: string, ...args: string[]): Run {
    const env = { ...process.env, CDK8S_CHECK_UPGRADE: 'false', NODE_PATH: '', NODE_OPTIONS: '', NO_COLOR: '1' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: this.directory,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { ok: status === 0, output: stdout + stderr };
  }

  read(path: string): string {
    return readFileSync(join(this.directory, path), 'utf8');
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private write(path: string, content: string): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    writeFileSync(join(this.directory, path), content);
  }

  private unpack(): void {
    const own = join(this.modules, 'cdk8s-istio');
    mkdirSync(own, { recursive: true });
    execFileSync('tar', ['-xzf', tarball(), '-C', own, '--strip-components', '1']);
    for (const name of Object.keys(packageJson.dependencies)) this.link(name, join(repositoryModules, name));
  }

  private install(name: string, source: string): void {
    const folder = join(repositoryModules, source);
    const { dependencies = {}, peerDependencies = {}, bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    // A package that asks for the project's compiler has to ask from inside the project, so it is copied.
    if ('typescript' in peerDependencies) this.copy(name, folder, Object.keys(dependencies));
    else this.link(name, folder);
    this.hoist(folder);
    if (typeof bin === 'object') for (const [command, script] of Object.entries<string>(bin)) this.linkCommand(command, join(this.modules, name, script));
  }

  private copy(name: string, folder: string, dependencies: readonly string[]): void {
    cpSync(folder, join(this.modules, name), { recursive: true });
    for (const dependency of dependencies)
      if (!existsSync(join(folder, 'node_modules', dependency))) this.link(dependency, join(repositoryModules, dependency));
  }

  /** What lies inside a package here, because another version of it took the place at the top, would lie at the top there. */
  private hoist(folder: string): void {
    const nested = join(folder, 'node_modules');
    if (!existsSync(nested)) return;
    for (const entry of readdirSync(nested)) {
      if (entry.startsWith('@')) for (const scoped of readdirSync(join(nested, entry))) this.link(join(entry, scoped), join(nested, entry, scoped));
      else if (!entry.startsWith('.')) this.link(entry, join(nested, entry));
    }
  }

  private link(name: string, target: string): void {
    const path = join(this.modules, name);
    if (existsSync(path)) return;
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(realpathSync(target), path, 'junction');
  }

  private linkCommand(command: string, script: string): void {
    const path = join(this.modules, '.bin', command);
    if (existsSync(path) || !existsSync(script)) return;
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(script, path);
    chmodSync(script, 0o755);
  }
}

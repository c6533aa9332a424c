import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import type { Manifest } from '../../manifest/manifest';
import { readYaml } from '../../manifest/yaml';
import { type CaseProblem, manifestPatterns, type WrittenCase } from './read-cases';

const manifestFile = /\.(?:ya?ml|json)$/i;
/** Folders that hold no manifests of the user's. */
const skipped: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** A file that holds manifests, and whether it was named itself or met on a walk, where other files may lie as well. */
interface ManifestFile {
  readonly path: string;
  readonly walked: boolean;
}

/** Reads the files that tests name; each file is read once, however many tests name it. */
export class ManifestFiles {
  private readonly known = new Map<string, ReturnType<typeof readYaml>>();

  /** The manifests of the files that a test names, relative to the file of the test. What cannot be read is added to the problems. */
  manifestsOf(written: WrittenCase, problems: CaseProblem[]): readonly Manifest[] {
    const folder = dirname(resolve(written.file));
    return manifestPatterns(written.test).flatMap(({ pattern, path }) => {
      const files = filesOf(pattern, folder);
      if (files.length === 0) problems.push({ location: written.locate(path), message: `${pattern}: there is no such file`, severity: 'error' });
      return files.flatMap((file) => this.read(file, problems));
    });
  }

  private read({ path, walked }: ManifestFile, problems: CaseProblem[]): readonly Manifest[] {
    let reading = this.known.get(path);
    if (reading === undefined) {
      reading = readYaml(readFileSync(path, 'utf8'), path);
      this.known.set(path, reading);
    }
    if (walked) return reading.manifests.filter(({ object }) => 'apiVersion' in object && 'kind' in object);
    for (const { location, message, severity } of reading.diagnostics) {
      if (severity === 'error') problems.push({ location: location ?? { file: path, line: 1 }, message, severity });
    }
    return reading.manifests;
  }
}

/**
 * The files that a path means: itself, all YAML and JSON files below it, or those that fit its wildcards: `*` and `?` within a name, `**` for folders in between.
 * In alphabetical order.
 */
export function filesOf(pattern: string, folder: string): readonly ManifestFile[] {
  if (!/[*?]/.test(pattern)) {
    const path = resolve(folder, pattern);
    switch (kindOf(path)) {
      case 'file':
        return [{ path, walked: false }];
      case 'folder':
        return walk(path).map((file) => ({ path: file, walked: true }));
      default:
        return [];
    }
  }
  const steps = pattern.split('/');
  const wild = steps.findIndex((step) => /[*?]/.test(step));
  const start = resolve(folder, steps.slice(0, wild).join('/') || (pattern.startsWith('/') ? '/' : '.'));
  const tests = steps.slice(wild).map((step) => (step === '**' ? step : wildcard(step)));
  return [...new Set(expand(start, tests))].flatMap((path) =>
    kindOf(path) === 'folder' ? walk(path).map((file) => ({ path: file, walked: true })) : [{ path, walked: true }],
  );
}

function wildcard(step: string): RegExp {
  const translated = step
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  // As in a shell, hidden files have to be named.
  return new RegExp(`^${step.startsWith('.') ? '' : '(?!\\.)'}${translated}$`, 's');
}

function expand(path: string, [test, ...others]: readonly (RegExp | '**')[]): readonly string[] {
  if (test === undefined) return manifestFile.test(path) || kindOf(path) === 'folder' ? [path] : [];
  if (kindOf(path) !== 'folder') return [];
  if (test !== '**') return namesIn(path).flatMap((name) => (test.test(name) ? expand(join(path, name), others) : []));
  const deeper = namesIn(path).filter((name) => !skipped.has(name) && !name.startsWith('.'));
  return [...expand(path, others), ...deeper.flatMap((name) => expand(join(path, name), [test, ...others]))];
}

function walk(folder: string): readonly string[] {
  return namesIn(folder).flatMap((name) => {
    const path = `${folder}${folder.endsWith(sep) ? '' : sep}${name}`;
    if (kindOf(path) === 'folder') return skipped.has(name) ? [] : walk(path);
    return manifestFile.test(name) ? [path] : [];
  });
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder).sort();
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() ? 'folder' : found?.isFile() ? 'file' : undefined;
}

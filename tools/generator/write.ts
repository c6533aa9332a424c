import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { GeneratorError } from './errors';
import { factFileNames, type OutputFile } from './facts';
import { isGenerated } from './print';

export interface OutputFolder {
  readonly folder: string;
  readonly files: readonly OutputFile[];
}

/**
 * Writes all folders or none: everything is written beside its place first and moved there at the end. Generated files that are not written any more are removed,
 * and files of others are neither overwritten nor removed.
 */
export function writeFolders(outputs: readonly OutputFolder[]): void {
  const staged: { from: string; to: string }[] = [];
  /** Removed at the end, whatever happens. */
  const scratch: string[] = [];
  /** Folders that this run made: removed again when it fails. */
  const made: string[] = [];
  try {
    for (const { folder, files } of outputs) {
      const target = resolve(folder);
      for (const { name } of files) refuseForeign(join(target, name));
      accessSync(nearestExisting(target), constants.W_OK);
      const first = mkdirSync(target, { recursive: true });
      if (first !== undefined) made.push(first);
      const stage = mkdtempSync(join(target, '.generate-'));
      scratch.push(stage);
      for (const { name, text } of files) {
        writeFileSync(join(stage, name), text);
        staged.push({ from: join(stage, name), to: join(target, name) });
      }
    }
    const written = new Set(staged.map(({ to }) => to));
    const superseded = [...new Set(outputs.map(({ folder }) => resolve(folder)))].flatMap((folder) => leftovers(folder, written));
    for (const { from, to } of staged) renameSync(from, to);
    for (const file of superseded) rmSync(file);
  } catch (error) {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
    if (error instanceof GeneratorError) throw error;
    const { code, path } = error as NodeJS.ErrnoException;
    throw new GeneratorError(`cannot write to ${path ?? outputs.map((output) => output.folder).join(', ')} (${code ?? String(error)}); nothing was changed`);
  } finally {
    for (const folder of scratch) rmSync(folder, { recursive: true, force: true });
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

function refuseForeign(path: string): void {
  if (!existsSync(path)) return;
  if (statSync(path).isDirectory()) throw new GeneratorError(`cannot write ${path}: a folder is in the way; nothing was changed`);
  if (path.endsWith('.ts') && !isGenerated(readFileSync(path, 'utf8'))) {
    throw new GeneratorError(`cannot write ${path}: a file that is not generated is in the way; give another folder with --out; nothing was changed`);
  }
}

/** Generated files of an earlier run that this one does not write. */
function leftovers(folder: string, written: ReadonlySet<string>): string[] {
  const facts = new Set(factFileNames(folder));
  return readdirSync(folder)
    .map((name) => ({ name, path: join(folder, name) }))
    .filter(({ name, path }) => !written.has(path) && (facts.has(name) || (name.endsWith('.ts') && isGenerated(readFileSync(path, 'utf8')))))
    .map(({ path }) => path);
}

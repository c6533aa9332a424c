import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { GeneratorError } from './errors';
import type { OutputFile } from './facts';

export interface OutputFolder {
  readonly folder: string;
  readonly files: readonly OutputFile[];
}

/** Writes all folders or none: everything is written beside its place first and moved there at the end. Files that are not written any more are removed. */
export function writeFolders(outputs: readonly OutputFolder[]): void {
  const staged: { from: string; to: string }[] = [];
  const scratch: string[] = [];
  try {
    for (const { folder, files } of outputs) {
      const target = resolve(folder);
      const parent = nearestExisting(target);
      accessSync(parent, constants.W_OK);
      mkdirSync(target, { recursive: true });
      const stage = mkdtempSync(join(target, '.generate-'));
      scratch.push(stage);
      for (const { name, text } of files) {
        writeFileSync(join(stage, name), text);
        staged.push({ from: join(stage, name), to: join(target, name) });
      }
    }
    for (const { from, to } of staged) renameSync(from, to);
    for (const { folder, files } of outputs) removeOthers(folder, new Set(files.map((file) => file.name)));
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    throw new GeneratorError(`cannot write to ${path ?? outputs.map((output) => output.folder).join(', ')} (${code ?? String(error)}); nothing was changed`);
  } finally {
    for (const folder of scratch) rmSync(folder, { recursive: true, force: true });
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

/** Only files with the generator's own endings are removed. */
function removeOthers(folder: string, names: ReadonlySet<string>): void {
  const ending = names.has('schema.ts') ? '.ts' : '.json';
  for (const name of readdirSync(folder)) if (name.endsWith(ending) && !names.has(name)) rmSync(join(folder, name));
}

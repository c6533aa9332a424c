import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure';

/** One text to check: a file or the standard input. */
export interface InputFile {
  readonly name: string;
  readonly text: string;
  /** Whether it was met on a walk through a folder, where other files than manifests may lie, such as patches of kustomize. */
  readonly walked: boolean;
}

/** How findings name the standard input. */
export const STANDARD_INPUT = '<stdin>';
const MANIFEST = /\.(ya?ml|json)$/i;
/** Folders that hold no manifests of the user's. */
const SKIPPED = new Set(['node_modules', '.git']);

/** Reads files, folders (all YAML and JSON files below them) and `-`, the standard input. Throws a Failure for what cannot be read. */
export function* readInputs(paths: readonly string[]): Generator<InputFile> {
  for (const path of paths) {
    if (path === '-') yield { name: STANDARD_INPUT, text: decode(readAll(0, STANDARD_INPUT), STANDARD_INPUT), walked: false };
    else for (const file of filesAt(path)) yield { name: file, text: decode(readAll(file, file), file), walked: file !== path };
  }
}

function filesAt(path: string): string[] {
  if (!attempt(path, () => statSync(path)).isDirectory()) return [path];
  const files = walk(path);
  if (files.length === 0) throw new Failure(`${path}: holds no YAML or JSON file`);
  return files;
}

function walk(folder: string): string[] {
  const entries = attempt(folder, () => readdirSync(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(path);
    // A linked folder may lead back here, so links are followed to files only.
    const isFile = entry.isFile() || (entry.isSymbolicLink() && attempt(path, () => statSync(path)).isFile());
    return isFile && MANIFEST.test(entry.name) ? [path] : [];
  });
}

/** `source` is a file's name, or 0 for the standard input. */
function readAll(source: string | 0, name: string): Buffer {
  return attempt(name, () => readFileSync(source));
}

/** Bytes that are no UTF-8 are kept as they come out: the YAML reader says what is wrong with them, and where. */
function decode(bytes: Buffer, name: string): string {
  if (bytes.length > 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))) {
    throw new Failure(`${name}: is UTF-16; kubectl reads UTF-8, so save it as that`);
  }
  return bytes.toString('utf8');
}

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'may not be read',
  EISDIR: 'is a folder',
  ENOTDIR: 'a part of the path is no folder',
  ELOOP: 'is a link that leads back to itself',
};

function attempt<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new Failure(`${name}: ${REASONS[code] ?? message}`);
  }
}

/** The text of a file for the lines around a finding; nothing when it cannot be read. */
export function sourceOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

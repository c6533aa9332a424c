import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Manifest } from '../manifest/manifest';
import { readYaml } from '../manifest/yaml';
import { filesOf } from './case/manifest-files';

/**
 * Reads YAML or JSON text as kubectl reads it.
 * @throws SyntaxError for text that cannot be read
 */
export function readManifests(text: string, file: string): readonly Manifest[] {
  const { manifests, diagnostics } = readYaml(text, file);
  const problem = diagnostics.find(({ severity }) => severity === 'error');
  if (problem !== undefined) throw new SyntaxError(`${problem.location?.file ?? file}:${problem.location?.line ?? 1}: ${problem.message}`);
  return manifests;
}

/**
 * Reads a file, or all YAML and JSON files below a folder, in which others than manifests may lie.
 * @throws SyntaxError for a file that cannot be read as YAML
 * @throws TypeError where there is nothing to read
 */
export function readManifestFiles(path: string): readonly Manifest[] {
  const files = filesOf(path, '.');
  if (files.length === 0) throw new TypeError(`${path}: there is no such file, or no YAML or JSON file in it`);
  return files.flatMap(({ path: file, walked }) => {
    if (!walked) return readManifests(readFileSync(file, 'utf8'), path);
    // Named as the folder was, not from the root of the disk.
    const start = resolve(path);
    const name = file.startsWith(start) ? `${path.replace(/\/$/, '')}${file.slice(start.length)}` : file;
    return readYaml(readFileSync(file, 'utf8'), name).manifests.filter(({ object }) => 'apiVersion' in object && 'kind' in object);
  });
}

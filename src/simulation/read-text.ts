import type { Manifest } from '../manifest/manifest';
import { readYaml } from '../manifest/yaml';

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

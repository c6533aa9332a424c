import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../tools/generator/main';

export const repository = join(__dirname, '../..');

/** A new folder of the test's own. */
export const scratch = (): string => mkdtempSync(join(tmpdir(), 'cdk8s-istio-generator-'));

interface DefinitionOptions {
  readonly group?: string;
  readonly kind?: string;
  readonly versions?: readonly object[];
}

/** A version of a definition whose spec has the given schema. */
export const version = (spec: object, name = 'v1'): object => ({
  name,
  served: true,
  storage: name === 'v1',
  schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
});

/** The text of a definition, as JSON, which is YAML too. */
export function definition({ group = 'example.com', kind = 'Teapot', versions = [version({ type: 'object' })] }: DefinitionOptions = {}): string {
  const plural = `${kind.toLowerCase()}s`;
  return JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: { group, names: { kind, plural }, scope: 'Namespaced', versions },
  });
}

/** Writes a file into a folder and gives its path. */
export function file(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Runs the generator: its exit code, and what it says. */
export function generate(...args: string[]): { code: number; said: string } {
  const write = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    const code = run(args);
    return { code, said: write.mock.calls.map(([text]) => String(text)).join('') };
  } finally {
    write.mockRestore();
  }
}

/** Every file below a folder, by its path in it. */
export function contents(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => !statSync(join(folder, path)).isDirectory());
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { GeneratorError } from './errors';

/** One CustomResourceDefinition of one release, with a schema for each version. */
export interface Definition {
  readonly file: string;
  readonly release: string;
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** Whether `status` is a subresource, which the API server takes out of every write of the object. */
  readonly statusSubresource: boolean;
  readonly versions: readonly DefinitionVersion[];
}

export interface DefinitionVersion {
  readonly name: string;
  readonly stored: boolean;
  readonly deprecated: boolean;
  readonly schema: RawSchema;
}

export type RawSchema = { readonly [keyword: string]: unknown };

/** The minor release that a file name states: `istio-1.31.1.yaml` is 1.31; empty where it states none. */
const releaseOf = (file: string): string => /-(\d+\.\d+)(?:\.\d+)?/.exec(basename(file))?.[1] ?? '';

const isObject = (value: unknown): value is RawSchema => typeof value === 'object' && value !== null && !Array.isArray(value);
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Reads the definitions of all files. Kinds may come several times only in different releases. */
export function loadDefinitions(files: readonly string[]): Definition[] {
  const definitions: Definition[] = [];
  const seen = new Map<string, string>();
  for (const file of files) {
    for (const definition of readFile(file)) {
      const key = `${definition.release} ${definition.group}/${definition.kind}`;
      const other = seen.get(key);
      if (other !== undefined) {
        throw new GeneratorError(`${file}: ${definition.group}/${definition.kind} is already defined by ${other}; give each kind once a release`);
      }
      seen.set(key, file);
      definitions.push(definition);
    }
  }
  if (definitions.length === 0) throw new GeneratorError(`no CustomResourceDefinition in ${files.join(', ') || 'no file at all'}`);
  return definitions;
}

function readFile(file: string): Definition[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new GeneratorError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
  const documents = parseAllDocuments(text, { version: '1.1' });
  const found: Definition[] = [];
  let objects = 0;
  for (const document of documents) {
    const [error] = document.errors;
    if (error) throw new GeneratorError(`${file}: is no YAML: ${error.message.split('\n')[0]}`);
    const value: unknown = document.toJS();
    if (value === null || value === undefined) continue;
    objects += 1;
    if (isObject(value) && value.kind === 'CustomResourceDefinition') found.push(readDefinition(file, value));
  }
  if (found.length === 0) throw new GeneratorError(`${file}: holds ${objects} object(s), none of them a CustomResourceDefinition`);
  return found;
}

function readDefinition(file: string, definition: RawSchema): Definition {
  const spec = isObject(definition.spec) ? definition.spec : {};
  const names = isObject(spec.names) ? spec.names : {};
  const { group } = spec;
  const { kind, plural } = names;
  if (typeof group !== 'string' || typeof kind !== 'string' || typeof plural !== 'string' || !Array.isArray(spec.versions)) {
    throw new GeneratorError(`${file}: a CustomResourceDefinition lacks spec.group, spec.names.kind, spec.names.plural or spec.versions`);
  }
  // Before apiextensions v1 one schema and one list of subresources served all versions.
  const common = isObject(spec.validation) ? spec.validation.openAPIV3Schema : undefined;
  const served = spec.versions.filter((version) => isObject(version) && version.served === true) as RawSchema[];
  const versions = served.map((version): DefinitionVersion => {
    const schema = isObject(version.schema) ? version.schema.openAPIV3Schema : common;
    if (!isObject(schema)) throw new GeneratorError(`${file}: ${kind} ${String(version.name)} has no openAPIV3Schema`);
    return { name: String(version.name), stored: version.storage === true, deprecated: version.deprecated === true, schema };
  });
  if (versions.length === 0) throw new GeneratorError(`${file}: ${kind} has no served version`);
  const hasStatus = (holder: unknown): boolean => isObject(holder) && isObject(holder.subresources) && 'status' in holder.subresources;
  return {
    file,
    release: releaseOf(file),
    group,
    kind,
    plural,
    scope: spec.scope === 'Cluster' ? 'Cluster' : 'Namespaced',
    shortNames: strings(names.shortNames),
    categories: strings(names.categories),
    statusSubresource: hasStatus(spec) || served.some(hasStatus),
    versions,
  };
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GeneratorError } from './errors';
import type { Facts, GroupFacts } from './model';
import { printJson } from './print';

/** A file to be written: its name inside its folder, and its text. */
export interface OutputFile {
  readonly name: string;
  readonly text: string;
}

const INDEX = 'index.json';
const SHARED = 'shared.json';

/** The facts as files: one for each group, one for the types that groups share, and an index. */
export function factFiles(facts: Facts): OutputFile[] {
  const file = (name: string, value: unknown): OutputFile => ({ name, text: `${printJson(value)}\n` });
  return [
    file(INDEX, { releases: facts.releases, groups: Object.keys(facts.groups) }),
    ...(Object.keys(facts.shared).length > 0 ? [file(SHARED, { types: facts.shared })] : []),
    ...Object.entries(facts.groups).map(([group, content]) => file(`${group}.json`, content)),
  ];
}

/** The files of the facts in a folder, as its index names them; none where there are no facts. */
export function factFileNames(folder: string): string[] {
  const path = join(folder, INDEX);
  if (!existsSync(path)) return [];
  const { groups } = JSON.parse(readFileSync(path, 'utf8')) as { groups?: string[] };
  return groups ? [INDEX, SHARED, ...groups.map((group) => `${group}.json`)].filter((name) => existsSync(join(folder, name))) : [];
}

/** Reads facts back from a folder. */
export function readFacts(folder: string): Facts {
  const read = (name: string): unknown => {
    try {
      return JSON.parse(readFileSync(join(folder, name), 'utf8'));
    } catch (error) {
      throw new GeneratorError(`${join(folder, name)}: cannot be read as facts (${(error as Error).message}); rebuild it with --crds FILE...`);
    }
  };
  const index = read(INDEX) as { releases: string[]; groups: string[] };
  const shared = readdirSync(folder).includes(SHARED) ? (read(SHARED) as { types: Facts['shared'] }).types : {};
  return { releases: index.releases, groups: Object.fromEntries(index.groups.map((group) => [group, read(`${group}.json`) as GroupFacts])), shared };
}

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { emit } from './emit';
import { GeneratorError } from './errors';
import { factFiles, readFacts } from './facts';
import { mergeReleases } from './history';
import { loadDefinitions } from './load';
import { shareTypes } from './types';
import { writeFolders } from './write';

const USAGE = `usage: npm run generate -- [--crds FILE...] [--facts FOLDER] [--out FOLDER]
  without --crds   rebuilds the types in --out (default imports) from the facts in --facts (default crds)
  with --crds      reads CustomResourceDefinitions and rebuilds both; with --out the facts are written only where --facts says
`;
const root = resolve(__dirname, '../..');

/** Runs the generator; the result is the exit code: 0 done, 2 for input that it can't use. */
export function run(args: readonly string[]): number {
  try {
    const { facts: factsFolder, out, crds } = options(args);
    const facts = crds.length > 0 ? shareTypes(mergeReleases(loadDefinitions(crds))) : readFacts(factsFolder ?? resolve(root, 'crds'));
    const outputs = [{ folder: out, files: emit(facts) }];
    if (crds.length > 0 && factsFolder !== undefined) outputs.unshift({ folder: factsFolder, files: factFiles(facts) });
    writeFolders(outputs);
    return 0;
  } catch (error) {
    if (!(error instanceof GeneratorError)) throw error;
    process.stderr.write(`generate: ${error.message}\n`);
    return 2;
  }
}

function options(args: readonly string[]): { crds: string[]; facts: string | undefined; out: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { crds: { type: 'string', multiple: true }, facts: { type: 'string' }, out: { type: 'string' } },
    });
    if (positionals.length > 0 && values.crds === undefined) throw new Error(`unexpected ${positionals.join(' ')}`);
    // Another output folder is a user's own: the facts of this repository stay as they are.
    const facts = values.facts ?? (values.out === undefined ? resolve(root, 'crds') : undefined);
    return { crds: [...(values.crds ?? []), ...positionals], facts, out: values.out ?? resolve(root, 'imports') };
  } catch (error) {
    throw new GeneratorError(`${(error as Error).message}\n${USAGE}`);
  }
}

if (require.main === module) process.exitCode = run(process.argv.slice(2));

import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rollUp } from './roll-up.mjs';
import { isStarted, root, runNode, tool } from './run.mjs';
import { setUp } from './setup.mjs';

/**
 * Compiles src/ and imports/ to lib/, puts the declarations of the root entry into one file, and removes what an earlier build left there. The folder is never empty in between, so that
 * a program which uses it does not fail while it is built.
 *
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function build() {
  const { ok, output } = await runNode([tool('typescript', 'bin', 'tsc'), '--project', 'tsconfig.json', '--listEmittedFiles']);
  const lines = output.split('\n');
  const emitted = new Set(lines.filter((line) => line.startsWith('TSFILE:')).map((line) => resolve(root, line.slice('TSFILE:'.length).trim())));
  if (ok) removeOthers(emitted);
  const rest = lines.filter((line) => !line.startsWith('TSFILE:')).join('\n');
  return ok ? await rollUp() : { ok, output: rest };
}

/** @param {ReadonlySet<string>} emitted */
function removeOthers(emitted) {
  for (const entry of readdirSync(join(root, 'lib'), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !emitted.has(path)) rmSync(path);
  }
}

if (isStarted(import.meta)) {
  setUp();
  const { ok, output } = await build();
  process.stdout.write(output);
  process.exitCode = ok ? 0 : 1;
}

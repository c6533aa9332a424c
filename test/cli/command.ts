import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(__dirname, '../..');
const entry = join(root, 'lib/src/cli/main.js');

/** What the built command answers. */
export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command as a user does. */
export function cdk8sIstio(
  args: readonly string[],
  options: { readonly input?: string | Buffer; readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Answer {
  if (!existsSync(entry)) throw new Error('the command is tested as built: npm run build');
  const { input = '', cwd = root, env = {} } = options;
  return spawnSync(process.execPath, [entry, ...args], { input, cwd, env: { ...process.env, NO_COLOR: '1', ...env }, encoding: 'utf8', maxBuffer: 1 << 28 });
}

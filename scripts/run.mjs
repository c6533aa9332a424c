import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of this repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where a file of an installed package lies: the tools are started from there, because older compilers and jests claim the same names in node_modules/.bin. */
export function tool(/** @type {string[]} */ ...path) {
  return join(root, 'node_modules', ...path);
}

/**
 * Runs a Node program in the root of this repository and keeps what it prints.
 *
 * @param {readonly string[]} args the script and its arguments
 * @param {{ env?: Record<string, string>, cwd?: string }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>} never rejects: a program that cannot start is one that failed
 */
export function runNode(args, { env = {}, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ ok: false, output: String(error) }));
    child.on('close', (status) => resolve({ ok: status === 0, output: Buffer.concat(chunks).toString() }));
  });
}

/** Whether a script was started itself, and not imported by another one. */
export function isStarted(/** @type {ImportMeta} */ meta) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === meta.filename;
}

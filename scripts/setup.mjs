import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/** Makes a fresh clone ready: installs what the lock file names, unless that is installed already. Uses nothing that has to be installed first. */
export function setUp() {
  checkNode();
  if (isInstalled()) return;
  console.log('Installing the dependencies of the lock file (npm ci) ...');
  const npm = process.env.npm_execpath;
  const [command, args] = npm === undefined ? ['npm', ['ci']] : [process.execPath, [npm, 'ci']];
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: npm === undefined && process.platform === 'win32' });
  if (status !== 0) {
    console.error('npm ci failed, so nothing can be built.');
    process.exit(1);
  }
}

function checkNode() {
  const floor = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace('>=', '');
  if (process.versions.node.localeCompare(floor, 'en', { numeric: true }) >= 0) return;
  console.error(`Node ${floor} or newer is needed, this is ${process.versions.node}.`);
  process.exit(1);
}

function isInstalled() {
  // npm writes this file at the end of every install.
  const installed = statSync(join(root, 'node_modules', '.package-lock.json'), { throwIfNoEntry: false });
  return installed !== undefined && installed.mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Compares two folders byte for byte.
 *
 * @param {string} committed
 * @param {string} fresh
 * @returns {string[]} one line for each file that differs; empty when the folders are the same
 */
export function compareFolders(committed, fresh) {
  const before = filesBelow(committed);
  const after = filesBelow(fresh);
  const lines = [];
  for (const file of new Set([...before, ...after].sort())) {
    if (!after.has(file)) lines.push(`${file}: committed, and no longer made`);
    else if (!before.has(file)) lines.push(`${file}: made, and not committed`);
    else if (!readFileSync(join(committed, file)).equals(readFileSync(join(fresh, file)))) lines.push(`${file}: differs`);
  }
  return lines;
}

/** @param {string} folder */
function filesBelow(folder) {
  if (!existsSync(folder)) return new Set();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Set(entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name))));
}

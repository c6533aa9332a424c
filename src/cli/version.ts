import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the installed package: the nearest one above with its package.json. */
export function packageFolder(folder = __dirname): string {
  try {
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string };
    if (name === 'cdk8s-istio') return folder;
  } catch {
    // Not in this folder.
  }
  const parent = dirname(folder);
  if (parent === folder) throw new Error('the package.json of cdk8s-istio is missing');
  return packageFolder(parent);
}

/** The version of the installed package. */
export function version(): string {
  return (JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string }).version;
}

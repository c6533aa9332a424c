import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The root of this repository. */
export const repository = resolve(__dirname, '../..');

interface PackageJson {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly bin?: Readonly<Record<string, string>>;
}

/** Our own package.json. */
export const packageJson = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as PackageJson;

/** The subpaths that users can import, `scenarios` for `cdk8s-istio/scenarios`. */
export const subpaths = Object.entries(packageJson.exports)
  .filter(([subpath, target]) => subpath !== '.' && typeof target === 'object')
  .map(([subpath]) => subpath.slice('./'.length));

/** What users can import: `cdk8s-istio`, `cdk8s-istio/scenarios` and so on. */
export const entryPoints = ['cdk8s-istio', ...subpaths.map((subpath) => `cdk8s-istio/${subpath}`)];

/** The tarball that the run has packed. */
export function tarball(): string {
  const path = process.env.PACKED_TARBALL;
  if (path === undefined) throw new Error('Nothing is packed: run these tests with `jest --config test/package/jest.config.js`.');
  return path;
}

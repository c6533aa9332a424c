// Makes the classes that `cdk8s import` gives for Istio's kinds, compiled to JavaScript, from definitions that are written out of this package's own schema data.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './measure.mjs';

const require = createRequire(import.meta.url);

/** The path of a module that exports one class a kind, newest version. */
export function importedClasses() {
  const folder = join(root, 'bench/.imported');
  const entry = join(folder, 'compiled/index.js');
  if (existsSync(entry)) return entry;
  mkdirSync(folder, { recursive: true });
  const { kinds, types } = require('../lib/imports/index.js');
  const definitions = Object.values(kinds).map((kind) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.plural}.${kind.group}` },
    spec: {
      group: kind.group,
      names: { kind: kind.kind, plural: kind.plural },
      scope: kind.scope,
      versions: kind.versions.map((name, index) => ({ name, served: true, storage: index === 0, schema: { openAPIV3Schema: openApi(kind.schema, types) } })),
    },
  }));
  writeFileSync(join(folder, 'crds.json'), definitions.map((definition) => JSON.stringify(definition)).join('\n---\n'));
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/cdk8s-cli/bin/cdk8s'), '--check-upgrade=false', 'import', '-l', 'typescript', '-o', 'imports', '--no-save', 'crds.json'],
    { cwd: folder, stdio: 'ignore' },
  );
  const groups = [...new Set(Object.values(kinds).map((kind) => kind.group))];
  writeFileSync(
    join(folder, 'imports/index.ts'),
    groups
      .map(
        (group) =>
          `export { ${Object.values(kinds)
            .filter((kind) => kind.group === group)
            .map((kind) => kind.kind)
            .join(', ')} } from './${group}';\n`,
      )
      .join(''),
  );
  const options = ['--ignoreConfig', '--skipLibCheck', '--target', 'es2022', '--module', 'commonjs', '--types', '', '--outDir', 'compiled', 'imports/index.ts'];
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options], { cwd: folder, stdio: 'inherit' });
  return entry;
}

/** A schema of this package as an OpenAPI schema, its references written out. */
function openApi(schema, types) {
  const { ref, properties, items, additionalProperties, type, enum: values, required } = { ...schema, ...(schema.ref ? types[schema.ref] : {}) };
  void ref;
  return {
    ...(type ? { type } : {}),
    ...(values ? { enum: values } : {}),
    ...(required ? { required } : {}),
    ...(properties ? { properties: Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, openApi(child, types)])) } : {}),
    ...(items ? { items: openApi(items, types) } : {}),
    ...(additionalProperties ? { additionalProperties: openApi(additionalProperties, types) } : {}),
    ...(schema.preserveUnknownFields ? { 'x-kubernetes-preserve-unknown-fields': true } : {}),
  };
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { kinds, releaseTable } from '../../imports';
import type { Kind } from '../../imports/schema';
import { checkRelease, isRelease, newestRelease, oldestRelease, servedVersions } from '../../src/schema/releases';

const object = (apiVersion: string, kind: string, spec: object) => ({ apiVersion, kind, metadata: { name: 'it', namespace: 'here' }, spec });
const routes = (spec: object) => object('networking.istio.io/v1beta1', 'VirtualService', spec);
const findings = (target: string, given: ReturnType<typeof object>) => checkRelease(given, target).map(({ path, message }) => `${path}: ${message}`);

test('a release is a known minor release', () => {
  expect([oldestRelease, newestRelease]).toEqual([releaseTable.releases[0], releaseTable.releases[releaseTable.releases.length - 1]]);
  for (const release of releaseTable.releases) expect(isRelease(release)).toBe(true);
  for (const other of ['1.7', '1.14.3', '14', 'latest', '', undefined, 1.14]) expect(isRelease(other)).toBe(false);
});

describe('what a release lacks', () => {
  test('may be the kind', () => {
    expect(findings('1.14', object('extensions.istio.io/v1alpha1', 'TrafficExtension', {}))).toEqual([
      'kind: Istio 1.14 has no kind TrafficExtension: it came with Istio 1.30',
    ]);
    expect(findings('1.30', object('extensions.istio.io/v1alpha1', 'TrafficExtension', {}))).toEqual([]);
  });

  test('may be the version, of which the finding says what is served in its place', () => {
    expect(findings('1.14', object('networking.istio.io/v1', 'Gateway', {}))).toEqual([
      'apiVersion: Istio 1.14 has no networking.istio.io/v1 of Gateway: it came with Istio 1.22; it serves v1beta1, v1alpha3',
    ]);
    expect(findings('1.22', object('networking.istio.io/v1', 'Gateway', {}))).toEqual([]);
    expect(findings(newestRelease, object('networking.istio.io/v2', 'Gateway', {}))).toEqual([
      `apiVersion: Istio ${newestRelease} has no networking.istio.io/v2 of Gateway; it serves v1, v1beta1, v1alpha3`,
    ]);
  });

  test('may be a field, at any depth', () => {
    const spec = { http: [{ route: [] }, { mirrors: [{ destination: { host: 'a' } }], route: [] }] };
    expect(findings('1.14', routes(spec))).toEqual(['spec.http[1].mirrors: Istio 1.14 has no field mirrors of HTTPRoute: it came with Istio 1.19']);
    expect(findings('1.19', routes(spec))).toEqual([]);
  });

  test('may be a field inside the values of a map', () => {
    const withHeaders = routes({ http: [{ match: [{ headers: { a: { exact: 'b' } } }], route: [] }] });
    expect(findings('1.8', withHeaders)).toEqual([]);
  });

  test('may be an enum value', () => {
    const entry = object('networking.istio.io/v1beta1', 'ServiceEntry', { hosts: ['a'], resolution: 'DYNAMIC_DNS' });
    expect(findings('1.20', entry)).toEqual(['spec.resolution: Istio 1.20 has no DYNAMIC_DNS for resolution of ServiceEntrySpec: it came with Istio 1.28']);
    expect(findings('1.20', object('networking.istio.io/v1beta1', 'ServiceEntry', { hosts: ['a'], resolution: 'DNS' }))).toEqual([]);
  });

  test('is no field that is unset, none that nobody knows, and nothing of a foreign kind', () => {
    expect(findings('1.8', routes({ http: [{ mirrors: null, unknown: {} }], other: [] }))).toEqual([]);
    expect(findings('1.8', object('v1', 'Service', {}))).toEqual([]);
    expect(findings('1.8', object('example.com/v1', 'VirtualService', {}))).toEqual([]);
  });

  test('is found as data: code, severity, object', () => {
    expect(checkRelease(routes({ http: [{ mirrors: [] }] }), '1.14')).toEqual([
      {
        code: 'target-release/field',
        severity: 'error',
        object: { apiVersion: 'networking.istio.io/v1beta1', kind: 'VirtualService', name: 'it', namespace: 'here' },
        path: 'spec.http[0].mirrors',
        message: expect.any(String),
      },
    ]);
  });

  test('is never anything of the newest release', () => {
    for (const { group, kind, versions } of Object.values(kinds))
      for (const version of versions) expect(findings(newestRelease, object(`${group}/${version}`, kind, {}))).toEqual([]);
  });
});

const definitions = resolve(__dirname, '../../../shared/crds');
const found = existsSync(definitions);
if (!found) console.warn(`skipped: the versions that releases serve are compared with the definitions in ${definitions}, which is not there`);

(found ? describe : describe.skip)("Istio's own definitions", () => {
  interface Definition {
    readonly kind: string;
    readonly spec: {
      readonly group: string;
      readonly names: { readonly kind: string };
      readonly versions: readonly { readonly name: string; readonly storage: boolean }[];
    };
  }
  const files = (found ? readdirSync(definitions) : []).filter((file) => file.startsWith('istio-'));
  const definitionsOf = (file: string): Definition[] =>
    (loadAll(readFileSync(join(definitions, file), 'utf8')) as (Definition | null)[]).filter(
      (definition) => definition?.kind === 'CustomResourceDefinition',
    ) as Definition[];

  test.each(files)('in %s serve the versions that are said, and without v1 store the oldest of them', (file) => {
    const release = /-(\d+\.\d+)/.exec(file)?.[1] as string;
    const given = new Map(definitionsOf(file).map(({ spec }) => [`${spec.group}/${spec.names.kind}`, spec.versions]));
    for (const [name, kind] of Object.entries(kinds) as [string, Kind][]) {
      const versions = given.get(name) ?? [];
      const served = servedVersions(kind, release);
      expect([...served].sort()).toEqual(versions.map((version) => version.name).sort());
      if (served.length > 0 && !served.includes('v1')) expect(served[served.length - 1]).toBe(versions.find(({ storage }) => storage)?.name);
    }
  });
});

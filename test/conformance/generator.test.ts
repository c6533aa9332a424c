import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { kinds, releaseTable, types } from '../../imports';
import type { Kind, Schema } from '../../imports/schema';
import { contents, generate, repository, scratch } from '../generator/definitions';

const definitions = resolve(repository, '../shared/crds');
const isThere = existsSync(definitions);
if (!isThere) console.log("the generator against Istio's own definitions: skipped, ../shared is not there");
const files = (isThere ? readdirSync(definitions) : []).filter((name) => name.startsWith('istio-')).map((name) => join(definitions, name));

(isThere ? describe : describe.skip)("Istio's own definitions", () => {
  test('give the committed facts and the committed types', () => {
    const folder = scratch();
    const [facts, out] = [join(folder, 'crds'), join(folder, 'imports')];
    expect(generate('--crds', ...files, '--facts', facts, '--out', out)).toEqual({ code: 0, said: '' });
    expect(contents(facts)).toEqual(contents(join(repository, 'crds')));
    expect(contents(out)).toEqual(contents(join(repository, 'imports')));
    rmSync(folder, { recursive: true });
  });

  test('have every kind, field and enum value in exactly the releases that the release table says, at every path', () => {
    const seen = readAll();
    const said = derive();
    const releasesOf = ([first, last]: Span) => releaseTable.releases.slice(first, last + 1);
    const differing = [...seen].flatMap(([path, releases]) => {
      const span = said.get(path);
      const expected = span ? releasesOf(span).join(' ') : 'nowhere';
      return expected === [...releases].join(' ') ? [] : [`${path}: said ${expected}, is ${[...releases].join(' ')}`];
    });
    console.log(`the release table: ${seen.size} paths in ${files.length} releases, ${differing.length} differ`);
    expect(differing).toEqual([]);
    expect([...said.keys()].filter((path) => !seen.has(path))).toEqual([]);
    expect(seen.size).toBeGreaterThan(1000);
  });
});

/** A node of a definition, as far as paths go. */
interface Node {
  readonly properties?: { readonly [field: string]: Node };
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly enum?: readonly string[];
}

interface Definition {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly validation?: { readonly openAPIV3Schema?: Node };
    readonly versions: readonly { readonly schema?: { readonly openAPIV3Schema?: Node } }[];
  };
}

/** For every path below `spec`, and every value of an enum there, the releases whose file has it. */
function readAll(): Map<string, Set<string>> {
  const seen = new Map<string, Set<string>>();
  for (const release of releaseTable.releases) {
    const note = (path: string) => seen.set(path, (seen.get(path) ?? new Set()).add(release));
    const visit = (node: Node | undefined, path: string): void => {
      for (const [field, child] of Object.entries(node?.properties ?? {})) {
        note(`${path}.${field}`);
        visit(child, `${path}.${field}`);
      }
      for (const value of node?.enum ?? []) note(`${path}=${value}`);
      if (node?.items) visit(node.items, `${path}[]`);
      if (typeof node?.additionalProperties === 'object') visit(node.additionalProperties, `${path}{}`);
    };
    const path = files.find((file) => file.includes(`istio-${release}.`)) as string;
    for (const definition of loadAll(readFileSync(path, 'utf8')) as (Definition | null)[]) {
      if (definition?.kind !== 'CustomResourceDefinition') continue;
      const { group, names, validation, versions } = definition.spec;
      note(`${group}/${names.kind}`);
      for (const { schema } of versions) visit((schema?.openAPIV3Schema ?? validation?.openAPIV3Schema)?.properties?.spec, `${group}/${names.kind}`);
    }
  }
  return seen;
}

/** First and last release, as places in the list of releases. */
type Span = readonly [number, number];

/** The same from the types and the release table alone: what holds a thing bounds the releases that can have it. */
function derive(): Map<string, Span> {
  const newest = releaseTable.releases.length - 1;
  const at = (release: string) => releaseTable.releases.indexOf(release);
  const within = (outer: Span, since: string | undefined, until: string | undefined): Span => [
    Math.max(outer[0], since ? at(since) : 0),
    Math.min(outer[1], until ? at(until) : newest),
  ];
  const dated = (outer: Span, dates: string | readonly [string, string] | undefined): Span =>
    typeof dates === 'object' ? within(outer, ...dates) : within(outer, dates, undefined);
  const said = new Map<string, Span>();
  const visitValues = (schema: Schema, path: string, span: Span, dates: { readonly [value: string]: string | readonly [string, string] }): void => {
    if (schema.items) visitValues(schema.items, `${path}[]`, span, dates);
    else for (const value of new Set([...(schema.enum ?? []), ...Object.keys(dates)])) said.set(`${path}=${value}`, dated(span, dates[value]));
  };
  const visit = (schema: Schema, path: string, span: Span): void => {
    const type = schema.ref ?? '';
    const node = types[type] ?? schema;
    const dates = releaseTable.fields[type] ?? {};
    for (const field of new Set([...Object.keys(node.properties ?? {}), ...Object.keys(dates)])) {
      const own = dated(span, dates[field]);
      said.set(`${path}.${field}`, own);
      const child = node.properties?.[field];
      if (!child) continue;
      visitValues(child, `${path}.${field}`, own, releaseTable.enums[type]?.[field] ?? {});
      visit(child, `${path}.${field}`, own);
    }
    if (node.items) visit(node.items, `${path}[]`, span);
    if (node.additionalProperties) visit(node.additionalProperties, `${path}{}`, span);
  };
  for (const [name, kind] of Object.entries(kinds) as [string, Kind][]) {
    const history = releaseTable.kinds[name];
    const span = within([0, newest], history?.since, history?.until);
    said.set(name, span);
    visit(kind.schema.properties?.spec as Schema, name, span);
  }
  return said;
}

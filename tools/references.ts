import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { kinds, types } from '../imports';
import type { Reference, Schema } from '../imports/schema';
import { kindInWords, referenceRules } from '../src/constructs/references';

/** The page that holds the table. */
export const page = resolve(__dirname, '../docs/references.md');

const begin = /<!-- fields: .* -->\n/;
const end = '<!-- /fields -->';

/** The text of the page with the table of all fields that take objects as the schemas state them now. */
export function withTable(text: string): string {
  const start = begin.exec(text);
  const rest = text.indexOf(end);
  if (!start || rest < 0) throw new Error(`${page} has no place for the table`);
  return `${text.slice(0, start.index)}${start[0]}\n${table()}\n${text.slice(rest)}`;
}

function table(): string {
  const rows = Object.values(kinds).flatMap(({ kind, schema }) => {
    const fields = new Map<Reference, string[]>();
    collect(schema, '', [], (reference, path) => fields.set(reference, [...(fields.get(reference) ?? []), path]));
    return [...fields].map(([reference, paths]) => row(kind, paths, reference));
  });
  return ['| Kind | Fields | Objects taken | Text written |', '| --- | --- | --- | --- |', ...rows.sort(), ''].join('\n');
}

function row(kind: string, paths: readonly string[], reference: Reference): string {
  const { takes, writes } = referenceRules[reference];
  return `| ${kind} | ${paths.map((path) => `\`${path}\``).join('<br>')} | ${takes ? takes.map(kindInWords).join(', ') : 'a workload'} | ${writes} |`;
}

/** Meets every field that names an object, below types of which none holds itself. */
function collect(schema: Schema, path: string, within: readonly string[], meet: (reference: Reference, path: string) => void): void {
  if (schema.reference) meet(schema.reference, path);
  if (schema.ref !== undefined && within.includes(schema.ref)) return;
  const { properties, items, additionalProperties } = schema.ref === undefined ? schema : (types[schema.ref] as Schema);
  const inner = schema.ref === undefined ? within : [...within, schema.ref];
  for (const [field, child] of Object.entries(properties ?? {})) collect(child, path === '' ? field : `${path}.${field}`, inner, meet);
  if (items) collect(items, `${path}[]`, inner, meet);
  if (additionalProperties) collect(additionalProperties, `${path}[*]`, inner, meet);
}

if (require.main === module) writeFileSync(page, withTable(readFileSync(page, 'utf8')));

import type { Schema } from '../../imports/schema';
import { parsePath } from '../manifest/path';
import { suggest } from '../manifest/suggest';
import { subject } from './assertion';
import { rules } from './rules';
import { entryPath, type Run, resolved, type Types } from './run';

type Siblings = { readonly [field: string]: unknown };

/** Reports a field that does not exist, with the place or the spelling that was probably meant. */
export function reportUnknownField(run: Run, path: string, field: string, siblings: Siblings, schema: Schema): void {
  const where = path === '' ? 'the top of the object' : subject(path);
  const known = Object.keys(schema.properties ?? {});
  run.report(
    rules.unknownField,
    path === '' ? field : entryPath(path, field),
    `There is no field ${field} in ${where}: kubectl refuses it, and what applies it all the same drops it without a word.`,
    remedy(run, path, field, siblings, schema, known),
  );
}

function remedy(run: Run, path: string, field: string, siblings: Siblings, schema: Schema, known: readonly string[]): string {
  const spelling = suggest(field, known);
  if (spelling !== undefined && bare(spelling) === bare(field)) {
    return `write ${spelling}`;
  }
  const outside = ancestorWith(run, path, field);
  if (outside !== undefined) {
    return outside === '' ? `move ${field} out to the top of the object` : `move ${field} out, directly under ${outside}`;
  }
  const inside = known.filter((name) => hasField(resolved(schema.properties?.[name] ?? {}, run.types), field, run.types));
  const present = inside.filter((name) => siblings[name] !== undefined);
  const target = inside.length === 1 ? inside[0] : present.length === 1 ? present[0] : undefined;
  if (target !== undefined) {
    return `move ${field} into ${target}`;
  }
  if (inside.length > 1) {
    return `move ${field} into one of ${inside.join(', ')}`;
  }
  if (spelling !== undefined) {
    return `write ${spelling}`;
  }
  const [only] = known;
  if (known.length === 1 && isMapOfTexts(schema.properties?.[only as string], run.types) && typeof siblings[field] === 'string') {
    return `put ${field} under ${only}`;
  }
  return known.length === 0 ? 'remove it' : `remove it; the fields here are ${known.join(', ')}`;
}

const bare = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');

/** The nearest enclosing object that has a field of this name. */
function ancestorWith({ root, types }: Run, path: string, field: string): string | undefined {
  const steps = parsePath(path);
  const trail: { readonly name: string; readonly schema: Schema }[] = [{ name: '', schema: root }];
  let schema: Schema | undefined = root;
  let name = '';
  for (const step of steps) {
    schema = schema && resolved(schema, types);
    schema = typeof step === 'number' ? schema?.items : (schema?.properties?.[step] ?? schema?.additionalProperties);
    if (schema === undefined) {
      return undefined;
    }
    name = typeof step === 'number' ? `the item of ${name}` : step;
    trail.push({ name, schema: resolved(schema, types) });
  }
  return trail
    .slice(0, -1)
    .reverse()
    .find(({ schema: { properties } }) => properties !== undefined && Object.hasOwn(properties, field))?.name;
}

function hasField({ properties, items }: Schema, field: string, types: Types): boolean {
  if (properties !== undefined) {
    return Object.hasOwn(properties, field);
  }
  return items !== undefined && hasField(resolved(items, types), field, types);
}

/** Whether a field is a map from names of the user's own to texts, such as the labels of a selector. */
function isMapOfTexts(schema: Schema | undefined, types: Types): boolean {
  return schema !== undefined && resolved(schema, types).additionalProperties?.type === 'string';
}

import type { Schema } from '../../imports/schema';
import { fieldPath } from '../manifest/path';
import { type Assertion, subject, violation } from './assertion';
import { rules } from './rules';
import { type Check, type Compile, entryPath, type Run } from './run';
import { reportUnknownField } from './unknown-field';

type Fields = { readonly [field: string]: unknown };

interface Property {
  readonly check: Check;
  /** Whether null counts as unset. */
  readonly dropsNull: boolean;
}

/** The check of an object: its fields one by one, which must be there, how many there may be. A `nested` schema does not mind fields that it does not know. */
export function objectCheck(schema: Schema, nested: boolean, compile: Compile): Check {
  const properties = new Map(Object.entries(schema.properties ?? {}).map(([name, property]) => [name, propertyOf(property, nested, compile)]));
  const entry = schema.additionalProperties && propertyOf(schema.additionalProperties, nested, compile);
  const keepsUnknown = nested || schema.preserveUnknownFields === true;
  const defaults = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    property.default === undefined ? [] : [[name, property.default] as const],
  );
  const required = schema.required ?? [];
  const assertions = sizeAssertions(schema);

  return (value, path, run) => {
    const fields = value as Fields;
    let kept: Record<string, unknown> | undefined;
    for (const key of Object.keys(fields)) {
      const field = fields[key];
      const property = properties.get(key) ?? entry;
      if (field === undefined) {
        continue;
      }
      if (property === undefined) {
        if (!keepsUnknown) {
          reportUnknownField(run, path, key, fields, schema);
          kept ??= { ...fields };
          delete kept[key];
        }
        continue;
      }
      if (field === null && property.dropsNull) {
        kept ??= { ...fields };
        delete kept[key];
        continue;
      }
      const after = property.check(field, property === entry ? entryPath(path, key) : fieldPath(path, key), run);
      if (after !== field) {
        kept ??= { ...fields };
        kept[key] = after;
      }
    }
    for (const [name, value] of defaults) {
      if ((kept ?? fields)[name] === undefined) {
        kept ??= { ...fields };
        kept[name] = (properties.get(name) as Property).check(structuredClone(value), fieldPath(path, name), run);
      }
    }
    const result = kept ?? fields;
    for (const name of required) {
      if (result[name] === undefined) {
        reportMissing(schema, name, path, run);
      }
    }
    for (const assertion of assertions) {
      assertion(result as never, path, run);
    }
    return result;
  };
}

function propertyOf(schema: Schema, nested: boolean, compile: Compile): Property {
  return { check: compile(schema, nested), dropsNull: schema.nullable !== true };
}

function reportMissing({ properties }: Schema, name: string, path: string, { report }: Run): void {
  const type = properties?.[name]?.type;
  const shape = type === 'array' ? ', a list' : type === undefined || type === 'object' ? ', with its own fields indented below it' : '';
  report(rules.required, fieldPath(path, name), `${subject(path)} needs ${name}, which is missing.`, `add ${name}${shape}`);
}

function sizeAssertions({ minProperties, maxProperties }: Schema): Assertion[] {
  const assertions: Assertion[] = [];
  if (minProperties !== undefined) {
    assertions.push(
      violation(
        rules.tooFew,
        (fields: Fields) => Object.keys(fields).length < minProperties,
        (_, path) => `${subject(path)} must have at least ${minProperties === 1 ? 'one entry' : `${minProperties} entries`}.`,
      ),
    );
  }
  if (maxProperties !== undefined) {
    assertions.push(
      violation(
        rules.tooMany,
        (fields: Fields) => Object.keys(fields).length > maxProperties,
        (fields, path) => `${subject(path)} may have at most ${maxProperties} entries, and has ${Object.keys(fields).length}.`,
      ),
    );
  }
  return assertions;
}

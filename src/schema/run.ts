import type { Schema } from '../../imports/schema';
import type { Report } from '../manifest/rule';

/** The named types that schemas refer to. */
export type Types = { readonly [name: string]: Schema };

/** The checking of one object. */
export interface Run {
  readonly report: Report;
  /** The schema of the whole object, for hints about where a field belongs. */
  readonly root: Schema;
  readonly types: Types;
}

/**
 * Checks one value. Returns what the API server would go on with: the value without unknown fields and without nulls that count as unset, with defaults;
 * the very same value where nothing changes.
 */
export type Check = (value: unknown, path: string, run: Run) => unknown;

/** Makes the check of a schema; `nested` schemas stand in combinations and do not decide which fields exist. */
export type Compile = (schema: Schema, nested?: boolean) => Check;

/** A schema with that of the type that it names. */
export function resolved(schema: Schema, types: Types): Schema {
  if (schema.ref === undefined) {
    return schema;
  }
  const type = types[schema.ref];
  if (type === undefined) {
    throw new RangeError(`no type is named ${schema.ref}`);
  }
  const { ref: _, reference: __, ...own } = schema;
  return Object.keys(own).length === 0 ? resolved(type, types) : { ...resolved(type, types), ...own };
}

const plainKey = /^[A-Za-z0-9_$-]+$/;

/** The path of an entry of a map, as the structural checks of the API server print it: in brackets only where it could not stand after a dot. */
export function entryPath(parent: string, key: string): string {
  return plainKey.test(key) ? `${parent}.${key}` : `${parent}[${key}]`;
}

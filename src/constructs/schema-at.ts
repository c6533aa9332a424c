import { types } from '../../imports';
import type { Schema } from '../../imports/schema';

type Path = readonly (string | number)[];

/** The schema of the field at a path, with the fields of the type that it refers to; undefined for a field that nobody knows. */
export function schemaAt(root: Schema, path: Path): Schema | undefined {
  let schema: Schema | undefined = root;
  for (const segment of path) schema = schema && child(resolveRef(schema), segment);
  return schema && resolveRef(schema);
}

/** Whether a null at a path means something: it does in fields that Istio hands on unread, for example to Envoy. */
export function acceptsNull(root: Schema, path: Path): boolean {
  let schema: Schema | undefined = resolveRef(root);
  for (const segment of path) {
    if (schema?.preserveUnknownFields) return true;
    const next: Schema | undefined = schema && child(schema, segment);
    schema = next && resolveRef(next);
  }
  return schema?.nullable === true;
}

function child(schema: Schema, segment: string | number): Schema | undefined {
  return typeof segment === 'number' ? schema.items : (schema.properties?.[segment] ?? schema.additionalProperties);
}

function resolveRef(schema: Schema): Schema {
  return schema.ref === undefined ? schema : { ...types[schema.ref], ...schema };
}

import { equalElements, equals } from './comparison';
import { findEntry, isMap } from './containers';
import { CelEvaluationError, noSuchOverload } from './errors';
import { escapeProperty, unescapeProperty } from './escaping';
import { decodeBase64, parseDate, parseDateTime, parseOpenApiDuration } from './schema-formats';
import { CelValue, Double, fromJson, isPlainObject, ListValue, MapValue, type PlainObject } from './values';

/** What CEL needs to know of a structural schema. */
export interface SchemaLike {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  /** The name of a schema in a type table that stands here; see `SchemaResolver`. */
  readonly ref?: string;
  readonly properties?: { readonly [name: string]: SchemaLike };
  readonly additionalProperties?: SchemaLike | boolean;
  readonly items?: SchemaLike;
  readonly format?: string;
  /** `x-kubernetes-int-or-string`: CEL sees the value as it is, an int or a string. */
  readonly intOrString?: boolean;
  /** `x-kubernetes-list-type`. */
  readonly listType?: string;
  /** `x-kubernetes-list-map-keys`. */
  readonly listMapKeys?: readonly string[];
}

/** Finds the schema that a `ref` names. */
export type SchemaResolver = (name: string) => SchemaLike | undefined;

const noReferences: SchemaResolver = () => undefined;

/** Formats whose strings are something else for CEL. */
const STRING_FORMATS: Readonly<Record<string, (text: string) => unknown>> = {
  date: parseDate,
  'date-time': parseDateTime,
  duration: parseOpenApiDuration,
  byte: decodeBase64,
};

/** Whether JSON of a schema means for CEL what it means without the schema; remembered, because schemas are few and objects many. */
const plainSchemas = new WeakMap<SchemaLike, boolean>();

function isPlain(schema: SchemaLike, resolve: SchemaResolver): boolean {
  const known = plainSchemas.get(schema);
  if (known !== undefined) {
    return known;
  }
  // A schema that contains itself is not plain: that is always safe, it only costs time.
  plainSchemas.set(schema, false);
  const target = resolved(schema, resolve);
  const parts = [...Object.values(target.properties ?? {}), target.items, target.additionalProperties];
  const plain =
    target.type !== 'number' &&
    !(target.type === 'string' && target.format !== undefined && Object.hasOwn(STRING_FORMATS, target.format)) &&
    (target.listType === undefined || target.listType === 'atomic') &&
    parts.every((part) => typeof part !== 'object' || isPlain(part, resolve));
  plainSchemas.set(schema, plain);
  return plain;
}

function resolved(schema: SchemaLike, resolve: SchemaResolver): SchemaLike {
  const target = schema.ref === undefined ? schema : resolve(schema.ref);
  if (target === undefined) {
    throw new RangeError(`no schema is named ${JSON.stringify(schema.ref)}`);
  }
  return target;
}

/**
 * Turns plain JSON into the value that CEL sees for it, by its schema: `number` becomes `double` even where it is whole, strings of the formats `date-time`, `date`,
 * `duration` and `byte` become timestamps, durations and bytes, lists of the types `set` and `map` compare without regard to order.
 *
 * Nothing is copied: a value whose schema changes nothing is returned as it is, any other is wrapped and its parts are converted when a rule reads them.
 * Without a schema, whole numbers are `int` and others `double`. One schema object must always be used with the same resolver.
 */
export function toCelValue(value: unknown, schema?: SchemaLike, resolve: SchemaResolver = noReferences): unknown {
  if (schema === undefined || value === null || value === undefined || value instanceof CelValue || isPlain(schema, resolve)) {
    return fromJson(value);
  }
  const target = resolved(schema, resolve);
  if (Array.isArray(value)) {
    return target.items === undefined ? value : listOf(value, target, resolve);
  }
  if (isPlainObject(value)) {
    return new SchemaObject(value, target, resolve);
  }
  if (typeof value === 'string') {
    const format =
      target.type === 'string' && target.format !== undefined && Object.hasOwn(STRING_FORMATS, target.format) ? STRING_FORMATS[target.format] : undefined;
    return format === undefined ? value : format(value);
  }
  return target.type === 'number' && (typeof value === 'number' || typeof value === 'bigint') ? new Double(Number(value)) : fromJson(value);
}

function listOf(value: readonly unknown[], schema: SchemaLike, resolve: SchemaResolver): unknown {
  const items = schema.items as SchemaLike;
  const elements = isPlain(items, resolve) ? value : value.map((element) => toCelValue(element, items, resolve));
  switch (schema.listType) {
    case 'set':
      return new SetList(elements);
    case 'map':
      return new MapList(
        elements,
        (schema.listMapKeys ?? []).map((key) => escapeProperty(key) ?? key),
      );
    default:
      return elements;
  }
}

/** A JSON object whose properties have schemas. */
class SchemaObject extends MapValue {
  private readonly additional: SchemaLike | undefined;

  constructor(
    private readonly value: PlainObject,
    private readonly schema: SchemaLike,
    private readonly resolve: SchemaResolver,
  ) {
    super();
    this.additional = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  }

  get size(): number {
    return Object.keys(this.value).length;
  }

  find(key: unknown): unknown {
    if (typeof key !== 'string') {
      throw noSuchOverload();
    }
    const { properties } = this.schema;
    const name = properties === undefined ? key : unescapeProperty(key);
    if (name === undefined || !Object.hasOwn(this.value, name)) {
      return undefined;
    }
    const value = this.value[name];
    // A property that is null counts as absent, a null in a map does not.
    if (value === undefined || (value === null && properties !== undefined)) {
      return undefined;
    }
    const schema = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : this.additional;
    return toCelValue(value, schema, this.resolve);
  }

  keys(): readonly unknown[] {
    const names = Object.keys(this.value);
    return this.schema.properties === undefined ? names : names.map((name) => escapeProperty(name) ?? name);
  }
}

/** A list of `x-kubernetes-list-type: set`: scalars whose order does not count. */
class SetList extends ListValue {
  constructor(readonly elements: readonly unknown[]) {
    super();
  }

  equals(other: readonly unknown[]): boolean {
    return this.elements.length === other.length && other.every((element) => includes(this.elements, element));
  }

  concatenate(other: readonly unknown[]): unknown {
    const union = [...this.elements];
    for (const element of other) {
      if (!includes(union, element)) {
        union.push(element);
      }
    }
    return new SetList(union);
  }
}

function includes(elements: readonly unknown[], value: unknown): boolean {
  const wanted = fromJson(value);
  return elements.some((element) => equals(fromJson(element), wanted));
}

/** A list of `x-kubernetes-list-type: map`: objects that are told apart by their keys, not by their place. */
class MapList extends ListValue {
  constructor(
    readonly elements: readonly unknown[],
    private readonly keys: readonly string[],
  ) {
    super();
  }

  private identity(element: unknown): readonly unknown[] {
    if (!isMap(element)) {
      throw new CelEvaluationError('unexpected data format for element of array with x-kubernetes-list-type=map');
    }
    return this.keys.map((key) => {
      const plainKey = element instanceof MapValue ? key : (unescapeProperty(key) ?? key);
      return findEntry(element, plainKey) ?? null;
    });
  }

  private indexOf(elements: readonly unknown[], element: unknown): number {
    const wanted = this.identity(element);
    return elements.findIndex((candidate) => equalElements(this.identity(candidate), wanted));
  }

  equals(other: readonly unknown[]): boolean {
    return (
      this.elements.length === other.length &&
      other.every((element) => {
        const index = this.indexOf(this.elements, element);
        return index >= 0 && equals(this.elements[index], element);
      })
    );
  }

  concatenate(other: readonly unknown[]): unknown {
    const merged = [...this.elements];
    for (const element of other) {
      const index = this.indexOf(merged, element);
      merged[index < 0 ? merged.length : index] = element;
    }
    return new MapList(merged, this.keys);
  }
}

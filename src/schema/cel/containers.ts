import { CelEvaluationError, noSuchOverload } from './errors';
import { Double, fromJson, isPlainObject, ListValue, MapValue, type PlainObject, typeName, Uint } from './values';

/** The elements of a list, to be read through `fromJson`; `undefined` when the value is no list. */
export function listElements(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) {
    return value;
  }
  return value instanceof ListValue ? value.elements : undefined;
}

export function isMap(value: unknown): value is MapValue | PlainObject {
  return value instanceof MapValue || isPlainObject(value);
}

/** The value under a key, `undefined` when there is none. JSON objects have string keys only. */
export function findEntry(map: MapValue | PlainObject, key: unknown): unknown {
  if (map instanceof MapValue) {
    return map.find(key);
  }
  if (typeof key !== 'string') {
    throw noSuchOverload();
  }
  return Object.hasOwn(map, key) && map[key] !== undefined ? fromJson(map[key]) : undefined;
}

export function mapKeys(map: MapValue | PlainObject): readonly unknown[] {
  return map instanceof MapValue ? map.keys() : Object.keys(map);
}

export function mapSize(map: MapValue | PlainObject): number {
  return map instanceof MapValue ? map.size : Object.keys(map).length;
}

/** The number of a list index, which may be an `int`, a `uint` or a whole `double`. */
function indexNumber(index: unknown): number {
  if (typeof index === 'number') {
    return index;
  }
  if (typeof index === 'bigint') {
    return Number(index);
  }
  if (index instanceof Uint) {
    return Number(index.value);
  }
  if (index instanceof Double) {
    if (Number.isInteger(index.value)) {
      return index.value;
    }
    throw new CelEvaluationError(`unsupported index value ${index.value} in list`);
  }
  throw new CelEvaluationError(`unsupported index type '${typeName(index)}' in list`);
}

/** The element at an index, `undefined` when the list has none there. */
export function elementAt(elements: readonly unknown[], index: unknown): unknown {
  const position = indexNumber(index);
  return position >= 0 && position < elements.length ? fromJson(elements[position]) : undefined;
}

/** A key as a JavaScript `Map` can hold it, so that 1, 1u and 1.0 are one key; `undefined` for what cannot be a key. */
function nativeKey(key: unknown): string | boolean | number | bigint | undefined {
  switch (typeof key) {
    case 'string':
    case 'boolean':
    case 'number':
    case 'bigint':
      return key;
    default:
      if (key instanceof Uint) {
        return fromJson(key.value) as number | bigint;
      }
      return key instanceof Double ? (Number.isInteger(key.value) ? (fromJson(key.value) as number | bigint) : key.value) : undefined;
  }
}

/** A map made by an expression. */
export class MapLiteralValue extends MapValue {
  private readonly entries = new Map<unknown, { readonly key: unknown; readonly value: unknown }>();

  get size(): number {
    return this.entries.size;
  }

  /** Sets an entry while the map is being built; the last one of equal keys stays. Throws for a key of an unsupported type. */
  set(key: unknown, value: unknown): void {
    const native = nativeKey(key);
    if (native === undefined) {
      throw new CelEvaluationError(`unsupported key type: ${typeName(key)}`);
    }
    this.entries.set(native, { key, value });
  }

  /** Like `set`, but throws for a key that is there already. */
  insert(key: unknown, value: unknown): void {
    if (this.find(key) !== undefined) {
      throw new CelEvaluationError(`insert failed: key ${String(nativeKey(key))} already exists`);
    }
    this.set(key, value);
  }

  find(key: unknown): unknown {
    return this.entries.get(nativeKey(key))?.value;
  }

  keys(): readonly unknown[] {
    return Array.from(this.entries.values(), (entry) => entry.key);
  }
}

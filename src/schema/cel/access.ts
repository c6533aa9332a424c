import { elementAt, findEntry, isMap, listElements } from './containers';
import { CelEvaluationError } from './errors';
import { unescapeProperty } from './escaping';
import { fromJson, isPlainObject, Optional } from './values';

/** Reads a field of a value: `undefined` when it has none. Never throws for a map. */
export type FieldReader = (value: unknown) => unknown;

/**
 * Makes the reader of one field. A plain object may be an object with properties or a map, which cannot be told without its schema: an escaped name is taken
 * for the property that it means first, and a null for an absent property.
 */
export function fieldReader(field: string): FieldReader {
  const property = unescapeProperty(field) ?? field;
  const inherited = property in Object.prototype || field in Object.prototype;
  return (value) => {
    if (isPlainObject(value)) {
      const found = inherited && !Object.hasOwn(value, property) ? undefined : value[property];
      if (found !== undefined && found !== null) {
        return fromJson(found);
      }
      const literal = property !== field && Object.hasOwn(value, field) ? value[field] : undefined;
      return literal === undefined || literal === null ? undefined : fromJson(literal);
    }
    if (isMap(value)) {
      return findEntry(value, field);
    }
    const elements = listElements(value);
    return elements === undefined ? undefined : elementAt(elements, field);
  };
}

/** `operand.?field`, also what a plain selection does to an optional. */
export function selectOptionally(read: FieldReader, operand: unknown): Optional {
  const target = operand instanceof Optional ? operand.value : operand;
  const found = target === undefined ? undefined : read(target);
  return found === undefined ? Optional.none : Optional.of(found);
}

/** `operand.field`. */
export function select(read: FieldReader, field: string, operand: unknown): unknown {
  if (operand instanceof Optional) {
    return selectOptionally(read, operand);
  }
  const found = read(operand);
  if (found === undefined) {
    throw new CelEvaluationError(`no such key: ${field}`);
  }
  return found;
}

/** `has(operand.field)`. */
export function hasField(read: FieldReader, operand: unknown): boolean {
  return operand instanceof Optional ? selectOptionally(read, operand).value !== undefined : read(operand) !== undefined;
}

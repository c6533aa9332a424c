import { fieldPath, itemPath, keyPath } from '../../manifest/path';
import { suggest } from '../../manifest/suggest';

/** Something that a test file should not hold where it stands. */
export interface Complaint {
  readonly path: string;
  readonly message: string;
}

/** Says what is wrong with a value; `complaints` is added to. */
export type Shape = (value: unknown, path: string, complaints: Complaint[]) => void;

/** How values of the wrong type are spoken of. */
export function described(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return ['string', 'number', 'boolean', 'undefined'].includes(typeof value) ? String(JSON.stringify(value)) : `a ${typeof value}`;
}

/** Whether a value is an object with fields. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ofType(name: string, holds: (value: unknown) => boolean): Shape {
  return (value, path, complaints) => {
    if (!holds(value)) complaints.push({ path, message: `${name} is expected here, not ${described(value)}` });
  };
}

export const anything: Shape = () => {};
export const text = ofType('a text', (value) => typeof value === 'string');
export const flag = ofType('true or false', (value) => typeof value === 'boolean');
export const number = ofType('a number', (value) => typeof value === 'number');
/** Numbers and truth values are written as they are. */
export const scalar = ofType('a text', (value) => ['string', 'number', 'boolean'].includes(typeof value));
export const port = ofType('a port from 1 to 65535', (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535);
export const count = ofType('a whole number from 1 on', (value) => Number.isInteger(value) && (value as number) >= 1);
export const object = ofType('an object', isMapping);

/** A text that is one of a few. */
export function choice(...names: readonly string[]): Shape {
  return ofType(`${names.slice(0, -1).join(', ')} or ${names.at(-1)}`, (value) => names.includes(value as string));
}

/** The first shape that has nothing to say decides; if all have, the message names what is expected. */
export function either(what: string, ...shapes: readonly Shape[]): Shape {
  return (value, path, complaints) => {
    const attempts = shapes.map((shape) => {
      const found: Complaint[] = [];
      shape(value, path, found);
      return found;
    });
    if (attempts.some((found) => found.length === 0)) return;
    // Somebody who wrote the right kind of value wants to hear what is wrong inside.
    const inside = attempts.find((found) => found.every((complaint) => complaint.path !== path));
    complaints.push(...(inside ?? [{ path, message: `${what} is expected here, not ${described(value)}` }]));
  };
}

export function listOf(shape: Shape): Shape {
  return (value, path, complaints) => {
    if (!Array.isArray(value)) complaints.push({ path, message: `a list is expected here, not ${described(value)}` });
    else for (const [index, item] of value.entries()) shape(item, itemPath(path, index), complaints);
  };
}

/** An object with names of the author's choice. */
export function mapOf(shape: Shape): Shape {
  return (value, path, complaints) => {
    const before = complaints.length;
    object(value, path, complaints);
    if (complaints.length > before) return;
    for (const [key, item] of Object.entries(value as object)) shape(item, keyPath(path, key), complaints);
  };
}

/** An object with fields that are known. A field that is `null` or undefined counts as absent. */
export function fields(what: string, shapes: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape {
  return (value, path, complaints) => {
    const before = complaints.length;
    object(value, path, complaints);
    if (complaints.length > before) return;
    const entries = Object.entries(value as object);
    for (const name of required) {
      if ((value as Record<string, unknown>)[name] == null) complaints.push({ path, message: `${what} needs the field ${name}` });
    }
    for (const [name, item] of entries) {
      const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
      if (shape === undefined) {
        const meant = suggest(name, Object.keys(shapes));
        complaints.push({
          path: fieldPath(path, name),
          message: `${what} has no field ${name}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
        });
      } else if (item != null) shape(item, fieldPath(path, name), complaints);
    }
  };
}

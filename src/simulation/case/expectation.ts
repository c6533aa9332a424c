import { isMapping } from './shape';

/** Whether a plain value is the one that is expected; `null` stands for absent. */
export type IsSame = (expected: unknown, actual: unknown) => boolean;

const isEqual: IsSame = (expected, actual) => (expected ?? null) === (actual ?? null);

/**
 * Whether a value is what is expected of it: equal; within `{ min, max }`; a text in which `{ regex }` is found; one of `{ oneOf }`; a list with items that fit, one by one; or an
 * object that has at least these fields. `null` stands for absent, and a number that has a `min` and is absent counts as 0.
 *
 * @param isSame compares plain values, by default for equality
 */
export function fits(expected: unknown, actual: unknown, isSame: IsSame = isEqual): boolean {
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && expected.length === actual.length && expected.every((item, index) => fits(item, actual[index], isSame));
  }
  if (!isMapping(expected)) return isSame(expected, actual);
  const fields = Object.keys(expected);
  if (fields.length > 0 && fields.every((field) => field === 'min' || field === 'max')) {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = expected as { readonly min?: number; readonly max?: number };
    return typeof actual === 'number' && min <= actual && actual <= max;
  }
  if (fields.length === 1 && fields[0] === 'regex') return typeof actual === 'string' && new RegExp(String(expected.regex)).test(actual);
  if (fields.length === 1 && fields[0] === 'oneOf') return Array.isArray(expected.oneOf) && expected.oneOf.some((choice) => fits(choice, actual, isSame));
  return (
    isMapping(actual) &&
    Object.entries(expected).every(([field, value]) => fits(value, actual[field] ?? (isMapping(value) && 'min' in value ? 0 : undefined), isSame))
  );
}

/** The value at a path such as `responseHeaders.location`. A field whose own name holds dots is found as well. */
export function valueAt(result: unknown, path: string): unknown {
  if (!isMapping(result)) return undefined;
  if (Object.hasOwn(result, path)) return result[path];
  const dot = path.indexOf('.');
  const field = dot < 0 ? path : path.slice(0, dot);
  return dot < 0 || !Object.hasOwn(result, field) ? undefined : valueAt(result[field], path.slice(dot + 1));
}

/**
 * The same for numbers that were counted: of so many requests, a share as exact as ours seldom falls out exactly. A number may be as far from what the share says as five standard
 * deviations; a share of all or nothing leaves no room.
 */
export function countedAlike(count: number): IsSame {
  return (expected, actual) => {
    if (typeof expected !== 'number' || typeof actual !== 'number') return isEqual(expected, actual);
    return Math.abs(expected - actual) <= 5 * Math.sqrt(Math.max((actual * (count - actual)) / count, 0));
  };
}

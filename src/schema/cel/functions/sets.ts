import { listElements } from '../containers';
import { BINARY_OPERATORS } from '../operators';
import { fromJson } from '../values';
import type { Library } from './library';

function isIn(list: unknown): (element: unknown) => boolean {
  return (element) => BINARY_OPERATORS.in(fromJson(element), list) as boolean;
}

function contains(list: unknown, part: unknown): boolean {
  return (listElements(part) as readonly unknown[]).every(isIn(list));
}

/** Lists taken as sets. */
export const SETS: Library = {
  'sets.contains(list, list)': contains,
  'sets.equivalent(list, list)': (left: unknown, right: unknown) => contains(left, right) && contains(right, left),
  'sets.intersects(list, list)': (left: unknown, right: unknown) => (listElements(left) as readonly unknown[]).some(isIn(right)),
};

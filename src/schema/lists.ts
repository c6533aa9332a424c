import type { Schema } from '../../imports/schema';
import { type Assertion, subject, violation } from './assertion';
import { rules } from './rules';

type Items = readonly unknown[];

/** What a schema says of a list as a whole: its length, and which items may not repeat. */
export function listAssertions({ minItems, maxItems, listType, listMapKeys = [] }: Schema): Assertion[] {
  const assertions: Assertion[] = [];
  if (minItems !== undefined) {
    assertions.push(
      violation(
        rules.tooFew,
        (items: Items) => items.length < minItems,
        (items, path) => `${subject(path)} must have at least ${counted(minItems)}, and has ${items.length === 0 ? 'none' : items.length}.`,
      ),
    );
  }
  if (maxItems !== undefined) {
    assertions.push(
      violation(
        rules.tooMany,
        (items: Items) => items.length > maxItems,
        (items, path) => `${subject(path)} may have at most ${counted(maxItems)}, and has ${items.length}.`,
      ),
    );
  }
  if (listType === 'set') {
    assertions.push(uniqueBy((item) => item, 'the same value'));
  } else if (listType === 'map') {
    assertions.push(uniqueBy((item) => keysOf(item, listMapKeys), listMapKeys.join(' and ')));
  }
  return assertions;
}

const counted = (count: number): string => (count === 1 ? 'one item' : `${count} items`);

function keysOf(item: unknown, keys: readonly string[]): unknown {
  return typeof item === 'object' && item !== null ? keys.map((key) => (item as Record<string, unknown>)[key] ?? null) : undefined;
}

/** Reports the second of the items that are the same by their keys; further ones would only repeat it. */
function uniqueBy(identityOf: (item: unknown) => unknown, what: string): Assertion {
  return (items: Items, path, { report }) => {
    if (items.length < 2) {
      return;
    }
    const firsts = new Map<string, number>();
    const reported = new Set<string>();
    for (const [index, item] of items.entries()) {
      const identity = JSON.stringify(identityOf(item)) ?? '';
      const first = firsts.get(identity);
      if (first === undefined) {
        firsts.set(identity, index);
      } else if (!reported.has(identity) && identity !== '') {
        reported.add(identity);
        const value = identity.replace(/^\[|\]$/g, '');
        report(rules.duplicateItem, `${path}[${index}]`, `Items ${first + 1} and ${index + 1} of ${subject(path)} have the same ${what}: ${value}.`);
      }
    }
  };
}

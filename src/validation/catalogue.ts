import type { Rule } from '../manifest/rule';
import { celRules, metadataRules, schemaRules } from '../schema';
import { unusedSuppression, unwritableConstruct } from './options';
import { ruleTables } from './rules';

/** Every rule that reading, the schema and istiod's own checks can report, by its code, in the order of the alphabet. */
export const catalogue: ReadonlyMap<string, Rule> = new Map(
  [...ruleTables, schemaRules, celRules, metadataRules, { unusedSuppression, unwritableConstruct }]
    .flatMap((table: { readonly [name: string]: Rule }) => Object.values(table))
    .sort((one, other) => (one.code < other.code ? -1 : 1))
    .map((rule) => [rule.code, rule]),
);

/** The rule of a code. */
export function findRule(code: string): Rule | undefined {
  return catalogue.get(code);
}

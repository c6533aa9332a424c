import type { Rule } from '../manifest/rule';
import { metadataRules as apiServerMetadataRules, celRules, schemaRules } from '../schema';
import { unusedSuppression } from './options';
import { releaseRules } from './rules/release';
import { workloadRules } from './rules/workload';

const tables: readonly { readonly [name: string]: Rule }[] = [
  schemaRules,
  celRules,
  apiServerMetadataRules,
  releaseRules,
  workloadRules,
  { unusedSuppression },
];

/** Every rule that reading, the schema and istiod's own checks can report, by its code, in the order of the alphabet. */
export const catalogue: ReadonlyMap<string, Rule> = new Map(
  tables
    .flatMap((table) => Object.values(table))
    .sort((one, other) => (one.code < other.code ? -1 : 1))
    .map((rule) => [rule.code, rule]),
);

/** The rule of a code. */
export function findRule(code: string): Rule | undefined {
  return catalogue.get(code);
}

import type { CheckContext, DecodedObject, DecodedValue } from './context';
import { eachTextEntry, textEntries } from './decoded';
import { selectorRules as rules } from './rules/selectors';

/**
 * Checks a selector with `matchLabels`, the common one.
 *
 * @returns whether it is free of errors
 */
export function checkSelector(selector: DecodedObject | undefined, path: string, context: CheckContext): boolean {
  return selector === undefined || checkSelectorLabels(selector.matchLabels, `${path}.matchLabels`, path, context);
}

/**
 * Checks a selector with `labels`: the `workloadSelector` of Sidecars, ServiceEntries and EnvoyFilters.
 *
 * @returns whether it is free of errors; after an error istiod looks at nothing else of these kinds
 */
export function checkWorkloadSelector(selector: DecodedObject | undefined, path: string, context: CheckContext): boolean {
  return selector === undefined || checkSelectorLabels(selector.labels, `${path}.labels`, path, context);
}

function checkSelectorLabels(labels: DecodedValue | undefined, labelsPath: string, path: string, { report }: CheckContext): boolean {
  let valid = true;
  eachTextEntry(labels, labelsPath, (key, value, entryPath) => {
    if (key === '') {
      valid = false;
      report(rules.emptyKey, entryPath, `A label of the selector has no key, only the value "${value}".`);
    }
    if (key.includes('*') || value.includes('*')) {
      valid = false;
      report(rules.wildcard, entryPath, `The selector asks for ${key}=${value}, but selectors know no wildcards.`);
    }
  });
  if (textEntries(labels).length === 0) {
    report(rules.empty, path, 'The selector names no labels, so the object applies to every workload of its namespace.');
  }
  return valid;
}

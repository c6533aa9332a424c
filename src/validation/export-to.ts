import { isDnsLabel } from '../manifest/host';
import type { CheckContext, DecodedValue } from './context';
import { eachText, texts } from './decoded';
import { exportToRules as rules } from './rules/export-to';

/** How the kinds differ. */
export interface ExportToOptions {
  /** Whether `~` (nobody) is allowed, as in a ServiceEntry. */
  readonly allowNone?: boolean;
  /** Whether only the own namespace is allowed, as in a DestinationRule with a workloadSelector. */
  readonly ownNamespaceOnly?: boolean;
}

/**
 * Checks `spec.exportTo`.
 *
 * @param value the decoded list
 */
export function checkExportTo(value: DecodedValue | undefined, { namespace, report }: CheckContext, options: ExportToOptions = {}): void {
  const path = 'spec.exportTo';
  const exported = new Set<string>();
  eachText(value, path, (entry, itemPath) => {
    const target = entry === '.' ? namespace : entry;
    if (exported.has(target)) {
      const what = entry === '.' ? `"." is the namespace ${namespace}, which is exported to already` : `"${entry}" is exported to already`;
      report(rules.duplicate, itemPath, `${what}.`, 'remove it');
    } else if (isDnsLabel(target) || target === '*' || (target === '~' && options.allowNone)) {
      exported.add(target);
    } else {
      const what = target === '~' ? '"~" (nobody) is for ServiceEntries only' : `"${entry}" is neither ".", "*" nor the name of a namespace`;
      report(rules.invalid, itemPath, `${what}.`);
    }
  });
  if (options.ownNamespaceOnly && exported.size > 0 && !(exported.has(namespace) && exported.size === 1)) {
    report(rules.beyondNamespace, path, 'With a workloadSelector this rule works in its own namespace only, but it is exported to others.');
  }
  const several = texts(value).length > 1;
  if (several && exported.has('*')) {
    report(rules.publicAndMore, path, '"*" exports to all namespaces, so no other entry may stand beside it.');
  }
  if (several && exported.has('~')) {
    report(rules.noneAndMore, path, '"~" exports to nobody, so no other entry may stand beside it.');
  }
}

import { type LabelSelector, selectorMatches } from '../manifest/labels';
import type { ExportTo } from './export-to';
import type { MeshConfig } from './mesh-config';

/** `serviceEntryVisibility` of MeshConfig. */
interface VisibilityConfig {
  readonly applyToSidecars?: boolean;
  readonly defaultVisibility?: string;
  readonly policies?: readonly { readonly visibility?: string; readonly matchingRules?: readonly { readonly namespaceSelector?: LabelSelector }[] }[];
}

/**
 * Narrows the `exportTo` of a ServiceEntry to what MeshConfig allows to its namespace: the first policy counts whose rules all fit the labels of the namespace.
 */
export function visibleByNamespace(exportTo: ExportTo, namespace: string, labels: Readonly<Record<string, string>>, config: MeshConfig): ExportTo {
  const { applyToSidecars, defaultVisibility, policies = [] } = (config.serviceEntryVisibility ?? {}) as VisibilityConfig;
  if (!applyToSidecars) return exportTo;
  const policy = policies.find(({ matchingRules = [] }) =>
    matchingRules.every(({ namespaceSelector }) => namespaceSelector !== undefined && selectorMatches(namespaceSelector, labels)),
  );
  switch (policy === undefined ? defaultVisibility : policy.visibility) {
    case 'NAMESPACE':
      return new Set([exportTo.has('*') || exportTo.has(namespace) ? namespace : '~']);
    case 'NONE':
      return new Set(['~']);
    default:
      return exportTo;
  }
}

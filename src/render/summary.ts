import type { Diagnostic, Severity } from '../manifest/diagnostic';

/** How many findings there are of each severity. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

/** Counts findings by severity. */
export function summarize(diagnostics: readonly Diagnostic[]): Summary {
  const count = (severity: Severity): number => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), infos: count('info') };
}

/** The counts as people read them: `2 errors, 1 warning`, or `no findings`. */
export function summaryLine({ errors, warnings, infos }: Summary): string {
  const parts = [
    [errors, 'error'],
    [warnings, 'warning'],
    [infos, 'info'],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, word]) => `${count} ${word}${count === 1 || word === 'info' ? '' : 's'}`)
      .join(', ') || 'no findings'
  );
}

import type { Diagnostic, ObjectIdentity, Severity } from '../manifest/diagnostic';
import type { Rule } from '../manifest/rule';
import { isRelease, newestRelease, oldestRelease } from '../schema/releases';

/** A finding that is known and accepted. */
export interface Suppression {
  /** The code of the finding, `virtual-service/unreachable-route`. */
  readonly code: string;
  /** Why it is accepted. */
  readonly reason: string;
  /** The objects that it is accepted for: those that agree in all that is given. Default every object. */
  readonly object?: Partial<ObjectIdentity>;
}

/** What to report, and how severely. */
export interface ReportOptions {
  /** Codes that are left out. */
  readonly ignore?: readonly string[];
  /** Severities of codes that are to weigh more, or less, than by themselves. */
  readonly severityOf?: { readonly [code: string]: Severity };
  /** Findings below this severity are left out. Default `info`, which is everything. */
  readonly minimumSeverity?: Severity;
  /** Findings that are known and accepted. A suppression that suppresses nothing is itself a warning, `suppression/unused`. */
  readonly suppressions?: readonly Suppression[];
}

/** How to validate. */
export interface ValidateOptions extends ReportOptions {
  /**
   * The release of Istio that the objects are for, `1.24`. What it lacks is an error; findings of rules that came later become warnings. Default the newest.
   */
  readonly targetRelease?: string;
}

/** The finding about a suppression that has become useless. */
export const unusedSuppression: Rule = {
  code: 'suppression/unused',
  severity: 'warning',
  title: 'A suppression suppresses nothing.',
  effect: 'What it was written for is gone, or its code or object is misspelt; it would hide a later mistake.',
  fix: 'remove the suppression',
  bad: 'suppressions:\n- code: schema/unknown-feild\n  reason: a field of our own controller\n',
  good: 'suppressions:\n- code: schema/unknown-field\n  reason: a field of our own controller\n',
};

/** The finding about a construct whose manifest cannot even be made. */
export const unwritableConstruct: Rule = {
  code: 'construct/unwritable',
  severity: 'error',
  title: 'The manifest of a construct cannot be written.',
  effect: 'Nothing of the app is written, because a value in the construct is neither plain data nor an object that its field takes, or a Lazy value threw.',
  fix: 'give the field plain data, or an object of a kind that it takes',
  bad: 'spec:\n  hosts:\n  - new Date()   # an instance of a class\n',
  good: 'spec:\n  hosts:\n  - reviews\n',
};

const weight: { readonly [severity in Severity]: number } = { info: 0, warning: 1, error: 2 };

/**
 * Applies what a user wants to see: leaves out, raises, lowers, and reports suppressions that nothing needs any more.
 *
 * @throws RangeError where a severity is none
 */
export function applyOptions(
  diagnostics: readonly Diagnostic[],
  { ignore = [], severityOf = {}, minimumSeverity = 'info', suppressions = [] }: ReportOptions,
): Diagnostic[] {
  for (const severity of [minimumSeverity, ...Object.values(severityOf)]) {
    if (!Object.hasOwn(weight, severity)) {
      throw new RangeError(`${severity} is no severity; there are ${Object.keys(weight).join(', ')}`);
    }
  }
  if (diagnostics.length === 0 && suppressions.length === 0) {
    return [];
  }
  const used = new Set<Suppression>();
  const remaining = diagnostics.filter((diagnostic) => {
    const suppression = suppressions.find((candidate) => covers(candidate, diagnostic));
    if (suppression !== undefined) {
      used.add(suppression);
    }
    return suppression === undefined && !ignore.includes(diagnostic.code);
  });
  const unused = suppressions.filter((suppression) => !used.has(suppression)).map(unusedDiagnostic);
  return [...remaining, ...unused]
    .map((diagnostic) => (Object.hasOwn(severityOf, diagnostic.code) ? { ...diagnostic, severity: severityOf[diagnostic.code] as Severity } : diagnostic))
    .filter(({ severity }) => weight[severity] >= weight[minimumSeverity]);
}

function covers({ code, object = {} }: Suppression, diagnostic: Diagnostic): boolean {
  return (
    code === diagnostic.code &&
    Object.entries(object).every(([key, value]) => value === undefined || diagnostic.object?.[key as keyof ObjectIdentity] === value)
  );
}

function unusedDiagnostic({ code, reason, object }: Suppression): Diagnostic {
  const where = object?.name === undefined ? '' : ` for ${[object.kind, object.name].filter(Boolean).join(' ')}`;
  return {
    code: unusedSuppression.code,
    severity: unusedSuppression.severity,
    path: '',
    message: `The suppression of ${code}${where} (${reason}) suppresses nothing.`,
    fix: unusedSuppression.fix,
    help: helpFor(unusedSuppression.code),
  };
}

/** Where to read more about a code. */
export function helpFor(code: string): string {
  return `cdk8s-istio rule ${code}`;
}

/** @throws RangeError for a release that is not known */
export function requireRelease(release: string): void {
  if (!isRelease(release)) {
    throw new RangeError(`Istio ${release} is not known; the releases are ${oldestRelease} to ${newestRelease}`);
  }
}

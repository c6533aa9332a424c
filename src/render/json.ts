import type { Diagnostic, ObjectIdentity, RelatedPlace, Severity, SourceLocation } from '../manifest/diagnostic';
import { type Summary, summarize } from './summary';

/**
 * A finding in JSON. The form is stable: members keep their names and meaning, new ones may be added. Lists are there even when empty; a member whose value
 * is not known is left out.
 */
export interface DiagnosticJson {
  readonly code: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly object?: ObjectIdentity;
  readonly path: string;
  readonly message: string;
  readonly location?: SourceLocation;
  readonly construct?: string;
  readonly related: readonly RelatedPlace[];
  readonly fix?: string;
  readonly help?: string;
}

/** The whole report: the findings, and how many there are. Callers may add counts of their own to the summary. */
export interface ReportJson {
  readonly diagnostics: readonly DiagnosticJson[];
  readonly summary: Summary & { readonly [count: string]: number };
}

/**
 * The report as JSON text, indented by two spaces and ended by a line break.
 *
 * @param counts further members of the summary, such as the number of objects that were read
 */
export function renderJson(diagnostics: readonly Diagnostic[], counts: { readonly [count: string]: number } = {}): string {
  const report: ReportJson = { diagnostics: diagnostics.map(toJson), summary: { ...summarize(diagnostics), ...counts } };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** One finding in its JSON form, its members in a fixed order. */
export function toJson({ code, aliases = [], severity, object, path, message, location, construct, related = [], fix, help }: Diagnostic): DiagnosticJson {
  return {
    code,
    aliases,
    severity,
    ...(object === undefined ? {} : { object }),
    path,
    message,
    ...(location === undefined ? {} : { location }),
    ...(construct === undefined ? {} : { construct }),
    related,
    ...(fix === undefined ? {} : { fix }),
    ...(help === undefined ? {} : { help }),
  };
}

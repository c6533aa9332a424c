import type { SourceLocation } from '../../manifest/diagnostic';
import type { Manifest } from '../../manifest/manifest';
import { fieldPath, itemPath } from '../../manifest/path';
import { readDocuments, readYaml } from '../../manifest/yaml';
import { complaintsAbout, complaintsAboutFile, looksLikeTest } from './case-shape';
import { isMapping } from './shape';
import type { TrafficCase } from './traffic-case';

/** Something that is wrong with a test file, and where. */
export interface CaseProblem {
  readonly location: SourceLocation;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** One test as it stands in a file. */
export interface WrittenCase {
  readonly file: string;
  readonly group?: string;
  readonly test: TrafficCase;
  /** The manifests that stand in the test itself. */
  readonly manifests: readonly Manifest[];
  /** Where a field of the test stands. */
  locate(path: string): SourceLocation;
}

/** A value with the places of its fields. */
interface Written {
  readonly value: unknown;
  locate(path: string): SourceLocation;
}

/**
 * Reads the tests of a file: one, a list of them, or `{ group, cases }`; YAML (also several documents) or JSON. What is wrong is said with its place; with errors there are no tests.
 *
 * @param file how places are named
 */
export function readCases(content: string, file: string): { readonly cases: readonly WrittenCase[]; readonly problems: readonly CaseProblem[] } {
  const problems: CaseProblem[] = [];
  const cases: WrittenCase[] = [];
  for (const written of valuesOf(content, file, problems)) {
    const around = isListOfCases(written.value) ? complaintsAboutFile(written.value) : [];
    for (const { path, message } of around) problems.push({ location: written.locate(path), message, severity: 'error' });
    for (const { value, path, group } of testsIn(written.value)) {
      const complaints = complaintsAbout(value, path);
      for (const complaint of complaints) problems.push({ location: written.locate(complaint.path), message: complaint.message, severity: 'error' });
      if (complaints.length === 0) cases.push(caseOf(value as TrafficCase, path, group, file, written, problems));
    }
  }
  if (cases.length === 0 && problems.length === 0)
    problems.push({ location: { file, line: 1, column: 1 }, message: 'the file holds no test', severity: 'error' });
  return { cases: problems.some(({ severity }) => severity === 'error') ? [] : cases, problems };
}

/** JSON is read as such, many times faster; where something stands is looked up when it is asked for. */
function valuesOf(content: string, file: string, problems: CaseProblem[]): readonly Written[] {
  if (/^\s*[[{]/.test(content)) {
    try {
      const value: unknown = JSON.parse(content);
      let read: ReturnType<typeof readDocuments> | undefined;
      return [
        {
          value,
          locate: (path) => {
            read ??= readDocuments(content, file);
            return read.documents[0]?.locate(path) ?? { file, line: 1, column: 1 };
          },
        },
      ];
    } catch {
      // YAML in braces, or JSON with a mistake that the YAML reader will point at.
    }
  }
  const { documents, diagnostics } = readDocuments(content, file);
  for (const { severity, location, message } of diagnostics) {
    problems.push({ location: location ?? { file, line: 1 }, message, severity: severity === 'error' ? 'error' : 'warning' });
  }
  return documents;
}

function testsIn(value: unknown): readonly { readonly value: unknown; readonly path: string; readonly group?: string }[] {
  if (Array.isArray(value)) return value.map((item, index) => ({ value: item, path: itemPath('', index) }));
  if (!isListOfCases(value)) return [{ value, path: '' }];
  const { cases, group } = value;
  return cases.map((item, index) => ({ value: item, path: itemPath('cases', index), ...(typeof group === 'string' ? { group } : {}) }));
}

function isListOfCases(value: unknown): value is { readonly cases: readonly unknown[]; readonly group?: unknown } {
  return isMapping(value) && Array.isArray(value.cases);
}

/** Whether anything in a text means to be a test, for folders in which other files lie as well. */
export function holdsTests(content: string, file: string): boolean {
  const problems: CaseProblem[] = [];
  const values = valuesOf(content, file, problems);
  // Of what cannot be read there is only the text to tell.
  if (problems.length > 0 && /^["\s-]*(?:cases|calls)"?\s*:/m.test(content)) return true;
  return values.some(({ value }) => isListOfCases(value) || testsIn(value).some((each) => looksLikeTest(each.value)));
}

function caseOf(test: TrafficCase, path: string, group: string | undefined, file: string, written: Written, problems: CaseProblem[]): WrittenCase {
  return {
    file,
    ...(group === undefined ? {} : { group }),
    test,
    manifests: manifestsIn(test, path, written, problems),
    locate: (field) => written.locate(path === '' || field === '' ? path + field : fieldPath(path, field)),
  };
}

/** The manifests under `istio`; those of a text are placed at the text. */
function manifestsIn({ istio }: TrafficCase, path: string, written: Written, problems: CaseProblem[]): readonly Manifest[] {
  const field = fieldPath(path, 'istio');
  if (typeof istio === 'string') {
    const { manifests, diagnostics } = readYaml(istio);
    for (const { message, severity, location } of diagnostics) {
      const line = location === undefined ? '' : `line ${location.line} of the text: `;
      problems.push({ location: written.locate(field), message: `${line}${message}`, severity: severity === 'error' ? 'error' : 'warning' });
    }
    return manifests.map(({ object }) => ({ object, origin: {} }));
  }
  return (istio ?? []).map((object, index) => {
    const at = itemPath(field, index);
    return {
      object,
      origin: {
        get location() {
          return written.locate(at);
        },
        locate: (inside: string) => written.locate(inside === '' ? at : inside.startsWith('[') ? at + inside : fieldPath(at, inside)),
      },
    };
  });
}

/** The paths under `manifests`, each with the field where it stands. */
export function manifestPatterns({ manifests }: TrafficCase): readonly { readonly pattern: string; readonly path: string }[] {
  if (typeof manifests === 'string') return [{ pattern: manifests, path: 'manifests' }];
  return (manifests ?? []).map((pattern, index) => ({ pattern, path: itemPath('manifests', index) }));
}

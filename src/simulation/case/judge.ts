import { fits, valueAt } from './expectation';
import type { CallRun, CaseRun, SpokenOf } from './run-case';

/** Something that is not as expected. */
export interface Difference {
  /** The field of the test that expects it: `calls[2].expect.status`, `expectRejected`. */
  readonly path: string;
  /** The field of the result. */
  readonly field: string;
  readonly expected: unknown;
  readonly actual: unknown;
  /** The share of requests that differ, where not all do. */
  readonly share?: string;
  readonly message: string;
}

/** Everything about a run that is not as its test expects. An expectation has to hold however chance goes. */
export function differences(run: CaseRun): Difference[] {
  const { test, rejected, warnings, calls, failed } = run;
  if (failed !== undefined) return [{ path: '', field: 'failed', expected: null, actual: failed, message: failed }];
  return [
    ...aboutObjects('expectRejected', 'rejected', test.expectRejected ?? [], rejected),
    ...(test.expectWarned == null ? [] : aboutObjects('expectWarned', 'warnings', test.expectWarned, warnings)),
    ...calls.flatMap((call, index) => callDifferences(call, `calls[${index}]`)),
  ];
}

function aboutObjects(path: string, field: string, expected: readonly string[], spokenOf: readonly SpokenOf[]): Difference[] {
  const actual = [...new Set(spokenOf.map(({ kind, name }) => `${kind}/${name}`))].sort();
  const wanted = [...expected].sort();
  if (fits(wanted, actual)) return [];
  const unexpected = spokenOf.filter(({ kind, name }) => !expected.includes(`${kind}/${name}`)).map(({ kind, name, error }) => `${kind}/${name}: ${error}`);
  const because = unexpected.length > 0 ? `; ${unexpected.join('; ')}` : '';
  return [{ path, field, expected: wanted, actual, message: `expected ${show(wanted)}, got ${show(actual)}${because}` }];
}

function callDifferences({ call, report, outcome }: CallRun, path: string): Difference[] {
  const expectations = Object.entries(call.expect ?? {});
  if (expectations.length === 0) return [{ path, field: 'expect', expected: undefined, actual: undefined, message: 'nothing is expected of this call' }];
  const isCounted = (call.count ?? 1) > 1;
  return expectations.flatMap(([field, expected]): Difference[] => {
    const about = { path: `${path}.expect`, field, expected };
    if (isCounted || report.alternatives === undefined) {
      const actual = valueAt(report, field);
      return fits(expected, actual) ? [] : [{ ...about, actual, message: `expected ${show(expected)}, got ${show(actual)}` }];
    }
    const differing = report.alternatives.filter(({ result }) => !fits(expected, valueAt(result, field)));
    if (differing.length === 0) return [];
    const actual = valueAt(differing[0]?.result, field);
    const share = String(outcome.shareOf((alternative) => !fits(expected, valueAt(alternative.result, field))));
    return [{ ...about, actual, share, message: `expected ${show(expected)}, got ${show(actual)}${share === '1' ? '' : ` for ${share} of all requests`}` }];
  });
}

/** Values as they are written in a test file; what is absent is `null` there. */
export function show(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

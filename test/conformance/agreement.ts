import { type CallRun, differences, fits, readCases, runCase, valueAt } from '../../src/simulation/case';

/** How far the answers to the calls of a test agree with what was recorded. */
export interface CaseAgreement {
  readonly name: string;
  /** How many expectations there are. */
  readonly fields: number;
  /** Those that are not met, in words. */
  readonly differences: readonly string[];
}

/** Whether a field is left out, and why, is decided by the caller. */
export type IsJudged = (field: string) => boolean;

/** Runs all tests of a text. A mistake of ours that stops a test is a difference. */
export function agreementOf(text: string, file: string, isJudged: IsJudged = () => true): CaseAgreement[] {
  const { cases, problems } = readCases(text, file);
  const [problem] = problems.filter(({ severity }) => severity === 'error');
  if (problem !== undefined) throw new Error(`${problem.location.file}:${problem.location.line}: ${problem.message}`);
  return cases.map(({ test, manifests }) => {
    const { name, calls = [] } = test;
    const fields = calls.reduce((sum, { expect = {} }) => sum + Object.keys(expect).filter(isJudged).length, 2);
    try {
      const run = runCase(test, manifests);
      const aboutCase = differences({ ...run, calls: [] }).map(({ field, message }) => `${field}: ${message}`);
      return { name, fields, differences: [...aboutCase, ...run.calls.flatMap((call, index) => callDifferences(call, index, isJudged))] };
    } catch (error) {
      return { name, fields, differences: [(error as Error).stack?.split('\n').slice(0, 4).join(' ') ?? String(error)] };
    }
  });
}

/**
 * What was recorded is one way that a request went: it agrees if it is one of those that may come of it. (Somebody who writes a test means all of them.)
 */
function callDifferences({ call, report }: CallRun, index: number, isJudged: IsJudged): string[] {
  const expectations = Object.entries(call.expect ?? {}).filter(([field]) => isJudged(field));
  const ways: readonly unknown[] = (call.count ?? 1) > 1 ? [report] : (report.alternatives?.map(({ result }) => result) ?? [report]);
  const misses = ways.map((way) =>
    expectations.filter(([field, expected]) => !fits(expected, valueAt(way, field))).map(([field, expected]) => ({ field, expected, way })),
  );
  const nearest = misses.reduce((best, each) => (each.length < best.length ? each : best));
  return nearest.map(
    ({ field, expected, way }) =>
      `call ${index} ${call.url} ${field}: recorded ${JSON.stringify(expected)}, simulated ${JSON.stringify(valueAt(way, field)) ?? 'null'}`,
  );
}

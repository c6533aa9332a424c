import { type Numbers, reportsOfOneConnection } from './call-report';
import { countedAlike, fits, type IsSame, valueAt } from './expectation';
import type { CallRun, CaseRun, SpokenOf } from './run-case';
import type { TrafficCase } from './traffic-case';

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

/** How strictly a run is judged. */
export interface Judgement {
  /**
   * Whether it is enough that all expectations of a call hold on one of the ways that its request may go. So it is with recorded answers, which are those to one request each; somebody
   * who writes a test means every request.
   * @default - false
   */
  readonly anyWay?: boolean;
  /** Which fields of results are compared, by default all. */
  readonly isJudged?: (field: string) => boolean;
}

/** Everything about a run that is not as its test expects. */
export function differences(run: CaseRun, judgement: Judgement = {}): Difference[] {
  const { test, rejected, warnings, calls, failed, failedAt = '' } = run;
  const ofCalls = calls.flatMap((call, index) => callDifferences(call, `calls[${index}]`, judgement));
  if (failed !== undefined) return [...ofCalls, { path: failedAt, field: 'failed', expected: null, actual: failed, message: failed }];
  return [
    ...(asksNothing(test) ? [{ path: '', field: 'calls', expected: undefined, actual: undefined, message: 'nothing is asked: the test has no calls' }] : []),
    ...aboutObjects('expectRejected', 'rejected', test.expectRejected ?? [], rejected),
    ...(test.expectWarned == null ? [] : aboutObjects('expectWarned', 'warnings', test.expectWarned, warnings)),
    ...ofCalls,
  ];
}

function asksNothing({ calls, expectRejected, expectWarned }: TrafficCase): boolean {
  return (calls ?? []).length === 0 && expectRejected == null && expectWarned == null;
}

function aboutObjects(path: string, field: string, expected: readonly string[], spokenOf: readonly SpokenOf[]): Difference[] {
  const actual = [...new Set(spokenOf.map(({ kind, name }) => `${kind}/${name}`))].sort();
  const wanted = [...expected].sort();
  if (fits(wanted, actual)) return [];
  const unexpected = spokenOf.filter(({ kind, name }) => !expected.includes(`${kind}/${name}`)).map(({ kind, name, error }) => `${kind}/${name}: ${error}`);
  const because = unexpected.length > 0 ? `; ${unexpected.join('; ')}` : '';
  return [{ path, field, expected: wanted, actual, message: `expected ${show(wanted)}, got ${show(actual)}${because}` }];
}

function callDifferences({ call, report, outcome }: CallRun, path: string, { anyWay = false, isJudged = () => true }: Judgement): Difference[] {
  const expectations = Object.entries(call.expect ?? {});
  if (expectations.length === 0) return [{ path, field: 'expect', expected: undefined, actual: undefined, message: 'nothing is expected of this call' }];
  const judged = expectations.filter(([field]) => isJudged(field)).map(([field, expected]) => ({ path: `${path}.expect`, field, expected }));
  const count = call.count ?? 1;
  const ways = count > 1 ? [report] : (report.alternatives?.map(({ result }) => result) ?? [report]);
  if (anyWay) {
    const isSame = count > 1 ? countedAlike(count) : undefined;
    const together = count > 1 && call.keepAlive !== false ? reportsOfOneConnection(outcome, count) : [];
    return nearest([...ways, ...together].flatMap(readingsOf).map((way) => judged.flatMap((expectation) => differenceOf(expectation, way, isSame))));
  }
  return judged.flatMap((expectation) => {
    const [first] = ways.flatMap((way) => differenceOf(expectation, way));
    if (first === undefined) return [];
    const share = ways.length === 1 ? '1' : String(outcome.shareOf(({ result }) => !fits(expectation.expected, valueAt(result, expectation.field))));
    return [share === '1' ? first : { ...first, share, message: `${first.message} for ${share} of all requests` }];
  });
}

function differenceOf(expectation: Pick<Difference, 'path' | 'field' | 'expected'>, result: unknown, isSame?: IsSame): Difference[] {
  const actual = valueAt(result, expectation.field);
  const isMet = saysNobody(expectation) ? Object.keys(actual ?? {}).length === 0 : fits(expectation.expected, actual, isSame);
  return isMet ? [] : [{ ...expectation, actual, message: `expected ${show(expectation.expected)}, got ${show(actual)}` }];
}

/** An empty distribution is recorded where no workload answered, and means just that. */
function saysNobody({ field, expected }: Pick<Difference, 'field' | 'expected'>): boolean {
  return field === 'distribution' && typeof expected === 'object' && expected !== null && Object.keys(expected).length === 0;
}

/** Which of these a caller sees when somebody cuts it off is a matter of timing. */
const cutOff = ['reset', 'closed', 'tls'];

/** A result, and of counted requests that were cut off the same with each of the errors that they may have. */
function readingsOf<T extends object>(result: T): T[] {
  const statuses = Object.entries((result as Partial<Numbers>).statuses ?? {});
  const times = statuses.reduce((sum, [status, number]) => (cutOff.includes(status) ? sum + number : sum), 0);
  const others = Object.fromEntries(statuses.filter(([status]) => !cutOff.includes(status)));
  return times === 0 ? [result] : cutOff.map((error) => ({ ...result, statuses: { ...others, [error]: times } }));
}

/** Of the way that comes nearest to what is expected. */
function nearest(ways: readonly Difference[][]): Difference[] {
  return ways.reduce((best, each) => (each.length < best.length ? each : best));
}

/** Values as they are written in a test file; what is absent is `null` there. */
export function show(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

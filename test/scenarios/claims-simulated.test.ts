import type { KubernetesObject, Manifest } from '../../src/manifest/manifest';
import { type Call, type Claim, catalogue, type Scenario } from '../../src/scenarios';
import { within } from '../../src/scenarios/claim';
import { Coverage } from '../../src/simulation';
import { type CaseRun, differences, runCase, type TrafficCase } from '../../src/simulation/case';
import '../../src/testing';
import { trafficCase } from './traffic-case';

/** Every claim of the catalogue, executed by simulation: calls that reach something, and calls that must not. */
const claims = catalogue.flatMap((scenario) => scenario.claims.filter(({ calls }) => calls.length > 0).map((claim) => ({ scenario, claim })));

/** Steps and scenarios share many objects; what is the same counts once. */
const known = new Map<string, Manifest>();
const coverages: Coverage[] = [];

function manifestOf(object: KubernetesObject): Manifest {
  const key = JSON.stringify(object);
  const manifest = known.get(key) ?? { object, origin: {} };
  known.set(key, manifest);
  return manifest;
}

function run(scenario: Scenario, claim: Claim): CaseRun {
  const test = trafficCase(scenario, claim) as TrafficCase & { readonly istio: readonly KubernetesObject[] };
  const done = runCase(test, test.istio.map(manifestOf), { countCoverage: true });
  coverages.push(done.coverage as Coverage);
  return done;
}

/** Everything that is not as claimed. Numbers of many requests were claimed with the room that counting needs; here they have to be those of the share in the middle of it. */
function objections(done: CaseRun, { calls }: Claim): string[] {
  return [
    ...differences(done).map(({ path, field, message }) => `${path} ${field}: ${message}`),
    ...calls.flatMap((call, index) =>
      ranges(call, done.calls[index]?.report ?? {}).flatMap(({ field, range, actual }) => {
        const { count = 1 } = call;
        const own = JSON.stringify(within(count, actual / count));
        return own === JSON.stringify(range) ? [] : [`calls[${index}] ${field}: ${actual} of ${count} have the range ${own}, not ${JSON.stringify(range)}`];
      }),
    ),
  ];
}

/** The numbers for which a call expects a range. */
function ranges({ expect: expected }: Call, report: Readonly<Record<string, unknown>>): { field: string; range: object; actual: number }[] {
  return Object.entries(expected).flatMap(([field, value]) =>
    Object.entries(typeof value === 'object' && value !== null ? value : {})
      .filter(([, range]) => typeof range === 'object' && range !== null && 'max' in range)
      .map(([key, range]) => ({ field: `${field}.${key}`, range, actual: (report[field] as Record<string, number> | undefined)?.[key] ?? 0 })),
  );
}

/** Claims that hold without the objects of their step as well. */
const alsoWithout: readonly string[] = [
  'course/weighted: 50 % reach v1 and 50 % v2', // so it is with one pod of each version
  'course/policy-rules: a caller of prod is let in by its address', // nobody is kept out where there is no policy
];

describe.each(claims.map(({ scenario, claim }) => [`${scenario.id}: ${claim.name}`, scenario, claim] as const))('%s', (title, scenario, claim) => {
  const done = run(scenario, claim);

  test('holds for every request', () => {
    expect(objections(done, claim)).toEqual([]);
    expect(done.notes).toEqual([]);
  });

  // What is claimed of a step without objects is how things are before.
  if ((done.test.istio ?? []).length === 0) return;
  test('would not hold without the objects of its step', () => {
    const bare = runCase({ ...done.test, istio: [] }, []);
    expect(objections(bare, claim).length === 0).toBe(alsoWithout.includes(title));
  });
});

test('the claims meet most of what the catalogue configures, and every policy rule', () => {
  const coverage = Coverage.together(coverages);
  expect(coverage).toBeCovered({ atLeast: 0.85 });
  expect(coverage.missed.filter(({ kind }) => kind === 'rule')).toEqual([]);
});

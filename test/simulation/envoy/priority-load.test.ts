import fc from 'fast-check';
import { priorityLoads } from '../../../src/simulation/envoy/priority-load';

const loads = (health: [total: number, healthy: number][], panicThreshold = 0) =>
  priorityLoads(
    health.map(([total, healthy]) => ({ total, healthy })),
    panicThreshold,
  ).map(({ load, isPanicking }) => (isPanicking ? `${load}!` : load));

describe('the load of priorities', () => {
  it('stays with the first one until more than 1 of 1.4 endpoints is gone', () => {
    expect(
      loads([
        [4, 4],
        [4, 4],
      ]),
    ).toEqual([100, 0]);
    expect(
      loads([
        [4, 3],
        [4, 4],
      ]),
    ).toEqual([100, 0]);
    expect(
      loads([
        [4, 2],
        [4, 4],
      ]),
    ).toEqual([70, 30]);
    expect(
      loads([
        [4, 0],
        [4, 4],
      ]),
    ).toEqual([0, 100]);
    expect(
      loads([
        [0, 0],
        [1, 1],
      ]),
    ).toEqual([0, 100]);
  });

  it('is shared in proportion to what is left everywhere when all together cannot take it', () => {
    expect(
      loads([
        [4, 1],
        [4, 1],
      ]),
    ).toEqual([50, 50]);
    expect(
      loads([
        [10, 2],
        [10, 1],
        [10, 1],
      ]),
    ).toEqual([50, 25, 25]);
    expect(
      loads([
        [3, 1],
        [10, 1],
      ]),
    ).toEqual([77, 23]);
  });

  it('goes to all endpoints of a priority that has too few healthy ones, unless others make up for them', () => {
    expect(loads([[4, 1]], 50)).toEqual(['100!']);
    expect(loads([[4, 1]], 20)).toEqual([100]);
    expect(
      loads(
        [
          [4, 1],
          [4, 4],
        ],
        50,
      ),
    ).toEqual([35, 65]);
  });

  it('goes nowhere when nobody is healthy, or to everybody where that is wanted', () => {
    expect(
      loads([
        [4, 0],
        [4, 0],
      ]),
    ).toEqual([100, 0]);
    expect(
      loads(
        [
          [3, 0],
          [1, 0],
        ],
        50,
      ),
    ).toEqual(['75!', '25!']);
    expect(
      loads(
        [
          [0, 0],
          [2, 0],
          [1, 0],
        ],
        50,
      ),
    ).toEqual(['0!', '67!', '33!']);
  });

  it('sums to a hundred whenever anybody is healthy', () => {
    const priority = fc.tuple(fc.nat(20), fc.nat(20)).map(([one, other]): [number, number] => [Math.max(one, other), Math.min(one, other)]);
    fc.assert(
      fc.property(fc.array(priority, { minLength: 1, maxLength: 5 }), fc.nat(100), (health, threshold) => {
        fc.pre(health.some(([, healthy]) => healthy > 0));
        const all = priorityLoads(
          health.map(([total, healthy]) => ({ total, healthy })),
          threshold,
        );
        expect(all.reduce((sum, { load }) => sum + load, 0)).toBe(100);
      }),
    );
  });
});

import type { OutlierDetection } from '../../src/simulation/envoy/cluster';
import { Memory } from '../../src/simulation/memory';

const detection = (maxEjectionPercent: number, baseEjectionTime = 30_000) => ({ maxEjectionPercent, baseEjectionTime }) as OutlierDetection;

/** What a proxy remembers after failures of endpoints, each of which fails as often as the limit allows. */
function failing(failures: readonly string[], { endpoints, percent }: { readonly endpoints: number; readonly percent: number }): Memory {
  return failures.reduce(
    (memory, endpoint) => memory.answered({ proxy: 'p', cluster: 'c', endpoint, endpoints }, [{ counter: '5xx', failed: true, limit: 1 }], detection(percent)),
    Memory.EMPTY,
  );
}

const isOut = (memory: Memory, endpoint: string) => memory.isEjected('p', 'c', endpoint);

describe('outlier detection', () => {
  const answer = (memory: Memory, failed: boolean) =>
    memory.answered({ proxy: 'p', cluster: 'c', endpoint: 'a', endpoints: 2 }, [{ counter: '5xx', failed, limit: 3 }], detection(100));

  it('takes an endpoint out after so many failures in a row, for one proxy and one cluster', () => {
    const twice = answer(answer(Memory.EMPTY, true), true);
    expect(isOut(twice, 'a')).toBe(false);
    expect(isOut(answer(twice, true), 'a')).toBe(true);
    expect(isOut(answer(answer(answer(twice, false), true), true), 'a')).toBe(false);
    expect(answer(twice, true).isEjected('other', 'c', 'a')).toBe(false);
    expect(answer(twice, true).isEjected('p', 'other', 'a')).toBe(false);
  });

  it('never takes out more of them than the limit allows, not even the first one', () => {
    expect(isOut(failing(['a'], { endpoints: 2, percent: 10 }), 'a')).toBe(false);
    expect(isOut(failing(['a'], { endpoints: 2, percent: 49 }), 'a')).toBe(false);
    expect(isOut(failing(['a'], { endpoints: 2, percent: 50 }), 'a')).toBe(true);
    expect(isOut(failing(['a', 'b'], { endpoints: 3, percent: 60 }).later(2000), 'b')).toBe(false);
    expect(isOut(failing(['a', 'b'], { endpoints: 3, percent: 67 }).later(2000), 'b')).toBe(true);
  });

  it('lets the second one go only when a second has passed since the first', () => {
    const both = failing(['a', 'b'], { endpoints: 2, percent: 100 });
    expect([isOut(both, 'a'), isOut(both, 'b')]).toEqual([true, false]);
    expect(isOut(both.later(999), 'b')).toBe(false);
    expect(isOut(both.later(1000), 'b')).toBe(true);
  });

  it('lets an endpoint come back when its time is up', () => {
    const out = failing(['a'], { endpoints: 1, percent: 100 });
    expect(isOut(out.later(29_999), 'a')).toBe(true);
    expect(isOut(out.later(30_000), 'a')).toBe(false);
  });
});

describe('memories', () => {
  it('are the same when they remember the same', () => {
    expect(failing(['a'], { endpoints: 1, percent: 100 }).key).toBe(failing(['a'], { endpoints: 1, percent: 100 }).key);
    expect(failing(['a'], { endpoints: 1, percent: 100 }).key).not.toBe(failing(['b'], { endpoints: 1, percent: 100 }).key);
    expect(Memory.EMPTY.later(0)).toBe(Memory.EMPTY);
  });
});

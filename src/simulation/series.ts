import { Fraction, type Possibility } from './chance';
import { Memory } from './memory';
import type { Outcome, Way } from './outcome';
import type { TrafficRequest } from './request';

/** What proxies may remember, and how likely it is that they do. */
type States = readonly Possibility<Memory>[];

/** How a mesh answers a request; `waysFrom` puts together what it says for everything that its proxies may remember. */
export type Ask = (request: TrafficRequest, waysFrom: (answers: (memory: Memory) => readonly Possibility<Way>[]) => readonly Possibility<Way>[]) => Outcome;

/** Beyond so many different memories a series is no longer followed exactly. */
const LIMIT = 2_000;

/**
 * Requests that follow one another: proxies remember between them what keeps failing (outlier detection) and how often they were asked (local rate limits). Each answer is
 * still exact: it is taken over everything that the proxies may remember by then.
 */
export class Series {
  private states: States = [{ share: Fraction.ONE, value: Memory.EMPTY }];

  constructor(private readonly ask: Ask) {}

  /** Whether any proxy may remember something. As long as none does, a request meets the same as before. */
  get remembers(): boolean {
    return this.states.some(({ value }) => value !== Memory.EMPTY);
  }

  /**
   * Lets time pass, in milliseconds.
   * @throws TypeError for what is no number from 0 on
   */
  wait(milliseconds: number): this {
    if (typeof milliseconds !== 'number' || !(milliseconds >= 0)) throw new TypeError(`wait takes milliseconds from 0 on, not ${JSON.stringify(milliseconds)}`);
    this.states = this.states.map(({ share, value }) => ({ share, value: value.later(milliseconds) }));
    return this;
  }

  /**
   * What the next request meets.
   * @throws TypeError for a caller that the mesh does not have, or something that is no URL
   * @throws RangeError when the proxies may remember too many different things
   */
  request(request: TrafficRequest): Outcome {
    return this.ask(request, (answers) => {
      const ways = this.states.flatMap(({ share, value: memory }) => answers(memory).map((way) => ({ share: share.times(way.share), value: way.value })));
      this.states = merged(ways);
      return ways;
    });
  }
}

/** What is remembered alike is one state. */
function merged(ways: readonly Possibility<Way>[]): States {
  if (ways.every(({ value: { journey } }) => journey.memory === Memory.EMPTY)) return [{ share: Fraction.ONE, value: Memory.EMPTY }];
  const states = new Map<string, Possibility<Memory>>();
  for (const { share, value } of ways) {
    const memory = value.journey.memory.later(value.reply.elapsed);
    const known = states.get(memory.key);
    states.set(memory.key, { share: known === undefined ? share : known.share.plus(share), value: memory });
  }
  if (states.size > LIMIT)
    throw new RangeError(`the proxies may remember more than ${LIMIT} different things after this request; ask fewer requests in one series`);
  return [...states.values()];
}

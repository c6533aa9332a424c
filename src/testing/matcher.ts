import type { Alternative, Fraction, Outcome, TrafficRequest } from '../simulation';
import { endOf, percentage, story } from '../simulation/story';
import { receivedAs } from './received';

/** What a matcher says, as jest and vitest take it. */
export interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What jest and vitest bind matchers to; `isNot` is true behind `.not`. */
export interface MatcherState {
  readonly isNot?: boolean;
}

/** What a matcher claims of requests. */
export interface Claim {
  /** Completes "the request should ...". */
  readonly text: string;
  readonly holds: (alternative: Alternative, request: TrafficRequest) => boolean;
  /** The share of requests for which it has to hold, from 0 to 1; without it, all, and behind `.not` none. */
  readonly share?: number | undefined;
  /** What a request meets, in the words of the matcher. @default - its answer */
  readonly found?: (alternative: Alternative) => string;
  /** Throws for names that the mesh does not know: behind `.not` they would hold whatever happens. */
  readonly check?: (outcome: Outcome) => void;
}

/**
 * Judges what a matcher was given. Behind `.not` a claim without a share has to hold for no request at all: that half of the requests do something else is no reason to be content.
 * The message says what the requests get instead, with every decision on the way.
 *
 * @throws TypeError for what is no outcome, and for a share that is none
 */
export function judge(state: MatcherState | undefined, matcher: string, received: unknown, { text, holds, share, found = endOf, check }: Claim): Verdict {
  const outcome = outcomeOf(received, matcher);
  check?.(outcome);
  if (share !== undefined && !(share >= 0 && share <= 1)) throw new TypeError(`a share lies between 0 and 1, so that 90 % is 0.9; ${matcher} got ${share}`);
  const part = outcome.shareOf((alternative) => holds(alternative, outcome.request));
  const held = part.toNumber();
  // Shares are exact, and what people write is rounded in its last binary digit.
  const pass = share === undefined ? held === 1 || (state?.isNot === true && held > 0) : Math.abs(held - share) < 1e-9;
  const wanted = share === undefined || share === 1 ? text : `${text} with a share of ${share}`;
  return { pass, message: () => `The request should ${pass ? 'not ' : ''}${wanted}; ${meets(outcome, found, part)}\n\n${story(outcome)}` };
}

/** What the requests meet instead; where it is not the same for all, one line for each, the likeliest first. */
function meets(outcome: Outcome, found: (alternative: Alternative) => string, held: Fraction): string {
  const met = [...outcome.sharesBy(found)].sort(([, one], [, other]) => other.minus(one).toNumber());
  const [[only] = ['']] = met;
  if (met.length === 1) return `it meets: ${only}`;
  const lines = met.map(([what, share]) => `  ${percentage(share).padEnd(8)} ${what}`);
  return [`${percentage(held)} of the requests do:`, ...lines].join('\n');
}

/** What was received is told by its shape: a test framework may have loaded the simulation twice. */
function outcomeOf(received: unknown, matcher: string): Outcome {
  const outcome = received as Outcome | null | undefined;
  if (typeof outcome?.shareOf === 'function' && Array.isArray(outcome.alternatives)) return outcome;
  throw new TypeError(`${matcher} takes what mesh.request(...) returns, and got ${receivedAs(received)}`);
}

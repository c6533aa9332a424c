import { Outcome, story } from '../simulation';

/** What a matcher says, as jest and vitest take it. */
export interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Calls matchers are bound to; `isNot` is true behind `.not`. */
export interface MatcherState {
  readonly isNot?: boolean;
}

/**
 * Judges an outcome: `expected` completes "the request should ...", `found` says what happens instead. The trace follows, so that a failing test shows every decision.
 */
export function verdict(outcome: Outcome, pass: boolean, expected: string, found: () => string): Verdict {
  return {
    pass,
    message: () => `The request should ${pass ? 'not ' : ''}${expected}${pass ? '' : `; ${found()}`}.\n\n${story(outcome)}`,
  };
}

/**
 * The outcome that a matcher was given.
 * @throws TypeError for anything else, with what to write
 */
export function outcomeOf(received: unknown, matcher: string): Outcome {
  if (received instanceof Outcome) return received;
  throw new TypeError(`${matcher} takes what mesh.request(...) returns, and got ${received === null ? 'null' : typeof received}`);
}

/** An object to name: its text, or a construct, of which kind, namespace and name are taken. */
export type ObjectReference = string | { readonly kind?: string; readonly metadata?: unknown; readonly name?: string; toJson?(): unknown };

interface Named {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Reads `reviews`, `bookinfo/reviews`, `AuthorizationPolicy/bookinfo/reviews`, or a construct. */
export function nameOf(reference: ObjectReference): Named {
  if (typeof reference !== 'string') {
    const { kind, metadata } = (reference.toJson?.() ?? reference) as {
      readonly kind?: string;
      readonly metadata?: { readonly name?: string; readonly namespace?: string };
    };
    return {
      ...(kind === undefined ? {} : { kind }),
      ...(metadata?.namespace === undefined ? {} : { namespace: metadata.namespace }),
      name: metadata?.name ?? '',
    };
  }
  const parts = reference.split(/[/ ]/);
  const name = parts.at(-1) as string;
  const namespace = parts.at(-2);
  const kind = parts.at(-3);
  return { ...(kind === undefined ? {} : { kind }), ...(namespace === undefined ? {} : { namespace }), name };
}

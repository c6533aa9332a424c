import type { ObjectReference } from './reference';
import { toBeCovered } from './to-be-covered';
import type { Denial } from './to-be-denied';
import { toBeDenied } from './to-be-denied';
import { toBeEncrypted } from './to-be-encrypted';
import { toBeMirroredTo } from './to-be-mirrored-to';
import { toBeRedirectedTo } from './to-be-redirected-to';
import { toContainManifest } from './to-contain-manifest';
import { type FailureExpectation, toFail } from './to-fail';
import { type Reach, toReach } from './to-reach';
import { type Seen, toSee } from './to-see';
import { toTakeAtMost } from './to-take-at-most';

export type { Verdict } from './matcher';
export type { ObjectReference } from './reference';
export type { Denial, FailureExpectation, Reach, Seen };

/** The matchers, for test frameworks whose `expect` is not global: `expect.extend(matchers)`. */
export const matchers = { toReach, toBeDenied, toBeRedirectedTo, toFail, toBeEncrypted, toSee, toBeMirroredTo, toTakeAtMost, toContainManifest, toBeCovered };

/**
 * What `expect(mesh.request(...))` and `expect(chart)` can be asked. A matcher speaks of every request: it passes when all of them do what it says, and behind `.not` when none
 * does. Where a `share` is named, exactly that share of the requests has to.
 */
export interface IstioMatchers<R> {
  /**
   * Whether requests are answered by a service (`reviews`, `reviews.bookinfo`, a full name, a construct), a workload, or a host outside.
   *
   * @param expected the subset, the share (from 0 to 1), a gateway on the way, the port of the application
   */
  toReach(service: ObjectReference, expected?: Reach): R;
  /** Whether requests are denied by an AuthorizationPolicy or a RequestAuthentication. */
  toBeDenied(expected?: Denial): R;
  /** Whether requests are answered with a redirect to this location. */
  toBeRedirectedTo(location: string | RegExp, expected?: { readonly status?: number }): R;
  /** Whether requests fail: no answer, a status of 5xx, or the reason that is named (`refused`, `UH`, 503, ...). */
  toFail(expected?: FailureExpectation): R;
  /** Whether requests reach the server's sidecar by mutual TLS, with an identity such as `bookinfo/productpage` or a ServiceAccount. */
  toBeEncrypted(expected?: { readonly as?: ObjectReference }): R;
  /** Whether the server receives requests so; parts of them are enough. */
  toSee(expected: Seen): R;
  /** Whether requests are copied to a service or workload that does not answer them. */
  toBeMirroredTo(service: ObjectReference, expected?: { readonly share?: number }): R;
  /** Whether requests are answered in time: milliseconds, or a duration such as `1.5s`. Delays, timeouts and retries count, the network takes no time. */
  toTakeAtMost(limit: number | string): R;
  /** Whether an app, a chart, a list of manifests or YAML text holds an object with everything that a partial manifest names. */
  toContainManifest(partial: object): R;
  /** Whether the requests to a mesh since `mesh.coverage()` have met a share of its routes, destinations, subsets and policy rules (default: all). */
  toBeCovered(expected?: { readonly atLeast?: number }): R;
}

declare global {
  namespace jest {
    interface Matchers<R, T> extends IstioMatchers<R> {}
  }
}

// biome-ignore lint/suspicious/noTsIgnore: where it is not installed there is nothing to extend, and nothing is wrong
/** @ts-ignore: only where @jest/globals is installed */
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends IstioMatchers<R> {}
}

// biome-ignore lint/suspicious/noTsIgnore: where it is not installed there is nothing to extend, and nothing is wrong
/** @ts-ignore: only where vitest is installed */
declare module 'vitest' {
  interface Matchers<T> extends IstioMatchers<T> {}
}

// jest and vitest with globals have it; without globals a test passes the matchers to expect.extend itself.
(globalThis as { expect?: { extend?(added: object): void } }).expect?.extend?.(matchers);

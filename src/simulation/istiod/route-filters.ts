import { milliseconds, parseDuration } from '../../manifest/duration';
import type { Source } from '../../mesh/config-object';
import type { HttpRouteSpec, PercentSpec } from '../../mesh/specs/virtual-service';
import type { Cors, Fault } from '../envoy/route';
import { stringMatcher } from './route-match';
import { fieldOf } from './source-fields';

/** The percentage that Envoy is told: with four decimals, further ones are cut off. */
export function percentageOf({ value = 0 }: PercentSpec): number {
  return Math.trunc(value * 10_000) / 10_000;
}

/** The faults of a route; nothing where none is left. Without a percentage a delay happens to nobody, and so does an abort. */
export function faultOf({ delay, abort }: NonNullable<HttpRouteSpec['fault']>, route: Source): Fault | undefined {
  const delays = delay?.fixedDelay !== undefined && {
    delay: { duration: milliseconds(delay.fixedDelay), percentage: delay.percentage ? percentageOf(delay.percentage) : (delay.percent ?? 0) },
  };
  const aborts = (abort?.httpStatus !== undefined || abort?.grpcStatus !== undefined) && {
    abort: {
      ...(abort.httpStatus === undefined ? { grpcStatus: abort.grpcStatus as string } : { status: abort.httpStatus }),
      percentage: abort.percentage ? percentageOf(abort.percentage) : 0,
    },
  };
  return delays || aborts ? { ...delays, ...aborts, source: fieldOf(route, 'fault') } : undefined;
}

/** The CORS policy of a route. */
export function corsPolicy(spec: NonNullable<HttpRouteSpec['corsPolicy']>, route: Source): Cors {
  const { allowOrigins, allowOrigin, allowMethods, allowHeaders, exposeHeaders, maxAge, allowCredentials, unmatchedPreflights } = spec;
  const origins = allowOrigins?.length
    ? allowOrigins.map((each) => stringMatcher(each))
    : (allowOrigin ?? []).map((value) => ({ kind: 'exact' as const, value }));
  return {
    origins,
    ...(allowMethods?.length && { methods: allowMethods.join() }),
    ...(allowHeaders?.length && { headers: allowHeaders.join() }),
    ...(exposeHeaders?.length && { exposeHeaders: exposeHeaders.join() }),
    ...(maxAge !== undefined && { maxAge: String((parseDuration(maxAge) ?? 0n) / 1_000_000_000n) }),
    ...(allowCredentials && { credentials: true }),
    forwardsUnmatchedPreflights: unmatchedPreflights !== 'IGNORE',
    source: fieldOf(route, 'corsPolicy'),
  };
}

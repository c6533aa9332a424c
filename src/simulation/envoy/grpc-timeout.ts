import type { Headers } from './http';
import { isGrpc } from './local-reply';
import type { Stream } from './stream';

const units: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 0.001, n: 0.000001 };

/** How long a caller says in the manner of gRPC that it waits, in milliseconds; nothing where it does not. */
export function waitingTime(headers: Headers): number | undefined {
  const [, digits, unit] = /^(\d{1,8})([HMSmun])$/.exec(headers.get('grpc-timeout') ?? '') ?? [];
  return digits === undefined ? undefined : Math.ceil(Number(digits) * (units[unit as string] as number));
}

/**
 * How long a proxy waits for the answer to a caller of gRPC: as long as the caller, but no longer than the route allows; nothing for other callers. The sidecar of a server counts the
 * time of its callers elsewhere.
 */
export function grpcTimeout({ request, manager }: Stream, limit: number): number | undefined {
  if (manager.side === 'inbound' || !isGrpc({ request })) return undefined;
  const asked = waitingTime(request.headers) ?? 0;
  return limit !== 0 && (asked === 0 || asked > limit) ? limit : asked;
}

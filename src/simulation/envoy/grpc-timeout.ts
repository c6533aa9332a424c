import { isGrpc } from './local-reply';
import type { Stream } from './stream';

const units: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 0.001, n: 0.000001 };

/** How long a caller of gRPC says that it waits, in milliseconds, at most as long as the route allows; nothing for other callers. */
export function grpcTimeout(stream: Stream, limit: number): number | undefined {
  if (!isGrpc(stream)) return undefined;
  const [, digits, unit] = /^(\d{1,8})([HMSmun])$/.exec(stream.request.headers.get('grpc-timeout') ?? '') ?? [];
  const asked = digits === undefined ? 0 : Math.ceil(Number(digits) * (units[unit as string] as number));
  return limit !== 0 && (asked === 0 || asked > limit) ? limit : asked;
}

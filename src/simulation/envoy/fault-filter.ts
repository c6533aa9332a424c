import { grpcStatuses } from '../../validation/grammar/status';
import type { HttpResponse } from './http';
import { localReply } from './local-reply';
import type { Stream } from './stream';

/** The names that VirtualServices write; the place of each is its number. */
const grpcNumbers = [...grpcStatuses];

/** Delays a request, or answers it with an error, as the route says; the two are drawn one after the other. */
export function injectFault(stream: Stream): HttpResponse | undefined {
  const { journey, route } = stream;
  const { delay, abort, source } = route?.fault ?? {};
  if (delay !== undefined) {
    const happens = journey.chance.happens(delay.percentage);
    stream.note('fault', `${happens ? 'delayed by' : 'not delayed by'} ${delay.duration} ms, as ${delay.percentage} % are`, source);
    if (happens) {
      stream.elapsed += delay.duration;
      stream.flag('DI');
    }
  }
  if (abort === undefined) return undefined;
  const happens = journey.chance.happens(abort.percentage);
  const what = abort.status ?? `gRPC status ${abort.grpcStatus}`;
  stream.note('fault', `${happens ? 'answered' : 'not answered'} ${what} in the place of the server, as ${abort.percentage} % are`, source);
  if (!happens) return undefined;
  const grpcStatus = abort.grpcStatus === undefined ? undefined : grpcNumbers.indexOf(abort.grpcStatus);
  return localReply(stream, {
    status: abort.status ?? 200,
    body: 'fault filter abort',
    details: 'fault_filter_abort',
    flag: 'FI',
    ...(grpcStatus !== undefined && { grpcStatus }),
  });
}

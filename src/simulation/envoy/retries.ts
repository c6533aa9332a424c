import type { HttpResponse } from './http';
import type { RetryPolicy } from './route';

/**
 * How an attempt failed without an answer: `connection` before anything could be sent, `termination` after the request was out, `reset` when it alone was reset, `protocol` with something that is no HTTP,
 * `timeout` for want of an answer.
 */
export type AttemptFailure = 'connection' | 'termination' | 'reset' | 'protocol' | 'timeout';

/** Whether a policy has a request tried again that failed without an answer. */
export function retriesFailure({ on }: RetryPolicy, failure: AttemptFailure): boolean {
  const conditions = failure === 'connection' ? ['connect-failure', 'reset-before-request', ...anyFailure] : anyFailure;
  return on.some((condition) => conditions.includes(condition));
}

const anyFailure: readonly string[] = ['reset', '5xx', 'gateway-error'];

const byStatus: Readonly<Record<string, (status: number) => boolean>> = {
  '5xx': (status) => status >= 500 && status < 600,
  'gateway-error': (status) => status >= 502 && status <= 504,
  'retriable-4xx': (status) => status === 409,
};

const byGrpcStatus: Readonly<Record<string, string>> = {
  cancelled: '1',
  'deadline-exceeded': '4',
  'resource-exhausted': '8',
  internal: '13',
  unavailable: '14',
};

/** Whether a policy has a request tried again that was answered so. */
export function retriesResponse({ on, statusCodes }: RetryPolicy, { status, headers }: HttpResponse): boolean {
  if (headers.has('x-envoy-overloaded')) return false;
  const grpcStatus = headers.get('grpc-status');
  return on.some((condition) => {
    if (condition === 'retriable-status-codes') return statusCodes.includes(status);
    if (condition === 'envoy-ratelimited') return headers.has('x-envoy-ratelimited');
    return byStatus[condition]?.(status) === true || (grpcStatus !== undefined && byGrpcStatus[condition] === grpcStatus);
  });
}

const DEFAULT_INTERVAL = 25;

/** How long a proxy waits before it tries again, in milliseconds: it draws from an interval that doubles every time up to tenfold, and this is the middle of it. */
export function backoff({ backoff: interval = DEFAULT_INTERVAL }: RetryPolicy, retry: number): number {
  return Math.min(interval * 2 ** (retry - 1), interval * 10) / 2;
}

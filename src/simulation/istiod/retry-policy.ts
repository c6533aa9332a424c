import { milliseconds } from '../../manifest/duration';
import type { Source } from '../../mesh/config-object';
import type { MeshModel } from '../../mesh/model';
import type { HttpRouteSpec } from '../../mesh/specs/virtual-service';
import type { RetryPolicy } from '../envoy/route';

type RetriesSpec = NonNullable<HttpRouteSpec['retries']>;

const DEFAULT_ATTEMPTS = 2;
const DEFAULT_CONDITIONS = ['connect-failure', 'refused-stream', 'unavailable', 'cancelled', 'retriable-status-codes'];

/**
 * When failed requests are tried again; nothing where they are not. Without a word in the route that of MeshConfig counts, and without that a default.
 *
 * @param hashes whether the route binds its callers to endpoints, which a retry at another endpoint would undo
 */
export function retryPolicy(
  { config }: MeshModel,
  retries: { readonly spec: RetriesSpec; readonly source: Source } | undefined,
  hashes: boolean,
): RetryPolicy | undefined {
  const spec = retries?.spec ?? (config.defaultHttpRetryPolicy as RetriesSpec | undefined);
  if (spec === undefined) {
    return { attempts: DEFAULT_ATTEMPTS, on: DEFAULT_CONDITIONS, statusCodes: [], perTryTimeout: 0, avoidPreviousHosts: !hashes, remoteLocalities: false };
  }
  const { attempts = 0, perTryTimeout, backoff, retryIgnorePreviousHosts, retryRemoteLocalities } = spec;
  if (attempts <= 0) return undefined;
  return {
    attempts,
    ...(spec.retryOn ? conditionsOf(spec.retryOn) : { on: DEFAULT_CONDITIONS, statusCodes: [] }),
    perTryTimeout: perTryTimeout === undefined ? 0 : milliseconds(perTryTimeout),
    ...(backoff !== undefined && { backoff: milliseconds(backoff) }),
    avoidPreviousHosts: retryIgnorePreviousHosts ?? !hashes,
    remoteLocalities: retryRemoteLocalities ?? false,
    ...(retries && { source: retries.source }),
  };
}

/** Statuses may stand between the conditions; they say by themselves that statuses are looked at. */
function conditionsOf(retryOn: string): Pick<RetryPolicy, 'on' | 'statusCodes'> {
  const on: string[] = [];
  const statusCodes: number[] = [];
  for (const part of retryOn.split(',').map((text) => text.trim())) {
    if (/^[-+]?\d+$/.test(part) && isHttpStatus(Number(part))) statusCodes.push(Number(part));
    else if (part !== '') on.push(part);
  }
  if (statusCodes.length > 0 && !on.some((condition) => condition.includes('retriable-status-codes'))) on.push('retriable-status-codes');
  return { on, statusCodes };
}

/** The statuses that Go has a text for. */
function isHttpStatus(status: number): boolean {
  return /^(?:10[0-3]|20[0-8]|226|30[0-57-8]|4(?:0\d|1[0-8]|2[1-689]|31|51)|50[0-8]|51[01])$/.test(String(status));
}

import type { Endpoint } from '../../mesh/service';
import type { Workload } from '../../mesh/workload';
import type { Journey } from '../journey';
import type { FailureCount } from '../memory';
import type { Reply } from '../network/connection';
import type { Cluster, OutlierDetection } from './cluster';

/** Whether a proxy has taken an endpoint out because it kept failing. */
export function isEjected({ memory }: Journey, proxy: Workload, cluster: Cluster, endpoint: Endpoint): boolean {
  return memory.hasEjections && memory.isEjected(keyOf(proxy), cluster.name, addressOf(endpoint));
}

/** Counts the answer of an endpoint, for the requests that follow in the series. */
export function countAnswer(journey: Journey, proxy: Workload, cluster: Cluster, endpoint: Endpoint, reply: Reply): void {
  const { outlierDetection: detection } = cluster;
  if (detection === undefined) return;
  const failures = failuresOf(detection, reply);
  if (!journey.memory.hasFailures && !failures.some(({ failed }) => failed)) return;
  const endpoints = cluster.localities.reduce((sum, locality) => sum + locality.endpoints.length, 0);
  const asked = { proxy: keyOf(proxy), cluster: cluster.name, endpoint: addressOf(endpoint), endpoints };
  journey.memory = journey.memory.answered(asked, failures, detection);
}

/** Failures to connect count as 503, unless the DestinationRule has them counted apart. */
function failuresOf(detection: OutlierDetection, reply: Reply): FailureCount[] {
  const { consecutive5xx, consecutiveGatewayErrors, consecutiveLocalOriginFailures, splitExternalLocalOriginErrors } = detection;
  const isLocal = reply.kind === 'failure';
  const status = reply.kind === 'response' ? reply.response.status : isLocal && !splitExternalLocalOriginErrors ? 503 : 0;
  const counters: FailureCount[] = [
    { counter: '5xx', failed: status >= 500, limit: consecutive5xx },
    { counter: 'gateway', failed: status >= 502 && status <= 504, limit: consecutiveGatewayErrors },
    { counter: 'local', failed: isLocal, limit: splitExternalLocalOriginErrors ? consecutiveLocalOriginFailures : 0 },
  ];
  return counters.filter(({ limit }) => limit > 0);
}

function keyOf({ name, namespace }: Workload): string {
  return `${name}.${namespace}`;
}

function addressOf({ address, port }: Endpoint): string {
  return `${address}:${port}`;
}

import { labelsMatch } from '../manifest/labels';
import type { Alternative } from '../simulation';
import { parseTarget } from '../simulation/request';
import { judge, type MatcherState, type Verdict } from './matcher';
import { isAt, nameOf, type ObjectReference, titleOf } from './reference';

/** What a request must reach, beside the service. */
export interface Reach {
  /** A subset of a DestinationRule. */
  readonly subset?: string;
  /** The share of requests that reach it, from 0 to 1. @default - every request */
  readonly share?: number;
  /** A proxy on the way: the name of its workload (`istio-ingressgateway`, with or without `.namespace`), its construct, or the Gateway that selects it. */
  readonly via?: ObjectReference;
  /** The port of the application. */
  readonly port?: number;
}

/** Whether requests are answered by a service, a workload, or a host outside. */
export function toReach(this: MatcherState | undefined, received: unknown, service: ObjectReference, { share, subset, via, port }: Reach = {}): Verdict {
  const parts = [subset && `subset ${subset}`, port && `port ${port}`, via && `via ${titleOf(via)}`].filter(Boolean).join(', ');
  return judge(this, 'toReach', received, {
    text: `reach ${titleOf(service)}${parts === '' ? '' : ` (${parts})`}`,
    holds: ({ destination, result, hops }, { to }) =>
      destination !== undefined &&
      // Where no proxy chose a host, it is the one that the caller asked.
      isAt({ host: parseTarget(to).host, ...destination }, service) &&
      (subset === undefined || destination.subset === subset) &&
      (port === undefined || result.port === port) &&
      (via === undefined || hops.some((hop) => hop.side !== 'inbound' && isProxy(hop, via))),
    share,
  });
}

function isProxy({ proxy }: Alternative['hops'][number], via: ObjectReference): boolean {
  const { name, namespace, selector } = nameOf(via);
  if (selector !== undefined) return proxy.proxy === 'gateway' && labelsMatch(selector, proxy.labels);
  return via === `${proxy.name}.${proxy.namespace}` || (name === proxy.name && (namespace ?? proxy.namespace) === proxy.namespace);
}

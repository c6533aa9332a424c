import { labelsMatch } from '../manifest/labels';
import type { Alternative } from '../simulation';
import { parseTarget } from '../simulation/request';
import { endOf } from '../simulation/story';
import { checkDestination, checkOptions, checkSubset } from './known';
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
export function toReach(this: MatcherState | undefined, received: unknown, service: ObjectReference, expected: Reach = {}): Verdict {
  checkOptions('toReach', expected, ['subset', 'share', 'via', 'port']);
  const { share, subset, via, port } = expected;
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
    found: (alternative) => [endOf(alternative), port && portOf(alternative), via && proxiesOf(alternative)].filter(Boolean).join(', '),
    check: (outcome) => {
      checkDestination(outcome, service);
      if (subset !== undefined) checkSubset(outcome, subset);
    },
  });
}

function portOf({ result: { port } }: Alternative): string {
  return port === undefined ? 'on no port' : `on port ${port}`;
}

/** Whom a request passed on the side of its caller. */
function proxiesOf({ hops }: Alternative): string {
  const passed = new Set(hops.filter(({ side }) => side !== 'inbound').map(({ proxy }) => `${proxy.name}.${proxy.namespace}`));
  return passed.size === 0 ? 'via no proxy' : `via ${[...passed].join(', ')}`;
}

function isProxy({ proxy }: Alternative['hops'][number], via: ObjectReference): boolean {
  const { name, namespace, selector } = nameOf(via);
  if (selector !== undefined) return proxy.proxy === 'gateway' && labelsMatch(selector, proxy.labels);
  return via === `${proxy.name}.${proxy.namespace}` || (name === proxy.name && (namespace ?? proxy.namespace) === proxy.namespace);
}

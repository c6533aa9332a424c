import { type Alternative, percentage } from '../simulation';
import { nameOf, type ObjectReference, outcomeOf, type Verdict, verdict } from './matcher';

/** What a request must reach, beside the service. */
export interface Reach {
  /** A subset of a DestinationRule. */
  readonly subset?: string;
  /** The share of requests that reach it, from 0 to 1. @default - 1: every request */
  readonly share?: number;
  /** A proxy on the way, such as a gateway: the name of its workload, `name` or `name.namespace`. */
  readonly via?: string;
  /** The port of the application. */
  readonly port?: number;
}

/** Whether a share of all requests is answered by a service, a workload, or a host outside. */
export function toReach(received: unknown, service: ObjectReference, expected: Reach = {}): Verdict {
  const outcome = outcomeOf(received, 'toReach');
  const { share = 1, subset, via, port } = expected;
  const reached = outcome.shareOf((alternative) => isAt(alternative, service) && isAsExpected(alternative, expected));
  const pass = Math.abs(reached.toNumber() - share) < 1e-9;
  const parts = [subset && `subset ${subset}`, port && `port ${port}`, via && `via ${via}`].filter(Boolean).join(', ');
  const text = `reach ${typeof service === 'string' ? service : nameOf(service).name}${parts === '' ? '' : ` (${parts})`}${share === 1 ? '' : ` with a share of ${share}`}`;
  return verdict(outcome, pass, text, () => `${percentage(reached)} of the requests do`);
}

/** Names that stand for where a request was answered: the host as one of its short forms, the workload, the host outside. */
function isAt({ destination }: Alternative, service: ObjectReference): boolean {
  if (destination === undefined) return false;
  const { workload, namespace, host } = destination;
  const names = new Set([workload, `${workload}.${namespace}`, `${namespace}/${workload}`]);
  if (host !== undefined) {
    names.add(host);
    const [name, hostNamespace, svc] = host.split('.');
    if (svc === 'svc')
      for (const form of [name, `${name}.${hostNamespace}`, `${name}.${hostNamespace}.svc`, `${hostNamespace}/${name}`]) names.add(form as string);
  }
  if (typeof service === 'string') return names.has(service);
  const { namespace: wanted, name } = nameOf(service);
  return names.has(wanted === undefined ? name : `${wanted}/${name}`);
}

function isAsExpected({ destination, result, hops }: Alternative, { subset, via, port }: Reach): boolean {
  return (
    (subset === undefined || destination?.subset === subset) &&
    (port === undefined || result.port === port) &&
    (via === undefined || hops.some(({ proxy, side }) => side !== 'inbound' && (proxy.name === via || `${proxy.name}.${proxy.namespace}` === via)))
  );
}

import { Construct } from 'constructs';
import type { HTTPFaultInjection, HTTPRouteDestination } from '../../imports/networking.istio.io';
import type { Duration } from '../../imports/schema';
import { VirtualService } from '../constructs/virtual-service';
import { badInput } from './bad-input';
import { nanoseconds } from './nanoseconds';
import { type RequestMatch, toMatches } from './request-match';
import { besideService, placeOf, type ServiceHost } from './service-host';
import { requireHttp } from './service-port';
import { takeRoutes } from './take-alone';

/** Requests that are held up before they are sent. */
export interface Delay {
  readonly by: Duration;
  /** How many of the requests, in percent. Without it Istio delays none. */
  readonly percent: number;
}

/** Requests that are answered by the caller's own proxy in place of the service. */
export type Abort = { readonly percent: number } & ({ readonly status: number } | { readonly grpcStatus: string });

/** Props of {@link FaultInjection}. */
export interface FaultInjectionProps {
  /** The service that seems to fail. */
  readonly host: ServiceHost;
  /** @default - none */
  readonly delay?: Delay;
  /** @default - none */
  readonly abort?: Abort;
  /** The requests that meet the faults; all others are left alone. @default - all */
  readonly when?: RequestMatch;
  /** Where the requests go. @default - the host */
  readonly route?: readonly HTTPRouteDestination[];
  /** The name of the VirtualService. @default - the name of the service */
  readonly name?: string;
}

/**
 * Lets a service seem slow or broken to its callers, to see what they do then. The faults happen in the caller's proxy, before timeouts and retries of the same route,
 * which therefore do nothing against them: test with the timeouts and retries of the route before that.
 */
export class FaultInjection extends Construct {
  readonly virtualService: VirtualService;

  constructor(scope: Construct, id: string, props: FaultInjectionProps) {
    super(scope, id);
    const { delay, abort, when } = props;
    const place = placeOf(this, props.host);
    takeRoutes(this, place);
    if (!delay && !abort) throw badInput(`no fault for ${place.host}: give delay or abort`);
    if (when?.claim) throw badInput('claims of tokens can be asked for at gateways only, and these faults are for callers in the mesh');
    const fault: HTTPFaultInjection = { ...(delay ? { delay: delayOf(delay) } : {}), ...(abort ? { abort: abortOf(abort) } : {}) };
    const route = props.route ?? [{ destination: { host: place.host } }];
    const match = when ? toMatches(when) : [];
    if (when && match.length === 0) throw badInput('"when" has no condition; leave it out to let all requests meet the faults');
    this.virtualService = new VirtualService(this, 'virtual-service', {
      metadata: besideService(place, props.name),
      hosts: [place.host],
      http: match.length > 0 ? [{ match, fault, route }, { route }] : [{ fault, route }],
    });
    requireHttp(this.virtualService, props.host);
  }
}

function delayOf({ by, percent }: Delay): NonNullable<HTTPFaultInjection['delay']> {
  nanoseconds(by);
  return { fixedDelay: by, percentage: { value: checked(percent) } };
}

function abortOf({ percent, ...answer }: Abort): NonNullable<HTTPFaultInjection['abort']> {
  const percentage = { value: checked(percent) };
  if ('grpcStatus' in answer) return { grpcStatus: answer.grpcStatus, percentage };
  const { status } = answer;
  if (!Number.isInteger(status) || status < 200 || status > 599) throw badInput(`${status} is no status to answer with; it is a whole number from 200 to 599`);
  return { httpStatus: status, percentage };
}

function checked(percent: number): number {
  if (!(percent > 0 && percent <= 100)) throw badInput(`${percent} is no share of requests; it is above 0 and at most 100 percent`);
  return percent;
}

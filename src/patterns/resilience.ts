import { Construct } from 'constructs';
import type { HTTPRoute, HTTPRouteDestination, Subset, TrafficPolicy } from '../../imports/networking.istio.io';
import type { Duration } from '../../imports/schema';
import { DestinationRule } from '../constructs/destination-rule';
import { VirtualService } from '../constructs/virtual-service';
import type { Diagnostic } from '../manifest/diagnostic';
import { badInput } from './bad-input';
import { breakerContradictions, type CircuitBreakerProps, circuitBreaker } from './circuit-breaker';
import { nanoseconds } from './nanoseconds';
import { idempotentMethods, type Retries, retryContradictions, retryPolicy } from './retries';
import { besideService, placeOf, type ServiceHost } from './service-host';
import { requireHttp } from './service-port';
import { takeRoutes, takeRule } from './take-alone';
import { type ResilienceWarning, warn } from './warn';

/** Props of {@link Resilience}. */
export interface ResilienceProps extends CircuitBreakerProps {
  /** The service that callers are patient with. */
  readonly host: ServiceHost;
  /** How long a request may take, with all its retries. @default - as long as it takes */
  readonly timeout?: Duration;
  /** False: every request is tried once. @default - Istio's own: two retries where no connection was made, and of gRPC calls that were refused */
  readonly retries?: Retries | false;
  /** Where the requests go: weights over subsets. It stands here because a host has one VirtualService. @default - the host */
  readonly route?: readonly HTTPRouteDestination[];
  /** Subsets of the host, for `route`. @default - none */
  readonly subsets?: readonly Subset[];
  /** Warnings that are meant, such as a limit of one for a test. @default - none */
  readonly accept?: readonly ResilienceWarning[];
  /** The name of the objects. @default - the name of the service */
  readonly name?: string;
}

/**
 * How callers treat a service that fails: for how long they wait, what they try again, how much they ask at a time, and whom they leave alone.
 * Pieces that work against each other are warned about when the pattern is made.
 */
export class Resilience extends Construct {
  /** Absent where only timeout and retries are asked for. */
  readonly destinationRule: DestinationRule | undefined;
  /** Absent where neither timeout nor retries nor a route are asked for. */
  readonly virtualService: VirtualService | undefined;
  /** What was printed to stderr, as data. */
  readonly warnings: readonly Diagnostic[];

  constructor(scope: Construct, id: string, props: ResilienceProps) {
    super(scope, id);
    const { timeout, retries, subsets = [] } = props;
    const place = placeOf(this, props.host);
    const metadata = besideService(place, props.name);
    if (timeout) nanoseconds(timeout);

    const trafficPolicy: TrafficPolicy = circuitBreaker(props);
    const hasPolicy = Object.keys(trafficPolicy).length > 0;
    const hasRoutes = timeout !== undefined || retries !== undefined || props.route !== undefined;
    if (!hasPolicy && !hasRoutes) throw badInput(`nothing is asked of the callers of ${place.host}: give timeout, retries, limits or outliers`);

    if (hasPolicy || subsets.length > 0) {
      takeRule(this, place);
      this.destinationRule = new DestinationRule(this, 'destination-rule', {
        metadata,
        host: place.host,
        ...(subsets.length > 0 ? { subsets } : {}),
        ...(hasPolicy ? { trafficPolicy } : {}),
      });
    }
    if (hasRoutes) {
      takeRoutes(this, place);
      this.virtualService = new VirtualService(this, 'virtual-service', { metadata, hosts: [place.host], http: routes(props, place.host) });
      requireHttp(this.virtualService, props.host);
    }

    this.warnings = [
      ...(this.virtualService && retries ? warn(this.virtualService, retryContradictions(retries, timeout, props.limits?.retries), props.accept) : []),
      ...(this.destinationRule ? warn(this.destinationRule, breakerContradictions(props), props.accept) : []),
    ];
  }
}

/** Requests that may be repeated first, then all the others, which are tried once. */
function routes({ timeout, retries, route }: ResilienceProps, host: string): HTTPRoute[] {
  const common = { route: route ?? [{ destination: { host } }], ...(timeout ? { timeout } : {}) };
  if (retries === undefined) return [common];
  const once = { ...common, retries: { attempts: 0 } };
  if (retries === false) return [once];
  const { methods = idempotentMethods } = retries;
  const again = { ...common, retries: retryPolicy(retries, timeout) };
  if (methods === 'all') return [again];
  if (methods.length === 0) throw badInput('no method is tried again: "methods" is empty; retries: false switches retries off');
  return [{ match: [{ method: { regex: methods.join('|') } }], ...again }, once];
}

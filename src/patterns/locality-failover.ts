import { Construct } from 'constructs';
import type { LocalityLoadBalancerSetting, Subset, TrafficPolicy } from '../../imports/networking.istio.io';
import { DestinationRule } from '../constructs/destination-rule';
import type { Diagnostic } from '../manifest/diagnostic';
import { badInput } from './bad-input';
import { breakerContradictions, type CircuitBreakerProps, circuitBreaker } from './circuit-breaker';
import { besideService, placeOf, type ServiceHost } from './service-host';
import { takeRule } from './take-alone';
import { type ResilienceWarning, warn } from './warn';

/** Props of {@link LocalityFailover}. */
export interface LocalityFailoverProps extends Omit<CircuitBreakerProps, 'locality'> {
  /** The service that has endpoints in several places. */
  readonly host: ServiceHost;
  /** Where callers of a region go when it has no healthy endpoint, by the names of regions: `{ 'us-west': 'us-east' }`. @default - any other region */
  readonly failover?: Readonly<Record<string, string>>;
  /**
   * Labels of endpoints to prefer in turn, those that are like the caller's first: `topology.kubernetes.io/region`. With `failover`, labels other than those of places.
   * @default - region, zone, and the place within it
   */
  readonly priority?: readonly string[];
  /** @default - none */
  readonly subsets?: readonly Subset[];
  /** Warnings that are meant. @default - none */
  readonly accept?: readonly ResilienceWarning[];
  /** The name of the rule. @default - the name of the service */
  readonly name?: string;
}

/**
 * Requests stay near their caller while endpoints there are healthy, and go elsewhere when they are not. Health is what outlier detection sees, so that the rule always has it:
 * without, failover never happens.
 */
export class LocalityFailover extends Construct {
  readonly destinationRule: DestinationRule;
  /** What was printed to stderr, as data. */
  readonly warnings: readonly Diagnostic[];

  constructor(scope: Construct, id: string, props: LocalityFailoverProps) {
    super(scope, id);
    const { outliers = {}, subsets = [] } = props;
    const place = placeOf(this, props.host);
    takeRule(this, place);
    const breaker: CircuitBreakerProps = {
      ...props,
      outliers: { consecutive5xxErrors: 5, interval: '10s', baseEjectionTime: '30s', maxEjectionPercent: 100, ...outliers },
    };
    const trafficPolicy: TrafficPolicy = circuitBreaker({ ...breaker, locality: localities(props) });
    this.destinationRule = new DestinationRule(this, 'destination-rule', {
      metadata: besideService(place, props.name),
      host: place.host,
      ...(subsets.length > 0 ? { subsets } : {}),
      trafficPolicy,
    });
    // That all endpoints of a place may be out is what failover is for.
    this.warnings = warn(this.destinationRule, breakerContradictions(breaker), ['resilience/all-endpoints-out', ...(props.accept ?? [])]);
  }
}

/** What the labels of places are called; they cannot be priorities beside a failover between regions. */
const places = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'];

function localities({ failover, priority = [] }: LocalityFailoverProps): LocalityLoadBalancerSetting {
  const pairs = Object.entries(failover ?? {}).map(([from, to]) => ({ from, to }));
  if (failover && pairs.length === 0) throw badInput('failover names no region; leave it out to let callers go to any other');
  for (const { from, to } of pairs) {
    if (from === to) throw badInput(`failover from ${from} leads to ${from} itself`);
    if (`${from}${to}`.includes('/'))
      throw badInput(`failover is between regions, and ${from.includes('/') ? from : to} names a zone too; for zones use priority`);
  }
  const place = priority.find((label) => places.includes(label));
  if (pairs.length > 0 && place) throw badInput(`${place} cannot be a priority beside failover, which is about places itself`);
  return { enabled: true, ...(pairs.length > 0 ? { failover: pairs } : {}), ...(priority.length > 0 ? { failoverPriority: priority } : {}) };
}

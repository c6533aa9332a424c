import type { Construct } from 'constructs';
import type { HTTPRouteDestination } from '../../imports/networking.istio.io';
import { ServiceRoutes, type ServiceRoutesProps } from './service-routes';
import { percentages, type Shares } from './shares';

/** Props of {@link TrafficSplit}. */
export interface TrafficSplitProps<Name extends string> extends ServiceRoutesProps<Name> {
  /** The share of each subset in percent, together 100; one may take the `'rest'`. */
  readonly shares: Shares<Name>;
}

/** Subsets of a service share its requests: one DestinationRule, and one VirtualService with one route. */
export class TrafficSplit<const Name extends string = string> extends ServiceRoutes<Name> {
  /** The subsets with their weights, for the route of another pattern such as {@link IngressRoute}, so that a gateway splits as the mesh does. */
  readonly destinations: readonly HTTPRouteDestination[];

  constructor(scope: Construct, id: string, props: TrafficSplitProps<Name>) {
    const shares = percentages(props.shares);
    super(scope, id, props, [...shares.keys()], [{ shares }]);
    this.destinations = this.weighted(shares, props.port);
  }
}

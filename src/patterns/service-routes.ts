import { Construct } from 'constructs';
import type { Destination, HTTPMatchRequest, HTTPRetry, HTTPRouteDestination, TrafficPolicy } from '../../imports/networking.istio.io';
import type { Duration, WorkloadReference } from '../../imports/schema';
import { authorLocation, writtenAt } from '../constructs/call-site';
import { DestinationRule } from '../constructs/destination-rule';
import { VirtualService } from '../constructs/virtual-service';
import { workloadLabels } from '../constructs/workload-labels';
import { badInput } from './bad-input';
import { bindingProblems, type GatewayReference, gatewayName } from './gateway-binding';
import { type RequestMatch, toMatches } from './request-match';
import { withoutRepeated } from './route-order';
import { besideService, placeOf, type ServiceHost } from './service-host';
import { portProblems } from './service-port';
import { takeIngress, takeRoutes, takeRule } from './take-alone';

/** Where routes hold beside the mesh. */
export interface ServiceIngress {
  readonly gateway: GatewayReference;
  /** The hosts that callers outside the mesh use. */
  readonly hosts: readonly string[];
  /** Leaves the mesh out: callers within get none of these routes. @default false */
  readonly only?: boolean;
}

/** What tells the pods of a subset: their labels, or the workload that makes them. */
export type SubsetPods = Readonly<Record<string, string>> | WorkloadReference;

/** What the patterns for the subsets of one service have in common. */
export interface ServiceRoutesProps<Name extends string> {
  /** The service whose requests are routed. */
  readonly host: ServiceHost;
  /** The one port that the routes are for; needed for `ingress` when the service has several. @default - every port */
  readonly port?: number;
  /** The pods of the subsets. @default - of each subset, those with the label `version` of its name */
  readonly subsets?: Partial<Readonly<Record<NoInfer<Name>, SubsetPods>>>;
  /** A gateway that takes the same routes for callers outside. @default - the mesh only */
  readonly ingress?: ServiceIngress;
  /** How callers treat the service: load balancing, limits, outliers. It stands here because a host has one DestinationRule. */
  readonly trafficPolicy?: TrafficPolicy;
  /** @default - none */
  readonly timeout?: Duration;
  /** @default - Istio's: two retries of what failed before it reached the service */
  readonly retries?: HTTPRetry;
  /** The name of both objects. @default - the name of the service, so that a later release of the same routes replaces them */
  readonly name?: string;
}

/** One route: which requests, and which subsets share them. */
export interface SubsetRoute<Name extends string> {
  readonly when?: RequestMatch;
  readonly shares: ReadonlyMap<Name, number>;
  readonly copies?: { readonly to: Name | { readonly host: ServiceHost; readonly port?: number }; readonly percent: number };
}

/** One DestinationRule with all the subsets of a service, and one VirtualService that routes to them: two of either would lose to one another. */
export abstract class ServiceRoutes<const Name extends string = string> extends Construct {
  /** The subsets of the service; it stands before the routes, which answer 503 without it. */
  readonly destinationRule: DestinationRule<Name>;
  readonly virtualService: VirtualService;

  protected constructor(scope: Construct, id: string, props: ServiceRoutesProps<Name>, names: readonly Name[], routes: readonly SubsetRoute<Name>[]) {
    super(scope, id);
    const { ingress, trafficPolicy, timeout, retries } = props;
    const place = placeOf(this, props.host);
    takeRoutes(this, place);
    takeRule(this, place);
    if (ingress && ingress.hosts.length === 0) throw badInput('the gateway needs hosts to take requests for');
    if (ingress) takeIngress(this, ingress.hosts, gatewayName(ingress.gateway));
    if (routes.some(({ when }) => when?.claim) && !ingress?.only) {
      throw badInput('claims of tokens can be asked for at gateways only: give "ingress" with only: true');
    }

    const metadata = besideService(place, props.name);
    this.destinationRule = new DestinationRule<Name>(this, 'destination-rule', {
      metadata,
      host: place.host,
      subsets: names.map((name) => ({ name, labels: labelsOf(props.subsets?.[name], name) })),
      ...(trafficPolicy ? { trafficPolicy } : {}),
    });
    this.virtualService = new VirtualService(this, 'virtual-service', {
      metadata,
      hosts: [...(ingress?.only ? [] : [place.host]), ...(ingress?.hosts ?? [])],
      ...(ingress ? { gateways: [ingress.gateway, ...(ingress.only ? [] : ['mesh'])] } : {}),
      http: withoutRepeated(
        routes.map(({ when, shares, copies }) => {
          const match = boundTo(when ? toMatches(when) : [], props);
          return {
            ...(match.length > 0 ? { match } : {}),
            route: this.weighted(shares, props.port),
            ...(copies ? { mirror: this.copied(copies.to, props.port), mirrorPercentage: { value: copies.percent } } : {}),
            ...(timeout ? { timeout } : {}),
            ...(retries ? { retries } : {}),
          };
        }),
      ),
    });
    this.node.addValidation({
      validate: () =>
        [
          ...portProblems(props.host, props.port, ingress !== undefined),
          ...(ingress ? bindingProblems(ingress.gateway, ingress.hosts, this.virtualService) : []),
        ].map((problem) => problem + writtenAt(authorLocation(this.virtualService))),
    });
  }

  /** Subsets as the destinations of one route. */
  protected weighted(shares: ReadonlyMap<Name, number>, port: number | undefined): HTTPRouteDestination[] {
    return [...shares].map(([name, weight]) => ({
      destination: this.destinationRule.subset(name, port === undefined ? {} : { port }),
      ...(shares.size > 1 ? { weight } : {}),
    }));
  }

  private copied(to: NonNullable<SubsetRoute<Name>['copies']>['to'], port: number | undefined): Destination {
    if (typeof to === 'string') return this.destinationRule.subset(to, port === undefined ? {} : { port });
    return { host: to.host, ...(to.port === undefined ? {} : { port: { number: to.port } }) };
  }
}

/**
 * Matches for where the routes hold. A port of the service is a condition in the mesh, so that its other ports stay as they are;
 * at a gateway it is none, for there the port is that of the gateway.
 */
function boundTo(conditions: readonly HTTPMatchRequest[], { port, ingress }: ServiceRoutesProps<string>): HTTPMatchRequest[] {
  if (port === undefined || ingress?.only) return [...conditions];
  const places: HTTPMatchRequest[] = ingress ? [{ gateways: ['mesh'], port }, { gateways: [ingress.gateway] }] : [{ port }];
  return places.flatMap((where) => (conditions.length === 0 ? [where] : conditions.map((condition) => ({ ...condition, ...where }))));
}

function labelsOf(pods: SubsetPods | undefined, name: string): Readonly<Record<string, string>> {
  if (pods === undefined) return { version: name };
  if (typeof pods.kind !== 'string' || !('podMetadata' in pods || 'metadata' in pods)) return pods as Readonly<Record<string, string>>;
  const labels = workloadLabels(pods);
  if (!labels) throw badInput(`${pods.kind} ${pods.name} has no labels to tell the pods of subset ${name} by`);
  return labels;
}

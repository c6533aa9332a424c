import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { CorsPolicy, HTTPRetry, HTTPRoute, HTTPRouteDestination, TrafficPolicy } from '../../imports/networking.istio.io';
import type { Duration } from '../../imports/schema';
import { authorLocation, writtenAt } from '../constructs/call-site';
import { DestinationRule } from '../constructs/destination-rule';
import type { Gateway } from '../constructs/gateway';
import { VirtualService } from '../constructs/virtual-service';
import { badInput } from './bad-input';
import { bindingProblems, type GatewayReference, gatewayName } from './gateway-binding';
import { type IngressGatewayProps, makeIngressGateway } from './ingress-gateway';
import { type RequestMatch, refuseTwins, toMatches } from './request-match';
import { rewritten } from './rewrite';
import { mostSpecificFirst, withoutRepeated } from './route-order';
import { besideService, nameOfHost, placeOf, type ServiceHost } from './service-host';
import { portProblems } from './service-port';
import { takeAlone, takeIngress, takeRule } from './take-alone';

/** Requests of a host, and the service that answers them. */
export interface IngressRouteRule extends RequestMatch {
  /** A service, or destinations with their weights such as those of a {@link TrafficSplit}. */
  readonly to: ServiceHost | readonly HTTPRouteDestination[];
  /** The port of the service; needed when it has several. */
  readonly port?: number;
  /** What the service sees in place of `path`; the rest of the path stays, with one slash between. @default - the path as it came */
  readonly rewrite?: string;
  /** @default - none */
  readonly timeout?: Duration;
  readonly retries?: HTTPRetry;
  /** Which pages of other origins may read the answers. Preflights reach it whatever `method` says. */
  readonly corsPolicy?: CorsPolicy;
  /** How the gateway and all others treat the service: makes its DestinationRule. */
  readonly trafficPolicy?: TrafficPolicy;
}

interface IngressRouteFields {
  /** The hosts that callers use, such as `shop.example.com` or `*.example.com`. */
  readonly hosts: readonly [string, ...string[]];
  /** In any order: for each request the most specific counts. */
  readonly routes?: readonly IngressRouteRule[];
  /** The name of the Gateway and the VirtualService. @default - the first host with dashes */
  readonly name?: string;
}

interface SharedGateway extends Partial<Readonly<Record<keyof IngressGatewayProps, undefined>>> {
  /** A Gateway that is kept elsewhere, or that of another pattern: hosts that share a certificate must share it. */
  readonly gateway: GatewayReference;
}

interface OwnGateway extends IngressGatewayProps {
  readonly gateway?: undefined;
}

/** Props of {@link IngressRoute}: with a Gateway of its own, or at one that is there. */
export type IngressRouteProps = IngressRouteFields & (OwnGateway | SharedGateway);

/** Lets requests for some hosts into the mesh: a Gateway, and a VirtualService whose routes stand most specific first, whatever order they were added in. */
export class IngressRoute extends Construct {
  /** The Gateway, or what was given as such. */
  readonly gateway: Gateway | GatewayReference;
  readonly virtualService: VirtualService;
  /** Those of the services whose routes have a traffic policy. */
  readonly destinationRules: readonly DestinationRule[];

  private readonly rules: IngressRouteRule[] = [];
  private readonly ownRules: DestinationRule[] = [];

  constructor(scope: Construct, id: string, props: IngressRouteProps) {
    super(scope, id);
    const { hosts, routes = [], name, gateway } = props;
    const pods = `the pods ${JSON.stringify(props.selector ?? { istio: 'ingressgateway' })}`;
    if (!gateway) takeIngress(this, hosts, pods);
    if (props.certificate) {
      const { certificate } = props;
      const secret = typeof certificate === 'string' ? certificate : certificate.name;
      takeAlone(
        this,
        `the certificate ${secret} at ${pods}`,
        'browsers use one connection for both and get 404, so name all hosts there, or share its gateway',
      );
    }
    this.gateway = gateway ?? makeIngressGateway(this, 'gateway', hosts, props, name);
    takeIngress(this, hosts, gatewayName(this.gateway));
    this.destinationRules = this.ownRules;
    this.virtualService = new VirtualService(this, 'virtual-service', {
      metadata: { name: name ?? nameOfHost(hosts[0]) },
      hosts,
      gateways: [this.gateway],
      http: Lazy.any({ produce: () => withoutRepeated(mostSpecificFirst(this.rules, (rule) => rule).flatMap(httpRoutes)) }) as HTTPRoute[],
    });
    this.node.addValidation({ validate: () => this.problems(hosts) });
    this.addRoute(...routes);
  }

  /** Adds routes; each takes the place that its match gives it. Throws for one whose requests another route has. */
  addRoute(...rules: readonly IngressRouteRule[]): this {
    refuseTwins([...this.rules, ...rules]);
    // What cannot be written is refused where it is added.
    rules.forEach(httpRoutes);
    for (const rule of rules) {
      this.rules.push(rule);
      if (rule.trafficPolicy) this.addRule(rule, rule.trafficPolicy);
    }
    return this;
  }

  private addRule({ to }: IngressRouteRule, trafficPolicy: TrafficPolicy): void {
    if (Array.isArray(to)) throw badInput('trafficPolicy needs a service in "to"; destinations have a DestinationRule already');
    const place = placeOf(this, to as ServiceHost);
    takeRule(this, place);
    this.ownRules.push(new DestinationRule(this, `destination-rule-${place.name}`, { metadata: besideService(place), host: place.host, trafficPolicy }));
  }

  private problems(hosts: readonly string[]): string[] {
    const ports = this.rules.flatMap(({ to, port }) => (Array.isArray(to) ? [] : portProblems(to as ServiceHost, port, true)));
    const empty = this.rules.length === 0 ? ['there is no route, so every request gets 404'] : [];
    const problems = [...empty, ...ports, ...bindingProblems(this.gateway, hosts, this.virtualService)];
    return problems.map((problem) => problem + writtenAt(authorLocation(this.virtualService)));
  }
}

function httpRoutes(rule: IngressRouteRule): HTTPRoute[] {
  const { to, port, rewrite, timeout, retries, corsPolicy } = rule;
  const destination = { host: to as ServiceHost, ...(port === undefined ? {} : { port: { number: port } }) };
  const action = {
    route: Array.isArray(to) ? (to as readonly HTTPRouteDestination[]) : [{ destination }],
    ...(timeout ? { timeout } : {}),
    ...(retries ? { retries } : {}),
    ...(corsPolicy ? { corsPolicy } : {}),
  };
  const matches = toMatches(rule).map((match) =>
    // A preflight is an OPTIONS request; a route that takes another method only would not see it.
    corsPolicy && match.method?.exact ? { ...match, method: { regex: `${match.method.exact}|OPTIONS` } } : match,
  );
  if (rewrite !== undefined) return rewritten(matches, rewrite).map(({ match, uri }) => ({ match: [match], ...action, rewrite: { uri } }));
  return [{ ...(matches.length > 0 ? { match: matches } : {}), ...action }];
}

import { isHostSubset, isWildcardDomain } from '../../manifest/host';
import { isIp } from '../../manifest/ip';
import type { CheckContext, DecodedObject } from '../context';
import { eachMessage, eachText, messages, number, texts } from '../decoded';
import { isGatewayDomain, wildcardDomainProblem } from '../grammar/domain';
import { isSubnet } from '../grammar/network';
import { l4RouteRules as rules } from '../rules/l4-route';
import { checkLabels, checkPort } from '../values';
import { checkL4Destinations } from './destinations';
import { checkGatewayNames } from './gateway-names';
import type { RouteScope } from './scope';

/** Checks one TLS route. */
export function checkTlsRoute(route: DecodedObject, path: string, scope: RouteScope, context: CheckContext): void {
  const { report } = context;
  if (messages(route.match).length === 0) {
    report(rules.tlsWithoutMatch, `${path}.match`, 'The TLS route has no match, so it would not know its hosts.');
  }
  eachMessage(route.match, `${path}.match`, (match, matchPath) => {
    if (texts(match.sniHosts).length === 0) {
      report(rules.matchWithoutSni, `${matchPath}.sniHosts`, 'The match names no sniHosts.');
    }
    eachText(match.sniHosts, `${matchPath}.sniHosts`, (host, hostPath) => checkSniHost(host, hostPath, scope, context));
    checkL4Match(match, matchPath, context, true);
  });
  checkRouted(route, path, scope, context);
}

/** Checks one TCP route. */
export function checkTcpRoute(route: DecodedObject, path: string, scope: RouteScope, context: CheckContext): void {
  eachMessage(route.match, `${path}.match`, (match, matchPath) => checkL4Match(match, matchPath, context, false));
  checkRouted(route, path, scope, context);
}

function checkRouted(route: DecodedObject, path: string, scope: RouteScope, context: CheckContext): void {
  if (messages(route.route).length === 0) {
    context.report(rules.withoutDestination, `${path}.route`, 'The route has no destination.');
  }
  checkL4Destinations(route.route, `${path}.route`, scope, context);
}

function checkSniHost(host: string, path: string, { hosts, namesMesh }: RouteScope, { report }: CheckContext): void {
  if (namesMesh ? isWildcardDomain(host) : isGatewayDomain(host, true)) {
    if (!hosts.some((of) => isHostSubset(host, of))) {
      report(
        rules.sniNotCovered,
        path,
        `The SNI host "${host}" is covered by none of the hosts of the VirtualService: ${hosts.join(', ') || 'there are none'}.`,
      );
    }
  } else if (isIp(host)) {
    report(rules.ipAsSni, path, `The SNI host ${host} is an IP address, which hardly any client sends as SNI, so the route is hardly ever taken.`);
  } else {
    report(rules.invalidSni, path, `The SNI host "${host}" ${wildcardDomainProblem(host)}.`);
  }
}

function checkL4Match(match: DecodedObject, path: string, context: CheckContext, warnings: boolean): void {
  eachText(match.destinationSubnets, `${path}.destinationSubnets`, (subnet, subnetPath) => {
    if (!isSubnet(subnet)) {
      context.report(rules.invalidSubnet, subnetPath, `"${subnet}" is neither an IP address nor a range of them.`);
    }
  });
  if (number(match.port) !== 0) {
    checkPort(number(match.port), `${path}.port`, context);
  }
  checkLabels(match.sourceLabels, `${path}.sourceLabels`, context);
  checkGatewayNames(match.gateways, `${path}.gateways`, context, { warnings });
}

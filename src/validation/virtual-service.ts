import { hostsOverlap, isWildcardDomain } from '../manifest/host';
import { isIp } from '../manifest/ip';
import type { CheckContext, DecodedObject, KindCheck } from './context';
import { eachMessage, eachMessageEntry, eachText, messages, texts } from './decoded';
import { checkExportTo } from './export-to';
import { isGatewayDomain, wildcardDomainProblem } from './grammar/domain';
import { isJwtClaimHeader } from './grammar/header-name';
import { checkGatewayNames } from './routes/gateway-names';
import { checkHttpRoute } from './routes/http-route';
import { checkTcpRoute, checkTlsRoute } from './routes/l4-route';
import type { RouteScope } from './routes/scope';
import { checkUnreachableRoutes } from './routes/unreachable-routes';
import { virtualServiceRules as rules } from './rules/virtual-service';

/** What istiod checks of a VirtualService. */
export const checkVirtualService: KindCheck = (spec, context) => {
  const scope = scopeOf(spec, context);
  if (scope.isDelegate) {
    checkDelegate(spec, context);
  }
  checkGatewayNames(spec.gateways, 'spec.gateways', context, { warnings: true, anyName: scope.ofGatewayApi });
  if (!scope.gatewaysOnly) {
    checkJwtClaims(spec, context);
  }
  checkHosts(spec, scope, context);
  if (['http', 'tcp', 'tls'].every((field) => messages(spec[field]).length === 0)) {
    context.report(rules.noRoutes, 'spec', 'The VirtualService has no routes: neither http nor tls nor tcp.');
  }
  eachMessage(spec.http, 'spec.http', (route, path) => checkHttpRoute(route, path, scope, context));
  eachMessage(spec.tls, 'spec.tls', (route, path) => checkTlsRoute(route, path, scope, context));
  eachMessage(spec.tcp, 'spec.tcp', (route, path) => checkTcpRoute(route, path, scope, context));
  checkExportTo(spec.exportTo, context);
  checkUnreachableRoutes(spec, context);
};

function scopeOf(spec: DecodedObject, { annotations }: CheckContext): RouteScope {
  const gateways = texts(spec.gateways);
  return {
    hosts: texts(spec.hosts),
    isDelegate: texts(spec.hosts).length === 0,
    gatewaysOnly: gateways.length > 0 && !gateways.includes('mesh'),
    namesMesh: gateways.includes('mesh'),
    ofGatewayApi: annotations['internal.istio.io/route-semantics'] === 'gateway',
  };
}

function checkDelegate(spec: DecodedObject, { report }: CheckContext): void {
  for (const field of ['gateways', 'tls', 'tcp']) {
    if (messages(spec[field]).length > 0) {
      report(rules.delegateWithMore, `spec.${field}`, `A VirtualService without hosts is a delegate, which cannot have ${field}.`);
    }
  }
}

function checkJwtClaims(spec: DecodedObject, { report }: CheckContext): void {
  eachMessage(spec.http, 'spec.http', (route, routePath) => {
    eachMessage(route.match, `${routePath}.match`, (match, matchPath) => {
      for (const field of ['headers', 'withoutHeaders']) {
        eachMessageEntry(match[field], `${matchPath}.${field}`, (key, _, path) => {
          if (isJwtClaimHeader(key)) {
            report(rules.jwtClaimInMesh, path, `${key} looks at a claim of a JWT, which only gateways can do, but this VirtualService applies to sidecars.`);
          }
        });
      }
    });
  });
}

function checkHosts(spec: DecodedObject, { hosts, gatewaysOnly }: RouteScope, { report }: CheckContext): void {
  const withSniHosts = messages(spec.tls).some((route) => messages(route.match).some((match) => texts(match.sniHosts).length > 0));
  let valid = true;
  eachText(spec.hosts, 'spec.hosts', (host, path) => {
    if (gatewaysOnly ? isGatewayDomain(host, withSniHosts) : isWildcardDomain(host)) {
      if (host === '*' && !gatewaysOnly) {
        valid = false;
        report(
          rules.wildcardHostInMesh,
          path,
          'The host "*" is allowed for gateways only, but this VirtualService applies to sidecars, where it would take all traffic.',
        );
      }
    } else if (!isIp(host)) {
      valid = false;
      report(rules.invalidHost, path, `The host "${host}" ${wildcardDomainProblem(host)}.`);
    }
  });
  if (!valid) {
    return;
  }
  for (const [index, host] of hosts.entries()) {
    for (let later = index + 1; later < hosts.length; later += 1) {
      const other = hosts[later] as string;
      if (hostsOverlap(host, other)) {
        const relation = host === other ? 'stands here twice' : `overlaps with "${host}", which stands before it`;
        report(rules.duplicateHost, `spec.hosts[${later}]`, `The host "${other}" ${relation}.`);
      }
    }
  }
}

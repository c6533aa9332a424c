import type { CheckContext, DecodedObject } from '../context';
import { message, messages } from '../decoded';
import { httpRouteRules as rules } from '../rules/http-route';
import { virtualServiceRules } from '../rules/virtual-service';
import { checkDestination, checkDuration, checkHeaderOperations } from '../values';
import { checkCorsPolicy } from './cors-policy';
import { checkHttpDestinations } from './destinations';
import { checkDirectResponse } from './http-direct-response';
import { checkFault } from './http-fault';
import { checkHttpMatch } from './http-match';
import { checkMirroring } from './http-mirror';
import { checkRedirect } from './http-redirect';
import { checkRetries } from './http-retry';
import { checkAuthority, checkRewrite } from './http-rewrite';
import type { RouteScope } from './scope';

/** Checks one HTTP route. */
export function checkHttpRoute(route: DecodedObject, path: string, scope: RouteScope, context: CheckContext): void {
  checkConflicts(route, path, scope, context);
  for (const [index, match] of messages(route.match).entries()) {
    checkHttpMatch(match, `${path}.match[${index}]`, context);
  }
  checkHeaderOperations(message(route.headers), `${path}.headers`, context);
  checkCorsPolicy(message(route.corsPolicy), `${path}.corsPolicy`, context);
  checkFault(message(route.fault), `${path}.fault`, context);
  const mirror = message(route.mirror);
  if (mirror !== undefined) {
    checkDestination(mirror, `${path}.mirror`, context);
  }
  checkMirroring(route, path, context);
  checkRedirect(route, `${path}.redirect`, context);
  checkDirectResponse(message(route.directResponse), `${path}.directResponse`, context);
  checkRetries(message(route.retries), `${path}.retries`, context);
  checkRewrite(message(route.rewrite), `${path}.rewrite`, context);
  checkAuthority(route, path, context);
  checkHttpDestinations(route.route, `${path}.route`, scope, context);
  checkDuration(route.timeout, `${path}.timeout`, context);
}

/** How messages name the fields that exclude one another. */
const exclusive = { route: 'destinations', fault: 'a fault', rewrite: 'a rewrite', directResponse: 'a directResponse' } as const;

/** Checks that what a route does fits together. */
function checkConflicts(route: DecodedObject, path: string, { isDelegate }: RouteScope, { report }: CheckContext): void {
  const has = (field: string) => message(route[field]) !== undefined || messages(route[field]).length > 0;
  if (has('delegate') && !isDelegate) {
    for (const field of ['redirect', 'route'].filter(has)) {
      report(rules.delegatingRouteWithMore, `${path}.${field}`, `The route delegates to another VirtualService, so it cannot have ${field} too.`);
    }
    return;
  }
  if (has('delegate')) {
    report(virtualServiceRules.nestedDelegate, `${path}.delegate`, 'A VirtualService without hosts is a delegate itself and cannot delegate further.');
  }
  const reportAll = (rule: typeof rules.redirectWithMore | typeof rules.directResponseWithMore, action: string, fields: (keyof typeof exclusive)[]) => {
    for (const field of fields.filter(has)) {
      report(rule, `${path}.${field}`, `The route has a ${action}, so it cannot have ${exclusive[field]} too.`);
    }
  };
  if (has('redirect')) {
    reportAll(rules.redirectWithMore, 'redirect', ['route', 'fault', 'rewrite', 'directResponse']);
  } else if (has('directResponse')) {
    reportAll(rules.directResponseWithMore, 'directResponse', ['route', 'fault', 'rewrite']);
  } else if (!has('route')) {
    report(rules.routeWithoutAction, path, 'The route does not say what to do: it has neither route nor redirect nor directResponse.');
  }
  if (has('mirror') && has('mirrors')) {
    report(rules.mirrorTwice, `${path}.mirrors`, 'The route has mirror and mirrors; only one of them may be set.');
  }
}

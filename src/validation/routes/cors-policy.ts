import type { CheckContext, DecodedObject } from '../context';
import { eachMessage, eachText, text } from '../decoded';
import { isCorsHeader } from '../grammar/header-name';
import { hasFractionOfSecond } from '../grammar/supported-duration';
import { httpRouteRules as rules } from '../rules/http-route';
import { checkDuration, checkMatchRegex, reportHeaderName } from '../values';

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*']);

/** Checks the CORS policy of a route. */
export function checkCorsPolicy(policy: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (policy === undefined) {
    return;
  }
  const { report } = context;
  eachMessage(policy.allowOrigins, `${path}.allowOrigins`, (origin, itemPath) => {
    if ((text(origin.exact) || text(origin.prefix) || text(origin.regex)) === '') {
      report(rules.emptyCorsOrigin, itemPath, 'The origin has no text to compare with, so it would match none.');
    } else {
      checkMatchRegex(origin, itemPath, context);
    }
  });
  eachText(policy.allowMethods, `${path}.allowMethods`, (method, itemPath) => {
    if (!methods.has(method)) {
      const upper = method.toUpperCase();
      report(rules.corsMethod, itemPath, `"${method}" is no method of HTTP.`, methods.has(upper) ? `write ${upper}` : undefined);
    }
  });
  for (const field of ['allowHeaders', 'exposeHeaders']) {
    eachText(policy[field], `${path}.${field}`, (name, itemPath) => {
      if (!isCorsHeader(name)) {
        reportHeaderName(name, name === '' ? 'is empty' : 'is no name of a header', itemPath, context);
      }
    });
  }
  checkDuration(policy.maxAge, `${path}.maxAge`, context);
  const maxAge = text(policy.maxAge);
  if (hasFractionOfSecond(maxAge)) {
    report(rules.corsMaxAge, `${path}.maxAge`, `${maxAge} is no whole number of seconds, in which browsers count maxAge.`);
  }
}

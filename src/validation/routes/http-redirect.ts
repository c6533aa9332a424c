import { isPortNumber } from '../../manifest/port';
import type { CheckContext, DecodedObject } from '../context';
import { message, messages, number, text } from '../decoded';
import { httpRouteRules as rules } from '../rules/http-route';
import { checkPort } from '../values';

/** Checks the redirect of a route; like istiod it tells the first mistake only. */
export function checkRedirect(route: DecodedObject, path: string, context: CheckContext): void {
  const redirect = message(route.redirect);
  if (redirect === undefined) {
    return;
  }
  const { report } = context;
  const isSet = (field: string) => text(redirect[field]) !== '';
  const port = number(redirect.port);
  const code = number(redirect.redirectCode);
  const scheme = text(redirect.scheme);
  if (isSet('uri') && isSet('prefixRewrite')) {
    report(
      rules.redirectTwice,
      `${path}.prefixRewrite`,
      'The redirect has uri, which replaces the whole path, and prefixRewrite, which replaces its beginning.',
    );
  } else if (isSet('prefixRewrite') && messages(route.match).some(asksForNoPrefix)) {
    report(rules.redirectPrefix, `${path}.prefixRewrite`, 'prefixRewrite replaces the prefix that was matched, but not every match of the path is by prefix.');
  } else if (!['uri', 'prefixRewrite', 'authority', 'scheme'].some(isSet) && redirect.port === undefined && redirect.derivePort === undefined) {
    report(rules.emptyRedirect, path, 'The redirect does not say where to.');
  } else if (code !== 0 && (code < 300 || code > 399)) {
    report(rules.redirectCode, `${path}.redirectCode`, `${code} is no status of a redirect, which begins with 3.`);
  } else if (scheme !== '' && scheme !== 'http' && scheme !== 'https') {
    report(rules.redirectScheme, `${path}.scheme`, `The scheme is "${scheme}", but it must be http or https.`);
  } else if (port > 0 && !isPortNumber(port)) {
    checkPort(port, `${path}.port`, context);
  }
}

function asksForNoPrefix(match: DecodedObject): boolean {
  const uri = message(match.uri);
  return uri !== undefined && uri.prefix === undefined;
}

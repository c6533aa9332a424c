import { keyPath } from '../../manifest/path';
import type { CheckContext, DecodedObject, DecodedValue } from '../context';
import { message, text, textEntries } from '../decoded';
import { isAuthorityHeader } from '../grammar/header-name';
import { httpRouteRules as rules } from '../rules/http-route';
import { checkRegex } from '../values';

/** Checks the rewrite of a route; like istiod it tells the first mistake only. */
export function checkRewrite(rewrite: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (rewrite === undefined) {
    return;
  }
  const { report } = context;
  const regex = message(rewrite.uriRegexRewrite);
  const uri = text(rewrite.uri);
  if (uri !== '' && regex !== undefined) {
    report(rules.rewriteTwice, `${path}.uriRegexRewrite`, 'The rewrite has uri and uriRegexRewrite; only one of them may be set.');
  } else if (uri === '' && regex === undefined && text(rewrite.authority) === '') {
    report(rules.emptyRewrite, path, 'The rewrite has neither uri nor uriRegexRewrite nor authority.');
  } else if (regex !== undefined && (text(regex.match) === '' || text(regex.rewrite) === '')) {
    report(rules.incompleteRegexRewrite, `${path}.uriRegexRewrite`, `The rewrite has no ${text(regex.match) === '' ? 'match' : 'rewrite'}.`);
  } else if (regex !== undefined) {
    checkRegex(text(regex.match), `${path}.uriRegexRewrite.match`, context);
  }
}

/** Checks that a route sets the host of the request in one place; what single destinations do to their headers does not count. */
export function checkAuthority(route: DecodedObject, path: string, { report }: CheckContext): void {
  const request = message(message(route.headers)?.request);
  let current = text(message(route.rewrite)?.authority);
  for (const operation of ['set', 'add']) {
    for (const [name, value] of authorityEntries(request?.[operation])) {
      if (current !== '') {
        const entryPath = keyPath(`${path}.headers.request.${operation}`, name);
        report(rules.authorityTwice, entryPath, `The host of the request is set to "${current}" already, so it cannot become "${value}" here.`);
        return;
      }
      current = value;
    }
  }
}

/** The headers that set the host. istiod visits them in any order and overlooks an empty one that it meets first, so empty ones come last here. */
function authorityEntries(headers: DecodedValue | undefined): readonly [string, string][] {
  return textEntries(headers)
    .filter(([name]) => isAuthorityHeader(name))
    .sort(([, one], [, other]) => Number(one === '') - Number(other === ''));
}

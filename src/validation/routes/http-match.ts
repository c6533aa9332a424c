import { isDnsLabel } from '../../manifest/host';
import type { CheckContext, DecodedObject } from '../context';
import { eachMessageEntry, message, number, text } from '../decoded';
import { isMatchableHeader } from '../grammar/header-name';
import { httpRouteRules as rules } from '../rules/http-route';
import { checkLabels, checkMatchRegex, checkPort, checkStringMatch, reportHeaderName } from '../values';
import { checkGatewayNames } from './gateway-names';

/** Checks one match of an HTTP route. */
export function checkHttpMatch(match: DecodedObject, path: string, context: CheckContext): void {
  eachMessageEntry(match.headers, `${path}.headers`, (name, value, entryPath) => {
    checkHeader(name, entryPath, context);
    checkStringMatch(value, entryPath, context);
  });
  eachMessageEntry(match.withoutHeaders, `${path}.withoutHeaders`, (name, value, entryPath) => {
    checkHeader(name, entryPath, context);
    // Here "*" is no regular expression: it asks that the header is absent.
    if (value.regex !== '*') {
      checkStringMatch(value, entryPath, context);
    }
  });
  // Only the path may have an empty prefix, which every path has.
  checkMatchRegex(message(match.uri), `${path}.uri`, context);
  for (const field of ['scheme', 'method', 'authority']) {
    checkStringMatch(message(match[field]), `${path}.${field}`, context);
  }
  eachMessageEntry(match.queryParams, `${path}.queryParams`, (_, value, entryPath) => checkStringMatch(value, entryPath, context));
  if (number(match.port) !== 0) {
    checkPort(number(match.port), `${path}.port`, context);
  }
  checkLabels(match.sourceLabels, `${path}.sourceLabels`, context);
  checkGatewayNames(match.gateways, `${path}.gateways`, context);
  const namespace = text(match.sourceNamespace);
  if (namespace !== '' && !isDnsLabel(namespace)) {
    context.report(rules.sourceNamespace, `${path}.sourceNamespace`, `"${namespace}" cannot be the name of a namespace.`);
  }
}

function checkHeader(name: string, path: string, context: CheckContext): void {
  if (!isMatchableHeader(name)) {
    reportHeaderName(name, name === '' ? 'is empty' : 'is no name of a header', path, context);
  }
}

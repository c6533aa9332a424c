import { isDnsLabel } from '../manifest/host';
import { isIstioLabelKey, isIstioLabelValue } from '../manifest/labels';
import { isPortNumber } from '../manifest/port';
import type { CheckContext, DecodedObject, DecodedValue } from './context';
import { eachText, eachTextEntry, message, number, text } from './decoded';
import { wildcardDomainProblem } from './grammar/domain';
import { plainHeaderProblem, requestHeaderProblem } from './grammar/header-name';
import { headerValueProblem } from './grammar/header-value';
import { regexProblem } from './grammar/regex';
import { durationIssue } from './grammar/supported-duration';
import { valueRules as rules } from './rules/values';

/** Checks a duration that must be whole milliseconds and at least one; an unset one is fine. */
export function checkDuration(value: DecodedValue | undefined, path: string, { report }: CheckContext): void {
  const issue = value === undefined ? undefined : durationIssue(text(value));
  if (issue === 'too-short') {
    report(rules.durationTooShort, path, `${text(value)} is shorter than a millisecond, the shortest duration that istiod accepts here.`);
  } else if (issue === 'too-precise') {
    report(rules.durationTooPrecise, path, `${text(value)} is no whole number of milliseconds.`);
  }
}

/** Checks a port number; 0 is refused too. */
export function checkPort(port: number, path: string, { report }: CheckContext): void {
  if (!isPortNumber(port)) {
    report(rules.portOutOfRange, path, `${port} is no port; ports go from 1 to 65535.`);
  }
}

/** Checks a map of labels. */
export function checkLabels(labels: DecodedValue | undefined, path: string, { report }: CheckContext): void {
  eachTextEntry(labels, path, (key, value, entryPath) => {
    if (!isIstioLabelKey(key)) {
      report(rules.labelKey, entryPath, `"${key}" cannot be the key of a label.`);
    }
    if (!isIstioLabelValue(value)) {
      report(rules.labelValue, entryPath, `"${value}" cannot be the value of a label.`);
    }
  });
}

/** Checks a regular expression: not empty, RE2, at most 1024 bytes. */
export function checkRegex(pattern: string, path: string, { report }: CheckContext): void {
  const problem = pattern === '' ? 'is empty' : regexProblem(pattern);
  if (problem !== undefined) {
    report(rules.regexInvalid, path, `The regular expression "${shortened(pattern)}" ${problem}.`);
  }
}

/** Checks the regular expression of a match, if it has one. */
export function checkMatchRegex(match: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (match?.regex !== undefined) {
    checkRegex(text(match.regex), `${path}.regex`, context);
  }
}

/** Checks a match of a text: a prefix must not be empty, a regular expression must be valid, an exact text may be anything. */
export function checkStringMatch(match: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (match?.prefix === '') {
    context.report(rules.emptyPrefix, `${path}.prefix`, 'The prefix is empty; only a match of the path (uri) may have an empty prefix.');
  }
  checkMatchRegex(match, path, context);
}

/** Reports a header that cannot stand where it does. */
export function reportHeaderName(name: string, problem: string, path: string, { report }: CheckContext): void {
  report(rules.headerName, path, `The header ${name === '' ? 'name' : `"${name}"`} ${problem}.`);
}

/** Checks the header operations of a route or destination: `request` and `response`, each with `add`, `set` and `remove`. */
export function checkHeaderOperations(headers: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (headers !== undefined) {
    checkBothSides(headers, path, context);
  }
}

function checkBothSides(headers: DecodedObject, path: string, context: CheckContext): void {
  const request = message(headers.request);
  const response = message(headers.response);
  for (const operation of ['add', 'set'] as const) {
    checkChangedHeaders(request?.[operation], `${path}.request.${operation}`, requestHeaderProblem, context);
    checkChangedHeaders(response?.[operation], `${path}.response.${operation}`, plainHeaderProblem, context);
  }
  for (const [side, operations] of [['request', request] as const, ['response', response] as const]) {
    eachText(operations?.remove, `${path}.${side}.remove`, (name, itemPath) => {
      const problem = plainHeaderProblem(name);
      if (problem !== undefined) {
        reportHeaderName(name, problem, itemPath, context);
      }
    });
  }
}

function checkChangedHeaders(headers: DecodedValue | undefined, path: string, problemOf: (name: string) => string | undefined, context: CheckContext): void {
  eachTextEntry(headers, path, (name, value, entryPath) => {
    const problem = problemOf(name);
    if (problem !== undefined) {
      reportHeaderName(name, problem, entryPath, context);
    }
    const valueProblem = headerValueProblem(value);
    if (valueProblem !== undefined) {
      context.report(rules.headerValue, entryPath, `The value "${shortened(value)}" of the header ${name} ${valueProblem}.`);
    }
  });
}

/** Checks a destination: its host, and where set its subset and port. */
export function checkDestination(destination: DecodedObject, path: string, context: CheckContext): void {
  const host = text(destination.host);
  const problem = host === '' ? 'is missing' : host === '*' ? 'is a wildcard, but requests need one service to go to' : wildcardDomainProblem(host);
  if (problem !== undefined) {
    context.report(rules.destinationHost, `${path}.host`, `The host ${host === '' ? 'of the destination' : `"${host}"`} ${problem}.`);
  }
  const subset = text(destination.subset);
  if (subset !== '' && !isDnsLabel(subset)) {
    context.report(rules.destinationSubset, `${path}.subset`, `"${subset}" cannot be the name of a subset.`);
  }
  const port = message(destination.port);
  if (port !== undefined) {
    checkPort(number(port.number), `${path}.port.number`, context);
  }
}

/** A text that is short enough for a message. */
function shortened(value: string): string {
  return value.length > 80 ? `${value.slice(0, 77)}...` : value;
}

import { suggest } from '../../manifest/suggest';
import type { CheckContext, DecodedObject } from '../context';
import { number, text } from '../decoded';
import { isDefinedHttpStatus } from '../grammar/status';
import { httpRouteRules as rules } from '../rules/http-route';
import { checkDuration } from '../values';

/** On what Envoy retries: first requests of any kind, then those of gRPC. */
const conditions: ReadonlySet<string> = new Set([
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);

/** Checks the retries of a route. */
export function checkRetries(retries: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (retries === undefined) {
    return;
  }
  const { report } = context;
  const attempts = number(retries.attempts);
  const retryOn = text(retries.retryOn);
  if (attempts < 0) {
    report(rules.negativeAttempts, `${path}.attempts`, `${attempts} retries are not possible.`);
  }
  const pointless = [...(retryOn === '' ? [] : ['retryOn']), ...['perTryTimeout', 'retryRemoteLocalities'].filter((field) => retries[field] !== undefined)];
  if (attempts === 0 && pointless.length > 0) {
    const reason = retries.attempts === undefined ? 'attempts is not set' : 'attempts is 0';
    report(rules.retriesDisabled, `${path}.attempts`, `${pointless.join(' and ')} would have no effect: ${reason}, which turns retries off.`);
  }
  checkDuration(retries.perTryTimeout, `${path}.perTryTimeout`, context);
  for (const condition of retryOn === '' ? [] : retryOn.split(',')) {
    if (!conditions.has(condition) && !isDefinedHttpStatus(condition)) {
      reportCondition(condition, `${path}.retryOn`, context);
    }
  }
  checkDuration(retries.backoff, `${path}.backoff`, context);
}

function reportCondition(condition: string, path: string, { report }: CheckContext): void {
  const trimmed = condition.trim();
  if (conditions.has(trimmed) || isDefinedHttpStatus(trimmed)) {
    report(
      rules.retryCondition,
      path,
      `There are spaces around "${trimmed}" in retryOn, and istiod does not remove them.`,
      'separate the conditions by commas alone',
    );
  } else {
    const meant = suggest(trimmed, conditions);
    report(
      rules.retryCondition,
      path,
      `"${condition}" is neither a condition of Envoy nor a status of HTTP.`,
      meant === undefined ? undefined : `write ${meant}`,
    );
  }
}

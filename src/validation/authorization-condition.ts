import type { CheckContext, DecodedObject } from './context';
import { text, texts } from './decoded';
import { ipBlockProblem, portTextProblem, serviceAccountProblem, type ValueProblem, wildcardProblem } from './grammar/policy-values';
import { checkPolicyValues, checkServiceAccountCount } from './policy-values';
import { authorizationPolicyRules as rules } from './rules/authorization-policy';

const anything: ValueProblem = () => undefined;

/** The attributes of a condition, and what their values may be. */
const attributes = new Map<string, ValueProblem>([
  ['source.ip', ipBlockProblem],
  ['remote.ip', ipBlockProblem],
  ['source.namespace', anything],
  ['source.serviceAccount', serviceAccountProblem],
  ['source.principal', anything],
  ['source.trustDomain', wildcardProblem],
  ['request.auth.principal', anything],
  ['request.auth.audiences', anything],
  ['request.auth.presenter', anything],
  ['destination.ip', ipBlockProblem],
  ['destination.port', portTextProblem],
  ['connection.sni', anything],
]);

/** Attributes that hold others: `request.headers[x-user]`. */
const maps = /^(?:request\.headers|request\.auth\.claims|experimental\.envoy\.filters\.)/;

/** What became of attributes of old. */
const replaced: readonly (readonly [RegExp, string])[] = [
  [/^destination\.namespace$/, 'the policy applies to the namespace in which it stands'],
  [/^destination\.labels/, 'use the selector of the policy'],
  [/^destination\.(?:name|user)$/, 'it went with the first version of these policies'],
];

/** Checks one condition (`when`) of a rule of an AuthorizationPolicy. */
export function checkCondition(condition: DecodedObject, path: string, context: CheckContext): void {
  const key = text(condition.key);
  if (key === '') {
    context.report(rules.conditionKeyMissing, `${path}.key`, 'The condition does not say what it is about.');
    return;
  }
  if (texts(condition.values).length + texts(condition.notValues).length === 0) {
    context.report(rules.conditionValuesMissing, `${path}.values`, `The condition about ${key} has neither values nor notValues.`);
    return;
  }
  const problem = keyProblem(key);
  if (problem !== undefined) {
    context.report(rules.conditionKey, `${path}.key`, `The key "${key}" ${problem}.`);
  }
  const problemOf = attributes.get(key) ?? anything;
  for (const field of ['values', 'notValues']) {
    checkPolicyValues(condition[field], `${path}.${field}`, problemOf, context);
    if (problemOf === serviceAccountProblem) {
      checkServiceAccountCount(condition[field], `${path}.${field}`, context);
    }
  }
}

function keyProblem(key: string): string | undefined {
  if (maps.test(key)) {
    return /^[^[]+\[.+\]$/s.test(key) ? undefined : 'does not say which one is meant, in brackets';
  }
  if (attributes.has(key)) {
    return undefined;
  }
  const [, instead] = replaced.find(([pattern]) => pattern.test(key)) ?? [];
  return instead === undefined ? 'is no attribute that Istio knows' : `is not supported any more: ${instead}`;
}

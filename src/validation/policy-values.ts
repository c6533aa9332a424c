import type { CheckContext, DecodedValue } from './context';
import { eachText, texts } from './decoded';
import type { ValueProblem } from './grammar/policy-values';
import { authorizationPolicyRules as rules } from './rules/authorization-policy';

const MAX_SERVICE_ACCOUNTS = 16;

/** Checks a list of values of an AuthorizationPolicy; none may be empty. */
export function checkPolicyValues(values: DecodedValue | undefined, path: string, problemOf: ValueProblem, { report }: CheckContext): void {
  eachText(values, path, (value, valuePath) => {
    const problem = problemOf(value);
    if (value === '') {
      report(rules.emptyValue, valuePath, 'The value is empty, and nothing would match it.');
    } else if (problem !== undefined) {
      report(rules.value, valuePath, `"${value}" ${problem}.`);
    }
  });
}

/** Checks that there are not too many service accounts. */
export function checkServiceAccountCount(values: DecodedValue | undefined, path: string, { report }: CheckContext): void {
  const count = texts(values).length;
  if (count > MAX_SERVICE_ACCOUNTS) {
    report(rules.tooManyServiceAccounts, path, `${count} service accounts are listed, and ${MAX_SERVICE_ACCOUNTS} are allowed.`);
  }
}

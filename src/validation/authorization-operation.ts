import type { CheckContext, DecodedObject } from './context';
import { eachText, texts } from './decoded';
import { pathTemplateProblem } from './grammar/path-template';
import { portTextProblem } from './grammar/policy-values';
import { checkPolicyValues } from './policy-values';
import { authorizationPolicyRules as rules } from './rules/authorization-policy';

const lists = ['ports', 'methods', 'paths', 'hosts', 'notPorts', 'notMethods', 'notPaths', 'notHosts'];

const noProblem = () => undefined;

/** Checks one operation of a rule of an AuthorizationPolicy. */
export function checkOperation(operation: DecodedObject, path: string, context: CheckContext): void {
  const set = lists.filter((field) => texts(operation[field]).length > 0);
  if (set.length === 0) {
    context.report(rules.operationEmpty, path, 'The operation asks for nothing.');
  }
  for (const field of set) {
    checkPolicyValues(operation[field], `${path}.${field}`, field === 'ports' || field === 'notPorts' ? portTextProblem : noProblem, context);
  }
  for (const field of ['paths', 'notPaths']) {
    eachText(operation[field], `${path}.${field}`, (value, valuePath) => {
      const problem = pathTemplateProblem(value);
      if (problem !== undefined) {
        context.report(rules.pathTemplate, valuePath, `The path "${value}" ${problem}.`);
      }
    });
  }
}

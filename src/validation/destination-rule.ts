import { isDnsLabel } from '../manifest/host';
import type { CheckContext, DecodedObject, KindCheck } from './context';
import { eachMessage, message, text } from './decoded';
import { checkExportTo } from './export-to';
import { wildcardDomainProblem } from './grammar/domain';
import { destinationRuleRules as rules } from './rules/destination-rule';
import { checkSelector } from './selectors';
import { errorsOnly } from './severity';
import { checkTrafficPolicy } from './traffic-policy';
import { checkLabels } from './values';

/** What istiod checks in a DestinationRule. */
export const checkDestinationRule: KindCheck = (spec, context) => {
  const host = text(spec.host);
  const problem = host === '' ? 'is missing' : wildcardDomainProblem(host);
  if (problem !== undefined) {
    context.report(rules.host, 'spec.host', `The host ${host === '' ? '' : `"${host}" `}${problem}.`);
  }
  const selector = message(spec.workloadSelector);
  checkTrafficPolicy(message(spec.trafficPolicy), 'spec.trafficPolicy', context);
  checkSubsets(spec, context);
  checkExportTo(spec.exportTo, context, { ownNamespaceOnly: selector !== undefined });
  checkSelector(selector, 'spec.workloadSelector', context);
};

function checkSubsets(spec: DecodedObject, context: CheckContext): void {
  const names = new Set<string>();
  eachMessage(spec.subsets, 'spec.subsets', (subset, path) => {
    const name = text(subset.name);
    if (!isDnsLabel(name)) {
      const what = name === '' ? 'The subset has no name' : `"${name}" cannot be the name of a subset`;
      context.report(rules.subsetName, `${path}.name`, `${what}.`);
    } else if (names.has(name)) {
      context.report(rules.duplicateSubset, `${path}.name`, `The subset ${name} is defined twice; routes could not tell which one they mean.`);
    }
    names.add(name);
    checkLabels(subset.labels, `${path}.labels`, context);
    checkTrafficPolicy(message(subset.trafficPolicy), `${path}.trafficPolicy`, errorsOnly(context));
  });
}

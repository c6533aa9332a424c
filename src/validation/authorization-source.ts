import type { CheckContext, DecodedObject } from './context';
import { texts } from './decoded';
import { ipBlockProblem, serviceAccountProblem, trustDomainProblem, type ValueProblem } from './grammar/policy-values';
import { checkPolicyValues, checkServiceAccountCount } from './policy-values';
import { authorizationPolicyRules as rules } from './rules/authorization-policy';

const anything: ValueProblem = () => undefined;

/** The lists of a source, and what their values may be. */
const lists: { readonly [field: string]: ValueProblem } = {
  principals: anything,
  requestPrincipals: anything,
  namespaces: anything,
  serviceAccounts: serviceAccountProblem,
  trustDomains: trustDomainProblem,
  ipBlocks: ipBlockProblem,
  remoteIpBlocks: ipBlockProblem,
  notPrincipals: anything,
  notRequestPrincipals: anything,
  notNamespaces: anything,
  notServiceAccounts: serviceAccountProblem,
  notTrustDomains: trustDomainProblem,
  notIpBlocks: ipBlockProblem,
  notRemoteIpBlocks: ipBlockProblem,
};

/** Checks one source of a rule of an AuthorizationPolicy. */
export function checkSource(source: DecodedObject, path: string, context: CheckContext): void {
  const isSet = (field: string) => texts(source[field]).length > 0;
  if (!Object.keys(lists).some(isSet)) {
    context.report(rules.sourceEmpty, path, 'The source asks for nothing.');
  }
  const accounts = ['serviceAccounts', 'notServiceAccounts'].find(isSet);
  const other = ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'].find(isSet);
  if (accounts !== undefined && other !== undefined) {
    context.report(rules.serviceAccountsAndMore, `${path}.${accounts}`, `${accounts} and ${other} cannot stand in the same source.`);
  }
  for (const [field, problemOf] of Object.entries(lists)) {
    checkPolicyValues(source[field], `${path}.${field}`, problemOf, context);
    if (problemOf === serviceAccountProblem) {
      checkServiceAccountCount(source[field], `${path}.${field}`, context);
    }
  }
}

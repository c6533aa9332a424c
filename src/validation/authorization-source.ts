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

const accountLists = ['serviceAccounts', 'notServiceAccounts'];
const otherIdentities = ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'];

/** Checks one source of a rule of an AuthorizationPolicy. */
export function checkSource(source: DecodedObject, path: string, context: CheckContext): void {
  const isSet = (field: string) => texts(source[field]).length > 0;
  const set = Object.keys(source).filter(isSet);
  if (set.length === 0) {
    context.report(rules.sourceEmpty, path, 'The source asks for nothing.');
  }
  const accounts = accountLists.find(isSet);
  const other = otherIdentities.find(isSet);
  if (accounts !== undefined && other !== undefined) {
    context.report(rules.serviceAccountsAndMore, `${path}.${accounts}`, `${accounts} and ${other} cannot stand in the same source.`);
  }
  for (const field of set) {
    const problemOf = lists[field];
    if (problemOf === undefined) {
      continue;
    }
    checkPolicyValues(source[field], `${path}.${field}`, problemOf, context);
    if (problemOf === serviceAccountProblem) {
      checkServiceAccountCount(source[field], `${path}.${field}`, context);
    }
  }
}

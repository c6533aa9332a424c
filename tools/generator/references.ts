import type { Reference } from './templates/schema';

/** Fields that name another object and so take the object itself, by type and field; `[]` means each item of a list. */
export const references: { readonly [place: string]: Reference } = {
  'ClientTLSSettings.credentialName': 'secret',
  'Destination.host': 'host',
  'DestinationRuleSpec.host': 'host',
  'DestinationRuleSpec.workloadSelector': 'selector',
  'EnvoyFilterSpec.workloadSelector': 'labels',
  'GatewaySpec.selector': 'labels',
  'HTTPMatchRequest.gateways[]': 'gateway',
  'HTTPRoute.delegate': 'virtualService',
  'IstioEgressListener.hosts[]': 'egressHost',
  'L4MatchAttributes.gateways[]': 'gateway',
  'ServerTLSSettings.caCertCredentialName': 'secret',
  'ServerTLSSettings.credentialName': 'secret',
  'ServerTLSSettings.credentialNames[]': 'secret',
  'ServiceEntrySpec.workloadSelector': 'labels',
  'SidecarSpec.workloadSelector': 'labels',
  'Source.namespaces[]': 'namespace',
  'Source.notNamespaces[]': 'namespace',
  'Source.notPrincipals[]': 'principal',
  'Source.notServiceAccounts[]': 'serviceAccount',
  'Source.principals[]': 'principal',
  'Source.serviceAccounts[]': 'serviceAccount',
  'TLSMatchAttributes.gateways[]': 'gateway',
  'VirtualServiceSpec.gateways[]': 'gateway',
  'WasmConfig.imagePullSecret': 'secret',
  'WasmPluginSpec.imagePullSecret': 'secret',
  'WorkloadEntrySpec.serviceAccount': 'serviceAccountName',
  'WorkloadGroupTemplate.serviceAccount': 'serviceAccountName',
};

/** Types that stand for an object wherever they are used. */
const referencesByType: { readonly [type: string]: Reference } = { PolicyTargetReference: 'target' };
const policySelector = /^(?:\w+Spec)\.selector$/;

/** What the field at a place names, if anything; `type` is the named type of the field where it has one. */
export function referenceAt(place: string, type: string | undefined): Reference | undefined {
  const listed = references[place];
  if (listed) return listed;
  if (type === 'WorkloadSelector' && policySelector.test(place)) return 'selector';
  return type === undefined ? undefined : referencesByType[type];
}

/** How the type of such a field reads; `plain` is its type without the object. */
export function referenceType(reference: Reference, plain: string): string {
  switch (reference) {
    case 'gateway':
      return `${plain} | ObjectReference<'Gateway'>`;
    case 'virtualService':
      return `ObjectReference<'VirtualService'> | ${plain}`;
    case 'selector':
    case 'labels':
      return `WorkloadReference | ${plain}`;
    case 'target':
      return `ObjectReference | ${plain}`;
    default:
      return `${plain} | ObjectReference`;
  }
}

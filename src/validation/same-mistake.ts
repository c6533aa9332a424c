/**
 * Mistakes that a CEL rule and a check of istiod both refuse, in different places: by the code of istiod's check, that of the schema. istiod's is kept, because it
 * points at the field itself.
 */
export const sameMistake: { readonly [codeOfIstiod: string]: string | undefined } = {
  'authorization-policy/service-accounts-and-more': 'schema/cel/service-accounts-alone',
  'endpoint/address-missing': 'schema/cel/address-required',
  'endpoint/socket-with-ports': 'schema/cel/socket-with-ports',
  'port/invalid-name': 'schema/cel/port-name',
  'service-entry/address-range': 'schema/cel/range-needs-static',
  'service-entry/duplicate-port': 'schema/cel/duplicate-port-number',
  'service-entry/duplicate-port-name': 'schema/duplicate-item',
  'service-entry/endpoints-without-resolution': 'schema/cel/endpoints-need-resolution',
  'service-entry/selector-and-endpoints': 'schema/cel/workload-selector-or-endpoints',
  'target-ref/several-targets': 'schema/cel/target-or-selector',
};

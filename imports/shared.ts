// Generated from the CustomResourceDefinitions of releases 1.8 to 1.31 by "npm run generate". Do not edit.
import type { Kind, Schema, ValidationRule } from './schema';

/** See https://istio.io/latest/docs/reference/config/proxy_extensions/traffic_extension/#PolicyTargetReference */
export interface PolicyTargetReference {
  /** at most 253 characters */
  readonly group?: string | null;
  /** 1 to 63 characters */
  readonly kind: string;
  /** 1 to 253 characters */
  readonly name: string;
  /** cross namespace referencing is not currently supported */
  readonly namespace?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/proxy_extensions/traffic_extension/#WorkloadSelector */
export interface WorkloadSelector {
  /** at most 4096 entries; wildcard not allowed in label key match; key must not be empty */
  readonly matchLabels?: { readonly [key: string]: string | null } | null;
}

const enums = {
};

const rule = {
  crossNamespaceReferencingIsNotCurrentlySupported: {
    message: 'cross namespace referencing is not currently supported',
    rule: 'self.size() == 0',
    since: '1.23',
  },
  wildcardNotAllowedInLabelValueMatch: { message: 'wildcard not allowed in label value match', rule: '!self.contains("*")', since: '1.23' },
  wildcardNotAllowedInLabelKeyMatch: { message: 'wildcard not allowed in label key match', rule: 'self.all(key, !key.contains("*"))', since: '1.23' },
  keyMustNotBeEmpty: { message: 'key must not be empty', rule: 'self.all(key, key.size() != 0)', since: '1.23' },
} satisfies { readonly [name: string]: ValidationRule };

const types: { readonly [name: string]: Schema } = {
  PolicyTargetReference: {
    required: ['kind', 'name'],
    type: 'object',
    properties: {
      group: { maxLength: 253, pattern: '^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$', type: 'string' },
      kind: { maxLength: 63, minLength: 1, pattern: '^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$', type: 'string' },
      name: { maxLength: 253, minLength: 1, type: 'string' },
      namespace: { type: 'string', rules: [rule.crossNamespaceReferencingIsNotCurrentlySupported] },
    },
  },
  WorkloadSelector: {
    type: 'object',
    properties: {
      matchLabels: {
        maxProperties: 4096,
        type: 'object',
        additionalProperties: { maxLength: 63, type: 'string', rules: [rule.wildcardNotAllowedInLabelValueMatch] },
        rules: [rule.wildcardNotAllowedInLabelKeyMatch, rule.keyMustNotBeEmpty],
      },
    },
  },
};

const kinds: { readonly [groupAndKind: string]: Kind } = {};

/** The values of the enums, the schemas of the named types, and the kinds of this file. */
export const shared = { enums, types, kinds };

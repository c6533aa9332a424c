// Generated from the CustomResourceDefinitions of releases 1.8 to 1.31 by "npm run generate". Do not edit.
import type { Duration, Kind, ObjectReference, Schema, ValidationRule, WorkloadReference } from './schema';
import type { PolicyTargetReference, WorkloadSelector } from './shared';
import type { Unset } from './unset';

export type AuthorizationPolicyAction = 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';
export type MutualTLSMode = 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';

export interface AuthorizationPolicySpecFields {
  /** at most 512 items */
  readonly rules?: readonly Rule[] | null;
}
export interface AuthorizationPolicySpecByTargetRefs {
  readonly selector?: Unset<'set only one of selector, targetRef, targetRefs'>;
  readonly targetRef?: Unset<'set only one of selector, targetRef, targetRefs'>;
  /** at most 16 items; since 1.22 */
  readonly targetRefs: readonly (ObjectReference | PolicyTargetReference)[];
}
export interface AuthorizationPolicySpecByTargetRef {
  readonly selector?: Unset<'set only one of selector, targetRef, targetRefs'>;
  /** since 1.20 */
  readonly targetRef: ObjectReference | PolicyTargetReference;
  readonly targetRefs?: Unset<'set only one of selector, targetRef, targetRefs'>;
}
export interface AuthorizationPolicySpecWithSelector {
  readonly selector?: WorkloadReference | WorkloadSelector | null;
  readonly targetRef?: Unset<'set only one of selector, targetRef, targetRefs'>;
  readonly targetRefs?: Unset<'set only one of selector, targetRef, targetRefs'>;
}
export interface AuthorizationPolicySpecCustom {
  readonly action: 'CUSTOM';
  readonly provider: ExtensionProvider;
}
export interface AuthorizationPolicySpecPlain {
  readonly action?: 'ALLOW' | 'DENY' | 'AUDIT' | null;
  readonly provider?: Unset<'provider needs action CUSTOM'>;
}
export interface AuthorizationPolicySpecByTargetRefsCustom extends AuthorizationPolicySpecFields, AuthorizationPolicySpecByTargetRefs, AuthorizationPolicySpecCustom {}
export interface AuthorizationPolicySpecByTargetRefsPlain extends AuthorizationPolicySpecFields, AuthorizationPolicySpecByTargetRefs, AuthorizationPolicySpecPlain {}
export interface AuthorizationPolicySpecByTargetRefCustom extends AuthorizationPolicySpecFields, AuthorizationPolicySpecByTargetRef, AuthorizationPolicySpecCustom {}
export interface AuthorizationPolicySpecByTargetRefPlain extends AuthorizationPolicySpecFields, AuthorizationPolicySpecByTargetRef, AuthorizationPolicySpecPlain {}
export interface AuthorizationPolicySpecWithSelectorCustom extends AuthorizationPolicySpecFields, AuthorizationPolicySpecWithSelector, AuthorizationPolicySpecCustom {}
export interface AuthorizationPolicySpecWithSelectorPlain extends AuthorizationPolicySpecFields, AuthorizationPolicySpecWithSelector, AuthorizationPolicySpecPlain {}
/** See https://istio.io/latest/docs/reference/config/security/authorization-policy/#AuthorizationPolicy */
export type AuthorizationPolicySpec =
  | AuthorizationPolicySpecByTargetRefsCustom
  | AuthorizationPolicySpecByTargetRefsPlain
  | AuthorizationPolicySpecByTargetRefCustom
  | AuthorizationPolicySpecByTargetRefPlain
  | AuthorizationPolicySpecWithSelectorCustom
  | AuthorizationPolicySpecWithSelectorPlain;
/** See https://istio.io/latest/docs/reference/config/security/request_authentication/#ClaimToHeader */
export interface ClaimToHeader {
  /** at least 1 characters */
  readonly claim: string;
  /** at least 1 characters */
  readonly header: string;
}
/** See https://istio.io/latest/docs/reference/config/security/authorization-policy/#Condition */
export interface Condition {
  readonly key: string;
  readonly notValues?: readonly string[] | null;
  readonly values?: readonly string[] | null;
}
/** See https://istio.io/latest/docs/reference/config/security/authorization-policy/#ExtensionProvider */
export interface ExtensionProvider {
  readonly name?: string | null;
}
/** See https://istio.io/latest/docs/reference/config/security/request_authentication/#JWTHeader */
export interface JWTHeader {
  /** at least 1 characters */
  readonly name: string;
  readonly prefix?: string | null;
}
export interface JWTRuleFields {
  readonly audiences?: readonly string[] | null;
  readonly forwardOriginalToken?: boolean | null;
  /** since 1.21 */
  readonly fromCookies?: readonly string[] | null;
  readonly fromHeaders?: readonly JWTHeader[] | null;
  readonly fromParams?: readonly string[] | null;
  /** since 1.17 */
  readonly outputClaimToHeaders?: readonly ClaimToHeader[] | null;
  readonly outputPayloadToHeader?: string | null;
  /** at most 64 items; since 1.28 */
  readonly spaceDelimitedClaims?: readonly string[] | null;
  /** since 1.22; must be a valid duration greater than 1ms */
  readonly timeout?: Duration | null;
}
export interface JWTRuleByJwksUriSnakeCase extends JWTRuleFields {
  readonly jwks?: Unset<'set only one of jwks, jwksUri'>;
  readonly jwksUri?: Unset<'set only one of jwks, jwksUri'>;
  /** 1 to 2048 characters; url must have scheme http:// or https:// */
  readonly jwks_uri: string;
  /** at least 1 characters */
  readonly issuer?: string | null;
}
export interface JWTRuleByJwksUri extends JWTRuleFields {
  readonly jwks?: Unset<'set only one of jwks, jwksUri'>;
  /** 1 to 2048 characters; url must have scheme http:// or https:// */
  readonly jwksUri: string;
  readonly jwks_uri?: Unset<'set only one of jwks, jwksUri'>;
  /** at least 1 characters */
  readonly issuer?: string | null;
}
export interface JWTRuleWithIssuer extends JWTRuleFields {
  readonly jwks?: string | null;
  readonly jwksUri?: Unset<'set only one of jwks, jwksUri'>;
  readonly jwks_uri?: Unset<'set only one of jwks, jwksUri'>;
  /** at least 1 characters */
  readonly issuer: string;
}
/** See https://istio.io/latest/docs/reference/config/security/request_authentication/#JWTRule */
export type JWTRule =
  | JWTRuleByJwksUriSnakeCase
  | JWTRuleByJwksUri
  | JWTRuleWithIssuer;
/** See https://istio.io/latest/docs/reference/config/security/peer_authentication/#MutualTLS */
export interface MutualTLS {
  readonly mode?: MutualTLSMode | null;
}
/** See https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation */
export interface Operation {
  readonly hosts?: readonly string[] | null;
  readonly methods?: readonly string[] | null;
  readonly notHosts?: readonly string[] | null;
  readonly notMethods?: readonly string[] | null;
  readonly notPaths?: readonly string[] | null;
  readonly notPorts?: readonly string[] | null;
  readonly paths?: readonly string[] | null;
  readonly ports?: readonly string[] | null;
}
export interface PeerAuthenticationSpecFields {
  readonly mtls?: MutualTLS | null;
}
export interface PeerAuthenticationSpecPortLevel extends PeerAuthenticationSpecFields {
  /** at least 1 entries; port must be between 1-65535 */
  readonly portLevelMtls: { readonly [key: string]: MutualTLS | null };
  readonly selector: WorkloadReference | WorkloadSelector;
}
export interface PeerAuthenticationSpecWholeWorkload extends PeerAuthenticationSpecFields {
  readonly portLevelMtls?: Unset<'portLevelMtls needs a selector'>;
  readonly selector?: WorkloadReference | WorkloadSelector | null;
}
/** See https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication */
export type PeerAuthenticationSpec =
  | PeerAuthenticationSpecPortLevel
  | PeerAuthenticationSpecWholeWorkload;
export interface RequestAuthenticationSpecFields {
  /** at most 4096 items */
  readonly jwtRules?: readonly JWTRule[] | null;
}
export interface RequestAuthenticationSpecByTargetRefs extends RequestAuthenticationSpecFields {
  readonly selector?: Unset<'set only one of selector, targetRef, targetRefs'>;
  readonly targetRef?: Unset<'set only one of selector, targetRef, targetRefs'>;
  /** at most 16 items; since 1.22 */
  readonly targetRefs: readonly (ObjectReference | PolicyTargetReference)[];
}
export interface RequestAuthenticationSpecByTargetRef extends RequestAuthenticationSpecFields {
  readonly selector?: Unset<'set only one of selector, targetRef, targetRefs'>;
  /** since 1.20 */
  readonly targetRef: ObjectReference | PolicyTargetReference;
  readonly targetRefs?: Unset<'set only one of selector, targetRef, targetRefs'>;
}
export interface RequestAuthenticationSpecWithSelector extends RequestAuthenticationSpecFields {
  readonly selector?: WorkloadReference | WorkloadSelector | null;
  readonly targetRef?: Unset<'set only one of selector, targetRef, targetRefs'>;
  readonly targetRefs?: Unset<'set only one of selector, targetRef, targetRefs'>;
}
/** See https://istio.io/latest/docs/reference/config/security/request_authentication/#RequestAuthentication */
export type RequestAuthenticationSpec =
  | RequestAuthenticationSpecByTargetRefs
  | RequestAuthenticationSpecByTargetRef
  | RequestAuthenticationSpecWithSelector;
/** See https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule */
export interface Rule {
  /** at most 512 items */
  readonly from?: readonly RuleFrom[] | null;
  readonly to?: readonly RuleTo[] | null;
  readonly when?: readonly Condition[] | null;
}
/** See https://istio.io/latest/docs/reference/config/security/authorization-policy/#RuleFrom */
export interface RuleFrom {
  readonly source: Source;
}
/** See https://istio.io/latest/docs/reference/config/security/authorization-policy/#RuleTo */
export interface RuleTo {
  readonly operation: Operation;
}
export interface SourceFields {
  readonly ipBlocks?: readonly string[] | null;
  readonly notIpBlocks?: readonly string[] | null;
  readonly notRemoteIpBlocks?: readonly string[] | null;
  readonly notRequestPrincipals?: readonly string[] | null;
  /** since 1.30 */
  readonly notTrustDomains?: readonly string[] | null;
  readonly remoteIpBlocks?: readonly string[] | null;
  readonly requestPrincipals?: readonly string[] | null;
  /** since 1.30 */
  readonly trustDomains?: readonly string[] | null;
}
export interface SourceByServiceAccounts extends SourceFields {
  /** at most 16 items; since 1.25 */
  readonly serviceAccounts?: readonly (string | ObjectReference)[] | null;
  /** at most 16 items; since 1.25 */
  readonly notServiceAccounts?: readonly (string | ObjectReference)[] | null;
  readonly principals?: Unset<'serviceAccounts exclude principals and namespaces'>;
  readonly notPrincipals?: Unset<'serviceAccounts exclude principals and namespaces'>;
  readonly namespaces?: Unset<'serviceAccounts exclude principals and namespaces'>;
  readonly notNamespaces?: Unset<'serviceAccounts exclude principals and namespaces'>;
}
export interface SourceWithIdentities extends SourceFields {
  readonly principals?: readonly (string | ObjectReference)[] | null;
  readonly notPrincipals?: readonly (string | ObjectReference)[] | null;
  readonly namespaces?: readonly (string | ObjectReference)[] | null;
  readonly notNamespaces?: readonly (string | ObjectReference)[] | null;
  readonly serviceAccounts?: Unset<'serviceAccounts exclude principals and namespaces'>;
  readonly notServiceAccounts?: Unset<'serviceAccounts exclude principals and namespaces'>;
}
/** See https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source */
export type Source =
  | SourceByServiceAccounts
  | SourceWithIdentities;

const enums = {
  AuthorizationPolicyAction: ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'] as readonly AuthorizationPolicyAction[],
  MutualTLSMode: ['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT'] as readonly MutualTLSMode[],
};

const rule = {
  onlyOneOfTargetRefsOrSelectorCan: {
    message: 'only one of targetRefs or selector can be set',
    rule: '(has(self.selector) ? 1 : 0) + (has(self.targetRef) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1',
    since: '1.24',
  },
  urlMustHaveSchemeHttpOrHttps: { message: 'url must have scheme http:// or https://', rule: 'url(self).getScheme() in ["http", "https"]', since: '1.23' },
  mustBeAValidDurationGreaterThan: { message: 'must be a valid duration greater than 1ms', rule: 'duration(self) >= duration(\'1ms\')', since: '1.23' },
  onlyOneOfJwksOrJwksUriCan: {
    message: 'only one of jwks or jwksUri can be set',
    rule: '(has(self.jwksUri) ? 1 : 0) + (has(self.jwks_uri) ? 1 : 0) + (has(self.jwks) ? 1 : 0) <= 1',
    since: '1.23',
  },
  portMustBeBetween165535: { message: 'port must be between 1-65535', rule: 'self.all(key, 0 < int(key) && int(key) <= 65535)', since: '1.23' },
  portlevelmtlsRequiresSelector: {
    message: 'portLevelMtls requires selector',
    rule: 'has(self.portLevelMtls) ? (((has(self.selector) && has(self.selector.matchLabels)) ? self.selector.matchLabels : {}).size() > 0) : true',
    since: '1.23',
  },
  cannotSetServiceAccountsWithNamespacesOrPrincipals: {
    message: 'Cannot set serviceAccounts with namespaces or principals',
    rule: '(has(self.serviceAccounts) || has(self.notServiceAccounts)) ? (!has(self.principals) &&\n!has(self.notPrincipals) && !has(self.' +
      'namespaces) && !has(self.notNamespaces)) : true',
    since: '1.25',
  },
} satisfies { readonly [name: string]: ValidationRule };

const types: { readonly [name: string]: Schema } = {
  AuthorizationPolicySpec: {
    exclusive: [['provider']],
    type: 'object',
    properties: {
      action: { type: 'string', enum: enums.AuthorizationPolicyAction },
      provider: { ref: 'ExtensionProvider' },
      rules: { maxItems: 512, type: 'array', items: { ref: 'Rule' } },
      selector: { reference: 'selector', ref: 'WorkloadSelector' },
      targetRef: { reference: 'target', ref: 'PolicyTargetReference' },
      targetRefs: { maxItems: 16, type: 'array', items: { reference: 'target', ref: 'PolicyTargetReference' } },
    },
    rules: [rule.onlyOneOfTargetRefsOrSelectorCan],
  },
  ClaimToHeader: {
    required: ['header', 'claim'],
    type: 'object',
    properties: { claim: { minLength: 1, type: 'string' }, header: { minLength: 1, pattern: '^[-_A-Za-z0-9]+$', type: 'string' } },
  },
  Condition: {
    required: ['key'],
    type: 'object',
    properties: { key: { type: 'string' }, notValues: { type: 'array', items: { type: 'string' } }, values: { type: 'array', items: { type: 'string' } } },
  },
  ExtensionProvider: { type: 'object', properties: { name: { type: 'string' } } },
  JWTHeader: { required: ['name'], type: 'object', properties: { name: { minLength: 1, type: 'string' }, prefix: { type: 'string' } } },
  JWTRule: {
    type: 'object',
    properties: {
      audiences: { type: 'array', items: { minLength: 1, type: 'string' } },
      forwardOriginalToken: { type: 'boolean' },
      fromCookies: { type: 'array', items: { minLength: 1, type: 'string' } },
      fromHeaders: { type: 'array', items: { ref: 'JWTHeader' } },
      fromParams: { type: 'array', items: { minLength: 1, type: 'string' } },
      issuer: { minLength: 1, type: 'string' },
      jwks: { type: 'string' },
      jwksUri: { maxLength: 2048, minLength: 1, type: 'string', rules: [rule.urlMustHaveSchemeHttpOrHttps] },
      jwks_uri: { maxLength: 2048, minLength: 1, type: 'string', rules: [rule.urlMustHaveSchemeHttpOrHttps] },
      outputClaimToHeaders: { type: 'array', items: { ref: 'ClaimToHeader' } },
      outputPayloadToHeader: { type: 'string' },
      spaceDelimitedClaims: { maxItems: 64, type: 'array', items: { minLength: 1, type: 'string' } },
      timeout: { type: 'string', rules: [rule.mustBeAValidDurationGreaterThan] },
    },
    rules: [rule.onlyOneOfJwksOrJwksUriCan],
  },
  MutualTLS: { type: 'object', properties: { mode: { type: 'string', enum: enums.MutualTLSMode } } },
  Operation: {
    type: 'object',
    properties: {
      hosts: { type: 'array', items: { type: 'string' } },
      methods: { type: 'array', items: { type: 'string' } },
      notHosts: { type: 'array', items: { type: 'string' } },
      notMethods: { type: 'array', items: { type: 'string' } },
      notPaths: { type: 'array', items: { type: 'string' } },
      notPorts: { type: 'array', items: { type: 'string' } },
      paths: { type: 'array', items: { type: 'string' } },
      ports: { type: 'array', items: { type: 'string' } },
    },
  },
  PeerAuthenticationSpec: {
    type: 'object',
    properties: {
      mtls: { ref: 'MutualTLS' },
      portLevelMtls: { minProperties: 1, type: 'object', additionalProperties: { ref: 'MutualTLS' }, rules: [rule.portMustBeBetween165535] },
      selector: { reference: 'selector', ref: 'WorkloadSelector' },
    },
    rules: [rule.portlevelmtlsRequiresSelector],
  },
  RequestAuthenticationSpec: {
    type: 'object',
    properties: {
      jwtRules: { maxItems: 4096, type: 'array', items: { ref: 'JWTRule' } },
      selector: { reference: 'selector', ref: 'WorkloadSelector' },
      targetRef: { reference: 'target', ref: 'PolicyTargetReference' },
      targetRefs: { maxItems: 16, type: 'array', items: { reference: 'target', ref: 'PolicyTargetReference' } },
    },
    rules: [rule.onlyOneOfTargetRefsOrSelectorCan],
  },
  Rule: {
    type: 'object',
    properties: {
      from: { maxItems: 512, type: 'array', items: { ref: 'RuleFrom' } },
      to: { type: 'array', items: { ref: 'RuleTo' } },
      when: { type: 'array', items: { ref: 'Condition' } },
    },
  },
  RuleFrom: { type: 'object', properties: { source: { ref: 'Source' } } },
  RuleTo: { type: 'object', properties: { operation: { ref: 'Operation' } } },
  Source: {
    type: 'object',
    properties: {
      ipBlocks: { type: 'array', items: { type: 'string' } },
      namespaces: { type: 'array', items: { reference: 'namespace', type: 'string' } },
      notIpBlocks: { type: 'array', items: { type: 'string' } },
      notNamespaces: { type: 'array', items: { reference: 'namespace', type: 'string' } },
      notPrincipals: { type: 'array', items: { reference: 'principal', type: 'string' } },
      notRemoteIpBlocks: { type: 'array', items: { type: 'string' } },
      notRequestPrincipals: { type: 'array', items: { type: 'string' } },
      notServiceAccounts: { maxItems: 16, type: 'array', items: { reference: 'serviceAccount', maxLength: 320, type: 'string' } },
      notTrustDomains: { type: 'array', items: { type: 'string' } },
      principals: { type: 'array', items: { reference: 'principal', type: 'string' } },
      remoteIpBlocks: { type: 'array', items: { type: 'string' } },
      requestPrincipals: { type: 'array', items: { type: 'string' } },
      serviceAccounts: { maxItems: 16, type: 'array', items: { reference: 'serviceAccount', maxLength: 320, type: 'string' } },
      trustDomains: { type: 'array', items: { type: 'string' } },
    },
    rules: [rule.cannotSetServiceAccountsWithNamespacesOrPrincipals],
  },
};

const kinds: { readonly [groupAndKind: string]: Kind } = {
  'security.istio.io/AuthorizationPolicy': {
    group: 'security.istio.io',
    kind: 'AuthorizationPolicy',
    plural: 'authorizationpolicies',
    scope: 'Namespaced',
    shortNames: ['ap'],
    categories: ['istio-io', 'security-istio-io'],
    versions: ['v1', 'v1beta1'],
    schema: { type: 'object', properties: { spec: { ref: 'AuthorizationPolicySpec' }, status: { type: 'object', preserveUnknownFields: true } } },
  },
  'security.istio.io/PeerAuthentication': {
    group: 'security.istio.io',
    kind: 'PeerAuthentication',
    plural: 'peerauthentications',
    scope: 'Namespaced',
    shortNames: ['pa'],
    categories: ['istio-io', 'security-istio-io'],
    versions: ['v1', 'v1beta1'],
    schema: { type: 'object', properties: { spec: { ref: 'PeerAuthenticationSpec' }, status: { type: 'object', preserveUnknownFields: true } } },
  },
  'security.istio.io/RequestAuthentication': {
    group: 'security.istio.io',
    kind: 'RequestAuthentication',
    plural: 'requestauthentications',
    scope: 'Namespaced',
    shortNames: ['ra'],
    categories: ['istio-io', 'security-istio-io'],
    versions: ['v1', 'v1beta1'],
    schema: { type: 'object', properties: { spec: { ref: 'RequestAuthenticationSpec' }, status: { type: 'object', preserveUnknownFields: true } } },
  },
};

/** The values of the enums, the schemas of the named types, and the kinds of this file. */
export const securityIstioIo = { enums, types, kinds };

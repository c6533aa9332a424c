/** The fields of the security kinds as istiod reads them, once validation has passed. */
export interface PeerAuthenticationSpec {
  readonly selector?: WorkloadSelectorSpec;
  readonly mtls?: MutualTlsSpec;
  /** By the port of the workload. */
  readonly portLevelMtls?: Readonly<Record<string, MutualTlsSpec>>;
}

export interface MutualTlsSpec {
  readonly mode?: 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';
}

export interface WorkloadSelectorSpec {
  readonly matchLabels?: Readonly<Record<string, string>>;
}

export interface TargetReferenceSpec {
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface RequestAuthenticationSpec {
  readonly selector?: WorkloadSelectorSpec;
  readonly targetRef?: TargetReferenceSpec;
  readonly targetRefs?: readonly TargetReferenceSpec[];
  readonly jwtRules?: readonly JwtRuleSpec[];
}

export interface JwtRuleSpec {
  readonly issuer?: string;
  readonly audiences?: readonly string[];
  readonly jwksUri?: string;
  readonly jwks?: string;
  readonly fromHeaders?: readonly { readonly name: string; readonly prefix?: string }[];
  readonly fromParams?: readonly string[];
  readonly fromCookies?: readonly string[];
  readonly outputPayloadToHeader?: string;
  readonly outputClaimToHeaders?: readonly { readonly header: string; readonly claim: string }[];
  readonly forwardOriginalToken?: boolean;
  readonly timeout?: string;
  readonly spaceDelimitedClaims?: readonly string[];
}

export interface AuthorizationPolicySpec {
  readonly selector?: WorkloadSelectorSpec;
  readonly targetRef?: TargetReferenceSpec;
  readonly targetRefs?: readonly TargetReferenceSpec[];
  readonly rules?: readonly AuthorizationRuleSpec[];
  readonly action?: 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';
  readonly provider?: { readonly name?: string };
}

export interface AuthorizationRuleSpec {
  readonly from?: readonly { readonly source?: SourceSpec }[];
  readonly to?: readonly { readonly operation?: OperationSpec }[];
  readonly when?: readonly { readonly key: string; readonly values?: readonly string[]; readonly notValues?: readonly string[] }[];
}

/** Lists of values: `principals`, `notPrincipals`, `requestPrincipals`, `namespaces`, `serviceAccounts`, `trustDomains`, `ipBlocks`, `remoteIpBlocks` and their negations. */
export type SourceSpec = Readonly<Record<string, readonly string[] | undefined>>;

/** Lists of values: `hosts`, `ports`, `methods`, `paths` and their negations. */
export type OperationSpec = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * What Istio requires but a CustomResourceDefinition cannot say, or says only in CEL: data fixes for the generated types, each with its reason.
 * They never refuse what a cluster accepts without a warning.
 */

/** How a field reads in one variant of a type. */
export interface VariantField {
  /** The field must be there. */
  readonly required?: true;
  /** The field must not be there, and why. */
  readonly refused?: string;
  /**
   * Keeps the type of a refused field in sight, so that the compiler reads the literals in it as what they would be and refuses the field as a whole.
   * Such a field does not help to tell variants apart.
   */
  readonly inSight?: true;
  /** A narrower type for the field. */
  readonly type?: string;
}

/** One variant of a type. */
export interface Variant {
  readonly name: string;
  readonly fields: { readonly [field: string]: VariantField };
  /** A variant that is not combined with those of other groups. */
  readonly alone?: true;
}

export interface Refinement {
  readonly reason: string;
  /** Fields that istiod requires although the definition does not. */
  readonly required?: readonly string[];
  /** Fields of which at most one may be set. */
  readonly exclusive?: readonly (readonly string[])[];
  /**
   * Alternatives. The compiler explains the one that the fields with a refusal or a literal type point at; where nothing points at one, older compilers explain the last,
   * and the native compiler the one whose name is last in the alphabet, so the commonest one is both.
   */
  readonly variants?: readonly (readonly Variant[])[];
  /** A type parameter: the field that it types and what it extends. */
  readonly parameter?: { readonly name: string; readonly field: string; readonly pass?: string };
}

const required = { required: true } as const;
const refused = (why: string): VariantField => ({ refused: why });
const only = (type: string): VariantField => ({ required: true, type });
const certificates = ['serverCertificate', 'privateKey', 'caCertificates', 'tlsCertificates', 'credentialName', 'credentialNames'];
const oneTarget = 'one policy has one way to choose its workloads (CEL rule of the definition)';

export const refinements: { readonly [type: string]: Refinement } = {
  AuthorizationPolicySpec: {
    reason: 'istiod refuses CUSTOM without a provider and a provider without CUSTOM',
    exclusive: [['selector', 'targetRef', 'targetRefs']],
    variants: [
      [
        { name: 'Custom', fields: { action: only("'CUSTOM'"), provider: required } },
        { name: 'Plain', fields: { action: { type: "'ALLOW' | 'DENY' | 'AUDIT'" }, provider: refused('provider needs action CUSTOM') } },
      ],
    ],
  },
  ClientTLSSettings: {
    reason: 'istiod refuses MUTUAL without a client certificate and key or a credential',
    variants: [
      [
        { name: 'MutualByFiles', fields: { mode: only("'MUTUAL'"), clientCertificate: required, privateKey: required, credentialName: {} } },
        { name: 'MutualWithCredential', fields: { mode: only("'MUTUAL'"), credentialName: required, clientCertificate: {}, privateKey: {} } },
        { name: 'Plain', fields: { mode: { type: "'DISABLE' | 'SIMPLE' | 'ISTIO_MUTUAL'" }, clientCertificate: {}, privateKey: {}, credentialName: {} } },
      ],
    ],
  },
  DestinationRuleSpec: { reason: 'a rule knows the names of its subsets', parameter: { name: 'Name', field: 'subsets', pass: 'Subset' } },
  EnvoyFilterSpec: { reason: oneTarget, exclusive: [['workloadSelector', 'targetRefs']] },
  HTTPRedirect: { reason: 'istiod refuses both', exclusive: [['uri', 'prefixRewrite']] },
  HTTPRewrite: { reason: 'istiod refuses both', exclusive: [['uri', 'uriRegexRewrite']] },
  HTTPRoute: {
    reason: 'a route has exactly one action; a redirect and a direct response exclude what would be done to a forwarded request',
    variants: [
      [
        {
          name: 'Delegate',
          alone: true,
          fields: {
            delegate: required,
            route: refused('a route with a delegate has no route'),
            redirect: refused('a route with a delegate has no redirect'),
            directResponse: {},
            fault: {},
            rewrite: {},
            mirror: {},
            mirrors: {},
          },
        },
        action('directResponse', { fault: { refused: 'a direct response has no fault', inSight: true }, rewrite: refused('a direct response has no rewrite') }),
        action('redirect', { fault: { refused: 'a redirect has no fault', inSight: true }, rewrite: refused('a redirect has no rewrite') }),
        action('route', { fault: {}, rewrite: {} }),
      ],
      [
        { name: 'ByMirrors', fields: { mirrors: required, mirror: refused('set only one of mirror, mirrors') } },
        { name: 'WithMirror', fields: { mirror: {}, mirrors: refused('set only one of mirror, mirrors') } },
      ],
    ],
  },
  JWTRule: {
    reason: 'istiod refuses a rule with neither issuer nor jwksUri, and the definition more than one source of keys',
    variants: [
      [
        { name: 'ByJwksUriSnakeCase', fields: keySource('jwks_uri', required) },
        { name: 'ByJwksUri', fields: keySource('jwksUri', required) },
        { name: 'WithIssuer', fields: { ...keySource('jwks', {}), issuer: required } },
      ],
    ],
  },
  EnvVar: {
    reason: 'a value of the host leaves nothing to set (CEL rule of the definition)',
    variants: [
      [
        { name: 'Host', fields: { valueFrom: only("'HOST'"), value: refused('valueFrom HOST has no value') } },
        { name: 'Inline', fields: { valueFrom: { type: "'INLINE'" }, value: {} } },
      ],
    ],
  },
  LocalityLoadBalancerSetting: { reason: 'istiod refuses both', exclusive: [['distribute', 'failover']] },
  PeerAuthenticationSpec: {
    reason: 'port-level settings belong to selected workloads',
    variants: [
      [
        { name: 'PortLevel', fields: { portLevelMtls: required, selector: required } },
        { name: 'WholeWorkload', fields: { portLevelMtls: refused('portLevelMtls needs a selector'), selector: {} } },
      ],
    ],
  },
  PortTrafficPolicy: { reason: 'istiod refuses settings without a port', required: ['port'] },
  RequestAuthenticationSpec: { reason: oneTarget, exclusive: [['selector', 'targetRef', 'targetRefs']] },
  RuleFrom: { reason: 'istiod refuses an item without it', required: ['source'] },
  RuleTo: { reason: 'istiod refuses an item without it', required: ['operation'] },
  ServerTLSSettings: {
    reason: 'a server that terminates TLS needs certificates, and mutual TLS of the mesh brings its own',
    variants: [
      [
        {
          name: 'IstioMutual',
          fields: {
            mode: only("'ISTIO_MUTUAL'"),
            ...Object.fromEntries(certificates.map((field) => [field, refused('ISTIO_MUTUAL uses the certificates of the mesh')])),
          },
        },
        {
          name: 'Passthrough',
          fields: { mode: { type: "'PASSTHROUGH' | 'AUTO_PASSTHROUGH'" }, ...Object.fromEntries(certificates.map((field) => [field, {}])) },
        },
        { name: 'MutualCertificates', fields: terminating("'MUTUAL' | 'OPTIONAL_MUTUAL'", 'tlsCertificates', 'caCertificates') },
        { name: 'Certificates', fields: terminating("'SIMPLE'", 'tlsCertificates') },
        { name: 'MutualFiles', fields: terminating("'MUTUAL' | 'OPTIONAL_MUTUAL'", 'serverCertificate', 'privateKey', 'caCertificates') },
        { name: 'Files', fields: terminating("'SIMPLE'", 'serverCertificate', 'privateKey') },
        { name: 'ManyCredentials', fields: terminating("'SIMPLE' | 'MUTUAL' | 'OPTIONAL_MUTUAL'", 'credentialNames') },
        { name: 'OneCredential', fields: terminating("'SIMPLE' | 'MUTUAL' | 'OPTIONAL_MUTUAL'", 'credentialName') },
      ],
    ],
  },
  ServiceEntrySpec: {
    reason: 'endpoints exclude a workload selector and need a resolution that uses them (CEL rules of the definition)',
    variants: [
      [
        {
          name: 'Endpoints',
          fields: {
            endpoints: required,
            resolution: only("'STATIC' | 'DNS' | 'DNS_ROUND_ROBIN'"),
            workloadSelector: refused('set only one of endpoints, workloadSelector'),
          },
        },
        {
          name: 'NoEndpoints',
          fields: {
            endpoints: refused('endpoints need resolution STATIC, DNS or DNS_ROUND_ROBIN and no workloadSelector'),
            resolution: {},
            workloadSelector: {},
          },
        },
      ],
    ],
  },
  Source: {
    reason: 'the definition refuses service accounts beside principals and namespaces',
    variants: [
      [
        {
          name: 'ByServiceAccounts',
          fields: {
            serviceAccounts: {},
            notServiceAccounts: {},
            ...Object.fromEntries(
              ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'].map((field) => [
                field,
                refused('serviceAccounts exclude principals and namespaces'),
              ]),
            ),
          },
        },
        {
          name: 'WithIdentities',
          fields: {
            principals: {},
            notPrincipals: {},
            namespaces: {},
            notNamespaces: {},
            ...Object.fromEntries(
              ['serviceAccounts', 'notServiceAccounts'].map((field) => [field, refused('serviceAccounts exclude principals and namespaces')]),
            ),
          },
        },
      ],
    ],
  },
  Subset: { reason: 'a rule knows the names of its subsets', parameter: { name: 'Name', field: 'name' } },
  TagOverride: {
    reason: 'only what is set has a value (CEL rules of the definition)',
    variants: [
      [
        { name: 'Remove', fields: { operation: only("'REMOVE'"), value: refused('operation REMOVE has no value') } },
        { name: 'Upsert', fields: { operation: { type: "'UPSERT'" }, value: required } },
      ],
    ],
  },
  TCPRoute: { reason: 'istiod refuses a route without destinations', required: ['route'] },
  TelemetrySpec: { reason: oneTarget, exclusive: [['selector', 'targetRef', 'targetRefs']] },
  TLSRoute: { reason: 'istiod refuses a route without destinations', required: ['route'] },
  TrafficExtensionSpec: {
    reason: 'an extension is exactly one of them (CEL rule of the definition)',
    exclusive: [['selector', 'targetRefs']],
    variants: [
      [
        { name: 'Lua', fields: { lua: required, wasm: refused('set only one of wasm, lua') } },
        { name: 'Wasm', fields: { wasm: required, lua: refused('set only one of wasm, lua') } },
      ],
    ],
  },
  TrafficPolicy: { reason: 'istiod refuses both', exclusive: [['tunnel', 'proxyProtocol']] },
  WasmPluginSpec: { reason: oneTarget, exclusive: [['selector', 'targetRef', 'targetRefs']] },
};

/** A mode that terminates TLS: the named fields are required, the other sources of certificates stay as they are. */
function terminating(modes: string, ...needed: string[]): { [field: string]: VariantField } {
  return { mode: { required: true, type: modes }, ...Object.fromEntries(certificates.map((field) => [field, needed.includes(field) ? required : {}])) };
}

/** One of the three actions of a route. */
function action(own: 'route' | 'redirect' | 'directResponse', others: { [field: string]: VariantField }): Variant {
  const actions = ['route', 'redirect', 'directResponse'];
  const why = `set only one of ${actions.join(', ')}`;
  return {
    name: { route: 'Routed', redirect: 'Redirect', directResponse: 'DirectResponse' }[own],
    fields: {
      ...Object.fromEntries(actions.map((name) => [name, name === own ? required : refused(why)])),
      delegate: refused('a route with a delegate has no route'),
      ...others,
    },
  };
}

/** Of the three fields that give the keys of a token issuer only one may be set. */
function keySource(own: string, field: VariantField): { [field: string]: VariantField } {
  const sources = ['jwks', 'jwksUri', 'jwks_uri'];
  return { ...Object.fromEntries(sources.map((name) => [name, name === own ? field : refused('set only one of jwks, jwksUri')])), issuer: {} };
}

/** Fields whose text is a length of time although no rule of the definition says so. */
export const durationFields: ReadonlySet<string> = new Set(['HTTPCookie.ttl', 'RetryBudget.budgetInterval', 'TCPSettings.idleTimeout']);

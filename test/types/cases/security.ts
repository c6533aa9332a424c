import type { Case, Sound } from './case';

const policy = (props: string): string => `new AuthorizationPolicy(chart, 'policy', {
  ${props}
});
`;
const tokens = (rule: string): string => `new RequestAuthentication(chart, 'tokens', {
  jwtRules: [
    ${rule}
  ],
});
`;

export const securityCases: readonly Case[] = [
  {
    mistake: 'host for hosts in an operation',
    right: policy(`rules: [{ to: [{ operation: { hosts: ['a'] } }] }],`),
    wrong: policy(`rules: [{ to: [{ operation: { host: ['a'] } }] }], // refused: Did you mean to write 'hosts'?`),
  },
  {
    mistake: 'an unknown field in an operation',
    right: policy(`rules: [{ to: [{ operation: { paths: ['/a'] } }] }],`),
    wrong: policy(`rules: [{ to: [{ operation: { urls: ['/a'] } }] }], // refused: 'urls' does not exist in type 'Operation'`),
  },
  {
    mistake: 'a method where methods are due',
    right: policy(`rules: [{ to: [{ operation: { methods: ['GET'] } }] }],`),
    wrong: policy(`rules: [{ to: [{ operation: { methods: 'GET' } }] }], // refused: Type 'string' is not assignable to type 'readonly string[]'`),
  },
  {
    mistake: 'a port as a number',
    right: policy(`rules: [{ to: [{ operation: { ports: ['80'] } }] }],`),
    wrong: policy(`rules: [{ to: [{ operation: { ports: [80] } }] }], // refused: Type 'number' is not assignable to type 'string'`),
  },
  {
    mistake: 'labels for matchLabels',
    right: policy(`selector: { matchLabels: { app: 'reviews' } },`),
    wrong: policy(`selector: { labels: { app: 'reviews' } }, // refused: 'labels' does not exist in type`),
  },
  {
    mistake: 'bare labels for a selector',
    right: policy(`selector: { matchLabels: { app: 'reviews' } },`),
    wrong: policy(`selector: { app: 'reviews' }, // refused: 'app' does not exist in type`),
  },
  {
    mistake: 'two ways to choose workloads',
    right: policy(`targetRefs: [{ group: '', kind: 'Service', name: 'reviews' }],`),
    wrong: `new AuthorizationPolicy(chart, 'policy', {
  selector: { matchLabels: { app: 'reviews' } },
  targetRefs: [{ group: '', kind: 'Service', name: 'reviews' }], // refused: set only one of selector, targetRef, targetRefs
});`,
  },
  {
    mistake: 'CUSTOM without provider',
    right: policy(`action: 'CUSTOM', provider: { name: 'opa' },`),
    wrong: `new AuthorizationPolicy(chart, 'policy', { action: 'CUSTOM' }); // refused: Property 'provider' is missing in type '{ action: "CUSTOM"; }'`,
  },
  {
    mistake: 'a provider without CUSTOM',
    right: policy(`action: 'CUSTOM', provider: { name: 'opa' },`),
    wrong: policy(`action: 'DENY', provider: { name: 'opa' }, // refused: provider needs action CUSTOM`),
  },
  {
    mistake: 'a provider without action',
    right: policy(`action: 'CUSTOM', provider: { name: 'opa' },`),
    wrong: `new AuthorizationPolicy(chart, 'policy', { provider: { name: 'opa' } }); // refused: Property 'action' is missing in type '{ provider: { name: string; }; }'`,
  },
  {
    mistake: 'an action that nobody knows',
    right: policy(`action: 'DENY',`),
    wrong: policy(`action: 'Deny', // refused: Did you mean '"DENY"'?`),
  },
  {
    mistake: 'service accounts beside namespaces',
    right: policy(`rules: [{ from: [{ source: { serviceAccounts: ['a/b'] } }, { source: { namespaces: ['a'] } }] }],`),
    wrong: policy(
      `rules: [{ from: [{ source: { serviceAccounts: ['a/b'], namespaces: ['a'] } }] }], // refused: serviceAccounts exclude principals and namespaces`,
    ),
  },
  {
    mistake: 'a source without source',
    right: policy(`rules: [{ from: [{ source: { principals: ['*'] } }] }],`),
    wrong: policy(`rules: [{ from: [{ principals: ['*'] }] }], // refused: 'principals' does not exist in type 'RuleFrom'`),
  },
  {
    mistake: 'rule for rules',
    right: policy(`rules: [{}],`),
    wrong: policy(`rule: [{}], // refused: Did you mean to write 'rules'?`),
  },
  {
    mistake: 'a mode in small letters',
    right: `new PeerAuthentication(chart, 'peers', { mtls: { mode: 'STRICT' } });`,
    wrong: `new PeerAuthentication(chart, 'peers', { mtls: { mode: 'strict' } }); // refused: Did you mean '"STRICT"'?`,
  },
  {
    mistake: 'a mode without mtls around it',
    right: `new PeerAuthentication(chart, 'peers', { mtls: { mode: 'STRICT' } });`,
    wrong: `new PeerAuthentication(chart, 'peers', { mode: 'STRICT' }); // refused: 'mode' does not exist in type 'PeerAuthenticationProps'`,
  },
  {
    mistake: 'a mode from the environment',
    right: `declare const mode: string | undefined;\nnew PeerAuthentication(chart, 'peers', { mtls: { mode: enumValue('MutualTLSMode', mode) } });`,
    wrong: `declare const mode: string | undefined;
new PeerAuthentication(chart, 'peers', { mtls: { mode } }); // refused: Type 'string' is not assignable to type 'MutualTLSMode`,
  },
  {
    mistake: 'port-level mutual TLS without selector',
    right: `new PeerAuthentication(chart, 'peers', { selector: { matchLabels: { app: 'a' } }, portLevelMtls: { 80: { mode: 'DISABLE' } } });`,
    wrong: `new PeerAuthentication(chart, 'peers', { portLevelMtls: { 80: { mode: 'DISABLE' } } }); // refused: Property 'selector' is missing`,
  },
  {
    mistake: 'both jwks and jwksUri',
    right: tokens(`{ issuer: 'a', jwksUri: 'https://a' }, { issuer: 'b', jwks: '{}' },`),
    wrong: tokens(`{ issuer: 'a', jwksUri: 'https://a', jwks: '{}' }, // refused: set only one of jwks, jwksUri`),
  },
  {
    mistake: 'a rule with neither issuer nor jwksUri',
    right: tokens(`{ issuer: 'a', forwardOriginalToken: true }, { jwksUri: 'https://a' },`),
    wrong: tokens(`{ forwardOriginalToken: true }, // refused: Property 'issuer' is missing`),
  },
  {
    mistake: 'a rule with keys and no issuer',
    right: tokens(`{ issuer: 'a', jwks: '{}' },`),
    wrong: tokens(`{ jwks: '{}' }, // refused: Property 'issuer' is missing`),
  },
  {
    mistake: 'jwksURI for jwksUri',
    right: tokens(`{ issuer: 'a', jwksUri: 'https://a' },`),
    wrong: tokens(`{ issuer: 'a', jwksURI: 'https://a' }, // refused: Did you mean to write 'jwksUri'?`),
  },
];

export const soundPolicies: readonly Sound[] = [
  { what: 'a policy that allows nothing', right: `new AuthorizationPolicy(chart, 'policy');\nnew AuthorizationPolicy(chart, 'other', {});` },
  { what: 'a rule that matches everything', right: policy('rules: [{}],') },
  { what: 'the default action written out', right: policy(`action: 'ALLOW', selector: null, targetRef: { kind: 'Service', name: 'a' }, provider: null,`) },
];

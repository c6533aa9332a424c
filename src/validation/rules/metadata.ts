import { ruleTable } from '../../manifest/rule';
import { example } from './example';

const policy = `
selector:
  matchLabels:
    app: reviews
action: DENY
rules:
- to:
  - operation:
      methods: [DELETE]`;
const gateway = `
servers:
- hosts: [shop.example.com]
  port:
    number: 80
    name: http
    protocol: HTTP`;

/** Rules about annotations, for every kind. */
export const metadataRules = ruleTable({
  dryRunElsewhere: {
    code: 'metadata/dry-run-unsupported',
    severity: 'error',
    istiod: ['M1'],
    title: 'Only an AuthorizationPolicy can be tried out with the annotation istio.io/dry-run.',
    effect: 'The cluster refuses the object.',
    fix: 'remove the annotation istio.io/dry-run',
    bad: example('Gateway', gateway, { annotations: { 'istio.io/dry-run': 'true' } }),
    good: example('Gateway', gateway),
  },
  dryRunInvalid: {
    code: 'metadata/dry-run-invalid',
    severity: 'error',
    istiod: ['M2'],
    title: 'The annotation istio.io/dry-run takes "true" or "false", on a policy that allows or denies.',
    effect: 'The cluster refuses the policy.',
    fix: 'write "true" or "false", and use the action ALLOW or DENY',
    bad: example('AuthorizationPolicy', policy, { annotations: { 'istio.io/dry-run': 'yes' } }),
    good: example('AuthorizationPolicy', policy, { annotations: { 'istio.io/dry-run': 'true' } }),
  },
  alwaysRejected: {
    code: 'metadata/always-rejected',
    severity: 'error',
    istiod: ['M3'],
    title: 'The annotation internal.istio.io/webhook-always-reject asks istiod to refuse the object.',
    effect: 'The cluster refuses the object, whatever its spec says.',
    fix: 'remove the annotation',
    bad: example('Gateway', gateway, { annotations: { 'internal.istio.io/webhook-always-reject': 'true' } }),
    good: example('Gateway', gateway),
  },
  internalAnnotation: {
    code: 'metadata/internal-annotation',
    severity: 'error',
    istiod: ['M4', 'M5'],
    since: '1.28',
    title: 'The annotations internal.istio.io/parents and internal.istio.io/parent-namespace belong to istiod.',
    effect: 'The cluster refuses the object, because they would widen its rights.',
    fix: 'remove the annotation',
    bad: example('Gateway', gateway, { annotations: { 'internal.istio.io/parents': 'HTTPRoute/shop.default' } }),
    good: example('Gateway', gateway),
  },
});

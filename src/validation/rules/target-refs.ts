import { ruleTable } from '../../manifest/rule';
import { example } from './example';

const policy = (target: string) => `
${target}
rules:
- to:
  - operation:
      methods: [GET]`;

const gateway = `
targetRefs:
- group: gateway.networking.k8s.io
  kind: Gateway
  name: waypoint`;

/** Rules about the objects to which a policy is attached. */
export const targetRefRules = ruleTable({
  severalTargets: {
    code: 'target-ref/several-targets',
    severity: 'error',
    istiod: ['T1', 'RA1', 'AP1', 'TE1', 'WP1'],
    title: 'A policy is attached by a selector, by targetRef or by targetRefs, but only by one of them.',
    effect: 'The cluster refuses the policy.',
    fix: 'keep one of selector, targetRef and targetRefs',
    bad: example('AuthorizationPolicy', policy(`selector:\n  matchLabels:\n    app: reviews${gateway}`)),
    good: example('AuthorizationPolicy', policy(gateway)),
  },
  nameMissing: {
    code: 'target-ref/name-missing',
    severity: 'error',
    istiod: ['T2', 'RA1', 'AP1', 'TE1', 'WP1'],
    title: 'A target needs a name.',
    effect: 'The cluster refuses the policy.',
    fix: 'name the object to which the policy is attached',
    bad: example('AuthorizationPolicy', policy('targetRefs:\n- kind: Service\n  name: ""')),
    good: example('AuthorizationPolicy', policy('targetRefs:\n- kind: Service\n  name: reviews')),
  },
  otherNamespace: {
    code: 'target-ref/namespace',
    severity: 'error',
    istiod: ['T3', 'RA1', 'AP1', 'TE1', 'WP1'],
    title: 'A policy can be attached to objects of its own namespace only.',
    effect: 'The cluster refuses the policy.',
    fix: 'put the policy into the namespace of its target and leave the field out',
    bad: example('AuthorizationPolicy', policy('targetRefs:\n- kind: Service\n  name: reviews\n  namespace: bookinfo')),
    good: example('AuthorizationPolicy', policy('targetRefs:\n- kind: Service\n  name: reviews'), { namespace: 'bookinfo' }),
  },
  kindUnsupported: {
    code: 'target-ref/kind',
    severity: 'error',
    istiod: ['T4', 'RA1', 'AP1', 'TE1', 'WP1'],
    title: 'Policies are attached to Services, ServiceEntries, Gateways and GatewayClasses of the Gateway API, and to nothing else.',
    effect: 'The cluster refuses the policy.',
    fix: 'name one of these kinds with its group, or use a selector',
    bad: example('AuthorizationPolicy', policy('targetRefs:\n- group: apps\n  kind: Deployment\n  name: reviews')),
    good: example('AuthorizationPolicy', policy('targetRefs:\n- kind: Service\n  name: reviews')),
  },
});

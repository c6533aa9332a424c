import { ruleTable } from '../../manifest/rule';

const refused = 'A cluster of this release refuses the object, or stores it without the part that it does not know.';

/** What an object uses and the target release lacks. The examples hold for the release that they name. */
export const releaseRules = ruleTable({
  kind: {
    code: 'target-release/kind',
    severity: 'error',
    title: 'The target release does not have the kind.',
    effect: 'A cluster of this release finds no resource for the object and refuses it.',
    fix: 'target a later release, or do without the object',
    bad: '# --target 1.8\napiVersion: telemetry.istio.io/v1alpha1\nkind: Telemetry\nmetadata:\n  name: default\n  namespace: istio-system\nspec:\n  tracing:\n  - randomSamplingPercentage: 1\n',
    good: '# --target 1.12\napiVersion: telemetry.istio.io/v1alpha1\nkind: Telemetry\nmetadata:\n  name: default\n  namespace: istio-system\nspec:\n  tracing:\n  - randomSamplingPercentage: 1\n',
  },
  version: {
    code: 'target-release/version',
    severity: 'error',
    title: 'The target release does not serve the kind in this version of its API group.',
    effect: 'A cluster of this release finds no resource for the object and refuses it.',
    fix: 'write a version that the release serves',
    bad: '# --target 1.20\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: reviews\n  namespace: bookinfo\nspec:\n  host: reviews\n',
    good: '# --target 1.20\napiVersion: networking.istio.io/v1beta1\nkind: DestinationRule\nmetadata:\n  name: reviews\n  namespace: bookinfo\nspec:\n  host: reviews\n',
  },
  field: {
    code: 'target-release/field',
    severity: 'error',
    title: 'The target release does not have the field.',
    effect: refused,
    fix: 'target a later release, or do without the field',
    bad: '# --target 1.16\napiVersion: networking.istio.io/v1beta1\nkind: VirtualService\nmetadata:\n  name: reviews\n  namespace: bookinfo\nspec:\n  hosts:\n  - reviews\n  http:\n  - mirrors:\n    - destination:\n        host: reviews-shadow\n    route:\n    - destination:\n        host: reviews\n',
    good: '# --target 1.16\napiVersion: networking.istio.io/v1beta1\nkind: VirtualService\nmetadata:\n  name: reviews\n  namespace: bookinfo\nspec:\n  hosts:\n  - reviews\n  http:\n  - mirror:\n      host: reviews-shadow\n    route:\n    - destination:\n        host: reviews\n',
  },
  value: {
    code: 'target-release/value',
    severity: 'error',
    title: 'The target release does not have the value.',
    effect: refused,
    fix: 'target a later release, or write a value that the release has',
    bad: '# --target 1.8\napiVersion: networking.istio.io/v1beta1\nkind: ServiceEntry\nmetadata:\n  name: example\n  namespace: bookinfo\nspec:\n  hosts:\n  - example.com\n  ports:\n  - number: 443\n    name: tls\n    protocol: TLS\n  resolution: DNS_ROUND_ROBIN\n',
    good: '# --target 1.8\napiVersion: networking.istio.io/v1beta1\nkind: ServiceEntry\nmetadata:\n  name: example\n  namespace: bookinfo\nspec:\n  hosts:\n  - example.com\n  ports:\n  - number: 443\n    name: tls\n    protocol: TLS\n  resolution: DNS\n',
  },
});

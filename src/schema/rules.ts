import { ruleTable } from '../manifest/rule';
import { destinationRule, example, virtualService } from './examples';

const refused = 'The API server refuses the object: nothing of it takes effect, and where an older version of it is stored, that one stays in force.';

const oneRoute = `
hosts:
- reviews
http:
- route:
  - destination:
      host: reviews
`;

/** What the schemas of the CustomResourceDefinitions ask of an object, apart from their CEL rules. */
export const rules = ruleTable({
  missingKind: {
    code: 'kind/missing',
    severity: 'error',
    title: 'An object does not say what it is.',
    effect: 'Without apiVersion and kind kubectl cannot tell where to send the object, and refuses the file.',
    fix: 'add apiVersion and kind',
    bad: 'kind: VirtualService\nmetadata:\n  name: reviews\nspec:\n  hosts:\n  - reviews\n',
    good: virtualService(oneRoute),
  },
  unknownKind: {
    code: 'kind/unknown',
    severity: 'error',
    title: 'Istio has no kind of this name in this API group.',
    effect: 'The API server finds no resource for the object and refuses it.',
    fix: 'write the name of the kind as Istio spells it, with the API group that it belongs to',
    bad: virtualService(oneRoute).replace('VirtualService', 'virtualService'),
    good: virtualService(oneRoute),
  },
  unknownVersion: {
    code: 'kind/unknown-version',
    severity: 'error',
    title: 'The kind does not exist in this version of its API group.',
    effect: 'The API server finds no resource for the object and refuses it.',
    fix: 'use a version that Istio serves for this kind',
    bad: virtualService(oneRoute).replace('/v1', '/v2'),
    good: virtualService(oneRoute),
  },
  unknownField: {
    code: 'schema/unknown-field',
    severity: 'error',
    title: 'The field does not exist.',
    effect:
      'kubectl refuses the object. Tools that switch this check off store it without the field, so that what was meant to happen does not happen, and nobody says so.',
    fix: 'write the field as Istio spells it, in the place where it belongs',
    bad: virtualService('hosts:\n- reviews\nhttp:\n- routes:\n  - destination:\n      host: reviews'),
    good: virtualService(oneRoute),
  },
  required: {
    code: 'schema/required',
    severity: 'error',
    title: 'A field that must be there is missing.',
    effect: refused,
    fix: 'add the field',
    bad: virtualService('hosts:\n- reviews\nhttp:\n- route:\n  - weight: 100'),
    good: virtualService(oneRoute),
  },
  type: {
    code: 'schema/type',
    severity: 'error',
    title: 'A value has the wrong type.',
    effect: refused,
    fix: 'write a value of the type that the field has',
    bad: virtualService('hosts: reviews\nhttp:\n- route:\n  - destination:\n      host: reviews'),
    good: virtualService(oneRoute),
  },
  enumeration: {
    code: 'schema/enum',
    severity: 'error',
    title: 'A value is none of those that the field allows.',
    effect: refused,
    fix: 'write one of the allowed values, in exactly their spelling',
    bad: destinationRule('trafficPolicy:\n  tls:\n    mode: istio_mutual'),
    good: destinationRule('trafficPolicy:\n  tls:\n    mode: ISTIO_MUTUAL'),
  },
  pattern: {
    code: 'schema/pattern',
    severity: 'error',
    title: 'A text does not have the form that its field asks for.',
    effect: refused,
    fix: 'write a text that matches the pattern',
    bad: example('extensions.istio.io/v1alpha1', 'WasmPlugin', 'url: oci://registry.example.com/filter:1\nsha256: latest'),
    good: example(
      'extensions.istio.io/v1alpha1',
      'WasmPlugin',
      'url: oci://registry.example.com/filter:1\nsha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    ),
  },
  format: {
    code: 'schema/format',
    severity: 'error',
    title: 'A text does not have the format of its field.',
    effect: refused,
    fix: 'write the value in its format; bytes are written in base64',
    bad: virtualService('hosts:\n- reviews\nhttp:\n- directResponse:\n    status: 503\n    body:\n      bytes: "closed for today"'),
    good: virtualService('hosts:\n- reviews\nhttp:\n- directResponse:\n    status: 503\n    body:\n      string: closed for today'),
  },
  minimum: {
    code: 'schema/minimum',
    severity: 'error',
    title: 'A number is too small.',
    effect: refused,
    fix: 'write a larger number',
    bad: example('networking.istio.io/v1beta1', 'ProxyConfig', 'concurrency: -1'),
    good: example('networking.istio.io/v1beta1', 'ProxyConfig', 'concurrency: 0'),
  },
  maximum: {
    code: 'schema/maximum',
    severity: 'error',
    title: 'A number is too large.',
    effect: refused,
    fix: 'write a smaller number',
    bad: destinationRule('trafficPolicy:\n  loadBalancer:\n    warmup:\n      duration: 30s\n      minimumPercent: 150'),
    good: destinationRule('trafficPolicy:\n  loadBalancer:\n    warmup:\n      duration: 30s\n      minimumPercent: 50'),
  },
  tooShort: {
    code: 'schema/too-short',
    severity: 'error',
    title: 'A text is shorter than its field allows.',
    effect: refused,
    fix: 'write a longer text, or remove the field',
    bad: example('security.istio.io/v1', 'RequestAuthentication', 'jwtRules:\n- issuer: ""\n  jwksUri: https://example.com/jwks.json'),
    good: example('security.istio.io/v1', 'RequestAuthentication', 'jwtRules:\n- issuer: https://example.com\n  jwksUri: https://example.com/jwks.json'),
  },
  tooLong: {
    code: 'schema/too-long',
    severity: 'error',
    title: 'A text is longer than its field allows.',
    effect: refused,
    fix: 'write a shorter text',
    bad: example('networking.istio.io/v1', 'WorkloadEntry', `address: 10.0.0.1\nnetwork: ${'n'.repeat(254)}\nlocality: ${'l'.repeat(2049)}`),
    good: example('networking.istio.io/v1', 'WorkloadEntry', 'address: 10.0.0.1\nnetwork: vm-network'),
  },
  tooFew: {
    code: 'schema/too-few',
    severity: 'error',
    title: 'A list or a map has fewer entries than it must have.',
    effect: refused,
    fix: 'add entries, or remove the field',
    bad: example('networking.istio.io/v1', 'ServiceEntry', 'hosts: []\nports:\n- number: 443\n  name: tls\n  protocol: TLS\nresolution: DNS'),
    good: example('networking.istio.io/v1', 'ServiceEntry', 'hosts:\n- example.com\nports:\n- number: 443\n  name: tls\n  protocol: TLS\nresolution: DNS'),
  },
  tooMany: {
    code: 'schema/too-many',
    severity: 'error',
    title: 'A list or a map has more entries than it may have.',
    effect: refused,
    fix: 'remove entries',
    bad: gateway('tls:\n    mode: SIMPLE\n    credentialNames:\n    - rsa\n    - ecdsa\n    - spare'),
    good: gateway('tls:\n    mode: SIMPLE\n    credentialNames:\n    - rsa\n    - ecdsa'),
  },
  exclusive: {
    code: 'schema/exclusive',
    severity: 'error',
    title: 'Fields that exclude each other are set together.',
    effect: `${refused} Without the check Istio would take one of them, the last in its own order, and forget the others.`,
    fix: 'keep one of the fields',
    bad: virtualService(
      'hosts:\n- reviews\nhttp:\n- match:\n  - uri:\n      exact: /reviews\n      prefix: /reviews\n  route:\n  - destination:\n      host: reviews',
    ),
    good: virtualService('hosts:\n- reviews\nhttp:\n- match:\n  - uri:\n      prefix: /reviews\n  route:\n  - destination:\n      host: reviews'),
  },
  combination: {
    code: 'schema/combination',
    severity: 'error',
    title: 'An object fits none of the forms, or several of the forms, of which it must have exactly one.',
    effect: refused,
    fix: 'set the fields of exactly one form',
    bad: 'oneOf:\n- required: [exact]\n- required: [prefix]\n---\nexact: /reviews\nprefix: /reviews\n',
    good: 'oneOf:\n- required: [exact]\n- required: [prefix]\n---\nprefix: /reviews\n',
  },
  duplicateItem: {
    code: 'schema/duplicate-item',
    severity: 'error',
    title: 'Two items of a list have the same key.',
    effect: refused,
    fix: 'give each item a key of its own, or remove one of them',
    bad: example(
      'networking.istio.io/v1',
      'ServiceEntry',
      'hosts:\n- example.com\nports:\n- number: 80\n  name: web\n  protocol: HTTP\n- number: 443\n  name: web\n  protocol: TLS\nresolution: DNS',
    ),
    good: example(
      'networking.istio.io/v1',
      'ServiceEntry',
      'hosts:\n- example.com\nports:\n- number: 80\n  name: http\n  protocol: HTTP\n- number: 443\n  name: tls\n  protocol: TLS\nresolution: DNS',
    ),
  },
  celRule: {
    code: 'schema/cel',
    severity: 'error',
    title: 'A rule of the CustomResourceDefinition does not hold.',
    effect: refused,
    fix: 'change the object so that the rule holds',
    bad: 'x-kubernetes-validations:\n- rule: self.minimum <= self.maximum\n---\nminimum: 2\nmaximum: 1\n',
    good: 'x-kubernetes-validations:\n- rule: self.minimum <= self.maximum\n---\nminimum: 1\nmaximum: 2\n',
  },
  celError: {
    code: 'schema/cel-error',
    severity: 'error',
    title: 'A rule of the CustomResourceDefinition could not be evaluated here.',
    effect: 'Nobody knows whether the API server would accept the object. A rule that cannot be evaluated counts as one that does not hold.',
    fix: 'report the rule and the object as a bug of this library',
    bad: 'x-kubernetes-validations:\n- rule: self.minimum <=\n---\nminimum: 1\n',
    good: 'x-kubernetes-validations:\n- rule: self.minimum <= 1\n---\nminimum: 1\n',
  },
});

function gateway(server: string): string {
  return example(
    'networking.istio.io/v1',
    'Gateway',
    `servers:\n- port:\n    number: 443\n    name: https\n    protocol: HTTPS\n  hosts:\n  - example.com\n  ${server}`,
  );
}

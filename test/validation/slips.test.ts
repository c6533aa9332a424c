import { validateYaml } from '../../src/validation';

/** Mistakes that people who teach Istio have made in public, and what is said about each: `line severity code: fix`. */
const slips: readonly (readonly [name: string, yaml: string, findings: readonly string[]])[] = [
  [
    'weights on two routes without a match: the first takes everything',
    `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: customers
spec:
  hosts:
  - customers
  http:
  - route:
    - destination:
        host: customers
        subset: v1
      weight: 70
  - route:
    - destination:
        host: customers
        subset: v2
      weight: 30
`,
    ['14 warning virtual-service/weights-on-separate-routes'],
  ],
  [
    'name and namespace beside the metadata',
    `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
name: customers
namespace: shop
spec:
  host: customers
`,
    ['3 error metadata/name-required', '4 error schema/unknown-field: move name into metadata', '5 error schema/unknown-field: move namespace into metadata'],
  ],
  [
    'rules nested under the selector',
    `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: customers
spec:
  selector:
    matchLabels:
      app: customers
    action: ALLOW
`,
    ['9 error schema/unknown-field: move action out, directly under spec'],
  ],
  [
    'a selector beside the spec',
    `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: customers
selector:
  matchLabels:
    app: customers
spec:
  mtls:
    mode: STRICT
`,
    ['5 error schema/unknown-field: move selector into spec'],
  ],
  ['metadata and name on one line', 'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: name: public\nspec: {}\n', ['3 error yaml/syntax']],
  [
    'a key twice in one item: one of the two disappears',
    `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: customers
spec:
  rules:
  - from:
    - source:
        namespaces: [istio-system]
      source:
        principals: [cluster.local/ns/shop/sa/web]
`,
    ['10 error yaml/duplicate-key'],
  ],
  [
    'labels of a selector that are called matchLabels',
    `apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata:
  name: filter
spec:
  url: oci://registry.example.com/filter:1
  selector:
    labels:
      app: customers
`,
    ['7 warning selector/empty', '8 error schema/unknown-field: write matchLabels'],
  ],
  [
    'host in an operation',
    `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: customers
spec:
  rules:
  - to:
    - operation:
        methods: [GET]
        host: ["*.hello.com"]
`,
    ['10 error schema/unknown-field: write hosts'],
  ],
  [
    'shares of a locality beside the item that they belong to, and shares that do not sum to 100',
    `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: hello
spec:
  host: hello
  trafficPolicy:
    outlierDetection: {}
    loadBalancer:
      localityLbSetting:
        distribute:
        - from: us-west/*
          to:
            us-west/*: 70
            us-east/*: 20
        to:
          us-east/*: 10
`,
    ['13 error locality/weight', '16 error schema/unknown-field: move to into distribute'],
  ],
  [
    'readonly for readOnly in the JSON of an annotation',
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: customers
spec:
  template:
    metadata:
      annotations:
        sidecar.istio.io/userVolumeMount: '{"certs": {"mountPath": "/etc/certs", "readonly": true}}'
`,
    ['9 warning injection/volume-mount-field: write readOnly'],
  ],
];

test.each(slips)('%s', (_, yaml, findings) => {
  const found = validateYaml(yaml).map(({ location, severity, code, fix }) => `${location?.line} ${severity} ${code}: ${fix}`);
  expect(found).toHaveLength(findings.length);
  for (const [index, finding] of findings.entries()) expect(found[index]).toContain(finding);
});

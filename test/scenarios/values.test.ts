import { builtStep, type Manifest, ofKind, scenarioOf } from './traffic-case';

/** The object of a scenario's step, as the cluster gets it; without a step, of the last one. */
function object(id: string, kind: string, name: string, step?: string): Manifest {
  const found = builtStep(id, step).find((candidate) => candidate.kind === kind && candidate.metadata.name === name);
  if (!found) throw new Error(`${id} has no ${kind} ${name}`);
  return found;
}

const weights = ({ spec }: Manifest): object => Object.fromEntries(spec.http[0].route.map(({ destination, weight }: Manifest) => [destination.subset, weight]));

test.each([
  ['kube-meshy/traffic-shifting', 'minimal-virtualservice', undefined, { v1: 50, v2: 50 }],
  ['course/weighted', 'customers', '01-all-to-v1', { v1: undefined }],
  ['course/weighted', 'customers', '02-50-50', { v1: 50, v2: 50 }],
  ['course/weighted', 'customers', '03-70-30', { v1: 70, v2: 30 }],
  ['course/mirror', 'customers', undefined, { v1: 100 }],
  ['course/headers', 'customers', undefined, { v2: 20, v1: 80 }],
  ['classic/canary', 'reviews', undefined, { v1: 50, v3: 50 }],
  ['playground/traffic-shifting', 'reviews', undefined, { v1: 60, v2: 30, v3: 10 }],
] as const)('%s: %s %s has the weights %j', (id, name, step, expected) => {
  expect(weights(object(id, 'VirtualService', name, step))).toEqual(expected);
});

test.each([
  ['kube-meshy/traffic-shifting', 'minimal-destinationrule', ['v1', 'v2']],
  ['course/weighted', 'customers', ['v1', 'v2']],
  ['playground/traffic-shifting', 'reviews', ['v1', 'v2', 'v3']],
] as const)('%s: %s names its versions as subsets', (id, name, subsets) => {
  expect(object(id, 'DestinationRule', name).spec.subsets).toEqual(subsets.map((subset) => ({ name: subset, labels: { version: subset } })));
});

test.each([
  ['kube-meshy/dashboards', 'services-gateway-istio', ['*.istio.kind.org']],
  ['kube-meshy/gateway', 'services-gateway', ['*.svc.kind.org']],
  ['kube-meshy/cluster-to-cluster', 'services-gateway', ['*.svc.kind.cluster2']],
  ['kube-meshy/egress', 'istio-egressgateway', ['minimal.external.kind.org']],
  ['course/hello-world', 'gateway', ['*']],
  ['course/gateway-hosts', 'my-gateway', ['dev.example.com', 'test.example.com']],
  ['playground/bookinfo', 'bookinfo-gateway', ['*']],
] as const)('%s: %s opens HTTP on port 80 for %j', (id, name, hosts) => {
  const { servers } = object(id, 'Gateway', name).spec;
  expect(servers).toEqual([{ hosts, port: { number: 80, name: 'http', protocol: 'HTTP' } }]);
});

test('kube-meshy/workloads: the patched Service spans both versions', () => {
  expect(object('kube-meshy/workloads', 'Service', 'minimal-service').spec.selector).toEqual({ app: 'minimal-service' });
});

test('kube-meshy/dashboards: the patched Services have node ports', () => {
  for (const [name, port, nodePort] of [
    ['kiali', 20001, 30200],
    ['grafana', 3000, 30300],
  ] as const) {
    expect(object('kube-meshy/dashboards', 'Service', name).spec).toMatchObject({ type: 'NodePort', ports: [{ port, nodePort }] });
  }
});

test('kube-meshy/retries: a 5xx is retried up to 20 times', () => {
  const [route] = object('kube-meshy/retries', 'VirtualService', 'bounced-virtualservice-retries').spec.http;
  expect(route.retries).toEqual({ attempts: 20, perTryTimeout: '2s', retryOn: '5xx' });
});

test('kube-meshy/egress: each step has its form of the ServiceEntry', () => {
  const entry = (step: string): Manifest => object('kube-meshy/egress', 'ServiceEntry', 'minimal-external', step).spec;
  expect(entry('02-own-namespace-only')).toMatchObject({ exportTo: ['.'], resolution: 'DNS', location: 'MESH_EXTERNAL' });
  expect(entry('03-dns')).toMatchObject({ exportTo: ['.', 'istio-system'], resolution: 'DNS', ports: [{ number: 9090, protocol: 'HTTP' }] });
  expect(entry('04-static')).toMatchObject({ resolution: 'STATIC', endpoints: [{ address: expect.any(String) }] });
});

test('kube-meshy/lua-callout: the filter sits before the router, inbound on port 9090 only', () => {
  const [patch, ...others] = object('kube-meshy/lua-callout', 'EnvoyFilter', 'minimal-service-callout').spec.configPatches;
  expect(others).toEqual([]);
  expect(patch.match).toMatchObject({
    context: 'SIDECAR_INBOUND',
    listener: { portNumber: 9090, filterChain: { filter: { subFilter: { name: 'envoy.filters.http.router' } } } },
  });
  expect(patch.patch.operation).toBe('INSERT_BEFORE');
});

test('playground/bookinfo: only the paths of the product page are let in', () => {
  expect(object('playground/bookinfo', 'VirtualService', 'bookinfo').spec.http[0].match).toEqual([
    { uri: { exact: '/productpage' } },
    { uri: { prefix: '/static' } },
    { uri: { exact: '/login' } },
    { uri: { exact: '/logout' } },
    { uri: { prefix: '/api/v1/products' } },
  ]);
});

/** What the catalogue states about single fields: scenario, step, kind, name, path, value. */
const stated: readonly (readonly [id: string, step: string | undefined, kind: string, name: string, path: string, value: unknown])[] = [
  ['course/match', '01-user-agent', 'VirtualService', 'customers-route', 'spec.http.0.match', [{ headers: { 'user-agent': { regex: '.*Firefox.*' } } }]],
  [
    'course/match',
    '02-redirect',
    'VirtualService',
    'customers-route',
    'spec.http.0.redirect',
    { uri: '/v1/hello', authority: 'hello-world.default.svc.cluster.local' },
  ],
  ['course/mirror', undefined, 'VirtualService', 'customers', 'spec.http.0.mirror.subset', 'v2'],
  ['course/mirror', undefined, 'VirtualService', 'customers', 'spec.http.0.mirrorPercentage.value', 100],
  ['course/header-routing', undefined, 'VirtualService', 'customers', 'spec.http.0.match', [{ headers: { user: { exact: 'debug' } } }]],
  ['course/rewrite', undefined, 'VirtualService', 'customers', 'spec.http.0.rewrite', { uri: '/v2/api' }],
  [
    'course/rewrite',
    undefined,
    'VirtualService',
    'customers',
    'spec.http.1.redirect',
    { uri: '/hello', authority: 'my-service.default.svc.cluster.local:8000' },
  ],
  ['course/headers', undefined, 'VirtualService', 'customers', 'spec.http.0.headers.request.set', { debug: 'true' }],
  ['course/headers', undefined, 'VirtualService', 'customers', 'spec.http.0.route.1.headers.response.remove', ['x-api-key']],
  ['course/resilience', undefined, 'VirtualService', 'customers', 'spec.http.0.timeout', '10s'],
  [
    'course/resilience',
    undefined,
    'VirtualService',
    'customers',
    'spec.http.0.retries',
    { attempts: 10, perTryTimeout: '2s', retryOn: 'connect-failure,reset' },
  ],
  [
    'course/resilience',
    undefined,
    'DestinationRule',
    'customers',
    'spec.trafficPolicy',
    {
      connectionPool: { tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 1, maxRequestsPerConnection: 1 } },
      outlierDetection: { consecutive5xxErrors: 1, interval: '1s', baseEjectionTime: '3m', maxEjectionPercent: 100 },
    },
  ],
  ['course/fault-injection', '01-delay', 'VirtualService', 'customers', 'spec.http.0.fault', { delay: { fixedDelay: '5s', percentage: { value: 50 } } }],
  ['course/fault-injection', '02-abort', 'VirtualService', 'customers', 'spec.http.0.fault', { abort: { httpStatus: 500, percentage: { value: 50 } } }],
  ['course/fault-injection', '03-abort-404', 'VirtualService', 'customers', 'spec.http.0.fault', { abort: { httpStatus: 404, percentage: { value: 30 } } }],
  ['course/fault-injection', '04-rare-delay', 'VirtualService', 'customers', 'spec.http.0.fault', { delay: { fixedDelay: '3s', percentage: { value: 5 } } }],
  ['course/service-entry', undefined, 'ServiceEntry', 'googleapis-svc-entry', 'spec.ports.0.protocol', 'TLS'],
  ['course/service-entry', undefined, 'ServiceEntry', 'external-svc-mongocluster', 'spec.addresses', ['192.192.192.192/24']],
  ['course/service-entry', undefined, 'ServiceEntry', 'external-svc-mongocluster', 'spec.endpoints', [{ address: '2.2.2.2' }, { address: '3.3.3.3' }]],
  ['course/service-entry', undefined, 'ServiceEntry', 'github-external', 'spec.ports.0', { number: 443, name: 'https', protocol: 'HTTPS' }],
  ['course/mutual-tls', undefined, 'DestinationRule', 'tls-example', 'spec', { host: '*.example.com', trafficPolicy: { tls: { mode: 'SIMPLE' } } }],
  ['course/user-auth', '01-as-taught', 'RequestAuthentication', 'customers-v1', 'spec.selector.matchLabels', { app: 'customers-v1' }],
  ['course/user-auth', '02-same-workload', 'RequestAuthentication', 'customers-v1', 'spec.selector.matchLabels', { app: 'hello-world' }],
  ['course/user-auth', undefined, 'AuthorizationPolicy', 'require-jwt', 'spec.rules', [{ from: [{ source: { requestPrincipals: ['*'] } }] }]],
  ['course/authorization', undefined, 'AuthorizationPolicy', 'deny-all', 'spec', {}],
  [
    'course/authorization',
    undefined,
    'AuthorizationPolicy',
    'allow-web-frontend-customers',
    'spec.rules',
    [{ from: [{ source: { namespaces: ['default'], principals: ['cluster.local/ns/default/sa/web-frontend'] } }] }],
  ],
  ['course/wasm-plugin', undefined, 'WasmPlugin', 'wasm-example', 'spec.selector', { matchLabels: { app: 'httpbin' } }],
  [
    'course/sidecar-scope',
    '01-by-hand',
    'Sidecar',
    'productpage-sidecar',
    'spec.egress',
    [{ hosts: ['./reviews.default.svc.cluster.local', './details.default.svc.cluster.local', 'istio-system/*'] }],
  ],
  ['course/vm-onboarding', undefined, 'WorkloadGroup', 'ratings', 'spec.template.serviceAccount', 'bookinfo-ratings'],
  ['course/vm-onboarding', undefined, 'WorkloadGroup', 'ratings', 'spec.metadata.labels', { app: 'ratings' }],
  [
    'course/locality',
    '01-failover',
    'DestinationRule',
    'helloworld',
    'spec.trafficPolicy.loadBalancer.localityLbSetting.failover',
    [{ from: 'us-west', to: 'us-east' }],
  ],
  [
    'course/locality',
    '02-distribute',
    'DestinationRule',
    'helloworld',
    'spec.trafficPolicy.loadBalancer.localityLbSetting.distribute',
    [{ from: 'us-west1/us-west1-a/*', to: { 'us-west1/us-west1-a/*': 50, 'us-west1/us-west1-b/*': 30, 'us-east1/us-east1-a/*': 20 } }],
  ],
  ['course/multicluster', undefined, 'Gateway', 'cross-network-gateway', 'spec.servers.0.tls.mode', 'AUTO_PASSTHROUGH'],
  ['course/tracing', '01-lab', 'Telemetry', 'mesh-default', 'spec.tracing.0.randomSamplingPercentage', 100],
  ['course/tracing', '02-production', 'Telemetry', 'mesh-default', 'spec.tracing.0.randomSamplingPercentage', 1],
  ['classic/egress', undefined, 'Service', 'externalbin', 'spec.externalName', 'httpbin.org'],
  ['classic/request-routing', undefined, 'VirtualService', 'reviews', 'spec.http.0.match', [{ headers: { cookie: { regex: '^(.*?;)?(user=jason)(;.*)?$' } } }]],
  ['classic/auth', undefined, 'PeerAuthentication', 'default', 'spec.mtls', { mode: 'STRICT' }],
  ['playground/metallb', undefined, 'IPAddressPool', 'first-pool', 'metadata.namespace', 'metallb-system'],
  ['playground/mtls', undefined, 'PeerAuthentication', 'default', 'metadata.namespace', 'istio-system'],
];

test.each(stated)('%s %s: %s %s has at %s what the catalogue states', (id, step, kind, name, path, value) => {
  const at = path.split('.').reduce((parent, key) => parent?.[key], object(id, kind, name, step));
  expect(at).toEqual(value);
});

test('course/gateway-tls: there is a Gateway for each TLS mode', () => {
  const gateways = ofKind(builtStep('course/gateway-tls'), 'Gateway');
  const modes = gateways.map(({ spec }) => spec.servers[0].tls.mode ?? 'redirect');
  expect(modes.sort()).toEqual(['AUTO_PASSTHROUGH', 'ISTIO_MUTUAL', 'MUTUAL', 'PASSTHROUGH', 'SIMPLE', 'redirect']);
});

test.each([
  ['course/install', 'istioctl', 'demo-installation', { profile: 'demo' }],
  ['course/install', 'istioctl', 'demo-registry-only', { profile: 'demo', meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } }],
  ['course/multicluster', 'istioctl', 'cluster-2', { values: { global: expect.objectContaining({ meshID: 'mesh1', network: 'network2' }) } }],
])('%s: %s reads %s', (id, tool, name, spec) => {
  const file = scenarioOf(id).files.find((candidate) => candidate.name === name);
  expect(file).toMatchObject({ tool, content: { apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', metadata: { name }, spec } });
});

test('kube-meshy/cluster-to-cluster: the second kind cluster maps ports of the host', () => {
  const [first, second] = scenarioOf('kube-meshy/cluster-to-cluster').files.map(({ content }) => content as Manifest);
  expect(first).toMatchObject({ apiVersion: 'kind.x-k8s.io/v1alpha4', kind: 'Cluster' });
  expect(second.nodes[0].extraPortMappings).toEqual([
    { hostPort: 8088, containerPort: 80, protocol: 'TCP' },
    { hostPort: 8090, containerPort: 30100, protocol: 'TCP' },
  ]);
});

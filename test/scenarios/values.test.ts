import { catalogue } from '../../src/scenarios';
import { builtManifests, type Manifest } from './traffic-case';

/** The object of a scenario's step, as the cluster gets it; without a step, of the last one. */
function object(id: string, kind: string, name: string, step?: string): Manifest {
  const scenario = catalogue.find((candidate) => candidate.id === id);
  const built = builtManifests(
    (step === undefined ? scenario?.steps.at(-1) : scenario?.steps.find((candidate) => candidate.id === step)) as NonNullable<typeof scenario>['steps'][0],
  );
  const found = built.find((candidate) => candidate.kind === kind && candidate.metadata.name === name);
  if (!found) throw new Error(`${id} has no ${kind} ${name}`);
  return found;
}

const weights = ({ spec }: Manifest): object => Object.fromEntries(spec.http[0].route.map(({ destination, weight }: Manifest) => [destination.subset, weight]));

test.each([
  ['kube-meshy/traffic-shifting', 'minimal-virtualservice', undefined, { v1: 50, v2: 50 }],
  ['course/weighted', 'customers', '01-all-to-v1', { v1: undefined }],
  ['course/weighted', 'customers', '02-50-50', { v1: 50, v2: 50 }],
  ['course/weighted', 'customers', '03-70-30', { v1: 70, v2: 30 }],
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

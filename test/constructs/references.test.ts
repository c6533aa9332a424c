import { ApiObject, App, Chart, Testing } from 'cdk8s';
import * as plus27 from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import {
  AuthorizationPolicy,
  configureValidation,
  DestinationRule,
  EnvoyFilter,
  Gateway,
  PeerAuthentication,
  ServiceEntry,
  Sidecar,
  setClusterDomain,
  setTrustDomain,
  VirtualService,
  WasmPlugin,
  WorkloadEntry,
  WorkloadGroup,
  type WorkloadReference,
} from '../../src';

/** An app with charts in three places: a namespace, another one, and one that does not know its namespace. */
function places(configure: (app: App) => void = () => {}): { here: Chart; there: Chart; anywhere: Chart } {
  const app = new App();
  configure(app);
  return { here: new Chart(app, 'here', { namespace: 'here' }), there: new Chart(app, 'there', { namespace: 'there' }), anywhere: new Chart(app, 'anywhere') };
}

const servers = [{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }];
const metadata = (name: string) => ({ metadata: { name } });
const raw = (chart: Chart, apiVersion: string, kind: string, name: string, spec: object = {}) =>
  new ApiObject(chart, `${kind}-${name}`, { apiVersion, kind, metadata: { name }, spec });
const service = (chart: Chart, name = 'reviews') => new plus27.Service(chart, `service-${name}`, { ...metadata(name), ports: [{ port: 80 }] });

describe('a host', () => {
  const hostIn = (chart: Chart, host: string | Parameters<typeof VirtualService.prototype.addGateway>[0] | object): string =>
    new VirtualService(chart, 'routes', { http: [{ route: [{ destination: { host: host as string } }] }] }).toJson().spec.http[0].route[0].destination.host;

  test('of a Service is its short name in the same namespace and its full name elsewhere', () => {
    const { here, there, anywhere } = places();
    const reviews = service(here);
    expect([hostIn(here, reviews), hostIn(there, reviews), hostIn(anywhere, reviews)]).toEqual([
      'reviews',
      'reviews.here.svc.cluster.local',
      'reviews.here.svc.cluster.local',
    ]);
  });

  test('of a Service whose namespace nobody knows is its short name', () => {
    const { here, anywhere } = places();
    const reviews = service(anywhere);
    expect(hostIn(here, reviews)).toBe('reviews');
    expect(new DestinationRule(anywhere, 'rule', { host: reviews }).toJson().spec.host).toBe('reviews');
  });

  test('takes Services of every cdk8s-plus version, raw ones, and anything of their shape', () => {
    const { here, there } = places();
    const newest = new plus34.Service(here, 'newest', { ...metadata('newest'), ports: [{ port: 80 }] });
    const hosts = [newest, raw(here, 'v1', 'Service', 'raw'), { apiVersion: 'v1', kind: 'Service', name: 'shape', metadata: { namespace: 'here' } }];
    const routes = new VirtualService(there, 'routes', { http: hosts.map((host) => ({ route: [{ destination: { host } }] })) });
    expect(routes.toJson().spec.http.map((route: { route: { destination: { host: string } }[] }) => route.route[0]?.destination.host)).toEqual([
      'newest.here.svc.cluster.local',
      'raw.here.svc.cluster.local',
      'shape.here.svc.cluster.local',
    ]);
  });

  test('stands in every destination: routes of all protocols, mirrors, subsets', () => {
    const { here, there } = places();
    const host = service(here);
    const destination = { host };
    const routes = new VirtualService(there, 'routes', {
      hosts: ['a'],
      http: [
        { route: [{ destination }], mirror: destination },
        { route: [{ destination }], mirrors: [{ destination }] },
      ],
      tcp: [{ route: [{ destination }] }],
      tls: [{ match: [{ sniHosts: ['a'] }], route: [{ destination }] }],
    });
    const written = { host: 'reviews.here.svc.cluster.local' };
    expect(routes.toJson().spec).toEqual({
      hosts: ['a'],
      http: [
        { route: [{ destination: written }], mirror: written },
        { route: [{ destination: written }], mirrors: [{ destination: written }] },
      ],
      tcp: [{ route: [{ destination: written }] }],
      tls: [{ match: [{ sniHosts: ['a'] }], route: [{ destination: written }] }],
    });
  });

  test('of a Service is its full name in a Sidecar, for which Istio completes no short names', () => {
    const { here } = places();
    const egressProxy = { host: service(here), port: { number: 80 } };
    const sidecar = new Sidecar(here, 'sidecar', { outboundTrafficPolicy: { mode: 'ALLOW_ANY', egressProxy } });
    expect(sidecar.toJson().spec.outboundTrafficPolicy.egressProxy.host).toBe('reviews.here.svc.cluster.local');
  });

  test('of a ServiceEntry is its only host, wherever it is named', () => {
    const { here, there } = places();
    const entry = new ServiceEntry(here, 'entry', { hosts: ['api.example.com'] });
    expect([hostIn(here, entry), hostIn(there, entry)]).toEqual(['api.example.com', 'api.example.com']);
  });

  test('of a ServiceEntry with several hosts is an error that asks for the text', () => {
    const { here } = places();
    const entry = new ServiceEntry(here, 'entry', { ...metadata('apis'), hosts: ['a.example.com', 'b.example.com'] });
    expect(() => hostIn(here, entry)).toThrow(
      'spec.http[0].route[0].destination.host: ServiceEntry here/apis (networking.istio.io/v1) has 2 hosts; write the one that is meant as text',
    );
    expect(entry.host('b.example.com')).toBe('b.example.com');
  });

  test('of a DestinationRule is its host, made a full name in another namespace only while it is short', () => {
    // A rule may have the host *, but a destination may not.
    const { here, there } = places((app) => configureValidation(app, { enabled: false }));
    const rule = (host: string | ApiObject) => new DestinationRule(here, `rule-${typeof host === 'string' ? host : host.node.id}`, { host });
    const entry = new ServiceEntry(here, 'entry', { hosts: ['api.example.com'] });
    const far = raw(there, 'v1', 'Service', 'far');
    const hosts = ['short', 'api.example.com', '*', 'full.ns.svc.cluster.local', entry, far].map(rule);
    expect(hosts.map((host) => hostIn(new Chart(here, `a${host.node.id}`, { namespace: 'here' }), host))).toEqual([
      'short',
      'api.example.com',
      '*',
      'full.ns.svc.cluster.local',
      'api.example.com',
      'far.there.svc.cluster.local',
    ]);
    expect(hosts.map((host) => hostIn(new Chart(there, `b${host.node.id}`, { namespace: 'there' }), host))).toEqual([
      'short.here.svc.cluster.local',
      'api.example.com',
      '*',
      'full.ns.svc.cluster.local',
      'api.example.com',
      'far',
    ]);
  });

  test('uses the cluster domain that the context states', () => {
    const { here, there } = places((app) => setClusterDomain(app, 'cluster.example'));
    expect(hostIn(there, service(here))).toBe('reviews.here.svc.cluster.example');
  });

  test('of something that has no host is an error with the kinds that have one', () => {
    const { here } = places();
    const gateway = new Gateway(here, 'gateway', metadata('public'));
    expect(() => hostIn(here, gateway)).toThrow(
      'Gateway here/public (networking.istio.io/v1) cannot stand here; it takes Service or ServiceEntry (networking.istio.io) or DestinationRule (networking.istio.io)',
    );
  });
});

describe('a gateway', () => {
  test('is its name in the same namespace and namespace/name elsewhere', () => {
    const { here, there } = places();
    const gateway = new Gateway(here, 'gateway', { ...metadata('public'), servers });
    const props = {
      hosts: ['a.example.com'],
      gateways: [gateway, 'mesh'],
      http: [{ match: [{ gateways: [gateway] }], route: [{ destination: { host: 'a' } }] }],
    };
    const written = (chart: Chart) => new VirtualService(chart, 'routes', props).toJson().spec;
    expect(written(here)).toMatchObject({ gateways: ['public', 'mesh'], http: [{ match: [{ gateways: ['public'] }] }] });
    expect(written(there)).toMatchObject({ gateways: ['here/public', 'mesh'], http: [{ match: [{ gateways: ['here/public'] }] }] });
  });

  test('of the Gateway API is refused, since a VirtualService cannot name one', () => {
    const { here } = places();
    const gateway = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway' as const, name: 'public', metadata: {} };
    expect(() => new VirtualService(here, 'routes', { gateways: [gateway] }).toJson()).toThrow('it takes Gateway (networking.istio.io)');
  });
});

test('a delegate is a name, with the namespace elsewhere', () => {
  const { here, there } = places();
  const delegate = new VirtualService(here, 'delegate', { ...metadata('team'), http: [{ route: [{ destination: { host: 'a' } }] }] });
  const written = (chart: Chart) => new VirtualService(chart, 'root', { hosts: ['a'], http: [{ delegate }] }).toJson().spec.http;
  expect(written(here)).toEqual([{ delegate: { name: 'team' } }]);
  expect(written(there)).toEqual([{ delegate: { name: 'team', namespace: 'here' } }]);
});

describe('a credential', () => {
  const server = (credentialName: string | ApiObject | plus27.Secret) => ({
    servers: [{ hosts: ['*'], port: { number: 443, name: 'https', protocol: 'HTTPS' }, tls: { mode: 'SIMPLE' as const, credentialName } }],
  });

  test('is the name of a Secret, or of the Secret of a Certificate', () => {
    const { here } = places();
    const written = (id: string, credential: ApiObject | plus27.Secret) =>
      new Gateway(here, id, server(credential)).toJson().spec.servers[0].tls.credentialName;
    expect(written('a', new plus27.Secret(here, 'secret', metadata('tls')))).toBe('tls');
    expect(written('b', raw(here, 'cert-manager.io/v1', 'Certificate', 'certificate', { secretName: 'issued' }))).toBe('issued');
    const list = {
      servers: [
        {
          hosts: ['*'],
          port: { number: 443, name: 'https', protocol: 'HTTPS' },
          tls: { mode: 'SIMPLE' as const, credentialNames: [raw(here, 'v1', 'Secret', 'listed'), 'text'] },
        },
      ],
    };
    expect(new Gateway(here, 'c', list).toJson().spec.servers[0].tls.credentialNames).toEqual(['listed', 'text']);
  });

  test('of another namespace is taken by a Gateway, whose pods run where the Secret lies, and is an error in a plugin', () => {
    const { here, there } = places();
    const secret = raw(there, 'v1', 'Secret', 'tls');
    expect(new Gateway(here, 'gateway', server(secret)).toJson().spec.servers[0].tls.credentialName).toBe('tls');
    const plugin = new WasmPlugin(here, 'plugin', { ...metadata('filter'), url: 'oci://registry.example.com/plugin', imagePullSecret: secret });
    expect(() => plugin.toJson()).toThrow(
      /spec\.imagePullSecret: Secret there\/tls is not in the namespace of WasmPlugin here\/filter, which can only name one of its own \(.*references\.test\.ts:\d+\)$/,
    );
  });

  test('also stands in a client’s TLS settings and in the pull secret of a plugin', () => {
    const { here } = places();
    const secret = raw(here, 'v1', 'Secret', 'pull');
    const rule = new DestinationRule(here, 'rule', { host: 'a', trafficPolicy: { tls: { mode: 'SIMPLE', credentialName: secret } } });
    expect(rule.toJson().spec.trafficPolicy.tls.credentialName).toBe('pull');
    expect(new WasmPlugin(here, 'plugin', { url: 'oci://registry.example.com/plugin', imagePullSecret: secret }).toJson().spec.imagePullSecret).toBe('pull');
  });
});

describe('an egress host of a Sidecar', () => {
  const written = (chart: Chart, ...hosts: object[]): string[] =>
    new Sidecar(chart, 'sidecar', { egress: [{ hosts: hosts as unknown as string[] }] }).toJson().spec.egress[0].hosts;

  test('is the place and full name of a Service, or the place and only host of a ServiceEntry', () => {
    const { here, there } = places();
    const hosts = [service(here), new ServiceEntry(here, 'entry', { hosts: ['api.example.com'] })];
    expect(written(here, ...hosts)).toEqual(['./reviews.here.svc.cluster.local', './api.example.com']);
    expect(written(there, ...hosts)).toEqual(['here/reviews.here.svc.cluster.local', 'here/api.example.com']);
  });

  test('needs to know the namespace of a Service', () => {
    const { anywhere } = places();
    expect(() => written(anywhere, service(anywhere))).toThrow('spec.egress[0].hosts[0]: the namespace of Service reviews is part of what is written here');
  });
});

describe('a workload', () => {
  const labelsOf = (chart: Chart, selector: object) =>
    new PeerAuthentication(chart, 'policy', { selector: selector as WorkloadReference, mtls: { mode: 'STRICT' } }).toJson().spec.selector.matchLabels;
  const containers = [{ image: 'registry.example.com/reviews' }];

  test('is selected by what its own selector matches', () => {
    const { here } = places();
    for (const [id, plus] of Object.entries({ plus27, plus34 })) {
      const deployment = new plus.Deployment(here, id, { select: false, podMetadata: { labels: { app: 'reviews', version: 'v1' } }, containers });
      deployment.select(plus.LabelSelector.of({ labels: { app: 'reviews' } }) as never);
      expect(labelsOf(new Chart(here, `${id}-chart`), deployment)).toEqual({ app: 'reviews' });
    }
  });

  test('that selects nothing itself is selected by the labels that its author gave the pods', () => {
    const { here } = places();
    const deployment = new plus27.Deployment(here, 'deployment', { select: false, podMetadata: { labels: { app: 'reviews' } }, containers });
    expect(labelsOf(here, deployment)).toEqual({ app: 'reviews' });
  });

  test('may be a raw object of any kind that runs pods', () => {
    const { here } = places();
    const template = { metadata: { labels: { app: 'pods' } } };
    const workloads = [
      raw(here, 'apps/v1', 'Deployment', 'a', { selector: { matchLabels: { app: 'matched' } }, template }),
      raw(here, 'apps/v1', 'StatefulSet', 'b', { template }),
      raw(here, 'batch/v1', 'CronJob', 'c', { jobTemplate: { spec: { template } } }),
      raw(here, 'v1', 'Service', 'd', { selector: { app: 'served' } }),
      new ApiObject(here, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { labels: { app: 'pod' } } }),
    ];
    expect(workloads.map((workload) => labelsOf(new Chart(here, `chart-${workload.node.id}`), workload))).toEqual([
      { app: 'matched' },
      { app: 'pods' },
      { app: 'pods' },
      { app: 'served' },
      { app: 'pod' },
    ]);
  });

  test('is written as the field wants it: matchLabels, labels, or the labels alone', () => {
    const { here } = places();
    const deployment = new plus27.Deployment(here, 'deployment', { select: false, podMetadata: { labels: { app: 'reviews' } }, containers });
    const labels = { app: 'reviews' };
    expect(new AuthorizationPolicy(here, 'a', { selector: deployment }).toJson().spec).toEqual({ selector: { matchLabels: labels } });
    expect(new DestinationRule(here, 'b', { host: 'a', workloadSelector: deployment }).toJson().spec).toEqual({
      host: 'a',
      workloadSelector: { matchLabels: labels },
    });
    expect(new EnvoyFilter(here, 'c', { workloadSelector: deployment }).toJson().spec).toEqual({ workloadSelector: { labels } });
    const egress = [{ hosts: ['./*'] }];
    expect(new Sidecar(here, 'd', { workloadSelector: deployment, egress }).toJson().spec).toEqual({ workloadSelector: { labels }, egress });
    expect(new ServiceEntry(here, 'e', { hosts: ['a'], workloadSelector: deployment }).toJson().spec).toEqual({ hosts: ['a'], workloadSelector: { labels } });
    expect(new Gateway(here, 'f', { selector: deployment, servers }).toJson().spec).toEqual({ selector: labels, servers });
  });

  test('without labels is an error', () => {
    const { here } = places();
    expect(() => labelsOf(here, raw(here, 'apps/v1', 'Deployment', 'bare'))).toThrow(
      'spec.selector: Deployment here/bare (apps/v1) has no labels to select its pods by',
    );
  });
});

describe('an identity in a policy', () => {
  const source = (chart: Chart, from: object) =>
    new AuthorizationPolicy(chart, 'policy', { rules: [{ from: [{ source: from }] }] }).toJson().spec.rules[0].from[0].source;

  test('is the principal, or namespace and name, of a ServiceAccount', () => {
    const { here, there } = places();
    const account = new plus27.ServiceAccount(here, 'account', metadata('web'));
    expect(source(there, { principals: [account, '*'], notPrincipals: [account] })).toEqual({
      principals: ['cluster.local/ns/here/sa/web', '*'],
      notPrincipals: ['cluster.local/ns/here/sa/web'],
    });
    expect(source(here, { serviceAccounts: [account], notServiceAccounts: [account] })).toEqual({
      serviceAccounts: ['here/web'],
      notServiceAccounts: ['here/web'],
    });
  });

  test('is the name of a Namespace', () => {
    const { here } = places();
    const namespace = new plus27.Namespace(here, 'namespace', metadata('clients'));
    expect(source(here, { namespaces: [namespace], notNamespaces: [namespace] })).toEqual({ namespaces: ['clients'], notNamespaces: ['clients'] });
  });

  test('uses the trust domain that the context states', () => {
    const { here } = places((app) => setTrustDomain(app, 'mesh.example'));
    expect(source(here, { principals: [raw(here, 'v1', 'ServiceAccount', 'web')] })).toEqual({ principals: ['mesh.example/ns/here/sa/web'] });
  });

  test('needs a namespace', () => {
    const { anywhere } = places();
    const account = raw(anywhere, 'v1', 'ServiceAccount', 'web');
    expect(() => source(anywhere, { principals: [account] })).toThrow(
      'spec.rules[0].from[0].source.principals[0]: the namespace of ServiceAccount web is part of what is written here',
    );
    expect(source(new Chart(anywhere, 'inner'), { serviceAccounts: [account] })).toEqual({ serviceAccounts: ['web'] });
  });
});

test('the service account of a workload is the name of one in its namespace', () => {
  const { here, there } = places();
  const account = new plus27.ServiceAccount(here, 'account', metadata('ratings'));
  expect(new WorkloadEntry(here, 'entry', { address: '10.0.0.1', serviceAccount: account }).toJson().spec.serviceAccount).toBe('ratings');
  expect(new WorkloadGroup(here, 'group', { template: { serviceAccount: account } }).toJson().spec.template.serviceAccount).toBe('ratings');
  const entry = new ServiceEntry(here, 'service', { hosts: ['a'], resolution: 'STATIC', endpoints: [{ address: '10.0.0.1', serviceAccount: account }] });
  expect(entry.toJson().spec.endpoints[0].serviceAccount).toBe('ratings');
  expect(() => new WorkloadEntry(there, 'entry', { serviceAccount: account }).toJson()).toThrow(
    'spec.serviceAccount: ServiceAccount here/ratings is not in the namespace of WorkloadEntry there/',
  );
});

describe('a target of a policy', () => {
  const target = (chart: Chart, ...targetRefs: object[]) =>
    new AuthorizationPolicy(chart, 'policy', { targetRefs: targetRefs as { kind: string; name: string }[] }).toJson().spec.targetRefs;

  test('is group, kind and name', () => {
    const { here } = places();
    const gatewayClass = raw(here, 'gateway.networking.k8s.io/v1', 'GatewayClass', 'waypoint');
    const entry = new ServiceEntry(here, 'entry', { ...metadata('api'), hosts: ['api.example.com'] });
    expect(target(here, service(here), entry, raw(here, 'gateway.networking.k8s.io/v1', 'Gateway', 'edge'), gatewayClass)).toEqual([
      { group: '', kind: 'Service', name: 'reviews' },
      { group: 'networking.istio.io', kind: 'ServiceEntry', name: 'api' },
      { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' },
      { group: 'gateway.networking.k8s.io', kind: 'GatewayClass', name: 'waypoint' },
    ]);
    expect(new AuthorizationPolicy(here, 'single', { targetRef: service(here, 'single') }).toJson().spec.targetRef).toEqual({
      group: '',
      kind: 'Service',
      name: 'single',
    });
  });

  test('of another namespace is an error, except for a class, which has none', () => {
    const { here, there } = places();
    expect(() => target(here, service(there))).toThrow('spec.targetRefs[0]: Service there/reviews is not in the namespace of AuthorizationPolicy here/');
    expect(target(new Chart(there, 'inner', { namespace: 'here' }), raw(there, 'gateway.networking.k8s.io/v1', 'GatewayClass', 'waypoint'))).toHaveLength(1);
  });

  test("is no Gateway of Istio's own", () => {
    const { here } = places();
    expect(() => target(here, new Gateway(here, 'gateway'))).toThrow(
      'cannot stand here; it takes Service or ServiceEntry (networking.istio.io) or Gateway (gateway.networking.k8s.io)',
    );
  });
});

test('an object where a field takes none is an error', () => {
  const { here } = places();
  expect(() => new VirtualService(here, 'routes', { hosts: [service(here) as unknown as string] }).toJson()).toThrow(
    "spec.hosts[0]: can't render non-simple object of type 'Service'",
  );
});

test('data that only looks like an object of the cluster is written as it is', () => {
  const { here } = places();
  const value = { apiVersion: 'v1', kind: 'Service', name: 'reviews' };
  const filter = new EnvoyFilter(here, 'filter', { configPatches: [{ applyTo: 'CLUSTER', patch: { operation: 'MERGE', value } }] });
  expect(filter.toJson().spec.configPatches[0].patch.value).toEqual(value);
});

test('a workload of another namespace is selected by a Gateway and from the root namespace only', () => {
  const app = Testing.app();
  const there = new Chart(app, 'there', { namespace: 'there' });
  const deployment = raw(there, 'apps/v1', 'Deployment', 'cart', { selector: { matchLabels: { app: 'cart' } } });
  const policy = (namespace: string) =>
    new AuthorizationPolicy(new Chart(app, namespace, { namespace }), 'policy', { selector: deployment as never, rules: [{}] });
  expect(() => policy('here').toJson()).toThrow('spec.selector: Deployment there/cart (apps/v1) is not in namespace here');
  expect(policy('istio-system').toJson().spec.selector).toEqual({ matchLabels: { app: 'cart' } });
});

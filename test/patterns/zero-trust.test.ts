import { ApiObject, Chart, Testing } from 'cdk8s';
import * as plus27 from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import fc from 'fast-check';
import { CallGraph, NetworkPolicies, ServiceEntry, SidecarScopes, setClusterDomain, setTrustDomain, ZeroTrust } from '../../src';
import { selectorMatches } from '../../src/manifest/labels';
import { callLine, type Manifest } from './manifests';

const bookinfo = (): Chart => new Chart(Testing.app(), 'chart', { namespace: 'bookinfo' });
const graph = (): CallGraph =>
  new CallGraph()
    .call('productpage', 'reviews', { methods: ['GET'] })
    .call('productpage', 'details')
    .call('reviews', 'ratings');
const ofKind = (chart: Chart, kind: string): Record<string, Manifest> =>
  Object.fromEntries(
    Testing.synth(chart)
      .filter((object: Manifest) => object.kind === kind)
      .map((object: Manifest) => [object.metadata.name, object.spec]),
  );
const callers = (policy: Manifest): string[] => policy.rules.flatMap((rule: Manifest) => rule.from.flatMap(({ source }: Manifest) => source.principals));

describe('ZeroTrust', () => {
  test('requires mutual TLS, so that principals are known (M79)', () => {
    const chart = bookinfo();
    new ZeroTrust(chart, 'zero-trust', { calls: graph() });
    expect(ofKind(chart, 'PeerAuthentication')).toEqual({ default: { mtls: { mode: 'STRICT' } } });
  });

  test('allows nothing by a policy without rules, and each callee by one policy with rules (M75)', () => {
    const chart = bookinfo();
    new ZeroTrust(chart, 'zero-trust', { calls: graph() });
    const policies = ofKind(chart, 'AuthorizationPolicy');
    expect(policies['allow-nothing']).toEqual({});
    expect(Object.keys(policies)).toEqual(['allow-nothing', 'reviews', 'details', 'ratings']);
    for (const name of ['reviews', 'details', 'ratings']) expect(policies[name].rules.length).toBeGreaterThan(0);
  });

  test('says who and what in one rule, where two rules would admit either (M74)', () => {
    const chart = bookinfo();
    new ZeroTrust(chart, 'zero-trust', { calls: graph() });
    expect(ofKind(chart, 'AuthorizationPolicy').reviews.rules).toEqual([
      { from: [{ source: { principals: ['cluster.local/ns/bookinfo/sa/productpage'] } }], to: [{ operation: { methods: ['GET'] } }] },
    ]);
  });

  test('adds up several calls of one caller, and an unlimited one covers the others', () => {
    const chart = bookinfo();
    const calls = new CallGraph()
      .call('a', 'b', { methods: ['GET'], paths: ['/x/*'] })
      .call('a', 'b', { ports: [9000] })
      .call('a', 'c', { methods: ['GET'] })
      .call('a', 'c');
    new ZeroTrust(chart, 'zero-trust', { calls });
    const { b, c } = ofKind(chart, 'AuthorizationPolicy');
    expect(b.rules[0].to).toEqual([{ operation: { methods: ['GET'], paths: ['/x/*'] } }, { operation: { ports: ['9000'] } }]);
    expect(c.rules).toEqual([{ from: [{ source: { principals: ['cluster.local/ns/bookinfo/sa/a'] } }] }]);
  });

  test('writes principals with the trust domain, the namespace and the account, never with spiffe:// (M80)', () => {
    const app = Testing.app();
    setTrustDomain(app, 'example.org');
    const chart = new Chart(app, 'chart', { namespace: 'bookinfo' });
    const calls = new CallGraph({ serviceAccount: (service) => `bookinfo-${service}` }).call('productpage', 'reviews').call('web.front', 'reviews');
    new ZeroTrust(chart, 'zero-trust', { calls });
    expect(callers(ofKind(chart, 'AuthorizationPolicy').reviews)).toEqual([
      'example.org/ns/bookinfo/sa/bookinfo-productpage',
      'example.org/ns/front/sa/bookinfo-web',
    ]);
  });

  test('the ingress gateway is a declared caller of its service only (M76)', () => {
    const chart = bookinfo();
    new ZeroTrust(chart, 'zero-trust', { calls: graph(), ingress: { to: 'productpage' } });
    const gateway = 'cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account';
    const policies = ofKind(chart, 'AuthorizationPolicy');
    expect(callers(policies.productpage)).toEqual([gateway]);
    expect(Object.values(policies).filter((policy) => JSON.stringify(policy).includes(gateway))).toHaveLength(1);
  });

  test('another gateway, on given paths, is known by its own account', () => {
    const chart = bookinfo();
    const gateway = { namespace: 'edge', serviceAccount: 'edge-gateway', labels: { app: 'edge' } };
    new ZeroTrust(chart, 'zero-trust', { calls: graph(), ingress: [{ to: 'productpage', paths: ['/api/*'], gateway }] });
    expect(ofKind(chart, 'AuthorizationPolicy').productpage.rules).toEqual([
      { from: [{ source: { principals: ['cluster.local/ns/edge/sa/edge-gateway'] } }], to: [{ operation: { paths: ['/api/*'] } }] },
    ]);
    expect(ofKind(chart, 'NetworkPolicy').productpage.ingress).toEqual([
      { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } }, podSelector: { matchLabels: { app: 'edge' } } }] },
    ]);
  });

  test('the root namespace is refused, where policies and sidecar scopes hold for the whole mesh (M95)', () => {
    const chart = new Chart(Testing.app(), 'chart', { namespace: 'istio-system' });
    expect(() => new ZeroTrust(chart, 'zero-trust', { calls: graph() })).toThrow('istio-system is the root namespace of the mesh');
    expect(() => new ZeroTrust(bookinfo(), 'zero-trust', { calls: graph(), rootNamespace: 'bookinfo' })).toThrow('bookinfo is the root namespace');
  });

  test('has one policy for the namespace of each kind, and one for each service (M70)', () => {
    const chart = bookinfo();
    new ZeroTrust(chart, 'zero-trust', { calls: graph(), ingress: { to: 'productpage' } });
    for (const kind of ['PeerAuthentication', 'Sidecar', 'AuthorizationPolicy']) {
      const scopes = Object.values(ofKind(chart, kind)).map((spec) => JSON.stringify(spec.selector ?? spec.workloadSelector ?? 'all'));
      expect(new Set(scopes).size).toBe(scopes.length);
    }
  });

  test('sidecars and network can be left out, and every object can be patched', () => {
    const chart = bookinfo();
    const { policies, peerAuthentication, sidecars, networkPolicies } = new ZeroTrust(chart, 'zero-trust', {
      calls: graph(),
      sidecars: false,
      networkPolicies: false,
    });
    expect([sidecars, networkPolicies]).toEqual([undefined, undefined]);
    policies.reviews?.addRule({ from: [{ source: { namespaces: ['monitoring'] } }] });
    peerAuthentication.metadata.addLabel('team', 'books');
    expect(Testing.synth(chart).map(({ kind }) => kind)).toEqual(['PeerAuthentication', ...Array(4).fill('AuthorizationPolicy')]);
    expect(ofKind(chart, 'AuthorizationPolicy').reviews.rules).toHaveLength(2);
  });

  test('needs a namespace, which is a part of every principal', () => {
    const chart = new Chart(Testing.app(), 'chart');
    const { line, error } = callLine(() => new ZeroTrust(chart, 'zero-trust', { calls: graph() }));
    expect(error).toMatch(new RegExp(`^the namespace is part of what is written here.* \\(.*zero-trust\\.test\\.ts:${line}\\)$`));
  });
});

describe('SidecarScopes', () => {
  test('each sidecar knows the callees of its program and the control plane, on every port (M93, M94)', () => {
    const chart = bookinfo();
    new SidecarScopes(chart, 'scopes', { calls: graph() });
    const sidecars = ofKind(chart, 'Sidecar');
    expect(Object.fromEntries(Object.entries(sidecars).map(([name, { egress }]) => [name, egress]))).toEqual({
      default: [{ hosts: ['istio-system/*'] }],
      productpage: [{ hosts: ['./reviews.bookinfo.svc.cluster.local', './details.bookinfo.svc.cluster.local', 'istio-system/*'] }],
      reviews: [{ hosts: ['./ratings.bookinfo.svc.cluster.local', 'istio-system/*'] }],
      details: [{ hosts: ['istio-system/*'] }],
      ratings: [{ hosts: ['istio-system/*'] }],
    });
    expect(sidecars.default.workloadSelector).toBeUndefined();
    expect(sidecars.reviews.workloadSelector).toEqual({ labels: { app: 'reviews' } });
    expect(sidecars.reviews.outboundTrafficPolicy).toEqual({ mode: 'REGISTRY_ONLY' });
  });

  test('callees elsewhere are named by their namespace, and hosts outside by that of their ServiceEntry (M93)', () => {
    const app = Testing.app();
    setClusterDomain(app, 'example.internal');
    const chart = new Chart(app, 'chart', { namespace: 'bookinfo' });
    const books = new ServiceEntry(chart, 'books', { hosts: ['a.example.com', 'b.example.com'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }] });
    new SidecarScopes(chart, 'scopes', {
      calls: new CallGraph().call('details', 'stock.backend').call('details', books),
      outbound: 'ALLOW_ANY',
      everywhere: ['istio-system/*', 'tracing/*'],
    });
    expect(ofKind(chart, 'Sidecar').details).toEqual({
      workloadSelector: { labels: { app: 'details' } },
      egress: [{ hosts: ['backend/stock.backend.svc.example.internal', './a.example.com', './b.example.com', 'istio-system/*', 'tracing/*'] }],
      outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
    });
  });
});

describe('NetworkPolicies', () => {
  test('leaves open what a sidecar needs: DNS, istiod, and its own ports for probes and metrics', () => {
    const chart = bookinfo();
    new NetworkPolicies(chart, 'network', { calls: graph() });
    const policies = Object.values(ofKind(chart, 'NetworkPolicy'));
    const [istiod, dns, prometheus, kubelet] = [
      { namespace: 'istio-system', labels: { app: 'istiod' } },
      { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
      { namespace: 'monitoring', labels: { app: 'prometheus' } },
      { namespace: 'node', labels: {} },
    ];
    const details = { namespace: 'bookinfo', labels: { app: 'details' } };
    expect(connects(policies, details, istiod, 15012)).toBe(true);
    expect(connects(policies, details, dns, 53)).toBe(true);
    for (const port of [15020, 15021, 15090])
      expect([connects(policies, prometheus, details, port), connects(policies, kubelet, details, port)]).toEqual([true, true]);
    expect(connects(policies, prometheus, details, 9080)).toBe(false);
    expect(connects(policies, details, { ...istiod, labels: { app: 'other' } }, 15012)).toBe(false);
  });

  test('a host outside is reached on its ports only (M66)', () => {
    const chart = bookinfo();
    const books = new ServiceEntry(chart, 'books', { hosts: ['a.example.com'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }] });
    new NetworkPolicies(chart, 'network', { calls: new CallGraph().call('details', books) });
    expect(ofKind(chart, 'NetworkPolicy').details.egress).toEqual([{ ports: [{ protocol: 'TCP', port: 443 }] }]);
  });

  test('policies, sidecars and network agree with the graph, whatever it is', () => {
    const names = ['a', 'b', 'c', 'd.other'];
    const edge = fc.record({ from: fc.constantFrom(...names), to: fc.constantFrom(...names), port: fc.option(fc.constantFrom(80, 81), { nil: undefined }) });
    fc.assert(
      fc.property(fc.uniqueArray(edge, { minLength: 1, maxLength: 8, selector: ({ from, to }) => `${from} ${to}` }), (edges) => {
        fc.pre(edges.some(({ from, to }) => !from.endsWith('.other') || !to.endsWith('.other')));
        const chart = bookinfo();
        const calls = new CallGraph();
        for (const { from, to, port } of edges) calls.call(from, to, port === undefined ? {} : { ports: [port] });
        new ZeroTrust(chart, 'zero-trust', { calls });
        const [network, sidecars, policies] = [Object.values(ofKind(chart, 'NetworkPolicy')), ofKind(chart, 'Sidecar'), ofKind(chart, 'AuthorizationPolicy')];
        for (const [from, to] of names.flatMap((from) => names.map((to) => [from, to] as const))) {
          const [caller, callee] = [podOf(from), podOf(to)];
          const declared = edges.find((candidate) => candidate.from === from && candidate.to === to);
          const allowed = declared !== undefined;
          if (caller.namespace === 'bookinfo' && sidecars[caller.name]) {
            const host = `${callee.namespace === 'bookinfo' ? '.' : callee.namespace}/${callee.name}.${callee.namespace}.svc.cluster.local`;
            expect(sidecars[caller.name].egress[0].hosts.includes(host)).toBe(allowed);
          }
          if (callee.namespace === 'bookinfo') {
            const principals = policies[callee.name] ? callers(policies[callee.name]) : [];
            expect(principals.includes(`cluster.local/ns/${caller.namespace}/sa/${caller.name}`)).toBe(allowed);
          }
          if (caller.namespace === 'bookinfo' || callee.namespace === 'bookinfo') {
            for (const port of [80, 81, 82]) expect(connects(network, caller, callee, port)).toBe(allowed && (declared.port ?? port) === port);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

interface Pod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

function podOf(name: string): Pod & { readonly name: string } {
  const [app = '', namespace = 'bookinfo'] = name.split('.');
  return { name: app, namespace, labels: { app } };
}

/** Whether NetworkPolicies of bookinfo let one pod connect to another, as Kubernetes reads them. */
function connects(policies: readonly Manifest[], from: Pod, to: Pod, port: number): boolean {
  const passes = (pod: Pod, peer: Pod, direction: 'ingress' | 'egress', field: 'from' | 'to'): boolean => {
    const selecting = policies.filter(({ podSelector }) => pod.namespace === 'bookinfo' && selectorMatches(podSelector, pod.labels));
    const rules = selecting.flatMap((policy) => policy[direction] ?? []);
    return selecting.length === 0 || rules.some((rule) => isPeer(rule[field], peer) && (rule.ports ?? [{ port }]).some((one: Manifest) => one.port === port));
  };
  return passes(to, from, 'ingress', 'from') && passes(from, to, 'egress', 'to');
}

function isPeer(peers: Manifest[] | undefined, pod: Pod): boolean {
  return (peers ?? [{ namespaceSelector: {} }]).some(({ namespaceSelector, podSelector = {} }) => {
    const inNamespace = namespaceSelector ? selectorMatches(namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace }) : pod.namespace === 'bookinfo';
    return inNamespace && selectorMatches(podSelector, pod.labels);
  });
}

describe('CallGraph', () => {
  const policiesOf = (calls: CallGraph<string>): Record<string, Manifest> => {
    const chart = bookinfo();
    new ZeroTrust(chart, 'zero-trust', { calls });
    return ofKind(chart, 'AuthorizationPolicy');
  };

  test('a service that it does not list is refused, with what was meant', () => {
    const calls = new CallGraph({ services: { productpage: {}, reviews: {} } });
    // @ts-expect-error the type knows the services too
    const { line, error } = callLine(() => calls.call('productpage', 'review'));
    expect(error).toMatch(new RegExp(`^the call graph has no service review; did you mean reviews\\? \\(.*zero-trust\\.test\\.ts:${line}\\)$`));
  });

  test('nothing is not taken for everything', () => {
    expect(() => new ZeroTrust(bookinfo(), 'zero-trust', { calls: new CallGraph() })).toThrow(/^the call graph is empty.*zero-trust\.test\.ts/);
    expect(() => new ZeroTrust(bookinfo(), 'zero-trust', { calls: new CallGraph({ namespace: 'other' }).call('a', 'b') })).toThrow(
      'no service in namespace bookinfo; it knows a.other, b.other',
    );
    expect(() => new CallGraph().call('a', 'b', { methods: [] })).toThrow('methods of the call is an empty list');
    expect(() => new CallGraph().call('', 'b')).toThrow('"" is no service');
  });

  test('ingress to a service that nobody names is refused', () => {
    expect(() => new ZeroTrust(bookinfo(), 'zero-trust', { calls: graph(), ingress: { to: 'product-page' } })).toThrow('ingress leads to product-page');
    const calls = new CallGraph({ services: { web: {} } });
    // @ts-expect-error the type knows the services too
    expect(() => new ZeroTrust(bookinfo(), 'zero-trust', { calls, ingress: { to: 'wep' } })).toThrow('did you mean web?');
  });

  test('methods that policies never match are refused (M85)', () => {
    // @ts-expect-error lower case does not compile either
    expect(() => new CallGraph().call('a', 'b', { methods: ['get'] })).toThrow('"get" is no method');
  });

  test.each(['api', '/a*b', '*x*', '/a/**', '', '/users/{id}'])('the path %j, which matches nothing that was meant, is refused (M84)', (path) => {
    expect(() => new CallGraph().call('a', 'b', { paths: [path] })).toThrow(`the path ${JSON.stringify(path)} matches nothing`);
  });

  test.each(['/', '/api', '/api/*', '/api*', '*.css', '*', '/users/{*}/orders', '/files/{**}'])('the path %j is written as it is', (path) => {
    expect(policiesOf(new CallGraph().call('a', 'b', { paths: [path] })).b.rules[0].to).toEqual([{ operation: { paths: [path] } }]);
  });

  test.each([0, 65536, 80.5, -1])('%d is no port', (port) => {
    expect(() => new CallGraph().call('a', 'b', { ports: [port] })).toThrow(`${port} is no port`);
  });

  describe.each([
    ['cdk8s-plus-27', plus27],
    ['cdk8s-plus-34', plus34 as unknown as typeof plus27],
  ])('with objects of %s', (_name, plus) => {
    function program(chart: Chart, name: string, more: { account?: string; labels?: Record<string, string>; port?: plus27.ServicePort } = {}) {
      const deployment = new plus.Deployment(chart, `${name}-deployment`, {
        metadata: { name },
        ...(more.account ? { serviceAccount: plus.ServiceAccount.fromServiceAccountName(chart, `${name}-account`, more.account) } : {}),
        podMetadata: { labels: more.labels ?? { app: name } },
        containers: [{ image: 'image', portNumber: 8080, securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false } }],
      });
      const service = new plus.Service(chart, `${name}-service`, {
        metadata: { name },
        selector: deployment,
        ports: [more.port ?? { port: 80, targetPort: 8080, name: 'http' }],
      });
      return { deployment, service };
    }

    test('identity, labels and the ports of the pods are read from them (M36, M45, M80)', () => {
      const chart = bookinfo();
      const web = program(chart, 'web', { account: 'web-account' });
      const api = program(chart, 'api', { account: 'api-account' });
      const calls = new CallGraph().call(web.deployment, api.service, { ports: [80], methods: ['GET'] }).call(api.deployment, web.deployment);
      new ZeroTrust(chart, 'zero-trust', { calls });
      const { api: policy, web: back } = ofKind(chart, 'AuthorizationPolicy');
      expect(policy.rules).toEqual([
        { from: [{ source: { principals: ['cluster.local/ns/bookinfo/sa/web-account'] } }], to: [{ operation: { ports: ['8080'], methods: ['GET'] } }] },
      ]);
      expect(policy.selector.matchLabels).toEqual(ofKind(chart, 'Deployment').api.selector.matchLabels);
      expect(callers(back)).toEqual(['cluster.local/ns/bookinfo/sa/api-account']);
    });

    test('a Deployment without an account of its own is refused: policies could not tell it from others (M80)', () => {
      const chart = bookinfo();
      const calls = new CallGraph().call(program(chart, 'web').deployment, 'api');
      expect(() => new ZeroTrust(chart, 'zero-trust', { calls })).toThrow('Deployment web has no service account of its own');
    });

    test('a port that the Service lacks is refused (M36)', () => {
      const chart = bookinfo();
      const calls = new CallGraph().call('web', program(chart, 'api').service, { ports: [8080] });
      expect(() => new ZeroTrust(chart, 'zero-trust', { calls })).toThrow('Service api has no port 8080; its ports: 80');
    });

    test('methods on a port that does not speak HTTP are refused: the rule would never match (M78, M100)', () => {
      const chart = bookinfo();
      const { service } = program(chart, 'db', { port: { port: 3306, name: 'mysql' } });
      const calls = new CallGraph().call('web', service, { methods: ['GET'] });
      expect(() => new ZeroTrust(chart, 'zero-trust', { calls })).toThrow('methods and paths never match on port 3306 of Service db');
    });
  });

  test('several Deployments of a service are selected by what they have in common, and all their accounts may call', () => {
    const chart = bookinfo();
    const reviews = (version: string): ApiObject =>
      new ApiObject(chart, version, {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: `reviews-${version}` },
        spec: { selector: { matchLabels: { app: 'reviews', version } }, template: { spec: { serviceAccountName: `reviews-${version}` } } },
      });
    const calls = new CallGraph().call(reviews('v1'), 'ratings').call(reviews('v2'), 'ratings').call('productpage', 'reviews');
    new ZeroTrust(chart, 'zero-trust', { calls });
    const policies = ofKind(chart, 'AuthorizationPolicy');
    expect(callers(policies.ratings)).toEqual(['cluster.local/ns/bookinfo/sa/reviews-v1', 'cluster.local/ns/bookinfo/sa/reviews-v2']);
    expect(policies.reviews.selector.matchLabels).toEqual({ app: 'reviews' });
  });

  test('facts replace the convention', () => {
    const calls = new CallGraph({
      namespace: 'bookinfo',
      services: { web: { workload: { name: 'web', tier: 'front' }, serviceAccount: ['one', 'two'] }, 'api.backend': {}, api: { targetPorts: { 80: 8080 } } },
    })
      .call('web', 'api', { ports: [80, 81] })
      .call('api.backend', 'web');
    const policies = policiesOf(calls);
    expect(policies.api.rules[0]).toEqual({
      from: [{ source: { principals: ['cluster.local/ns/bookinfo/sa/one', 'cluster.local/ns/bookinfo/sa/two'] } }],
      to: [{ operation: { ports: ['8080', '81'] } }],
    });
    expect(policies.web.selector).toEqual({ matchLabels: { name: 'web', tier: 'front' } });
    expect(callers(policies.web)).toEqual(['cluster.local/ns/backend/sa/api']);
  });

  test('a Service as a fact says which pods and ports are meant', () => {
    const chart = bookinfo();
    const service = new ApiObject(chart, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'api' },
      spec: { selector: { role: 'api' }, ports: [{ port: 80, targetPort: 8080 }] },
    });
    new ZeroTrust(chart, 'zero-trust', { calls: new CallGraph({ services: { web: {}, api: { workload: service } } }).call('web', 'api', { ports: [80] }) });
    const { api } = ofKind(chart, 'AuthorizationPolicy');
    expect([api.selector, api.rules[0].to]).toEqual([{ matchLabels: { role: 'api' } }, [{ operation: { ports: ['8080'] } }]]);
  });

  test('of several ports, those that are chosen must speak HTTP for methods to match (M78)', () => {
    const chart = bookinfo();
    const ports = [
      { port: 80, name: 'http' },
      { port: 9000, name: 'admin', appProtocol: 'tcp' },
    ];
    const service = new ApiObject(chart, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'api' },
      spec: { selector: { app: 'api' }, ports },
    });
    const close = (id: string, chosen: { ports?: number[] }) => () =>
      new ZeroTrust(chart, id, { calls: new CallGraph().call('web', service, { ...chosen, methods: ['GET'] }) });
    expect(close('admin', { ports: [80, 9000] })).toThrow('methods and paths never match on port 9000 of Service api');
    expect(close('http', { ports: [80] })).not.toThrow();
    expect(close('any', {})).not.toThrow();
  });

  test('a named port of the pods has to be given as a number, because policies know no names (M69)', () => {
    const chart = bookinfo();
    const service = new ApiObject(chart, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'api' },
      spec: { selector: { app: 'api' }, ports: [{ port: 80, targetPort: 'web' }] },
    });
    const calls = new CallGraph().call('web', service, { ports: [80] });
    expect(() => new ZeroTrust(chart, 'zero-trust', { calls })).toThrow('give its number in targetPorts: { 80: ... }');
    const given = new CallGraph({ services: { api: { targetPorts: { 80: 8080 } }, web: {} } }).call('web', service, { ports: [80] });
    new ZeroTrust(chart, 'given', { calls: given });
    expect(ofKind(chart, 'AuthorizationPolicy').api.rules[0].to).toEqual([{ operation: { ports: ['8080'] } }]);
  });

  test('a ServiceEntry is called, but calls nobody, and has the ports that it states', () => {
    const chart = bookinfo();
    const books = new ServiceEntry(chart, 'books', {
      metadata: { name: 'books' },
      hosts: ['a.example.com'],
      ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
    });
    expect(() => new CallGraph().call(books, 'details')).toThrow('ServiceEntry books is outside the mesh');
    expect(() => new NetworkPolicies(chart, 'network', { calls: new CallGraph().call('details', books, { ports: [80] }) })).toThrow(
      'ServiceEntry books has no port 80',
    );
  });
});

import { Chart, Testing } from 'cdk8s';
import {
  CallGraph,
  circuitBreaker,
  FaultInjection,
  IngressRoute,
  JwtAuth,
  LocalityFailover,
  LuaFilter,
  RateLimit,
  Resilience,
  rewriteHost,
  TrafficSplit,
  VirtualMachine,
  VirtualService,
  ZeroTrust,
} from '../../src';
import { badToken, goodToken, inlineKey, issuer } from '../../src/scenarios/course/tokens';
import { manifests } from './manifests';

/** What patterns promise about traffic, as cases for the judge: their manifests, the pods and Services around them, and calls with what must come of them. */
interface Cluster {
  readonly services?: readonly object[];
  readonly workloads: readonly object[];
  readonly [more: string]: unknown;
}

function trafficCase(name: string, build: (chart: Chart) => void, cluster: Cluster, calls: readonly object[]): object {
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'shop' });
  build(chart);
  return { name, istio: manifests(chart), ...cluster, calls };
}

const pod = (name: string, more: object = {}): object => ({ name, namespace: 'shop', labels: { app: name }, serviceAccount: name, ...more });
const version = (app: string, of: string, more: object = {}): object => pod(`${app}-${of}`, { labels: { app, version: of }, serviceAccount: app, ...more });
const service = (name: string, port = 9080, targetPort = port): object => ({
  name,
  namespace: 'shop',
  ports: [{ name: 'http', port, targetPort }],
  selector: { app: name },
});

const ingressPods = {
  name: 'ingress',
  namespace: 'istio-system',
  labels: { istio: 'ingressgateway' },
  serviceAccount: 'istio-ingressgateway-service-account',
  gateway: true,
};
const ingressService = {
  name: 'ingress',
  namespace: 'istio-system',
  ports: [{ name: 'http2', port: 80, targetPort: 8080 }],
  selector: { istio: 'ingressgateway' },
};
const ingressRoutes = (chart: Chart, host: string): void => {
  new VirtualService(chart, 'ingress', { hosts: ['*'], gateways: ['edge'], http: [{ route: [{ destination: { host } }] }] });
};
const edge = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'edge', namespace: 'shop' },
  spec: { selector: { istio: 'ingressgateway' }, servers: [{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] },
};

const behindIngress = (name: string, build: (chart: Chart) => void, cluster: Cluster, calls: readonly object[]): object => {
  const made = trafficCase(name, build, cluster, calls) as { istio: object[] };
  return { ...made, istio: [edge, ...made.istio] };
};

const refused = { oneOf: ['reset', 'closed'] };

export const cases: readonly object[] = [
  behindIngress(
    'ZeroTrust: the calls of the graph, and no others',
    (chart) => {
      ingressRoutes(chart, 'productpage');
      const calls = new CallGraph({ services: { productpage: {}, reviews: { targetPorts: { 80: 9080 } }, ratings: {}, details: {} } })
        .call('productpage', 'reviews', { ports: [80], methods: ['GET'], paths: ['/reviews/*'] })
        .call('reviews', 'ratings');
      new ZeroTrust(chart, 'zero-trust', { calls, ingress: { to: 'productpage' } });
    },
    {
      services: [ingressService, service('productpage'), service('reviews', 80, 9080), service('ratings'), service('details')],
      workloads: [
        ingressPods,
        pod('productpage'),
        version('reviews', 'v1'),
        version('reviews', 'v2'),
        pod('ratings'),
        pod('details'),
        pod('stranger'),
        pod('legacy', { sidecar: false }),
        pod('elsewhere', { namespace: 'other' }),
      ],
    },
    [
      { from: 'outside', via: 'ingress', url: 'http://any/', expect: { status: 200, workload: 'productpage' } },
      { from: 'productpage', url: 'http://reviews/reviews/1', expect: { status: 200, mtls: true } },
      { from: 'productpage', url: 'http://reviews/reviews/1', method: 'POST', expect: { status: 403 } },
      { from: 'productpage', url: 'http://reviews/admin', expect: { status: 403 } },
      { from: 'reviews-v2', url: 'http://ratings:9080/', expect: { status: 200, workload: 'ratings' } },
      { from: 'productpage', url: 'http://ratings:9080/', expect: { error: refused } },
      { from: 'ratings', url: 'http://reviews/', expect: { status: 502 } },
      { from: 'elsewhere', url: 'http://details.shop:9080/', expect: { status: 403 } },
      { from: 'elsewhere', url: 'http://reviews.shop/reviews/1', expect: { status: 403 } },
      { from: 'legacy', url: 'http://ratings:9080/', expect: { error: refused } },
      { from: 'stranger', url: 'http://ratings:9080/', expect: { error: refused } },
    ],
  ),
  trafficCase(
    'Resilience: GET is tried again, POST is not, and both end in time',
    (chart) => {
      new Resilience(chart, 'resilience', { host: 'reviews', timeout: '1s', retries: { attempts: 3 }, outliers: { consecutive5xxErrors: 100 } });
    },
    { services: [service('reviews')], workloads: [pod('client'), pod('reviews')] },
    [
      { from: 'client', url: 'http://reviews:9080/a', headers: { 'x-echo-seq': '503,503,200' }, expect: { status: 200, attempts: 3 } },
      { from: 'client', url: 'http://reviews:9080/b', headers: { 'x-echo-seq': 'reset,200' }, expect: { status: 200, attempts: 2 } },
      { from: 'client', url: 'http://reviews:9080/c', method: 'POST', headers: { 'x-echo-seq': '503,200' }, expect: { status: 503, attempts: null } },
      { from: 'client', url: 'http://reviews:9080/d', method: 'POST', headers: { 'x-echo-delay-ms': '3000' }, expect: { status: 504 } },
    ],
  ),
  trafficCase(
    'Resilience: an endpoint that fails is left out, wherever it is',
    (chart) => {
      new Resilience(chart, 'resilience', { host: 'reviews', retries: false, outliers: { consecutive5xxErrors: 3, interval: '60s', baseEjectionTime: '60s' } });
    },
    {
      services: [service('reviews')],
      workloads: [
        pod('client', { locality: 'eu/eu-1/a' }),
        version('reviews', 'near', { locality: 'eu/eu-1/a' }),
        version('reviews', 'far', { locality: 'us/us-1/a', behavior: { status: 500 } }),
      ],
    },
    [
      {
        from: 'client',
        url: 'http://reviews:9080/',
        count: 60,
        expect: { distribution: { 'reviews-near': { min: 45, max: 58 }, 'reviews-far': { min: 2, max: 13 } } },
      },
    ],
  ),
  trafficCase(
    'LocalityFailover: near as long as there is one, then where it says',
    (chart) => {
      new LocalityFailover(chart, 'failover', { host: 'reviews', failover: { eu: 'us' }, outliers: { consecutive5xxErrors: 2, interval: '60s' } });
    },
    {
      services: [service('reviews')],
      workloads: [
        pod('client', { locality: 'eu/eu-1/a' }),
        version('reviews', 'eu', { locality: 'eu/eu-1/a', behavior: { status: 500 } }),
        version('reviews', 'us', { locality: 'us/us-1/a' }),
        version('reviews', 'asia', { locality: 'asia/asia-1/a' }),
      ],
    },
    [
      {
        from: 'client',
        url: 'http://reviews:9080/',
        count: 30,
        expect: { distribution: { 'reviews-eu': { min: 2, max: 12 }, 'reviews-us': { min: 18, max: 28 } } },
      },
      { from: 'client', url: 'http://reviews:9080/', count: 10, expect: { distribution: { 'reviews-us': 10 } } },
    ],
  ),
  trafficCase(
    'RateLimit: as many as it says, then 429',
    (chart) => {
      new RateLimit(chart, 'limit', { workload: 'ratings', requests: 3, per: '1h' });
    },
    { services: [service('ratings')], workloads: [pod('client'), pod('ratings')] },
    [{ from: 'client', url: 'http://ratings:9080/', count: 5, expect: { statuses: { 200: 3, 429: 2 } } }],
  ),
  trafficCase(
    'RateLimit: a service that counts is asked, and its absence is an error where that is wanted',
    (chart) => {
      const common = { domain: 'shop', descriptors: [[{ header: ':path', as: 'path' }], ['remote-address' as const]] };
      const limits = { host: 'limits', port: 8081 };
      new RateLimit(chart, 'closed', { workload: 'ratings', service: { ...limits, failClosed: true }, ...common });
      new RateLimit(chart, 'open', { workload: 'reviews', service: limits, ...common });
    },
    {
      services: [service('ratings'), service('reviews'), { ...service('limits', 8081), ports: [{ name: 'grpc', port: 8081 }] }],
      workloads: [pod('client'), pod('ratings'), pod('reviews'), pod('limits', { behavior: { down: true } })],
    },
    [
      { from: 'client', url: 'http://ratings:9080/', expect: { status: 500 } },
      { from: 'client', url: 'http://reviews:9080/', expect: { status: 200 } },
    ],
  ),
  trafficCase(
    'JwtAuth: a good token, and no other way in, beside policies that allow',
    (chart) => {
      new JwtAuth(chart, 'tokens', {
        workload: 'web',
        issuer,
        jwks: inlineKey.jwks as string,
        openPaths: ['/healthz', '/login*'],
        preflight: true,
        ports: [9080],
      });
      new ZeroTrust(chart, 'zero-trust', { calls: new CallGraph().call('client', 'web'), sidecars: false });
    },
    {
      services: [
        {
          ...service('web'),
          ports: [
            { name: 'http', port: 9080 },
            { name: 'tcp', port: 9000 },
          ],
        },
      ],
      workloads: [pod('client'), pod('web'), pod('stranger')],
    },
    [
      { from: 'client', url: 'http://web:9080/', expect: { status: 403 } },
      { from: 'client', url: 'http://web:9080/', headers: badToken, expect: { status: 401 } },
      { from: 'client', url: 'http://web:9080/', headers: goodToken, expect: { status: 200 } },
      { from: 'client', url: 'http://web:9080/healthz', expect: { status: 200 } },
      { from: 'client', url: 'http://web:9080/login/start', expect: { status: 200 } },
      { from: 'client', url: 'http://web:9080/', method: 'OPTIONS', expect: { status: 200 } },
      { from: 'client', url: 'tcp://web:9000', expect: { error: null } },
      { from: 'stranger', url: 'http://web:9080/', headers: goodToken, expect: { status: 403 } },
    ],
  ),
  trafficCase(
    'JwtAuth: a claim must have one of its values',
    (chart) => {
      new JwtAuth(chart, 'peter', { workload: 'web', ports: [9080], issuer, jwks: inlineKey.jwks as string, claims: { sub: ['peter', 'paul'] } });
      new JwtAuth(chart, 'paul', { workload: 'admin', ports: [9080], issuer, jwks: inlineKey.jwks as string, claims: { sub: ['paul'] } });
    },
    { services: [service('web'), service('admin')], workloads: [pod('client'), pod('web'), pod('admin')] },
    [
      { from: 'client', url: 'http://web:9080/', headers: goodToken, expect: { status: 200 } },
      { from: 'client', url: 'http://admin:9080/', headers: goodToken, expect: { status: 403 } },
      { from: 'client', url: 'http://web:9080/', expect: { status: 403 } },
    ],
  ),
  trafficCase(
    'FaultInjection: the faults are for those who ask for them',
    (chart) => {
      new FaultInjection(chart, 'faults', { host: 'ratings', when: { headers: { 'end-user': 'tester' } }, abort: { status: 418, percent: 100 } });
      new FaultInjection(chart, 'slow', { host: 'details', delay: { by: '1s', percent: 100 } });
    },
    { services: [service('ratings'), service('details')], workloads: [pod('client'), pod('ratings'), pod('details')] },
    [
      { from: 'client', url: 'http://ratings:9080/', headers: { 'end-user': 'tester' }, expect: { status: 418, flags: 'FI' } },
      { from: 'client', url: 'http://ratings:9080/', expect: { status: 200 } },
      { from: 'client', url: 'http://details:9080/', expect: { status: 200, elapsedMs: { min: 1000, max: 3000 } } },
    ],
  ),
  behindIngress(
    'LuaFilter: another host at the gateway',
    (chart) => {
      new VirtualService(chart, 'routes', { hosts: ['minimal.svc.kind.org'], gateways: ['edge'], http: [{ route: [{ destination: { host: 'minimal' } }] }] });
      new LuaFilter(chart, 'host', {
        workload: { istio: 'ingressgateway' },
        namespace: 'istio-system',
        context: 'GATEWAY',
        code: rewriteHost('minimal.svc.kind.org'),
      });
    },
    // Without its sidecar: the stock Envoy of the traffic tests settles the protocol of mutual TLS before the filter has found a route.
    { services: [ingressService, service('minimal')], workloads: [ingressPods, pod('minimal', { sidecar: false })] },
    [
      {
        from: 'outside',
        via: 'ingress',
        url: 'http://elsewhere.example.com/',
        expect: { status: 200, workload: 'minimal', authority: 'minimal.svc.kind.org' },
      },
    ],
  ),
  trafficCase(
    'LuaFilter: one port of the pods, on the way in',
    (chart) => {
      new LuaFilter(chart, 'mark', {
        workload: 'minimal',
        context: 'SIDECAR_INBOUND',
        port: 9090,
        code: 'function envoy_on_request(handle)\n  handle:headers():add("x-seen", "yes")\nend\n',
      });
    },
    {
      services: [
        {
          ...service('minimal'),
          ports: [
            { name: 'http', port: 9090 },
            { name: 'http-other', port: 9091 },
          ],
        },
      ],
      workloads: [pod('client'), pod('minimal')],
    },
    [
      { from: 'client', url: 'http://minimal:9090/', expect: { status: 200, 'requestHeaders.x-seen': 'yes' } },
      { from: 'client', url: 'http://minimal:9091/', expect: { status: 200, 'requestHeaders.x-seen': null } },
    ],
  ),
  trafficCase(
    'VirtualMachine: callers reach the machine by its host, with mutual TLS',
    (chart) => {
      new VirtualMachine(chart, 'vm', {
        name: 'ratings',
        host: 'ratings.vm.example.com',
        ports: [{ number: 9080, name: 'http', protocol: 'HTTP' }],
        machines: [{ address: '127.1.0.50' }],
      });
      new ZeroTrust(chart, 'zero-trust', { calls: new CallGraph().call('client', 'ratings'), sidecars: false });
    },
    { workloads: [pod('client'), pod('stranger'), pod('ratings', { ip: '127.1.0.50', pod: false, ports: [9080] })] },
    [
      { from: 'client', url: 'http://ratings.vm.example.com:9080/', ip: '127.9.0.1', expect: { status: 200, workload: 'ratings', mtls: true } },
      { from: 'stranger', url: 'http://ratings.vm.example.com:9080/', ip: '127.9.0.1', expect: { status: 403 } },
    ],
  ),
  trafficCase(
    'Bookinfo: gateway, canary and zero trust together',
    (chart) => {
      new IngressRoute(chart, 'edge', { hosts: ['bookinfo.example.com'], routes: [{ to: 'productpage', port: 9080 }] });
      new TrafficSplit(chart, 'split', { host: 'reviews', shares: { v1: 90, v2: 10 }, trafficPolicy: circuitBreaker({ outliers: {} }) });
      const calls = new CallGraph()
        .call('productpage', 'reviews', { methods: ['GET'] })
        .call('productpage', 'details')
        .call('reviews', 'ratings');
      new ZeroTrust(chart, 'zero-trust', { calls, ingress: { to: 'productpage' } });
    },
    {
      services: [ingressService, service('productpage'), service('details'), service('reviews'), service('ratings')],
      workloads: [
        ingressPods,
        version('productpage', 'v1'),
        version('details', 'v1'),
        version('reviews', 'v1'),
        version('reviews', 'v2'),
        version('reviews', 'v3'),
        version('ratings', 'v1'),
      ],
    },
    [
      { from: 'outside', via: 'ingress', url: 'http://bookinfo.example.com/', expect: { status: 200, workload: 'productpage-v1', mtls: true } },
      { from: 'outside', via: 'ingress', url: 'http://other.example.com/', expect: { status: 404 } },
      {
        from: 'productpage-v1',
        url: 'http://reviews:9080/',
        count: 200,
        expect: { statuses: { 200: 200 }, distribution: { 'reviews-v1': { min: 158, max: 200 }, 'reviews-v2': { min: 1, max: 42 } } },
      },
      { from: 'productpage-v1', url: 'http://reviews:9080/', method: 'DELETE', expect: { status: 403 } },
      { from: 'productpage-v1', url: 'http://ratings:9080/', expect: { status: 502 } },
      { from: 'details-v1', url: 'http://reviews:9080/', expect: { error: refused } },
      { from: 'reviews-v3', url: 'http://ratings:9080/', expect: { status: 200, workload: 'ratings-v1' } },
    ],
  ),
];

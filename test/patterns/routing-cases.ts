import { Chart, Testing } from 'cdk8s';
import { EgressGateway, ExternalService, Gateway, HeaderRoute, IngressRoute, Mirror, TrafficSplit } from '../../src';
import { type Manifest, manifests } from './manifests';
import { writtenBy } from './page-table';

/** What the patterns for routes, ingress and egress promise about traffic, as cases for the judge. */

function istio(build: (chart: Chart) => void): object[] {
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'shop' });
  build(chart);
  return manifests(chart);
}

const pod = (app: string, version = 'v1', namespace = 'shop'): object => ({
  name: `${app}-${version}`,
  namespace,
  labels: { app, version },
  serviceAccount: app,
});
const gatewayPod = (istio: string): object => ({ name: istio, namespace: 'istio-system', labels: { istio }, serviceAccount: istio, gateway: true });
const gatewayService = (name: string, istio: string): object => ({
  name,
  namespace: 'istio-system',
  selector: { istio },
  ports: [
    { name: 'http2', port: 80, targetPort: 8080 },
    { name: 'https', port: 443, targetPort: 8443 },
  ],
});

const inside = {
  services: [
    {
      name: 'reviews',
      namespace: 'shop',
      selector: { app: 'reviews' },
      ports: [
        { name: 'http', port: 9080 },
        { name: 'http-admin', port: 9090 },
      ],
    },
    { name: 'web', namespace: 'shop', selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
    gatewayService('istio-ingressgateway', 'ingressgateway'),
  ],
  workloads: [pod('frontend'), pod('reviews'), pod('reviews', 'v2'), pod('reviews', 'v3'), pod('web'), gatewayPod('ingressgateway')],
};

type Call = (url: string, expect: object, more?: object) => object;
const within: Call = (url, expect, more = {}) => ({ from: 'frontend-v1', url, expect, ...more });
const outside: Call = (url, expect, more = {}) => ({ from: 'outside', via: 'ingressgateway', url, expect, ...more });

const edge = (chart: Chart) => ({
  gateway: new Gateway(chart, 'gateway', {
    selector: { istio: 'ingressgateway' },
    servers: [{ hosts: ['*.example.com'], port: { number: 80, name: 'http', protocol: 'HTTP' } }],
  }),
  hosts: ['reviews.example.com'],
});

const nineToOne = { 'distribution.reviews-v1': { min: 240, max: 290 }, 'distribution.reviews-v3': null, statuses: { 200: 300 } };
const everyVersion = { 'distribution.reviews-v3': { min: 60, max: 140 }, statuses: { 200: 300 } };

const users = (call: Call, url: string): object[] => [
  call(url, { workload: 'reviews-v1' }),
  call(url, { workload: 'reviews-v2' }, { headers: { 'end-user': 'jason' } }),
  call(url, { workload: 'reviews-v3' }, { headers: { cookie: 'a=1; group=beta; b=2' } }),
  call(url, { workload: 'reviews-v3' }, { headers: { cookie: 'group=beta' } }),
  call(url, { workload: 'reviews-v1' }, { headers: { cookie: 'group=betamax' } }),
];

const shop = (certificate?: string) => (chart: Chart) => {
  const split = new TrafficSplit(chart, 'split', { host: 'reviews', port: 9080, shares: { v1: 0, v2: 100 } });
  new IngressRoute(chart, 'ingress', {
    hosts: ['shop.example.com'],
    ...(certificate ? { certificate } : {}),
    routes: [
      { to: 'web' },
      { path: '/', headers: { x: true }, to: 'reviews', port: 9090 },
      { path: '/api', to: 'web', port: 80, rewrite: '/' },
      { path: '/v', to: 'web', rewrite: '/w' },
      { path: { exact: '/api/x' }, to: split.destinations },
    ],
  });
};

const paths = (scheme: string): object[] => {
  const url = (path: string): string => `${scheme}://shop.example.com${path}`;
  return [
    outside(url('/'), { workload: 'web-v1', path: '/' }),
    outside(url('/'), { workload: { regex: 'reviews-.*' }, port: 9090 }, { headers: { x: '1' } }),
    outside(url('/api/a?b=c'), { workload: 'web-v1', path: '/a?b=c' }),
    outside(url('/api'), { workload: 'web-v1', path: '/' }),
    outside(url('/apis'), { workload: 'web-v1', path: '/apis' }),
    outside(url('/v/a'), { workload: 'web-v1', path: '/w/a' }),
    outside(url('/v'), { workload: 'web-v1', path: '/w' }),
    outside(url('/api/x'), { workload: 'reviews-v2', path: '/api/x' }),
  ];
};

const modes = ['application', 'sidecar', 'gateway', 'nobody'] as const;
const hostOf = (mode: string): string => `${mode}.example.com`;

/** A mesh that lets out nothing that it does not know. The egress gateway is the third workload, so its address is that of calls that took it. */
const closed = {
  mesh: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
  services: [inside.services[0], gatewayService('istio-egressgateway', 'egressgateway')],
  workloads: [pod('frontend'), pod('reviews'), gatewayPod('egressgateway'), pod('stranger', 'v1', 'other')],
  external: [...modes, 'unknown'].map((mode) => ({ host: hostOf(mode), ports: [80], tlsPorts: [443] })),
};
const throughGateway = '127.1.0.3';
const byItself = '127.1.0.4';

const callOut = (from: string, mode: string, sourceIP: string): object => ({
  from,
  url: `${mode === 'application' ? 'https' : 'http'}://${hostOf(mode)}/p`,
  expect: {
    status: 200,
    workload: hostOf(mode),
    path: '/p',
    sourceIP,
    port: mode === 'nobody' ? 80 : 443,
    ...(mode === 'nobody' ? { upstreamTLS: null } : { 'upstreamTLS.sni': hostOf(mode) }),
  },
});
const egress = (callers?: 'mesh') => (chart: Chart) => {
  for (const encryptedBy of modes) new EgressGateway(chart, encryptedBy, { host: hostOf(encryptedBy), encryptedBy, ...(callers ? { callers } : {}) });
};
const direct = modes.filter((mode) => mode !== 'gateway');

/** The page's bookinfo: its objects, with a pod for each of its Deployments. */
function bookinfo(): object {
  const objects: Manifest[] = writtenBy('bookinfo.md');
  const deployed = objects.filter(({ kind }) => kind === 'Deployment').map(({ spec }) => spec.template);
  const pods = deployed.map(({ metadata, spec }) => {
    const { app, version } = metadata.labels;
    return { name: `${app}-${version}`, namespace: 'bookinfo', labels: metadata.labels, serviceAccount: spec.serviceAccountName };
  });
  const services = objects.filter(({ kind }) => kind === 'Service').map(({ metadata, spec }) => ({ ...metadata, ...spec }));
  const fromProductPage: Call = (url, expect, more = {}) => ({ from: 'productpage-v1', url, expect, ...more });
  return {
    name: 'bookinfo: a gateway, a canary, and nobody calls what the graph does not say',
    istio: objects.filter(({ apiVersion }) => apiVersion.includes('.istio.io/')),
    services: [...services.map(({ name, namespace, selector, ports }) => ({ name, namespace, selector, ports })), inside.services[2]],
    workloads: [...pods, { ...gatewayPod('ingressgateway'), serviceAccount: 'istio-ingressgateway-service-account' }, pod('stranger', 'v1', 'other')],
    calls: [
      outside('http://bookinfo.example.com/productpage', { status: 200, workload: 'productpage-v1' }),
      fromProductPage('http://reviews:9080/', nineToOne, { count: 300 }),
      fromProductPage('http://details:9080/', { status: 200 }),
      { from: 'reviews-v2', url: 'http://ratings:9080/', expect: { status: 200 } },
      fromProductPage('http://ratings:9080/', { status: 502 }),
      { from: 'stranger-v1', url: 'http://reviews.bookinfo:9080/', expect: { status: 403 } },
    ],
  };
}

export const routingCases: readonly object[] = [
  bookinfo(),
  {
    name: 'TrafficSplit: in the mesh and at a gateway alike, other ports as they were',
    ...inside,
    istio: istio((chart) => new TrafficSplit(chart, 'split', { host: 'reviews', port: 9080, shares: { v1: 90, v2: 10 }, ingress: edge(chart) })),
    calls: [
      within('http://reviews:9080/', nineToOne, { count: 300 }),
      outside('http://reviews.example.com/', nineToOne, { count: 300 }),
      within('http://reviews:9090/', everyVersion, { count: 300 }),
    ],
  },
  {
    name: 'HeaderRoute: users by a header, and by a cookie among others',
    ...inside,
    istio: istio(
      (chart) =>
        new HeaderRoute(chart, 'users', {
          host: 'reviews',
          port: 9080,
          ingress: edge(chart),
          routes: [
            { when: { headers: { 'End-User': 'jason' } }, to: 'v2' },
            { when: { cookie: { name: 'group', value: 'beta' } }, to: 'v3' },
          ],
          otherwise: 'v1',
        }),
    ),
    calls: [...users(within, 'http://reviews:9080/'), ...users(outside, 'http://reviews.example.com/')],
  },
  {
    name: 'Mirror: one answers, both receive',
    ...inside,
    istio: istio((chart) => new Mirror(chart, 'mirror', { host: 'reviews', to: 'v1', mirror: 'v2' })),
    calls: [
      within('http://reviews:9080/x', {
        workload: 'reviews-v1',
        received: ['reviews-v1', 'reviews-v2'].map((workload) => ({ workload, path: '/x', authority: 'reviews:9080' })),
      }),
    ],
  },
  {
    name: 'IngressRoute: the most specific route counts, paths are segments, rewrites keep one slash',
    ...inside,
    istio: istio(shop()),
    calls: [...paths('http'), outside('http://other.example.com/', { status: 404 })],
  },
  {
    name: 'IngressRoute: HTTPS, and HTTP redirected to it',
    ...inside,
    istio: istio(shop('shop-cert')),
    secrets: [{ name: 'shop-cert', hosts: ['shop.example.com'] }],
    calls: [...paths('https'), outside('http://shop.example.com/a', { status: 301, 'responseHeaders.location': 'https://shop.example.com/a' })],
  },
  {
    name: 'EgressGateway: callers of its namespace leave through the gateway, others not at all',
    ...closed,
    istio: istio(egress()),
    calls: [
      ...modes.map((mode) => callOut('frontend-v1', mode, throughGateway)),
      within('https://sidecar.example.com/', { status: 200, sourceIP: throughGateway }),
      within('https://gateway.example.com/', { error: { oneOf: ['reset', 'closed', 'tls'] } }),
      within('http://unknown.example.com/', { status: 502 }),
      { from: 'stranger-v1', url: 'http://gateway.example.com/', expect: { status: 502 } },
    ],
  },
  {
    name: 'EgressGateway: for the whole mesh',
    ...closed,
    istio: istio(egress('mesh')),
    calls: ['frontend-v1', 'stranger-v1'].flatMap((from) => modes.map((mode) => callOut(from, mode, throughGateway))),
  },
  {
    name: 'ExternalService: known hosts are reached directly, with TLS once',
    ...closed,
    istio: istio((chart) => {
      for (const encryptedBy of direct) new ExternalService(chart, encryptedBy, { host: hostOf(encryptedBy), encryptedBy });
    }),
    calls: [...direct.map((mode) => callOut('stranger-v1', mode, byItself)), within('http://unknown.example.com/', { status: 502 })],
  },
  {
    name: 'ExternalService: a wildcard lets out the names below it',
    ...closed,
    istio: istio((chart) => new ExternalService(chart, 'any', { host: '*.example.com' })),
    calls: [{ from: 'stranger-v1', url: 'https://unknown.example.com/', expect: { status: 200 } }],
  },
];

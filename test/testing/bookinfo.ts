import { ApiObject, App, Chart } from 'cdk8s';
import { AuthorizationPolicy, DestinationRule, Gateway, PeerAuthentication, VirtualService } from '../../src';

/** A small bookstore with every kind of routing that the matchers ask about; the lines of its constructs are those that a failing test shows. */
export function bookinfo() {
  const chart = new Chart(new App(), 'bookinfo', { namespace: 'bookinfo' });
  const gateway = new Gateway(chart, 'gateway', {
    metadata: { name: 'shop' },
    selector: { istio: 'ingressgateway' },
    servers: [{ hosts: ['shop.example.com'], port: { number: 80, name: 'http', protocol: 'HTTP' } }],
  });
  new VirtualService(chart, 'shop', {
    metadata: { name: 'shop' },
    hosts: ['shop.example.com'],
    gateways: [gateway],
    http: [
      { match: [{ uri: { prefix: '/old' } }], redirect: { uri: '/new', redirectCode: 308 } },
      { match: [{ uri: { prefix: '/reviews/' } }], rewrite: { uri: '/' }, route: [{ destination: { host: 'reviews', subset: 'v1' } }] },
      { route: [{ destination: { host: 'productpage' } }] },
    ],
  });

  const productpage = service(chart, 'productpage');
  const reviews = service(chart, 'reviews', ['v1', 'v2']);
  const ratings = service(chart, 'ratings');
  const versions = new DestinationRule(chart, 'versions', {
    metadata: { name: 'reviews' },
    host: 'reviews',
    subsets: [
      { name: 'v1', labels: { version: 'v1' } },
      { name: 'v2', labels: { version: 'v2' } },
      { name: 'v3', labels: { version: 'v3' } },
    ],
  });
  new VirtualService(chart, 'routes', {
    metadata: { name: 'reviews' },
    hosts: ['reviews'],
    http: [
      { match: [{ headers: { 'end-user': { exact: 'jason' } } }], route: [{ destination: versions.subset('v2') }] },
      { match: [{ uri: { prefix: '/next' } }], route: [{ destination: versions.subset('v3') }] },
      {
        match: [{ uri: { prefix: '/slow' } }],
        fault: { delay: { fixedDelay: '2s', percentage: { value: 50 } } },
        route: [{ destination: versions.subset('v1') }],
      },
      {
        route: [
          { destination: versions.subset('v1'), weight: 90 },
          { destination: versions.subset('v2'), weight: 10 },
        ],
        mirror: { host: 'ratings' },
        mirrorPercentage: { value: 25 },
        headers: { request: { add: { 'x-shop': 'books' } } },
      },
    ],
  });
  const policy = new AuthorizationPolicy(chart, 'reviews-callers', {
    metadata: { name: 'reviews' },
    selector: { matchLabels: { app: 'reviews' } },
    rules: [{ from: [{ source: { principals: ['cluster.local/ns/bookinfo/sa/productpage', 'cluster.local/ns/istio-system/sa/default'] } }] }],
  });
  new PeerAuthentication(chart, 'strict', { metadata: { name: 'default' }, mtls: { mode: 'STRICT' } });
  return { chart, gateway, policy, versions, productpage, reviews, ratings };
}

/** A Service, and a Deployment for each version, with a service account of the same name. */
function service(
  chart: Chart,
  name: string,
  versions: readonly string[] = ['v1'],
): { readonly service: ApiObject; readonly deployments: readonly ApiObject[] } {
  const deployments = versions.map((version) => {
    const labels = { app: name, version };
    return new ApiObject(chart, `${name}-${version}`, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: `${name}-${version}` },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { serviceAccountName: name, containers: [{ name: 'app', image: name, ports: [{ containerPort: 9080 }] }] } },
      },
    });
  });
  const api = new ApiObject(chart, name, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ name: 'http', port: 9080 }] },
  });
  return { service: api, deployments };
}

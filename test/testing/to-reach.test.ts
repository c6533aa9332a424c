import { type ApiObject, App, Chart } from 'cdk8s';
import { Deployment, Service, ServiceAccount } from 'cdk8s-plus-27';
import { ServiceEntry } from '../../src';
import { Mesh } from '../../src/simulation';
import '../../src/testing';
import { bookinfo } from './bookinfo';
import { failureOf } from './failure';

const { chart, gateway, productpage, ratings, reviews } = bookinfo();
const mesh = Mesh.of(chart);
const from = 'productpage';
const jason = mesh.request({ from, to: 'http://reviews:9080/', headers: { 'end-user': 'jason' } });
const anybody = mesh.request({ from, to: 'http://reviews:9080/' });
const outside = mesh.request({ from: 'outside', to: 'http://shop.example.com/' });

test('a service goes by every form of its name, and so does a workload', () => {
  for (const name of ['reviews', 'reviews.bookinfo', 'reviews.bookinfo.svc', 'reviews.bookinfo.svc.cluster.local', 'bookinfo/reviews']) {
    expect(anybody).toReach(name);
    expect(jason).not.toReach(name.replace('reviews', 'ratings'));
  }
  for (const name of ['reviews-v2', 'reviews-v2.bookinfo', 'bookinfo/reviews-v2']) expect(jason).toReach(name);
});

test('a construct stands for its object: a Service, a Deployment, a ServiceEntry, those of cdk8s-plus', () => {
  expect(jason).toReach(reviews.service);
  expect(jason).toReach(reviews.deployments[1] as ApiObject);
  expect(jason).not.toReach(ratings.service);

  const shop = new Chart(new App(), 'shop', { namespace: 'shop' });
  const deployment = new Deployment(shop, 'cart', {
    metadata: { name: 'cart' },
    serviceAccount: new ServiceAccount(shop, 'account', { metadata: { name: 'cart' } }),
    containers: [{ image: 'cart', portNumber: 8080 }],
  });
  const service = new Service(shop, 'service', { metadata: { name: 'cart' }, selector: deployment, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  const payment = new ServiceEntry(shop, 'payment', { hosts: ['pay.example.com'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }], resolution: 'DNS' });
  const plus = Mesh.of(shop);
  expect(plus.request({ from: deployment, to: 'http://cart/' })).toReach(service);
  expect(plus.request({ from: deployment, to: 'http://cart/' })).toReach(deployment);
  expect(plus.request({ from: service, to: 'http://pay.example.com/' })).toReach(payment);
  expect(plus.request({ from: service, to: 'http://pay.example.com/' })).not.toReach(service);
});

test('a subset and a share are those of the requests', () => {
  expect(jason).toReach('reviews', { subset: 'v2' });
  expect(jason).not.toReach('reviews', { subset: 'v1' });
  expect(anybody).toReach('reviews', { subset: 'v1', share: 0.9 });
  expect(anybody).toReach('reviews', { subset: 'v2', share: 1 - 0.9 });
  expect(anybody).not.toReach('reviews', { subset: 'v2', share: 0.2 });
  expect(anybody).toReach('ratings', { share: 0 });
});

test('a gateway on the way is a workload or the Gateway that selects it', () => {
  for (const via of ['istio-ingressgateway', 'istio-ingressgateway.istio-system', gateway]) {
    expect(outside).toReach('productpage', { via, port: 9080 });
    expect(jason).not.toReach('reviews', { via });
  }
  expect(outside).not.toReach('productpage', { port: 8080 });
  expect(jason).toReach('reviews', { via: productpage.deployments[0] as ApiObject });
});

test('without a proxy on its side, a caller reaches the service that it asks', () => {
  const client = { name: 'cron', namespace: 'bookinfo', sidecar: false };
  const open = Mesh.of(
    chart.node
      .findAll()
      .filter((each) => 'toJson' in each && (each as { kind?: string }).kind?.match(/^(Service|Deployment)$/))
      .map((each) => (each as unknown as { toJson(): never }).toJson()),
  );
  for (const name of ['reviews', 'reviews.bookinfo', 'bookinfo/reviews', 'reviews.bookinfo.svc']) {
    expect(open.request({ from: client, to: 'http://reviews:9080/' })).toReach(name);
    expect(open.request({ from: client, to: 'http://reviews.bookinfo:9080/' })).toReach(name);
    expect(open.request({ from: client, to: 'http://ratings:9080/' })).not.toReach(name);
  }
});

test('a part of the requests is neither all nor none of them', () => {
  expect(failureOf(() => expect(anybody).toReach('reviews-v2'))).toMatch(
    /^The request should reach reviews-v2; 10 % of the requests do:\n {2}90 % {5}200 from reviews-v1 \(subset v1\)\n {2}10 % {5}200 from reviews-v2 \(subset v2\)\n/,
  );
  expect(failureOf(() => expect(anybody).not.toReach('reviews-v2'))).toMatch(/^The request should not reach reviews-v2; 10 % of the requests do:\n/);
});

test('the message says what was expected, what comes instead, and every decision with its line', () => {
  const message = failureOf(() => expect(anybody).toReach('reviews', { subset: 'v2', share: 0.5 }));
  expect(message).toMatch(/^The request should reach reviews \(subset v2\) with a share of 0\.5; 10 % of the requests do:\n/);
  expect(message).toContain('\n\nproductpage asks http://reviews:9080/\n');
  expect(message).toMatch(/not .*http\[0\]\.match\[0\].*header end-user is absent .* test\/testing\/bookinfo\.ts:\d+\n/);
  expect(failureOf(() => expect(jason).not.toReach(reviews.service, { via: productpage.deployments[0] as ApiObject }))).toMatch(
    /^The request should not reach Service bookinfo\/reviews \(via Deployment bookinfo\/productpage-v1\)/,
  );
});

test('what cannot be meant is refused', () => {
  expect(() => expect(mesh).toReach('reviews')).toThrow(
    new TypeError('toReach takes what mesh.request(...) returns, and got a mesh or a series: ask it first, with .request({ from, to })'),
  );
  expect(() => expect(Promise.resolve(jason)).toReach('reviews')).toThrow('and got a promise: await nothing, mesh.request is synchronous');
  expect(() => expect(null).not.toReach('reviews')).toThrow('and got null');
  expect(() => expect(jason).toReach('reviews', { share: 90 })).toThrow('a share lies between 0 and 1, so that 90 % is 0.9; toReach got 90');
  expect(() => expect(jason).toReach('')).toThrow('a name or the construct of an object is expected here, not ""');
  expect(() => expect(jason).toReach(undefined as never)).toThrow('a name or the construct of an object is expected here, not undefined');
  expect(() => expect(jason).toReach(new Chart(new App(), 'empty'))).toThrow('a name or the construct of an object is expected here');
});

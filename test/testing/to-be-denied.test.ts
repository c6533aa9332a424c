import type { Chart } from 'cdk8s';
import { AuthorizationPolicy, RequestAuthentication } from '../../src';
import { Mesh } from '../../src/simulation';
import '../../src/testing';
import { bookinfo } from './bookinfo';
import { failureOf } from './failure';

const { chart, policy, reviews, versions } = bookinfo();
const mesh = Mesh.of(chart);
const allowed = mesh.request({ from: 'productpage', to: 'http://reviews:9080/' });
const denied = mesh.request({ from: 'ratings', to: 'http://reviews:9080/' });

test('a request that no ALLOW policy matches is denied by those that would have allowed it', () => {
  expect(denied).toBeDenied();
  expect(denied).toBeDenied({ status: 403 });
  for (const by of ['reviews', 'bookinfo/reviews', 'AuthorizationPolicy/bookinfo/reviews', 'AuthorizationPolicy bookinfo/reviews', policy]) {
    expect(denied).toBeDenied({ by, status: 403 });
    expect(allowed).not.toBeDenied({ by });
  }
  expect(allowed).not.toBeDenied();
  expect(allowed).toBeDenied({ share: 0 });
});

test('another policy, status or share is not the one', () => {
  expect(denied).not.toBeDenied({ status: 401 });
  expect(denied).not.toBeDenied({ share: 0.5 });
});

test('a DENY policy, a policy without rules and a RequestAuthentication are named as well', () => {
  const shop = bookinfo().chart;
  const deletes = new AuthorizationPolicy(shop, 'no-deletes', { action: 'DENY', rules: [{ to: [{ operation: { methods: ['DELETE'] } }] }] });
  const nothing = new AuthorizationPolicy(shop, 'nothing', { metadata: { name: 'nothing' }, selector: { matchLabels: { app: 'ratings' } } });
  const tokens = new RequestAuthentication(shop, 'tokens', {
    selector: { matchLabels: { app: 'productpage' } },
    jwtRules: [{ issuer: 'https://issuer.example.com', jwks: '{"keys":[]}' }],
  });
  const strict = Mesh.of(shop);
  expect(strict.request({ from: 'productpage', to: 'http://reviews:9080/', method: 'DELETE' })).toBeDenied({ by: deletes });
  expect(strict.request({ from: 'productpage', to: 'http://reviews:9080/', method: 'DELETE' })).not.toBeDenied({ by: policy });
  expect(strict.request({ from: 'productpage', to: 'http://ratings:9080/' })).toBeDenied({ by: nothing });
  expect(strict.request({ from: 'reviews', to: 'http://productpage:9080/', headers: { authorization: 'Bearer e30.e30.e30' } })).toBeDenied({
    by: tokens,
    status: 401,
  });
});

test('a connection that a policy closes is denied', () => {
  const facts = {
    workloads: [{ name: 'web' }, { name: 'store', labels: { app: 'store' } }],
    services: [{ name: 'store', ports: [{ name: 'tcp', port: 9000 }], selector: { app: 'store' } }],
  };
  const policy = { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata: { name: 'closed' }, spec: { action: 'DENY', rules: [{}] } };
  const connect = (manifests: object[]) => Mesh.of(manifests as never, facts).request({ from: 'web', to: 'tcp://store:9000' });
  expect(connect([policy])).toBeDenied({ by: 'closed' });
  expect(connect([])).not.toBeDenied();
});

test('a status of the application, or of a proxy without policy, is no denial', () => {
  const { chart: shop } = bookinfo();
  const facts = { workloads: [{ name: 'ratings-v1', namespace: 'bookinfo', behavior: { status: 403 } }] };
  expect(Mesh.of(shop, facts).request({ from: 'reviews', to: 'http://ratings:9080/' })).not.toBeDenied();
  expect(mesh.request({ from: 'outside', to: 'http://nobody.example.com/' })).not.toBeDenied();
});

test('the message names the policy and shows what its rules missed', () => {
  expect(failureOf(() => expect(allowed).toBeDenied({ by: policy, status: 403 }))).toMatch(
    /^The request should be denied by AuthorizationPolicy bookinfo\/reviews with 403; 0 % of the requests do:\n[\s\S]*allowed by rule 0 of AuthorizationPolicy bookinfo\/reviews +test\/testing\/bookinfo\.ts:\d+\n/,
  );
  expect(failureOf(() => expect(denied).not.toBeDenied({ by: 'reviews' }))).toMatch(
    /^The request should not be denied by reviews; it meets: 403 "RBAC: access denied"\n[\s\S]*the principal is "cluster\.local\/ns\/bookinfo\/sa\/ratings", not /,
  );
});

test('what is no outcome or names nothing is refused', () => {
  expect(() => expect('403').toBeDenied()).toThrow('toBeDenied takes what mesh.request(...) returns, and got string');
  expect(() => expect(denied).toBeDenied({ by: chart as Chart })).toThrow('a name or the construct of an object is expected here');
  expect(() => expect(denied).toBeDenied({ share: -1 })).toThrow('toBeDenied got -1');
});

test('a policy that the mesh does not have is refused, behind .not too', () => {
  for (const [by, hint] of [
    ['review', 'review; did you mean reviews?'],
    ['shop/reviews', 'shop/reviews; did you mean AuthorizationPolicy/bookinfo/reviews?'],
    ['RequestAuthentication/bookinfo/reviews', 'RequestAuthentication/bookinfo/reviews; did you mean AuthorizationPolicy/bookinfo/reviews?'],
    ['quite-another', 'quite-another; there is reviews'],
    [versions, 'DestinationRule bookinfo/reviews; did you mean AuthorizationPolicy/bookinfo/reviews?'],
    [reviews.service, 'Service bookinfo/reviews; did you mean AuthorizationPolicy/bookinfo/reviews?'],
  ] as const) {
    expect(() => expect(allowed).not.toBeDenied({ by })).toThrow(new TypeError(`the mesh has no AuthorizationPolicy or RequestAuthentication ${hint}`));
  }
});

import 'cdk8s-istio/testing';
import { Testing } from 'cdk8s';
import { Mesh } from 'cdk8s-istio/simulation';
import { ReviewsChart } from './main';

const mesh = Mesh.of(new ReviewsChart(Testing.app(), 'reviews', { namespace: 'bookinfo' }), {
  services: [{ name: 'reviews', namespace: 'bookinfo', ports: [{ name: 'http', port: 9080 }], selector: { app: 'reviews' } }],
  workloads: [
    { name: 'productpage', namespace: 'bookinfo' },
    { name: 'reviews-v1', namespace: 'bookinfo', labels: { app: 'reviews', version: 'v1' } },
    { name: 'reviews-v2', namespace: 'bookinfo', labels: { app: 'reviews', version: 'v2' } },
  ],
});
const ask = (user: string) => mesh.request({ from: 'productpage', to: 'http://reviews:9080/', headers: { 'end-user': user } });

test('jason sees v2, everybody else mostly v1', () => {
  expect(ask('jason')).toReach('reviews', { subset: 'v2' });
  expect(ask('anna')).toReach('reviews', { subset: 'v1', share: 0.9 });
  expect(ask('jason')).not.toReach('reviews', { subset: 'v1' });
});

test('a failing expectation shows the way of the request', () => {
  const fail = () => expect(ask('jason')).toReach('reviews', { subset: 'v1' });
  expect(fail).toThrow(/The request should reach reviews \(subset v1\)[\s\S]*productpage asks http:\/\/reviews:9080\//);
});

test('every matcher is there', async () => {
  expect(ask('jason')).not.toBeDenied({ status: 403 });
  expect(ask('jason')).not.toBeRedirectedTo(/./);
  expect(ask('jason')).not.toFail();
  expect(ask('jason')).toBeEncrypted({ as: 'bookinfo/default' });
  expect(ask('jason')).toSee({ path: '/', headers: { 'end-user': expect.stringMatching('jason') } });
  expect(ask('jason')).not.toBeMirroredTo('reviews');
  expect(ask('jason')).toTakeAtMost('1s');
  expect([{ kind: 'A' }]).toContainManifest({ kind: 'A' });
  expect(mesh.coverage()).not.toBeCovered();
  await expect(Promise.resolve(ask('jason'))).resolves.toReach('reviews');
});

// Never called: it shows that the types are known.
void (() => {
  // @ts-expect-error there is no such field
  expect(ask('jason')).toReach('reviews', { subste: 'v2' });
  // @ts-expect-error a duration is a text or a number
  expect(ask('jason')).toTakeAtMost(true);
  // @ts-expect-error there is no such matcher
  expect(ask('jason')).toArrive('reviews');
});

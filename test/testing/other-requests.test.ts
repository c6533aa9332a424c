import { App, Chart } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { Mesh, type Outcome, type TrafficRequest } from '../../src/simulation';
import '../../src/testing';
import { bookinfo } from './bookinfo';
import { failureOf } from './failure';

const { chart, ratings, productpage } = bookinfo();
const mesh = Mesh.of(chart);
const ask = (to: string, more: Partial<TrafficRequest> = {}): Outcome => mesh.request({ from: 'productpage', to, ...more });
const reviews = ask('http://reviews:9080/');
const next = ask('http://reviews:9080/next');
const slow = ask('http://reviews:9080/slow');
const plaintext = ask('http://reviews.bookinfo:9080/', { from: { name: 'cron', sidecar: false } });
const redirected = ask('http://shop.example.com/old/page', { from: 'outside' });
const rewritten = ask('http://shop.example.com/reviews/7', { from: 'outside' });
const front = ask('http://shop.example.com/page', { from: 'outside' });

describe('toBeRedirectedTo', () => {
  test('takes the location as text or pattern, and the status', () => {
    expect(redirected).toBeRedirectedTo('http://shop.example.com/new');
    expect(redirected).toBeRedirectedTo(/\/new$/, { status: 308 });
    expect(redirected).not.toBeRedirectedTo('/new');
    expect(redirected).not.toBeRedirectedTo(/new/, { status: 301 });
    expect(front).not.toBeRedirectedTo(/./);
  });
  test('says what is answered instead', () => {
    expect(failureOf(() => expect(redirected).toBeRedirectedTo('/new', { status: 301 }))).toMatch(
      /^The request should be redirected to \/new with 301; it meets: 308 to http:\/\/shop\.example\.com\/new\n\nsomebody outside asks .*\n[\s\S]*bookinfo\.ts:\d+\n/,
    );
    expect(failureOf(() => expect(redirected).not.toBeRedirectedTo(/new/))).toMatch(/^The request should not be redirected to \/new\/; /);
    expect(() => expect({}).toBeRedirectedTo('/')).toThrow('toBeRedirectedTo takes what mesh.request(...) returns');
  });
});

describe('toFail', () => {
  test('without a reason takes whatever gives the caller no answer or one of 5xx', () => {
    expect(next).toFail();
    expect(plaintext).toFail();
    expect(reviews).not.toFail();
    expect(redirected).not.toFail();
  });
  test('a reason is an error, a flag of Envoy, a status, or a part of the explanation', () => {
    for (const reason of [503, 'UH', 'no healthy upstream', /no.healthy/]) {
      expect(next).toFail({ reason });
      expect(reviews).not.toFail({ reason });
    }
    expect(plaintext).toFail({ reason: 'reset' });
    expect(plaintext).not.toFail({ reason: 'refused' });
    expect(ask('http://nobody.example.com/', { from: 'outside', via: 'istio-ingressgateway' })).toFail({ reason: 'NR' });
  });
  test('a share is that of the requests', () => {
    const { chart: shop } = bookinfo();
    const flaky = Mesh.of(shop, { workloads: [{ name: 'reviews-v2', namespace: 'bookinfo', behavior: { status: 500 } }] });
    const outcome = flaky.request({ from: 'productpage', to: 'http://reviews:9080/' });
    expect(outcome).toFail({ share: 0.1 });
    expect(outcome).toFail({ reason: 500, share: 0.1 });
    expect(failureOf(() => expect(outcome).not.toFail())).toMatch(/^The request should not fail; 10 % of the requests do:\n/);
    expect(failureOf(() => expect(outcome).toFail({ share: 0.2 }))).toMatch(/^The request should fail with a share of 0\.2; 10 % of the requests do:\n/);
  });
  test('says what is answered instead', () => {
    expect(failureOf(() => expect(next).toFail({ reason: 'UF' }))).toMatch(
      /^The request should fail with UF; it meets: 503 "no healthy upstream" \(UH\)\n\nproductpage asks /,
    );
    expect(() => expect(404).toFail()).toThrow('toFail takes what mesh.request(...) returns, and got number');
  });
});

describe('toBeEncrypted', () => {
  test('takes the identity as namespace and account, as a whole, or as a ServiceAccount', () => {
    expect(reviews).toBeEncrypted();
    const account = new ServiceAccount(new Chart(new App(), 'accounts', { namespace: 'bookinfo' }), 'productpage', { metadata: { name: 'productpage' } });
    for (const as of ['bookinfo/productpage', 'cluster.local/ns/bookinfo/sa/productpage', 'spiffe://cluster.local/ns/bookinfo/sa/productpage', account]) {
      expect(reviews).toBeEncrypted({ as });
      expect(ask('http://reviews:9080/', { from: 'ratings' })).not.toBeEncrypted({ as });
    }
    for (const as of ['productpage', 'info/productpage', 'bookinfo/page', 'bookinfo/sa/productpage']) expect(reviews).not.toBeEncrypted({ as });
    expect(plaintext).not.toBeEncrypted();
  });
  test('says how the connection is instead', () => {
    expect(failureOf(() => expect(plaintext).toBeEncrypted({ as: 'default/cron' }))).toMatch(
      /^The request should be encrypted by mutual TLS as default\/cron; .*\n?.*plaintext, and no answer: /,
    );
    expect(failureOf(() => expect(reviews).not.toBeEncrypted())).toContain(
      'mutual TLS as spiffe://cluster.local/ns/bookinfo/sa/productpage, and 200 from reviews-v1',
    );
    expect(failureOf(() => expect(redirected).toBeEncrypted())).toContain('no connection to a server, and 308');
    expect(() => expect(undefined).toBeEncrypted()).toThrow('toBeEncrypted takes what mesh.request(...) returns, and got undefined');
  });
});

describe('toSee', () => {
  test('takes parts: texts, patterns, matchers of the framework, absent headers', () => {
    expect(front).toSee({ path: '/page', authority: 'shop.example.com', method: 'GET' });
    expect(front).toSee({ path: /^\/p/, headers: { 'X-Forwarded-Proto': 'http', 'user-agent': expect.any(String), 'x-shop': undefined } });
    expect(reviews).toSee({ headers: { 'x-shop': 'books' } });
    expect(reviews).not.toSee({ headers: { 'x-shop': undefined } });
    expect(reviews).not.toSee({ path: '/page' });
    expect(reviews).not.toSee({ headers: { 'x-shop': expect.stringContaining('toys') } });
  });
  test('what reaches no server is seen by none', () => {
    expect(rewritten).not.toSee({});
    expect(next).not.toSee({ path: '/next' });
  });
  test('says what the server sees instead', () => {
    const message = failureOf(() => expect(front).toSee({ path: /^\/x/, headers: { a: undefined, b: expect.stringContaining('c') } }));
    expect(message).toMatch(
      /^The request should be seen by its server as \{"path":"\/\^\\\\\/x\/","headers":\{"a":"\(absent\)","b":"StringContaining \\"c\\""\}\}; it meets: productpage-v1 sees \{"method":"GET","path":"\/page",/,
    );
    expect(failureOf(() => expect(next).toSee({ path: '/' }))).toContain('; it meets: 503 "no healthy upstream" (UH)\n');
    expect(() => expect([]).toSee({})).toThrow('toSee takes what mesh.request(...) returns, and got a list');
  });
});

describe('toBeMirroredTo', () => {
  test('takes a service or a workload, and the share of copies', () => {
    for (const to of ['ratings', 'ratings.bookinfo', 'ratings-v1', 'bookinfo/ratings', ratings.service]) {
      expect(reviews).toBeMirroredTo(to, { share: 0.25 });
      expect(next).not.toBeMirroredTo(to);
    }
    expect(reviews).not.toBeMirroredTo('reviews', { share: 0.25 });
    expect(reviews).not.toBeMirroredTo(productpage.service);
  });
  test('says which copies are made instead', () => {
    expect(failureOf(() => expect(reviews).toBeMirroredTo('ratings'))).toMatch(
      /^The request should be mirrored to ratings; 25 % of the requests do:\n {2}75 % {5}no copy\n {2}25 % {5}a copy goes to ratings-v1\n/,
    );
    expect(failureOf(() => expect(reviews).not.toBeMirroredTo('ratings'))).toMatch(/^The request should not be mirrored to ratings; 25 % /);
    expect(() => expect(mesh).toBeMirroredTo('ratings')).toThrow('toBeMirroredTo takes what mesh.request(...) returns');
    expect(() => expect(reviews).toBeMirroredTo('ratings', { share: 25 })).toThrow('toBeMirroredTo got 25');
  });
});

describe('toTakeAtMost', () => {
  test('takes milliseconds or a duration', () => {
    for (const limit of [2000, '2s', '2000ms', '1m']) expect(slow).toTakeAtMost(limit);
    expect(reviews).toTakeAtMost(0);
    const certain = bookinfo().chart;
    expect(
      Mesh.of(certain, { workloads: [{ name: 'ratings-v1', namespace: 'bookinfo', behavior: { delayMs: 300 } }] }).request({
        from: 'reviews',
        to: 'http://ratings:9080/',
      }),
    ).not.toTakeAtMost('299ms');
  });
  test('says how long the requests take', () => {
    expect(failureOf(() => expect(slow).toTakeAtMost('1.5s'))).toMatch(
      /^The request should take at most 1\.5s; 50 % of the requests do:\n {2}50 % {5}200 \(DI\) after 2000 ms from reviews-v1 \(subset v1\)\n {2}50 % {5}200 from reviews-v1 \(subset v1\)\n/,
    );
    expect(failureOf(() => expect(slow).not.toTakeAtMost(1))).toMatch(/^The request should not take at most 1 ms; 50 % /);
  });
  test('what is no duration is refused', () => {
    for (const limit of ['2', 'two', '', undefined as never, Number.NaN, -1])
      expect(() => expect(slow).toTakeAtMost(limit)).toThrow('is no duration; write milliseconds');
    expect(() => expect(slow.result).toTakeAtMost(1)).toThrow('toTakeAtMost takes what mesh.request(...) returns');
  });
});

import { Mesh } from '../../src/simulation';
import '../../src/testing';
import { ServiceEntry } from '../../src';
import { bookinfo } from './bookinfo';
import { failureOf } from './failure';

const { chart } = bookinfo();
new ServiceEntry(chart, 'outside', {
  hosts: ['*.example.org', 'pay.example.net'],
  ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
  resolution: 'NONE',
});
const mesh = Mesh.of(chart, { external: [{ host: 'bank.example.com', aliases: ['www.bank.example.com'] }] });
const outcome = mesh.request({ from: 'productpage', to: 'http://reviews:9080/', headers: { 'end-user': 'jason' } });

test.each([
  ['reviws', 'reviws; did you mean reviews?'],
  ['reviews.shop', 'reviews.shop; there are istio-ingressgateway, productpage-v1, reviews-v1, reviews-v2, ratings-v1, '],
  ['pay.exampel.net', 'pay.exampel.net; did you mean pay.example.net?'],
])('%s is declared by nothing, so no matcher takes it, behind .not neither', (name, message) => {
  const text = `the mesh has no service, workload or host ${message}`;
  expect(() => expect(outcome).not.toReach(name)).toThrow(text);
  expect(() => expect(outcome).toReach(name, { share: 0 })).toThrow(text);
  expect(() => expect(outcome).not.toBeMirroredTo(name)).toThrow(text);
});

test('services, workloads, hosts outside and the host that is asked are known', () => {
  for (const name of ['ratings', 'ratings-v1', 'shop.example.org', 'pay.example.net', 'bank.example.com', 'www.bank.example.com', 'istio-ingressgateway'])
    expect(outcome).not.toReach(name);
  const open = mesh.request({ from: { name: 'cron', sidecar: false }, to: 'http://api.example.com/' });
  expect(() => expect(open).not.toReach('api.example.com')).not.toThrow(TypeError);
});

test('a subset that no DestinationRule has is refused', () => {
  expect(() => expect(outcome).not.toReach('reviews', { subset: 'latest' })).toThrow(
    new TypeError('no DestinationRule of the mesh has a subset latest; there are v1, v2, v3'),
  );
});

test.each(['timeuot', 'refusd', 'UHX', 'U'])('%s is no reason to fail', (reason) => {
  expect(() => expect(outcome).not.toFail({ reason })).toThrow(/ is neither an error nor a flag of Envoy; /);
});

test.each(['timeout', 'UAEX', '503', 'no healthy upstream', 'denied'])('%s may be a reason to fail', (reason) => {
  expect(outcome).not.toFail({ reason });
});

test('a status may be written as a text', () => {
  const next = mesh.request({ from: 'productpage', to: 'http://reviews:9080/next' });
  expect(next).toFail({ reason: '503' });
});

test('no matcher has options that nobody knows', () => {
  const misspelt = (options: object): never => options as never;
  expect(() => expect(outcome).not.toReach('reviews', misspelt({ subste: 'v1' }))).toThrow(new TypeError('toReach has no option subste; did you mean subset?'));
  expect(() => expect(outcome).not.toBeDenied(misspelt({ polic: 'a' }))).toThrow('toBeDenied has no option polic; there are by, status, share');
  expect(() => expect(outcome).not.toFail(misspelt({ resaon: 5 }))).toThrow('toFail has no option resaon; did you mean reason?');
  expect(() => expect(outcome).toBeEncrypted(misspelt({ az: 'a' }))).toThrow('toBeEncrypted has no option az');
  expect(() => expect(outcome).not.toBeMirroredTo('ratings', misspelt({ shar: 1 }))).toThrow('toBeMirroredTo has no option shar; did you mean share?');
  expect(() => expect(outcome).not.toBeRedirectedTo('/', misspelt({ stats: 1 }))).toThrow('toBeRedirectedTo has no option stats; did you mean status?');
  expect(() => expect(outcome).not.toSee(misspelt({ header: {} }))).toThrow('toSee has no option header; did you mean headers?');
  expect(() => expect(mesh).not.toBeCovered(misspelt({ atleast: 1 }))).toThrow('toBeCovered has no option atleast; did you mean atLeast?');
  expect(() => expect(outcome).toReach('reviews', misspelt([null][0] as never))).toThrow('the options of toReach are an object with subset, share, via, port');
});

test('the port and the proxies that are met are said where they are asked', () => {
  expect(failureOf(() => expect(outcome).toReach('reviews', { via: 'istio-ingressgateway', port: 80 }))).toMatch(
    /; it meets: 200 from reviews-v2 \(subset v2\), on port 9080, via productpage-v1\.bookinfo\n/,
  );
  const plain = mesh.request({ from: { name: 'cron', sidecar: false }, to: 'http://nowhere/' });
  expect(failureOf(() => expect(plain).toReach('reviews', { via: 'istio-ingressgateway', port: 80 }))).toMatch(/, on no port, via no proxy\n/);
});

import { Mesh, story } from '../../src/simulation';
import { bookinfo } from '../testing/bookinfo';

const reviews = { from: 'productpage', to: 'http://reviews:9080/' };
const linesOf = (mesh: Mesh, request = reviews): string[] => story(mesh.request(request)).split('\n');

test('of a canary with a mirror, the likeliest way is told in full, of the others what differs', () => {
  const lines = linesOf(Mesh.of(bookinfo().chart));
  expect(lines.length).toBeLessThan(25);
  const end = lines.findIndex((line) => line.startsWith('answer'));
  expect(lines.slice(end).map((line) => line.replace(/ {2}test\/.*/, '').trimEnd())).toEqual([
    'answer    200 from reviews-v1 (subset v1), 67.5 %',
    '22.5 %    the same, mirrored to outbound|9080||ratings.bookinfo.svc.cluster.local, as 25 % are',
    '',
    '10 % of the requests go another way',
    '  to        subset v2 of reviews.bookinfo.svc.cluster.local, port 9080, 10 of 100',
    '  to        reviews-v2, port 9080',
    'answer    200 from reviews-v2 (subset v2), 7.5 %',
    '2.5 %     the same, mirrored to outbound|9080||ratings.bookinfo.svc.cluster.local, as 25 % are',
  ]);
});

test('workloads that answer alike are one line each, however many copies there are', () => {
  const facts = {
    services: [{ name: 'cart', ports: [{ name: 'http', port: 80 }], selector: { app: 'cart' } }],
    workloads: [{ name: 'web' }, ...['cart-a', 'cart-b', 'cart-c'].map((name) => ({ name, labels: { app: 'cart' } }))],
  };
  const lines = linesOf(Mesh.of([], facts), { from: 'web', to: 'http://cart/' });
  const end = lines.findIndex((line) => line.startsWith('answer'));
  expect(lines.slice(end)).toEqual(['answer    200 from cart-a, 1/3 (33.33 %)', '1/3 (33.33 %) the same, from cart-b', '1/3 (33.33 %) the same, from cart-c']);
});

test('what is answered differently is another way', () => {
  const facts = { workloads: [{ name: 'reviews-v2', namespace: 'bookinfo', behavior: { status: 503 } }] };
  expect(linesOf(Mesh.of(bookinfo().chart, facts))).toContain('answer    503 from reviews-v2 (subset v2), 7.5 %');
});

test('a delay that only some meet is the one step that differs', () => {
  const lines = linesOf(Mesh.of(bookinfo().chart), { from: 'productpage', to: 'http://reviews:9080/slow' });
  const other = lines.indexOf('50 % of the requests go another way');
  expect(lines.slice(other + 1).map((line) => line.replace(/ {2}test\/.*/, '').trimEnd())).toEqual([
    '  fault     not delayed by 2000 ms, as 50 % are',
    'answer    200 from reviews-v1 (subset v1), 50 %',
  ]);
});

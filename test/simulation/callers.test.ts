import { ApiObject, App, Chart } from 'cdk8s';
import { Gateway } from '../../src';
import { type Caller, Mesh } from '../../src/simulation';

const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
const gateway = new Gateway(chart, 'inner', {
  selector: { istio: 'inner' },
  servers: [{ hosts: ['shop.example.com'], port: { number: 80, name: 'http', protocol: 'HTTP' } }],
});
const service = new ApiObject(chart, 'page', {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'page' },
  spec: { selector: { app: 'page' }, ports: [{ name: 'http', port: 80 }] },
});
const mesh = Mesh.of(chart, {
  services: [{ name: 'cart', namespace: 'shop', ports: [{ name: 'http', port: 80 }], selector: { app: 'cart' } }],
  workloads: [
    { name: 'page-v1', namespace: 'shop', labels: { app: 'page' }, serviceAccount: 'page' },
    { name: 'page-v2', namespace: 'shop', labels: { app: 'page', beta: 'yes' }, serviceAccount: 'beta' },
    { name: 'page', namespace: 'test', labels: { app: 'page' }, serviceAccount: 'test' },
    { name: 'cart', namespace: 'shop' },
    { name: 'inner', namespace: 'shop', labels: { istio: 'inner' }, gateway: true, serviceAccount: 'inner' },
  ],
});
const identityOf = (from: Caller): string | undefined => mesh.request({ from, to: 'http://cart.shop/' }).result.peer?.replace('spiffe://cluster.local/ns/', '');

test.each<[string, Caller, string]>([
  ['a workload with its namespace', 'page-v1.shop', 'shop/sa/page'],
  ['a workload without it', 'page-v2', 'shop/sa/beta'],
  ['a workload before a Service of that name', 'page', 'test/sa/test'],
  ['a Service, for the first workload behind it', 'page.shop', 'shop/sa/page'],
  ['a Service by its host', 'page.shop.svc.cluster.local', 'shop/sa/page'],
  ['the construct of a Service', service, 'shop/sa/page'],
  ['labels alone', { labels: { beta: 'yes' } }, 'shop/sa/beta'],
  ['labels in a namespace', { labels: { app: 'page' }, namespace: 'test' }, 'test/sa/test'],
  ['a client that is described', { name: 'batch', namespace: 'night', labels: { app: 'page' }, serviceAccount: 'cron' }, 'night/sa/cron'],
  ['labels that nobody has, as a description', { labels: { app: 'nobody' } }, 'default/sa/default'],
])('who asks is %s', (_, from, identity) => expect(identityOf(from)).toBe(identity));

test('a Gateway stands for the first gateway that it selects', () => {
  const { hops } = mesh.request({ from: 'outside', via: gateway, to: 'http://shop.example.com/' }).likeliest;
  expect(hops[0]?.proxy.name).toBe('inner');
});

test('who is not there is named, with those who are', () => {
  expect(() => identityOf('basket.shop')).toThrow(/^the mesh has no workload basket\.shop; it has page-v1\.shop, page-v2\.shop, /);
  expect(() => mesh.request({ from: 'outside', via: 'edge', to: 'http://shop.example.com/' })).toThrow('the mesh has no workload edge');
});

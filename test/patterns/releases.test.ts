import { Chart, Testing } from 'cdk8s';
import { EgressGateway, ExternalService, HeaderRoute, IngressRoute, Mirror, setTargetRelease, TrafficSplit } from '../../src';
import { manifests } from './manifests';

const patterns: Readonly<Record<string, (chart: Chart) => void>> = {
  TrafficSplit: (chart) => new TrafficSplit(chart, 'split', { host: 'reviews', shares: { v1: 90, v2: 10 } }),
  HeaderRoute: (chart) =>
    new HeaderRoute(chart, 'users', {
      host: 'reviews',
      routes: [{ when: { cookie: { name: 'a', value: 'b' }, query: { c: true } }, to: 'v2' }],
      otherwise: 'v1',
    }),
  Mirror: (chart) => new Mirror(chart, 'mirror', { host: 'reviews', to: 'v1', mirror: 'v2', percent: 5 }),
  IngressRoute: (chart) => new IngressRoute(chart, 'ingress', { hosts: ['a.example.com'], certificate: 'a', routes: [{ path: '/a', to: 'a', rewrite: '/' }] }),
  EgressGateway: (chart) => {
    for (const encryptedBy of ['application', 'sidecar', 'gateway', 'nobody'] as const) {
      new EgressGateway(chart, encryptedBy, { host: `${encryptedBy}.example.com`, encryptedBy });
    }
  },
  ExternalService: (chart) => new ExternalService(chart, 'api', { host: 'api.example.com', encryptedBy: 'sidecar' }),
};

describe.each(Object.keys(patterns))('%s', (name) => {
  test.each([
    ['1.8', /^[a-z.]+\/v1(?:alpha3|beta1)$/],
    ['1.14', /^[a-z.]+\/v1(?:alpha3|beta1)$/],
    ['1.24', /^[a-z.]+\/v1$/],
  ])('can be written for Istio %s', (release, apiVersion) => {
    const chart = new Chart(Testing.app(), 'chart', { namespace: 'shop' });
    setTargetRelease(chart, release);
    patterns[name]?.(chart);
    const written = manifests(chart);
    expect(written.length).toBeGreaterThan(1);
    for (const object of written) expect(object.apiVersion).toMatch(apiVersion);
  });
});

import { Chart, Testing } from 'cdk8s';
import {
  CallGraph,
  FaultInjection,
  JwtAuth,
  LocalityFailover,
  LuaFilter,
  MultiClusterGateway,
  RateLimit,
  Resilience,
  rewriteHost,
  setTargetRelease,
  VirtualMachine,
  ZeroTrust,
} from '../../src';
import { manifests } from './manifests';

/** How the patterns for security, resilience and machines are used, none of whose own fields are newer than the release. */
const patterns: Readonly<Record<string, (chart: Chart) => unknown>> = {
  ZeroTrust: (chart) =>
    new ZeroTrust(chart, 'zero-trust', { calls: new CallGraph().call('a', 'b', { methods: ['GET'], paths: ['/x*'] }), ingress: { to: 'a' } }),
  Resilience: (chart) => new Resilience(chart, 'resilience', { host: 'a', timeout: '5s', retries: { attempts: 2 }, limits: { requests: 10 }, outliers: {} }),
  LocalityFailover: (chart) => new LocalityFailover(chart, 'failover', { host: 'a', failover: { eu: 'us' } }),
  FaultInjection: (chart) => new FaultInjection(chart, 'faults', { host: 'a', delay: { by: '1s', percent: 1 }, abort: { status: 500, percent: 1 } }),
  JwtAuth: (chart) =>
    new JwtAuth(chart, 'tokens', { workload: 'a', issuer: 'a', jwksUri: 'https://a/keys', ports: [80], claims: { role: ['b'] }, openPaths: ['/'] }),
  RateLimit: (chart) => new RateLimit(chart, 'limit', { workload: 'a', requests: 1, per: '1s' }),
  LuaFilter: (chart) => new LuaFilter(chart, 'lua', { workload: 'a', context: 'GATEWAY', code: rewriteHost('a') }),
  VirtualMachine: (chart) =>
    new VirtualMachine(chart, 'vm', { name: 'a', host: 'a.vm', ports: [{ number: 80, name: 'http', protocol: 'HTTP' }], machines: [{ address: '10.0.0.1' }] }),
  MultiClusterGateway: (chart) => new MultiClusterGateway(chart, 'east-west', { exposeIstiod: true }),
};

describe.each(Object.keys(patterns))('%s', (name) => {
  test.each(['1.8', '1.14', '1.24', '1.31'])('can be written for Istio %s', (release) => {
    const app = Testing.app();
    setTargetRelease(app, release);
    const chart = new Chart(app, 'chart', { namespace: 'shop' });
    patterns[name]?.(chart);
    const stable = manifests(chart).filter(({ kind }) => kind !== 'EnvoyFilter');
    for (const { apiVersion } of stable) expect(/\/v1$/.test(apiVersion)).toBe(release === '1.24' || release === '1.31');
    expect(manifests(chart).length).toBeGreaterThan(0);
  });
});

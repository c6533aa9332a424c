import { Chart, Testing } from 'cdk8s';
import * as plus34 from 'cdk8s-plus-34';
import { authorLocation, EgressGateway, ExternalService, setTargetRelease } from '../../src';
import { callLine, type Manifest, manifests, specOf } from './manifests';

const chartOf = (namespace?: string): Chart => new Chart(Testing.app(), 'chart', namespace ? { namespace } : {});
const host = 'api.example.com';
const modes = ['application', 'sidecar', 'gateway', 'nobody'] as const;
const named = (chart: Chart, kind: string, name = 'api-example-com'): Manifest =>
  manifests(chart).find((object) => object.kind === kind && object.metadata.name === name)?.spec;

describe('ExternalService', () => {
  test.each([
    ['application', [{ name: 'tls', number: 443, protocol: 'TLS' }]],
    ['sidecar', [{ name: 'http', number: 80, protocol: 'HTTP', targetPort: 443 }]],
    ['nobody', [{ name: 'http', number: 80, protocol: 'HTTP' }]],
  ] as const)('encrypted by %s it has the ports and protocols for that and no others (M46, M47, M48, M60)', (encryptedBy, ports) => {
    const chart = chartOf('shop');
    const service = new ExternalService(chart, 'api', { host, encryptedBy });
    expect(specOf(chart, 'ServiceEntry')).toEqual({ hosts: [host], location: 'MESH_EXTERNAL', resolution: 'DNS', ports });
    expect(service.destinationRule !== undefined).toBe(encryptedBy === 'sidecar');
  });

  test('a sidecar that encrypts checks the certificate, by the authorities of its system in releases that would check nothing (M49, M50)', () => {
    const tls = (release?: string) => {
      const chart = chartOf('shop');
      if (release) setTargetRelease(chart, release);
      new ExternalService(chart, 'api', { host, encryptedBy: 'sidecar' });
      return specOf(chart, 'DestinationRule').trafficPolicy.tls;
    };
    const checked = { mode: 'SIMPLE', sni: host, subjectAltNames: [host] };
    expect(tls()).toEqual(checked);
    expect(tls('1.21')).toEqual(checked);
    expect(tls('1.20')).toEqual({ ...checked, caCertificates: '/etc/ssl/certs/ca-certificates.crt' });
    const chart = chartOf('shop');
    new ExternalService(chart, 'api', { host, encryptedBy: 'sidecar', caCertificates: '/etc/own.pem' });
    expect(specOf(chart, 'DestinationRule').trafficPolicy.tls.caCertificates).toBe('/etc/own.pem');
  });

  test('a wildcard is resolved by the caller, as there is no address to look up (M61)', () => {
    const chart = chartOf('shop');
    new ExternalService(chart, 'any', { host: '*.example.com' });
    expect(manifests(chart)).toMatchObject([{ metadata: { name: 'any-example-com' }, spec: { resolution: 'NONE' } }]);
    expect(() => new ExternalService(chartOf(), 'any', { host: '*.example.com', encryptedBy: 'sidecar' })).toThrow(
      'a sidecar cannot begin TLS for *.example.com',
    );
  });

  test('what is exported to some namespaces is so with its rule (M40)', () => {
    const chart = chartOf('shop');
    new ExternalService(chart, 'api', { host, encryptedBy: 'sidecar', exportTo: ['.', 'other'] });
    expect(manifests(chart).map(({ spec }) => spec.exportTo)).toEqual([
      ['.', 'other'],
      ['.', 'other'],
    ]);
  });

  test("a second way to a host, and a name that is no external host, are refused with the author's line", () => {
    const chart = chartOf('shop');
    new ExternalService(chart, 'api', { host });
    expect(() => new EgressGateway(chart, 'again', { host })).toThrow(
      /^the way to api\.example\.com is already made by chart\/api \(.*egress\.test\.ts:\d+\); .* \(.*egress\.test\.ts:\d+\)$/,
    );
    const { line, error } = callLine(() => new ExternalService(chart, 'short', { host: 'api' }));
    expect(error).toMatch(new RegExp(`^"api" is no host outside the cluster; write its full name \\(.*:${line}\\)$`));
  });
});

describe('EgressGateway', () => {
  test.each(modes)('encrypted by %s both hops are there, for the host that the gateway serves and the entry knows (M37, M38, M65)', (encryptedBy) => {
    const chart = chartOf('shop');
    new EgressGateway(chart, 'api', { host, encryptedBy });
    const { gateways, hosts, http = [], tls = [] } = specOf(chart, 'VirtualService');
    expect({ gateways, hosts }).toEqual({ gateways: ['mesh', 'api-example-com'], hosts: [host] });
    const hops = [...http, ...tls].map(
      ({ match: [match], route: [{ destination }] }: Manifest) => `${match.gateways} ${match.port} -> ${destination.host} ${destination.port.number}`,
    );
    const gateway = 'istio-egressgateway.istio-system.svc.cluster.local 443';
    expect(hops).toEqual(
      {
        application: [`mesh 443 -> ${gateway}`, `api-example-com 443 -> ${host} 443`],
        sidecar: [`mesh 80 -> ${gateway}`, `mesh 443 -> ${gateway}`, `api-example-com 443 -> ${host} 443`],
        gateway: [`mesh 80 -> ${gateway}`, `api-example-com 443 -> ${host} 80`],
        nobody: [`mesh 80 -> ${gateway}`, `api-example-com 443 -> ${host} 80`],
      }[encryptedBy],
    );
    expect(specOf(chart, 'Gateway')).toMatchObject({ selector: { istio: 'egressgateway' }, servers: [{ hosts: [`./${host}`], port: { number: 443 } }] });
    const ports = specOf(chart, 'ServiceEntry').ports.map(({ number }: Manifest) => number);
    for (const { match, route } of [...http, ...tls])
      expect(ports).toContain(match[0].gateways[0] === 'mesh' ? match[0].port : route[0].destination.port.number);
  });

  test.each([
    ['application', 'PASSTHROUGH', undefined, undefined],
    ['sidecar', 'PASSTHROUGH', 'SIMPLE', undefined],
    ['gateway', 'ISTIO_MUTUAL', 'ISTIO_MUTUAL', 'SIMPLE'],
    ['nobody', 'ISTIO_MUTUAL', 'ISTIO_MUTUAL', undefined],
  ] as const)('encrypted by %s TLS begins once and ends where it shall (M46, M49, M51, M52, M65)', (encryptedBy, server, toGateway, toHost) => {
    const chart = chartOf('shop');
    new EgressGateway(chart, 'api', { host, encryptedBy });
    expect(specOf(chart, 'Gateway').servers[0].tls).toEqual({ mode: server });
    expect(named(chart, 'DestinationRule', 'api-example-com-gateway')?.subsets[0].trafficPolicy.tls.mode).toBe(toGateway);
    expect(named(chart, 'DestinationRule')?.trafficPolicy.tls.mode).toBe(toHost);
    for (const { match } of specOf(chart, 'VirtualService').tls ?? []) expect(match[0].sniHosts).toEqual([host]);
    // The section of routes that the mode of the server uses.
    expect(Object.keys(specOf(chart, 'VirtualService'))).toContain(server === 'PASSTHROUGH' ? 'tls' : 'http');
  });

  test('the subset that the first hop names is defined where its callers look (M31, M39)', () => {
    const chart = chartOf('shop');
    new EgressGateway(chart, 'api', { host, encryptedBy: 'gateway' });
    const [{ route }] = specOf(chart, 'VirtualService').http;
    const rule = named(chart, 'DestinationRule', 'api-example-com-gateway');
    expect(rule).toMatchObject({ host: route[0].destination.host, subsets: [{ name: route[0].destination.subset }], exportTo: ['.'] });
  });

  test("for callers of its namespace everything reaches the gateway's namespace too, also under REGISTRY_ONLY (M40, M60, M65)", () => {
    const chart = chartOf('shop');
    new EgressGateway(chart, 'api', { host, encryptedBy: 'gateway' });
    expect(manifests(chart).every(({ metadata }) => metadata.namespace === 'shop')).toBe(true);
    expect(specOf(chart, 'ServiceEntry').exportTo).toEqual(['.', 'istio-system']);
    expect(specOf(chart, 'VirtualService').exportTo).toEqual(['.', 'istio-system']);
    // A caller that saw this one would encrypt what the gateway encrypts (M46).
    expect(named(chart, 'DestinationRule').exportTo).toEqual(['istio-system']);
  });

  test.each([
    ['istio-system', undefined],
    ['shop', 'mesh'],
  ] as const)('for callers of the whole mesh everything lies beside the gateway, where all of them look (M39): chart in %s', (namespace, callers) => {
    const chart = chartOf(namespace);
    new EgressGateway(chart, 'api', { host, encryptedBy: 'gateway', ...(callers ? { callers } : {}) });
    expect(manifests(chart).every(({ metadata }) => metadata.namespace === 'istio-system')).toBe(true);
    expect([specOf(chart, 'ServiceEntry'), specOf(chart, 'VirtualService')].map(({ exportTo }) => exportTo)).toEqual([undefined, undefined]);
    expect(named(chart, 'DestinationRule').exportTo).toEqual(['.']);
  });

  test('takes the gateway as an object of any cdk8s-plus version', () => {
    const chart = chartOf('shop');
    const edge = new Chart(chart, 'edge', { namespace: 'edge' });
    const gatewayService = new plus34.Service(edge, 'service', { metadata: { name: 'way-out' }, ports: [{ port: 443 }] });
    new EgressGateway(chart, 'api', { host, gatewayService, gatewaySelector: { app: 'way-out' } });
    expect(specOf(chart, 'Gateway').selector).toEqual({ app: 'way-out' });
    expect(specOf(chart, 'VirtualService').tls[0].route[0].destination.host).toBe('way-out.edge.svc.cluster.local');
    expect(specOf(chart, 'ServiceEntry').exportTo).toEqual(['.', 'edge']);
  });

  test('several hosts share the gateway by subsets of their own, which Istio puts together (M42)', () => {
    const chart = chartOf('shop');
    for (const mode of modes) new EgressGateway(chart, mode, { host: `${mode}.example.com`, encryptedBy: mode });
    const rules = manifests(chart).filter(({ kind, metadata }) => kind === 'DestinationRule' && metadata.name.endsWith('-gateway'));
    expect(rules.map(({ spec }) => [spec.trafficPolicy, spec.subsets[0].name])).toEqual([
      [undefined, 'sidecar-example-com'],
      [undefined, 'gateway-example-com'],
      [undefined, 'nobody-example-com'],
    ]);
  });

  test('a wildcard is refused, for which the gateway has no address (M61)', () => {
    const { line, error } = callLine(() => new EgressGateway(chartOf('shop'), 'any', { host: '*.example.com' }));
    expect(error).toMatch(new RegExp(`^"\\*\\.example\\.com" is no single host outside the cluster; .*:${line}\\)$`));
  });

  test('children know the line of the pattern', () => {
    let made: EgressGateway | undefined;
    const { line } = callLine(() => (made = new EgressGateway(chartOf('shop'), 'api', { host, encryptedBy: 'gateway' })));
    const children = [made?.serviceEntry, made?.gateway, made?.gatewayRule, made?.hostRule, made?.virtualService];
    for (const child of children) expect(authorLocation(child as object)).toMatchObject({ file: __filename, line });
  });
});

import { Lazy, Testing } from 'cdk8s';
import {
  AuthorizationPolicy,
  EnvoyFilter,
  Gateway,
  RequestAuthentication,
  type Server,
  ServiceEntry,
  Sidecar,
  Telemetry,
  TrafficExtension,
  VirtualService,
  WasmPlugin,
} from '../../src';

const chart = () => Testing.chart();

test('lists grow until the manifest is written', () => {
  const server = (number: number): Server => ({ hosts: ['*'], port: { number, name: `http-${number}`, protocol: 'HTTP' } });
  const [http, https] = [server(80), server(8080)];
  const gateway = new Gateway(chart(), 'gateway', { servers: [http] });
  gateway.toJson();
  gateway.addServer(https);
  expect(gateway.toJson().spec.servers).toEqual([http, https]);
});

test("the caller's own lists are left alone", () => {
  const hosts = ['a'];
  const http = [{ route: [{ destination: { host: 'a' } }] }];
  const props = { hosts, http };
  const routes = new VirtualService(chart(), 'routes', props).addHost('b');
  hosts.push('c');
  expect(props).toEqual({ hosts: ['a', 'c'], http });
  expect(routes.toJson().spec.hosts).toEqual(['a', 'b']);
});

test('every kind with lists has a method for each, which appends in order and returns the object', () => {
  const gateway = new Gateway(chart(), 'gateway', { metadata: { name: 'public' } });
  const spec = (object: { toJson(): { spec: unknown } }): unknown => object.toJson().spec;
  const route = { destination: { host: 'a' } };
  const routes = new VirtualService(chart(), 'it', { http: [{ route: [route] }] })
    .addHost('a', 'b')
    .addGateway(gateway, 'mesh')
    .addHttpRoute({ name: 'second', route: [route] })
    .addTcpRoute({ route: [route] })
    .addTlsRoute({ match: [{ sniHosts: ['a'] }], route: [route] });
  expect(spec(routes)).toEqual({
    hosts: ['a', 'b'],
    gateways: ['public', 'mesh'],
    http: [{ route: [route] }, { name: 'second', route: [route] }],
    tcp: [{ route: [route] }],
    tls: [{ match: [{ sniHosts: ['a'] }], route: [route] }],
  });
  const entry = new ServiceEntry(chart(), 'it', { hosts: ['a'], resolution: 'STATIC', endpoints: [{ address: '10.0.0.1' }] });
  entry.addHost('b').addPort({ number: 80, name: 'http', protocol: 'HTTP' }).addEndpoint({ address: '10.0.0.2' });
  expect(spec(entry)).toEqual({
    hosts: ['a', 'b'],
    ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
    resolution: 'STATIC',
    endpoints: [{ address: '10.0.0.1' }, { address: '10.0.0.2' }],
  });
  const ingress = { port: { number: 80, name: 'http', protocol: 'HTTP' }, defaultEndpoint: '127.0.0.1:80' };
  expect(spec(new Sidecar(chart(), 'it').addEgress({ hosts: ['./*'] }).addIngress(ingress))).toEqual({ egress: [{ hosts: ['./*'] }], ingress: [ingress] });
  const patch = { applyTo: 'CLUSTER', patch: { operation: 'REMOVE' } } as const;
  expect(spec(new EnvoyFilter(chart(), 'it').addConfigPatch(patch))).toEqual({ configPatches: [patch] });
  const rule = { to: [{ operation: { methods: ['GET'] } }] };
  expect(spec(new AuthorizationPolicy(chart(), 'it').addRule(rule))).toEqual({ rules: [rule] });
  expect(spec(new RequestAuthentication(chart(), 'it').addJwtRule({ issuer: 'a' }, { issuer: 'b' }))).toEqual({ jwtRules: [{ issuer: 'a' }, { issuer: 'b' }] });
  const telemetry = new Telemetry(chart(), 'it')
    .addTracing({ randomSamplingPercentage: 1 })
    .addMetrics({ reportingInterval: '5s' })
    .addAccessLogging({ disabled: false });
  expect(spec(telemetry)).toEqual({ tracing: [{ randomSamplingPercentage: 1 }], metrics: [{ reportingInterval: '5s' }], accessLogging: [{ disabled: false }] });
  const url = 'oci://registry.example.com/filter';
  expect(spec(new WasmPlugin(chart(), 'it', { url }).addMatch({ mode: 'CLIENT' }))).toEqual({ url, match: [{ mode: 'CLIENT' }] });
  expect(spec(new TrafficExtension(chart(), 'it', { wasm: { url } }).addMatch({ mode: 'SERVER' }))).toEqual({ wasm: { url }, match: [{ mode: 'SERVER' }] });
});

test('a list that a Lazy will produce cannot grow', () => {
  const routes = VirtualService.fromManifest(chart(), 'it', {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    spec: { hosts: Lazy.any({ produce: () => ['a'] }) },
  });
  expect(() => routes.addHost('b')).toThrow('cannot add to hosts: it was given as Lazy, so add to what that produces');
});

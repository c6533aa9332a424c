import { Chart, Testing } from 'cdk8s';
import * as plus27 from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import {
  type Duration,
  insertHttpFilter,
  insertWasm,
  LuaFilter,
  luaFilter,
  mergeVirtualHost,
  ProxyPatch,
  RateLimit,
  rewriteHost,
  setTargetRelease,
} from '../../src';
import { callLine, manifests, specOf } from './manifests';

const shop = (): Chart => new Chart(Testing.app(), 'chart', { namespace: 'shop' });
const code = 'function envoy_on_response(handle)\nend\n';
const manager = 'envoy.filters.network.http_connection_manager';

describe('LuaFilter', () => {
  test('inserts before the router, by today’s names, with a priority (M96)', () => {
    const chart = shop();
    new LuaFilter(chart, 'filter', { workload: 'my-service', context: 'SIDECAR_INBOUND', port: 9000, code, name: 'my-http-filter' });
    expect(manifests(chart)).toEqual([
      {
        apiVersion: 'networking.istio.io/v1alpha3',
        kind: 'EnvoyFilter',
        metadata: { name: 'my-http-filter', namespace: 'shop' },
        spec: {
          workloadSelector: { labels: { app: 'my-service' } },
          priority: 10,
          configPatches: [
            {
              applyTo: 'HTTP_FILTER',
              match: {
                context: 'SIDECAR_INBOUND',
                listener: { portNumber: 9000, filterChain: { filter: { name: manager, subFilter: { name: 'envoy.filters.http.router' } } } },
              },
              patch: {
                operation: 'INSERT_BEFORE',
                value: {
                  name: 'envoy.filters.http.lua',
                  typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua', inlineCode: code },
                },
              },
            },
          ],
        },
      },
    ]);
  });

  test('always selects pods, so that one in the root namespace is not for every proxy of the mesh (M97)', () => {
    const chart = shop();
    new LuaFilter(chart, 'filter', {
      workload: { istio: 'ingressgateway' },
      namespace: 'istio-system',
      context: 'GATEWAY',
      sni: 'a.example.com',
      code: rewriteHost('b'),
    });
    const [filter] = manifests(chart);
    expect(filter.metadata).toEqual({ name: 'ingressgateway-filter', namespace: 'istio-system' });
    expect(filter.spec.workloadSelector).toEqual({ labels: { istio: 'ingressgateway' } });
    expect(filter.spec.configPatches[0].match.listener.filterChain.sni).toBe('a.example.com');
    expect(filter.spec.configPatches[0].patch.value.typed_config.inlineCode).toBe(
      'function envoy_on_request(request_handle)\n  request_handle:headers():replace("Host", "b")\nend\n',
    );
    // @ts-expect-error the workload is not left out by accident
    expect(() => new LuaFilter(chart, 'all', { context: 'GATEWAY', code })).toThrow();
    expect(() => new LuaFilter(chart, 'none', { workload: {}, context: 'GATEWAY', code })).toThrow('the workload has no labels');
  });

  test.each([
    ['cdk8s-plus-27', plus27],
    ['cdk8s-plus-34', plus34 as unknown as typeof plus27],
  ])('stands beside a Deployment of %s, and selects what it selects (M45)', (_name, plus) => {
    const chart = shop();
    const workload = new plus.Deployment(chart, 'deployment', { metadata: { namespace: 'web' }, containers: [{ image: 'image' }] });
    new LuaFilter(chart, 'filter', { workload, context: 'SIDECAR_OUTBOUND', code });
    const { namespace } = manifests(chart)[0].metadata;
    const deployment = Testing.synth(chart).find(({ kind }) => kind === 'Deployment');
    expect([namespace, specOf(chart, 'EnvoyFilter').workloadSelector.labels]).toEqual(['web', deployment.spec.selector.matchLabels]);
  });

  test('a program that Envoy never calls is refused', () => {
    const { line, error } = callLine(() => new LuaFilter(shop(), 'filter', { workload: 'a', context: 'GATEWAY', code: 'function on_request() end' }));
    expect(error).toContain('Envoy never calls this Lua program');
    expect(error).toMatch(new RegExp(`\\(.*proxy-patches\\.test\\.ts:${line}\\)$`));
    expect(() => rewriteHost('a" .. os.exit() .. "')).toThrow('is no host');
  });

  test('only what its context knows compiles', () => {
    // @ts-expect-error sni is for gateways
    insertHttpFilter({ context: 'SIDECAR_INBOUND', sni: 'a' }, luaFilter(code));
    // @ts-expect-error sidecars have no Gateway
    mergeVirtualHost({ context: 'SIDECAR_OUTBOUND', gateway: 'istio-system/edge' }, {});
  });

  test('a release without priorities gets none', () => {
    const app = Testing.app();
    setTargetRelease(app, '1.10');
    const chart = new Chart(app, 'chart', { namespace: 'shop' });
    new LuaFilter(chart, 'filter', { workload: 'a', context: 'GATEWAY', code });
    expect(specOf(chart, 'EnvoyFilter')).not.toHaveProperty('priority');
  });
});

describe('building blocks', () => {
  const filter = (name: string, type: string) => ({ name, typed_config: { '@type': type } });

  test.each([
    ['envoy.lua', 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua', 'it is now envoy.filters.http.lua'],
    ['envoy.filters.http.lua', 'type.googleapis.com/envoy.config.filter.http.lua.v2.Lua', "is no type of Envoy's third interface"],
    ['envoy.filters.http.lua', 'envoy.extensions.filters.http.lua.v3.Lua', "is no type of Envoy's third interface"],
  ])('%s with %s is refused: Envoy ignores it (M96)', (name, type, message) => {
    expect(() => insertHttpFilter({ context: 'GATEWAY' }, filter(name, type))).toThrow(message);
  });

  test('a filter goes first, or before any other', () => {
    expect(insertHttpFilter({ context: 'GATEWAY', before: 'first' }, luaFilter(code))).toMatchObject({
      match: { listener: { filterChain: { filter: { name: manager } } } },
      patch: { operation: 'INSERT_FIRST' },
    });
    expect(insertHttpFilter({ context: 'GATEWAY', before: 'envoy.filters.http.cors' }, luaFilter(code))).toMatchObject({
      match: { listener: { filterChain: { filter: { subFilter: { name: 'envoy.filters.http.cors' } } } } },
      patch: { operation: 'INSERT_BEFORE' },
    });
  });

  test('a module is a filter that names an extension, and the extension', () => {
    const chart = shop();
    const module = { name: 'my-wasm-extension', uri: 'http://my-wasm-binary-uri', rootId: 'my-wasm-root-id', vmId: 'my-wasm-vm-id' };
    new ProxyPatch(chart, 'wasm', {
      workload: 'my-service',
      patches: insertWasm({ context: 'SIDECAR_INBOUND' }, { ...module, sha256: 'abc', configuration: { a: 1 } }),
    });
    const [named, extension] = specOf(chart, 'EnvoyFilter').configPatches;
    const type = 'type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm';
    expect(named.patch).toEqual({
      operation: 'INSERT_BEFORE',
      value: { name: 'my-wasm-extension', config_discovery: { config_source: { ads: {}, initial_fetch_timeout: '0s' }, type_urls: [type] } },
    });
    expect(extension).toEqual({
      applyTo: 'EXTENSION_CONFIG',
      match: { context: 'SIDECAR_INBOUND' },
      patch: {
        operation: 'ADD',
        value: {
          name: 'my-wasm-extension',
          typed_config: {
            '@type': type,
            config: {
              root_id: 'my-wasm-root-id',
              configuration: { '@type': 'type.googleapis.com/google.protobuf.StringValue', value: '{"a":1}' },
              vm_config: {
                vm_id: 'my-wasm-vm-id',
                runtime: 'envoy.wasm.runtime.v8',
                code: { remote: { http_uri: { uri: 'http://my-wasm-binary-uri' }, sha256: 'abc' } },
              },
            },
          },
        },
      },
    });
  });

  test('virtual hosts are named as their side knows them', () => {
    expect(mergeVirtualHost({ context: 'GATEWAY', gateway: 'istio-system/edge', port: 443, virtualHost: 'a.example.com:443' }, { retry_policy: {} })).toEqual({
      applyTo: 'VIRTUAL_HOST',
      match: { context: 'GATEWAY', routeConfiguration: { gateway: 'istio-system/edge', portNumber: 443, vhost: { name: 'a.example.com:443' } } },
      patch: { operation: 'MERGE', value: { retry_policy: {} } },
    });
  });

  test('a patch of nothing is refused', () => {
    expect(() => new ProxyPatch(shop(), 'patch', { workload: 'a', patches: [] })).toThrow('there is nothing to patch');
  });
});

describe('RateLimit', () => {
  const bucket = (chart: Chart): unknown => specOf(chart, 'EnvoyFilter').configPatches[0].patch.value.typed_config.token_bucket;

  test('each pod answers as many requests as it says', () => {
    const chart = shop();
    new RateLimit(chart, 'limit', { workload: 'ratings', requests: 1, per: '1s' });
    const [patch] = specOf(chart, 'EnvoyFilter').configPatches;
    expect(patch.match.context).toBe('SIDECAR_INBOUND');
    expect(patch.patch.value).toEqual({
      name: 'envoy.filters.http.local_ratelimit',
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit',
        stat_prefix: 'http_local_rate_limiter',
        token_bucket: { max_tokens: 1, tokens_per_fill: 1, fill_interval: '1s' },
        filter_enabled: { runtime_key: 'local_rate_limit_enabled', default_value: { numerator: 100, denominator: 'HUNDRED' } },
        filter_enforced: { runtime_key: 'local_rate_limit_enforced', default_value: { numerator: 100, denominator: 'HUNDRED' } },
      },
    });
  });

  test.each([
    ['1m', '60s'],
    ['1.5s', '1.5s'],
    ['1h30m', '5400s'],
    ['250ms', '0.25s'],
  ] as const)('a period of %s is written as Envoy reads it, in seconds', (per, written) => {
    const chart = shop();
    new RateLimit(chart, 'limit', { workload: 'ratings', requests: 10, per, burst: 20 });
    expect(bucket(chart)).toEqual({ max_tokens: 20, tokens_per_fill: 10, fill_interval: written });
  });

  test('a service that counts is asked for every request, by descriptors', () => {
    const chart = shop();
    new RateLimit(chart, 'limit', {
      workload: { istio: 'ingressgateway' },
      namespace: 'istio-system',
      at: { context: 'GATEWAY' },
      service: { host: 'ratelimit.limits.svc.cluster.local', port: 8081, failClosed: true, timeout: '250ms' },
      domain: 'shop',
      descriptors: [[{ header: ':path', as: 'path' }, 'remote-address'], [{ text: 'all' }]],
    });
    const [filter, hosts] = specOf(chart, 'EnvoyFilter').configPatches;
    expect(filter.patch.value.typed_config).toEqual({
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit',
      domain: 'shop',
      failure_mode_deny: true,
      timeout: '0.25s',
      rate_limit_service: {
        transport_api_version: 'V3',
        grpc_service: { envoy_grpc: { cluster_name: 'outbound|8081||ratelimit.limits.svc.cluster.local', authority: 'ratelimit.limits.svc.cluster.local' } },
      },
    });
    expect(hosts).toEqual({
      applyTo: 'VIRTUAL_HOST',
      match: { context: 'GATEWAY', routeConfiguration: {} },
      patch: {
        operation: 'MERGE',
        value: {
          rate_limits: [
            { actions: [{ request_headers: { header_name: ':path', descriptor_key: 'path' } }, { remote_address: {} }] },
            { actions: [{ generic_key: { descriptor_value: 'all' } }] },
          ],
        },
      },
    });
  });

  test('the service is named in full, as Envoy names clusters (M35)', () => {
    const chart = shop();
    const host = new plus27.Service(chart, 'service', { metadata: { name: 'limits', namespace: 'tools' }, ports: [{ port: 8081 }] });
    const name = (at: Chart, service: string | plus27.Service): string => {
      const { envoyFilter } = new RateLimit(at, typeof service === 'string' ? service : 'object', {
        workload: 'a',
        service: { host: service, port: 8081 },
        domain: 'd',
        descriptors: [['remote-address']],
      });
      return envoyFilter.toJson().spec.configPatches[0].patch.value.typed_config.rate_limit_service.grpc_service.envoy_grpc.authority;
    };
    expect([name(chart, host), name(chart, 'limits')]).toEqual(['limits.tools.svc.cluster.local', 'limits.shop.svc.cluster.local']);
    expect(() => name(new Chart(Testing.app(), 'chart'), 'limits')).toThrow('write its full name');
  });

  const service = { host: 'limits', port: 8081 };
  test.each([
    [{ requests: 0, per: '1s' }, 'requests is 0; it is a whole number from 1'],
    [{ requests: -5, per: '1s' }, 'requests is -5'],
    [{ requests: 10, per: '1s', burst: 5 }, 'a burst of 5 keeps the limit at 5 requests'],
    [{ requests: 1, per: '10ms' }, 'a period of 10ms is too short'],
    [{ requests: 1, per: '-1s' as Duration }, '"-1s" is no length of time above 0'],
    [{ service, domain: '', descriptors: [['remote-address']] }, 'the domain of the limits is empty'],
    [{ service, domain: 'a', descriptors: [] }, 'the rate limit service is told nothing'],
    [{ service, domain: 'a', descriptors: [[]] }, 'the rate limit service is told nothing'],
  ] as const)("%j is refused with the author's line", (props, message) => {
    const { line, error } = callLine(() => new RateLimit(shop(), 'limit', { workload: 'a', ...props }));
    expect(error).toContain(message);
    expect(error).toMatch(new RegExp(`\\(.*proxy-patches\\.test\\.ts:${line}\\)$`));
  });
});

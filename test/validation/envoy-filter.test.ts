import { found } from './istiod';

const always = 'envoy-filter/internal-interface kind';
const at = 'spec.configPatches[0]';
const manager = 'envoy.filters.network.http_connection_manager';
const merge = (value: object) => ({ operation: 'MERGE', value });

/** What is found in one patch besides the warning that every EnvoyFilter gets. */
function patch(configPatch: object): string[] {
  const findings = found('EnvoyFilter', { configPatches: [configPatch] });
  expect(findings[0]).toBe(always);
  return findings.slice(1);
}
const cluster = (value: object) => patch({ applyTo: 'CLUSTER', patch: merge(value) });
const httpFilter = (value: object) => patch({ applyTo: 'HTTP_FILTER', patch: { operation: 'INSERT_BEFORE', value } });
const matching = (applyTo: string, match: object) => patch({ applyTo, match, patch: merge({}) });
const filter = (fields: object, applyTo = 'HTTP_FILTER') =>
  patch({ applyTo, match: { listener: { filterChain: { filter: fields } } }, patch: { operation: 'REMOVE' } });
const inFilter = `${at}.match.listener.filterChain.filter`;

test('EF0: every EnvoyFilter is a warning', () => {
  expect(found('EnvoyFilter', {})).toEqual([always]);
});

test('EF1: a wrong workloadSelector is all that is said, an empty one is not', () => {
  expect(found('EnvoyFilter', { workloadSelector: { labels: { '': 'a' } } })).toEqual(['selector/empty-key spec.workloadSelector.labels[]']);
  expect(found('EnvoyFilter', { workloadSelector: {} })).toEqual(['selector/empty spec.workloadSelector', always]);
});

test('EF2: patches of waypoints are not looked at', () => {
  expect(patch({ match: { context: 'WAYPOINT' } })).toEqual([]);
});

test('EF3: a patch says what it changes, how, and into what', () => {
  expect(patch({ patch: merge({}) })).toEqual([`envoy-filter/apply-to ${at}.applyTo`]);
  expect(patch({ applyTo: 'CLUSTER' })).toEqual([`envoy-filter/patch-missing ${at}.patch`]);
  expect(patch({ applyTo: 'CLUSTER', patch: { value: {} } })).toEqual([`envoy-filter/operation-missing ${at}.patch.operation`]);
  expect(patch({ applyTo: 'CLUSTER', patch: { operation: 'MERGE' } })).toEqual([`envoy-filter/value-missing ${at}.patch.value`]);
  expect(patch({ applyTo: 'CLUSTER', patch: { operation: 'REMOVE' } })).toEqual([]);
});

test('EF4: the version of proxies is a regular expression, and ignored beyond 1024 bytes', () => {
  const version = (proxyVersion: string) => matching('CLUSTER', { proxy: { proxyVersion } });
  expect(version('(')).toEqual([`envoy-filter/version ${at}.match.proxy.proxyVersion`]);
  expect(version('('.repeat(1025))).toEqual([`envoy-filter/version-too-long ${at}.match.proxy.proxyVersion`]);
  expect(version('^1\\.31.*')).toEqual([]);
});

test.each(['LISTENER', 'FILTER_CHAIN', 'NETWORK_FILTER', 'HTTP_FILTER'])('EF5: %s is found by a listener, or nothing else is looked at', (applyTo) => {
  expect(patch({ applyTo, match: { cluster: {} }, patch: merge({ nonsense: 1 }) })).toEqual([`envoy-filter/listener-match ${at}.match.cluster`]);
  expect(patch({ applyTo, match: { listener: {} }, patch: { operation: 'REMOVE' } })).toEqual([]);
});

test.each(['LISTENER', 'FILTER_CHAIN'])('EF6: a filter does not decide about %s', (applyTo) => {
  expect(filter({ name: manager }, applyTo)).toEqual([`envoy-filter/filter-match-unused ${inFilter}`]);
});

test('EF7: a filter has a name', () => {
  expect(filter({})).toEqual([`envoy-filter/filter-name ${inFilter}.name`]);
});

test('EF8: a sub-filter is an HTTP filter of the connection manager with a name', () => {
  const subFilter = { name: 'envoy.filters.http.router' };
  expect(filter({ name: manager, subFilter })).toEqual([]);
  expect(filter({ name: manager, subFilter }, 'NETWORK_FILTER')).toEqual([`envoy-filter/sub-filter-apply-to ${inFilter}.subFilter`]);
  expect(filter({ name: 'a', subFilter })).toEqual([`envoy-filter/sub-filter-parent ${inFilter}.name`]);
  expect(filter({ name: manager, subFilter: {} })).toEqual([`envoy-filter/sub-filter-name ${inFilter}.subFilter.name`]);
});

test('EF9: names of old are a warning', () => {
  expect(filter({ name: 'envoy.tcp_proxy' }, 'NETWORK_FILTER')).toEqual([`envoy-filter/renamed-filter ${inFilter}.name`]);
  expect(filter({ name: 'envoy.http_connection_manager', subFilter: { name: 'envoy.router' } })).toEqual([
    `envoy-filter/renamed-filter ${inFilter}.name`,
    `envoy-filter/renamed-sub-filter ${inFilter}.subFilter.name`,
  ]);
});

test.each(['ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE'])('EF10: %s is found by a route configuration', (applyTo) => {
  expect(matching(applyTo, { listener: {} })).toEqual([`envoy-filter/route-match ${at}.match.listener`]);
  expect(matching(applyTo, { routeConfiguration: {} })).toEqual([]);
});

test('EF11: CLUSTER is found by a cluster', () => {
  expect(matching('CLUSTER', { routeConfiguration: {} })).toEqual([`envoy-filter/cluster-match ${at}.match.routeConfiguration`]);
  expect(matching('CLUSTER', { cluster: {} })).toEqual([]);
  expect(matching('BOOTSTRAP', { cluster: {} })).toEqual([]);
});

test('EF12: a value is of the type that Envoy asks for, or nothing else of it is looked at', () => {
  expect(cluster({ connect_timeout: 5, nonsense: 1 })).toEqual([`envoy-filter/value ${at}.patch.value.connect_timeout`]);
  expect(cluster({ connectTimeout: '5s', lb_policy: 'RANDOM', dns_lookup_family: 1 })).toEqual([]);
});

test('EF12: the types of configurations are known', () => {
  const typed = (type: string) => httpFilter({ name: 'a', typed_config: { '@type': `type.googleapis.com/${type}` } });
  const unknown = [`envoy-filter/unknown-type ${at}.patch.value.typed_config[@type]`];
  expect(typed('envoy.extensions.filters.http.lua.v3.Lua')).toEqual([]);
  expect(typed('envoy.extensions.filters.http.lua.v3.Luna')).toEqual(unknown);
  expect(typed('envoy.config.filter.http.lua.v2.Lua')).toEqual(unknown);
});

test('EF13: fields that Envoy does not know are a warning', () => {
  expect(cluster({ connection_timeout: '5s' })).toEqual([`envoy-filter/unknown-field ${at}.patch.value.connection_timeout`]);
  expect(httpFilter({ name: 'a', typed_config: { '@type': 'x/envoy.extensions.filters.http.lua.v3.Lua', code: '' } })).toEqual([
    `envoy-filter/unknown-field ${at}.patch.value.typed_config.code`,
  ]);
});

test('EF14: types that are out of use are unknown by now', () => {
  expect(httpFilter({ typed_config: { '@type': 'type.googleapis.com/envoy.config.filter.http.ext_authz.v2.ExtAuthz' } })).toEqual([
    `envoy-filter/unknown-type ${at}.patch.value.typed_config[@type]`,
  ]);
});

test('EF15: what is found by its name alone is a warning, outside of lists', () => {
  const missing = `envoy-filter/typed-config-missing ${at}.patch.value`;
  expect(httpFilter({ name: 'a' })).toEqual([`${missing}.typed_config`]);
  expect(httpFilter({ name: 'a', config_discovery: {} })).toEqual([]);
  expect(cluster({ transport_socket: { name: 'a' } })).toEqual([`${missing}.transport_socket.typed_config`]);
  expect(patch({ applyTo: 'FILTER_CHAIN', patch: merge({ filters: [{ name: 'a' }] }) })).toEqual([]);
});

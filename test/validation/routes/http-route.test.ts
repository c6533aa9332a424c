import { found } from '../istiod';

const destination = { host: 'reviews' };
const route = [{ destination }];
const at = 'spec.http[0]';

/** What is found in one HTTP route, with the path from the route on. */
function inRoute(fields: object, head: object = {}): string[] {
  return found('VirtualService', { hosts: ['reviews'], http: [fields], ...head }).map((finding) => finding.replace(`${at}.`, '').replace(at, ''));
}
const routed = (fields: object) => inRoute({ route, ...fields });
const matched = (match: object) => routed({ match: [match] });
const delegate = { name: 'shop' };
const redirect = { uri: '/new' };

test('H1: a route that delegates neither routes nor redirects, and needs nothing else', () => {
  expect(routed({ delegate, redirect })).toEqual(['virtual-service/delegating-route-with-more redirect', 'virtual-service/delegating-route-with-more route']);
  expect(inRoute({ delegate, mirror: destination, mirrors: [{ destination }] })).toEqual([]);
});

test('H2: a delegate does not delegate', () => {
  expect(inRoute({ delegate }, { hosts: [] })).toEqual(['virtual-service/nested-delegate delegate', 'virtual-service/route-without-action ']);
});

test('H3: a redirect excludes destinations, a fault, a rewrite and a direct response', () => {
  expect(routed({ redirect, fault: { delay: { fixedDelay: '1s' } }, rewrite: { uri: '/' }, directResponse: { status: 200 } })).toEqual([
    'virtual-service/redirect-with-more route',
    'virtual-service/redirect-with-more fault',
    'virtual-service/redirect-with-more rewrite',
    'virtual-service/redirect-with-more directResponse',
  ]);
  expect(inRoute({ redirect, timeout: '1s', retries: { attempts: 1 }, mirror: destination })).toEqual([]);
});

test('H4: a direct response excludes destinations, a fault and a rewrite', () => {
  expect(routed({ directResponse: { status: 200 }, fault: { delay: { fixedDelay: '1s' } }, rewrite: { uri: '/' } })).toEqual([
    'virtual-service/direct-response-with-more route',
    'virtual-service/direct-response-with-more fault',
    'virtual-service/direct-response-with-more rewrite',
  ]);
});

test('H5: a route says what to do', () => {
  expect(inRoute({ timeout: '1s', route: [] })).toEqual(['virtual-service/route-without-action ']);
});

test('H6: mirror and mirrors exclude one another', () => {
  expect(routed({ mirror: destination, mirrors: [{ destination }] })).toEqual(['virtual-service/mirror-and-mirrors mirrors']);
});

test.each(['', 'a b', ':foo', '@request.auth.claims', 'é'])('H10: the header "%s" cannot be matched', (name) => {
  expect(matched({ headers: { [name]: { exact: 'a' } } })).toEqual([`header/invalid-name match[0].headers[${name}]`]);
});

test.each(['x-user', ':authority', ':status', 'a,b', 'a+b'])('H10: the header "%s" can be matched', (name) => {
  expect(matched({ headers: { [name]: { exact: '' } } })).toEqual([]);
});

test('H10: a header is matched by a prefix that is not empty or a valid regular expression', () => {
  expect(matched({ headers: { a: { prefix: '' }, b: { regex: '(' }, c: { regex: '' }, d: {} } })).toEqual([
    'string-match/empty-prefix match[0].headers[a].prefix',
    'regex/invalid match[0].headers[b].regex',
    'regex/invalid match[0].headers[c].regex',
  ]);
});

test('H11: so are headers that must be absent, where * stands for any value', () => {
  expect(matched({ withoutHeaders: { 'a b': { exact: '' }, c: { prefix: '' }, d: { regex: '(' }, e: { regex: '*' } } })).toEqual([
    'header/invalid-name match[0].withoutHeaders[a b]',
    'string-match/empty-prefix match[0].withoutHeaders[c].prefix',
    'regex/invalid match[0].withoutHeaders[d].regex',
  ]);
});

test('H12: of the path only the regular expression is checked', () => {
  expect(matched({ uri: { regex: '(?!a)' } })).toEqual(['regex/invalid match[0].uri.regex']);
  expect(matched({ uri: { regex: 'a'.repeat(1025) } })).toEqual(['regex/invalid match[0].uri.regex']);
  expect(matched({ uri: { regex: 'a'.repeat(1024) } })).toEqual([]);
  expect(matched({ uri: { prefix: '' } })).toEqual([]);
});

test.each(['scheme', 'method', 'authority'])('H13: %s is matched by a prefix that is not empty or a valid regular expression', (field) => {
  expect(matched({ [field]: { prefix: '' } })).toEqual([`string-match/empty-prefix match[0].${field}.prefix`]);
  expect(matched({ [field]: { regex: '[' } })).toEqual([`regex/invalid match[0].${field}.regex`]);
});

test('H13: so are query parameters', () => {
  expect(matched({ queryParams: { q: { prefix: '' } } })).toEqual(['string-match/empty-prefix match[0].queryParams[q].prefix']);
});

test('H14: a port is a port or 0, which is unset', () => {
  expect(matched({ port: 70000 })).toEqual(['port/out-of-range match[0].port']);
  expect(matched({ port: 0 })).toEqual([]);
});

test('H15: source labels are labels', () => {
  expect(matched({ sourceLabels: { 'a b': 'c', d: 'e f', 'g/h': '', 'I.j/k': 'x'.repeat(100) } })).toEqual([
    'label/invalid-key match[0].sourceLabels[a b]',
    'label/invalid-value match[0].sourceLabels[d]',
  ]);
});

test('H16: gateways of a match are names of gateways', () => {
  expect(matched({ gateways: ['a/b/c'] })).toEqual(['virtual-service/invalid-gateway-name match[0].gateways[0]']);
});

test('H17: a source namespace is a DNS label', () => {
  expect(matched({ sourceNamespace: 'a.b' })).toEqual(['virtual-service/invalid-source-namespace match[0].sourceNamespace']);
  expect(matched({ sourceNamespace: '' })).toEqual([]);
});

test.each([
  ['request', 'set', ':path'],
  ['request', 'add', ''],
  ['response', 'set', 'Host'],
  ['response', 'add', ':authority'],
])('H18: headers.%s.%s cannot have "%s"', (side, operation, name) => {
  expect(routed({ headers: { [side]: { [operation]: { [name]: 'a' } } } })).toEqual([`header/invalid-name headers.${side}.${operation}[${name}]`]);
});

test.each(['request', 'response'])('H18: headers.%s.remove cannot have the host, pseudo headers or an empty name', (side) => {
  expect(routed({ headers: { [side]: { remove: ['host', ':path', '', 'x-a'] } } })).toEqual(
    [0, 1, 2].map((index) => `header/invalid-name headers.${side}.remove[${index}]`),
  );
});

test('H18: request headers may set the host, and any other name passes', () => {
  expect(routed({ headers: { request: { set: { ':authority': 'a' }, add: { 'a b': 'c' } } } })).toEqual([]);
});

test('H18: values of headers are readable to Envoy', () => {
  expect(routed({ headers: { request: { set: { a: '100%', b: '100%%' } }, response: { add: { c: '%A', d: '%START_TIME(%s)%' } } } })).toEqual([
    'header/invalid-value headers.response.add[c]',
    'header/invalid-value headers.request.set[a]',
  ]);
});

test('H19: an origin has a text, and a valid regular expression', () => {
  expect(routed({ corsPolicy: { allowOrigins: [{ exact: '' }, {}, { regex: '' }, { prefix: 'a' }, { regex: '(' }] } })).toEqual([
    'virtual-service/empty-cors-origin corsPolicy.allowOrigins[0]',
    'virtual-service/empty-cors-origin corsPolicy.allowOrigins[1]',
    'virtual-service/empty-cors-origin corsPolicy.allowOrigins[2]',
    'regex/invalid corsPolicy.allowOrigins[4].regex',
  ]);
});

test('H20: methods are those of HTTP in capitals, or *', () => {
  expect(routed({ corsPolicy: { allowMethods: ['get', 'GET', '*', 'PURGE'] } })).toEqual([
    'virtual-service/unknown-cors-method corsPolicy.allowMethods[0]',
    'virtual-service/unknown-cors-method corsPolicy.allowMethods[3]',
  ]);
});

test('H21: headers of CORS are names of headers, or *', () => {
  expect(routed({ corsPolicy: { allowHeaders: ['*', 'a b'], exposeHeaders: ['x-a', ''] } })).toEqual([
    'header/invalid-name corsPolicy.allowHeaders[1]',
    'header/invalid-name corsPolicy.exposeHeaders[1]',
  ]);
});

test('H22: maxAge is whole seconds, at least one', () => {
  expect(routed({ corsPolicy: { maxAge: '1500ms' } })).toEqual(['virtual-service/cors-max-age-precision corsPolicy.maxAge']);
  expect(routed({ corsPolicy: { maxAge: '0s' } })).toEqual(['duration/too-short corsPolicy.maxAge']);
  expect(routed({ corsPolicy: { maxAge: '24h' } })).toEqual([]);
});

test('H23: a fault has an abort or a delay', () => {
  expect(routed({ fault: {} })).toEqual(['virtual-service/empty-fault fault']);
});

test('H24: the percentage of a fault is 0, or from 0.0001 to 100', () => {
  const fault = (value: number) => routed({ fault: { abort: { httpStatus: 500, percentage: { value } }, delay: { fixedDelay: '1s', percentage: { value } } } });
  expect(fault(0.00001)).toEqual([
    'virtual-service/fault-percentage fault.abort.percentage.value',
    'virtual-service/fault-percentage fault.delay.percentage.value',
  ]);
  expect(fault(-1)).toHaveLength(2);
  expect(fault(100.5)).toHaveLength(2);
  expect([0, 0.0001, 100].flatMap(fault)).toEqual([]);
});

test('H25: an abort has a status that exists', () => {
  const abort = (error: object) => routed({ fault: { abort: error } });
  expect(abort({ httpStatus: 199 })).toEqual(['virtual-service/abort-status fault.abort.httpStatus']);
  expect(abort({ httpStatus: 601 })).toEqual(['virtual-service/abort-status fault.abort.httpStatus']);
  expect(abort({ httpStatus: 600 })).toEqual([]);
  expect(abort({ grpcStatus: 'unavailable' })).toEqual(['virtual-service/abort-status fault.abort.grpcStatus']);
  expect(abort({ grpcStatus: 'UNAVAILABLE' })).toEqual([]);
  expect(abort({ http2Error: 'NO_ERROR' })).toEqual(['virtual-service/abort-http2-unsupported fault.abort.http2Error']);
});

test('H26: an abort without an error passes in silence', () => {
  expect(routed({ fault: { abort: {} } })).toEqual([]);
});

test('H27: a delay is fixed, and whole milliseconds', () => {
  expect(routed({ fault: { delay: { fixedDelay: '1500us' } } })).toEqual(['duration/too-precise fault.delay.fixedDelay']);
  expect(routed({ fault: { delay: { exponentialDelay: '0s' } } })).toEqual([
    'duration/too-short fault.delay.exponentialDelay',
    'virtual-service/exponential-delay-unsupported fault.delay.exponentialDelay',
  ]);
});

test('H28: mirrorPercent is deprecated, and at most 100', () => {
  expect(routed({ mirrorPercent: 101 })).toEqual(['virtual-service/mirror-percent mirrorPercent', 'virtual-service/mirror-percent-deprecated mirrorPercent']);
  expect(routed({ mirror_percent: 0 })).toEqual(['virtual-service/mirror-percent-deprecated mirror_percent']);
});

test('H29: mirrorPercentage is from 0 to 100', () => {
  expect(routed({ mirrorPercentage: { value: 100.5 } })).toEqual(['virtual-service/mirror-percentage mirrorPercentage.value']);
  expect(routed({ mirrorPercentage: { value: -0.5 } })).toEqual(['virtual-service/mirror-percentage mirrorPercentage.value']);
  expect(routed({ mirrorPercentage: { value: 0.00001 } })).toEqual([]);
});

test('H30: mirrors have destinations like others', () => {
  expect(routed({ mirror: { host: '*' } })).toEqual(['destination/host mirror.host']);
  expect(routed({ mirrors: [{ destination: { host: '' } }, { percentage: { value: 200 } }] })).toEqual([
    'destination/host mirrors[0].destination.host',
    'virtual-service/mirror-without-destination mirrors[1].destination',
  ]);
});

test('H31: each mirror has a percentage from 0 to 100', () => {
  expect(routed({ mirrors: [{ destination, percentage: { value: 101 } }] })).toEqual(['virtual-service/mirror-percentage mirrors[0].percentage.value']);
});

test.each([
  ['redirect-uri-and-prefix redirect.prefixRewrite', { uri: '/a', prefixRewrite: '/b', redirectCode: 200 }],
  ['empty-redirect redirect', { redirectCode: 302 }],
  ['redirect-code redirect.redirectCode', { uri: '/a', redirectCode: 299, scheme: 'ftp' }],
  ['redirect-code redirect.redirectCode', { uri: '/a', redirectCode: 400 }],
  ['redirect-scheme redirect.scheme', { scheme: 'HTTP', port: 70000 }],
])('H32: only the first mistake of a redirect is told: %s', (finding, value) => {
  expect(inRoute({ redirect: value })).toEqual([`virtual-service/${finding}`]);
});

test('H32: the port of a redirect is a port, or 0, which is set all the same', () => {
  expect(inRoute({ redirect: { port: 70000 } })).toEqual(['port/out-of-range redirect.port']);
  expect(inRoute({ redirect: { port: 0 } })).toEqual([]);
  expect(inRoute({ redirect: { derivePort: 'FROM_REQUEST_PORT' } })).toEqual([]);
});

test('H32: prefixRewrite goes with matches of the path by prefix', () => {
  const prefixRewrite = (...match: object[]) => inRoute({ match, redirect: { prefixRewrite: '/new' } });
  expect(prefixRewrite({ uri: { prefix: '/a' } }, { uri: { exact: '/b' } })).toEqual([
    'virtual-service/redirect-prefix-without-prefix-match redirect.prefixRewrite',
  ]);
  expect(prefixRewrite({ uri: {} })).toHaveLength(1);
  expect(prefixRewrite({ uri: { prefix: '/a' } }, { port: 80 })).toEqual([]);
});

test('H33: a body of more than 100 KiB is warned about, one of more than 1 MiB is refused', () => {
  const body = (content: object) => inRoute({ directResponse: { status: 200, body: content } });
  expect(body({ string: 'é'.repeat(51 * 1024) })).toEqual(['virtual-service/direct-response-large directResponse.body.string']);
  expect(body({ string: 'x'.repeat(100 * 1024) })).toEqual([]);
  expect(body({ string: 'x'.repeat(1024 * 1024) })).toEqual(['virtual-service/direct-response-large directResponse.body.string']);
  expect(body({ bytes: Buffer.alloc(1024 * 1024 + 1).toString('base64') })).toEqual(['virtual-service/direct-response-too-large directResponse.body.bytes']);
});

test('H34: a direct response has a status', () => {
  expect(inRoute({ directResponse: {} })).toEqual(['virtual-service/direct-response-status directResponse.status']);
  expect(inRoute({ directResponse: { status: 600 } })).toEqual([]);
});

test('H35: attempts are not negative', () => {
  expect(routed({ retries: { attempts: -1 } })).toEqual(['virtual-service/negative-attempts retries.attempts']);
});

test.each([{ perTryTimeout: '1s' }, { retryOn: '5xx' }, { retryRemoteLocalities: false }])('H36: without attempts %j is refused', (retries) => {
  expect(routed({ retries })).toEqual(['virtual-service/retries-disabled retries.attempts']);
  expect(routed({ retries: { ...retries, attempts: 1 } })).toEqual([]);
});

test('H36: backoff and retryIgnorePreviousHosts are not looked at', () => {
  expect(routed({ retries: { attempts: 0, backoff: '1s', retryIgnorePreviousHosts: true } })).toEqual([]);
});

test('H37: timeouts of retries are at least a millisecond and whole milliseconds', () => {
  expect(routed({ retries: { attempts: 1, perTryTimeout: '0s', backoff: '1.0005s' } })).toEqual([
    'duration/too-short retries.perTryTimeout',
    'duration/too-precise retries.backoff',
  ]);
});

test.each(['5xx, reset', '306', 'retriable-status-codes,', '5XX'])('H38: retryOn cannot be "%s"', (retryOn) => {
  expect(routed({ retries: { attempts: 1, retryOn } })).toEqual(['virtual-service/unknown-retry-condition retries.retryOn']);
});

test.each(['5xx,503', '418', '+500', 'unavailable,http3-post-connect-failure'])('H38: retryOn can be "%s"', (retryOn) => {
  expect(routed({ retries: { attempts: 1, retryOn } })).toEqual([]);
});

test.each([
  ['virtual-service/rewrite-uri-twice rewrite.uriRegexRewrite', { uri: '/', uriRegexRewrite: { match: '(', rewrite: 'a' } }],
  ['virtual-service/empty-rewrite rewrite', {}],
  ['virtual-service/incomplete-regex-rewrite rewrite.uriRegexRewrite', { uriRegexRewrite: { match: '(' } }],
  ['virtual-service/incomplete-regex-rewrite rewrite.uriRegexRewrite', { uriRegexRewrite: { rewrite: 'a' } }],
  ['regex/invalid rewrite.uriRegexRewrite.match', { uriRegexRewrite: { match: '(', rewrite: 'a' } }],
])('H39: only the first mistake of a rewrite is told: %s', (finding, rewrite) => {
  expect(routed({ rewrite })).toEqual([finding]);
});

test('H40: the host of the request is set once', () => {
  const set = { set: { ':authority': 'a' }, add: { Host: 'b' } };
  expect(routed({ rewrite: { authority: 'c' }, headers: { request: set } })).toEqual(['virtual-service/authority-set-twice headers.request.set[:authority]']);
  expect(routed({ headers: { request: set } })).toEqual(['virtual-service/authority-set-twice headers.request.add[Host]']);
  expect(routed({ headers: { request: { set: { host: '', ':authority': 'a' } } } })).toHaveLength(1);
  expect(inRoute({ rewrite: { authority: 'c' }, route: [{ destination, headers: { request: set } }] })).toEqual([]);
});

test('H41: a destination is there, and its headers are checked', () => {
  expect(inRoute({ route: [{ weight: 1 }] })).toEqual(['virtual-service/destination-missing route[0].destination']);
  expect(inRoute({ route: [{ destination, headers: { request: { set: { ':path': '%' } } } }] })).toEqual([
    'header/invalid-name route[0].headers.request.set[:path]',
    'header/invalid-value route[0].headers.request.set[:path]',
  ]);
});

test('H42: weights are not negative and not all 0; they need not add up to 100', () => {
  const weighted = (...weights: number[]) => inRoute({ route: weights.map((weight) => ({ destination, weight })) });
  expect(weighted(-1)).toEqual(['virtual-service/negative-weight route[0].weight']);
  expect(weighted(0, 0)).toEqual(['virtual-service/zero-weights route']);
  expect(weighted(2147483647, 2147483647, 2)).toEqual(['virtual-service/zero-weights route']);
  expect(weighted(0)).toEqual([]);
  expect(weighted(70, 70)).toEqual([]);
});

test('H43: a timeout is at least a millisecond, so 0s does not turn it off', () => {
  expect(routed({ timeout: '0s' })).toEqual(['duration/too-short timeout']);
  expect(routed({ timeout: '1.5ms' })).toEqual(['duration/too-precise timeout']);
});

test('D1: the host of a destination is a domain, perhaps with a wildcard before a dot', () => {
  const to = (host: string) => inRoute({ route: [{ destination: { host } }] });
  expect(['*', '', 'a_b', 'a.*.b'].flatMap(to)).toEqual(new Array(4).fill('destination/host route[0].destination.host'));
  expect(['*.a', 'a', 'a.b.svc.cluster.local', '123'].flatMap(to)).toEqual([]);
});

test('D2: a subset is a DNS label', () => {
  expect(inRoute({ route: [{ destination: { host: 'a', subset: 'v_1' } }] })).toEqual(['destination/subset route[0].destination.subset']);
});

test('D3: a port that is set has a number', () => {
  const to = (port: object) => inRoute({ route: [{ destination: { host: 'a', port } }] });
  expect(to({})).toEqual(['port/out-of-range route[0].destination.port.number']);
  expect(to({ number: 65536 })).toEqual(['port/out-of-range route[0].destination.port.number']);
  expect(to({ number: 65535 })).toEqual([]);
});

test('D1 to D3: destinations of routes that istiod made itself are not checked', () => {
  const metadata = { annotations: { 'internal.istio.io/route-semantics': 'gateway' } };
  expect(found('VirtualService', { hosts: ['a'], http: [{ route: [{ destination: { host: '*', port: {} } }] }] }, metadata)).toEqual([]);
});

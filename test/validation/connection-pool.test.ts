import { found } from './istiod';

const at = 'spec.trafficPolicy.connectionPool';
const pool = (connectionPool: object) => found('DestinationRule', { host: 'reviews', trafficPolicy: { connectionPool } });
const http = (fields: object) => pool({ http: fields });
const tcp = (fields: object) => pool({ tcp: fields });

test('CP1: a pool is for HTTP or TCP', () => {
  expect(pool({})).toEqual([`connection-pool/empty ${at}`]);
  expect(http({})).toEqual([]);
});

test.each(['http1MaxPendingRequests', 'http2MaxRequests', 'maxRequestsPerConnection', 'maxRetries', 'maxConcurrentStreams'])(
  'CP2: %s is not negative',
  (field) => {
    expect(http({ [field]: -1 })).toEqual([`connection-pool/negative ${at}.http.${field}`]);
    expect(http({ [field]: 0 })).toEqual([]);
  },
);

test('CP2: maxConnections is not negative', () => {
  expect(tcp({ maxConnections: -1 })).toEqual([`connection-pool/negative ${at}.tcp.maxConnections`]);
});

test('CP3: durations are at least a millisecond', () => {
  expect(http({ idleTimeout: '0s' })).toEqual([`duration/too-short ${at}.http.idleTimeout`]);
  expect(tcp({ connectTimeout: '0s', maxConnectionDuration: '0s' })).toEqual([
    `duration/too-short ${at}.tcp.connectTimeout`,
    `duration/too-short ${at}.tcp.maxConnectionDuration`,
  ]);
  expect(tcp({ tcpKeepalive: { time: '0s', interval: '0s' } })).toEqual([
    `duration/too-short ${at}.tcp.tcpKeepalive.time`,
    `duration/too-short ${at}.tcp.tcpKeepalive.interval`,
  ]);
});

test("CP4: an upgrade to HTTP/2 excludes the client's protocol", () => {
  expect(http({ h2UpgradePolicy: 'UPGRADE', useClientProtocol: true })).toEqual([`connection-pool/upgrade-and-client-protocol ${at}.http.useClientProtocol`]);
  expect(http({ h2UpgradePolicy: 'DO_NOT_UPGRADE', useClientProtocol: true })).toEqual([]);
});

test('CP5: the keep-alive of HTTP/2 has an interval and a timeout', () => {
  expect(http({ http2KeepAlive: {} })).toEqual([
    `connection-pool/keep-alive-incomplete ${at}.http.http2KeepAlive.interval`,
    `connection-pool/keep-alive-incomplete ${at}.http.http2KeepAlive.timeout`,
  ]);
  expect(http({ http2KeepAlive: { interval: '0s', timeout: '5s' } })).toEqual([`duration/too-short ${at}.http.http2KeepAlive.interval`]);
});

test('CP6: the idle timeout of TCP may be turned off with anything below a millisecond', () => {
  expect(tcp({ idleTimeout: '0s' })).toEqual([]);
  expect(tcp({ idleTimeout: '500us' })).toEqual([]);
  expect(tcp({ idleTimeout: '-1s' })).toEqual([`duration/too-short ${at}.tcp.idleTimeout`]);
  expect(tcp({ idleTimeout: '1.5ms' })).toEqual([`duration/too-precise ${at}.tcp.idleTimeout`]);
});

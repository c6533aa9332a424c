import { Mesh } from '../../../src/simulation/mesh';
import { facts, result, to } from './shop';

describe('what a sidecar writes into a request', () => {
  test('is the protocol, the attempt and the caller, and what callers must not say is gone', () => {
    const headers = {
      'x-envoy-retry-on': '5xx',
      'x-envoy-internal': 'true',
      'x-envoy-other': '1',
      'x-forwarded-client-cert': 'By=me',
      connection: 'close, x-gone',
      'x-gone': '1',
      te: 'gzip, trailers',
    };
    const { 'user-agent': _, ...requestHeaders } = result(`{ ${to()} }`, { headers }).requestHeaders ?? {};
    expect(requestHeaders).toEqual({
      'x-envoy-other': '1',
      te: 'trailers',
      'x-forwarded-proto': 'http',
      'x-envoy-attempt-count': '1',
      'x-forwarded-client-cert': 'By=spiffe://cluster.local/ns/shop/sa/default;Hash=...;Subject="";URI=spiffe://cluster.local/ns/shop/sa/default',
    });
  });

  test('leaves the protocol and the addresses that callers tell', () => {
    const { requestHeaders } = result(`{ match: [{ scheme: { exact: https } }], ${to()} }`, {
      headers: { 'x-forwarded-proto': 'HTTPS', 'x-forwarded-for': '1.2.3.4' },
    });
    expect(requestHeaders).toMatchObject({ 'x-forwarded-proto': 'HTTPS', 'x-forwarded-for': '1.2.3.4' });
  });

  test('says OPTIONS and POST without a body that they have none', () => {
    expect(result(`{ ${to()} }`, { method: 'OPTIONS' }).requestHeaders?.['content-length']).toBe('0');
    expect(result(`{ ${to()} }`, { method: 'DELETE' }).requestHeaders?.['content-length']).toBeUndefined();
  });

  test('is less for callers without sidecar', () => {
    const { requestHeaders = {}, responseHeaders } = result('', { from: 'legacy.shop', host: 'stock', headers: { 'x-forwarded-client-cert': 'By=me' } });
    expect(requestHeaders['x-envoy-attempt-count']).toBeUndefined();
    expect(requestHeaders['x-forwarded-client-cert']).toBeUndefined();
    expect(responseHeaders?.server).toBe('istio-envoy');
  });
});

describe('what a gateway writes into a request', () => {
  const gateway = `apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: gw, namespace: shop }
spec: { selector: { app: gate }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [a.com] }, { port: { number: 80, name: http-b, protocol: HTTP }, hosts: [b.com], tls: { httpsRedirect: true } }] }\n---
apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: a, namespace: shop }
spec: { hosts: [a.com], gateways: [gw], http: [{ route: [{ destination: { host: stock } }], headers: { request: { set: { x-remote: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%" } } } }] }\n---\n`;
  const through = (host: string, headers: Record<string, string>, mesh = {}) => {
    const workloads = [...(facts.workloads ?? []), { name: 'gate', namespace: 'shop', gateway: true }];
    return Mesh.ofYaml(gateway, { ...facts, workloads, mesh }).request({ from: 'outside', via: 'gate.shop', to: `http://${host}/p?q`, headers }).likeliest
      .result;
  };
  const claimed = { 'x-forwarded-for': '1.1.1.1, 2.2.2.2', 'x-forwarded-proto': 'https', 'x-envoy-original-path': '/z', 'x-envoy-external-address': '3.3.3.3' };

  test('is what it knows itself', () => {
    const { requestHeaders = {} } = through('a.com', claimed);
    expect(requestHeaders).toMatchObject({
      'x-forwarded-for': '1.1.1.1, 2.2.2.2,127.6.0.1',
      'x-forwarded-proto': 'http',
      'x-envoy-external-address': '127.6.0.1',
      'x-remote': '127.6.0.1',
    });
    expect(requestHeaders['x-envoy-original-path']).toBeUndefined();
  });

  test('is what trusted proxies before it say', () => {
    const { requestHeaders } = through('a.com', claimed, { defaultConfig: { gatewayTopology: { numTrustedProxies: 2 } } });
    expect(requestHeaders).toMatchObject({ 'x-forwarded-proto': 'https', 'x-envoy-external-address': '1.1.1.1', 'x-remote': '1.1.1.1' });
  });

  test('does not matter where all callers are sent to HTTPS', () => {
    expect(through('b.com', claimed)).toMatchObject({
      status: 301,
      details: 'direct_response',
      responseHeaders: { location: 'https://b.com/p?q', server: 'istio-envoy' },
    });
  });
});

import { ask, result, to } from './shop';

const grpc = { 'content-type': 'application/grpc' };

describe('a request without a way', () => {
  test('is answered 404 where no route takes it', () => {
    expect(result(`{ match: [{ uri: { exact: /a } }], ${to()} }`)).toMatchObject({ status: 404, flags: 'NR', details: 'route_not_found', workload: undefined });
  });

  test('is answered 503 where the route names an unknown host, port or subset', () => {
    for (const destination of ['host: nobody', 'host: stock, port: { number: 81 }', 'host: cart, subset: v3']) {
      expect(result(`{ ${to(destination)} }`)).toMatchObject({
        status: 503,
        flags: 'NC',
        details: 'cluster_not_found',
        upstreamCluster: undefined,
        body: undefined,
      });
    }
  });

  test('is answered 503 where a subset selects nobody', () => {
    expect(result(`{ name: r, ${to('host: cart, subset: v9')} }`)).toMatchObject({
      status: 503,
      flags: 'UH',
      details: 'no_healthy_upstream',
      body: 'no healthy upstream',
      route: 'r',
      upstreamCluster: 'outbound|80|v9|cart.shop.svc.cluster.local',
    });
  });

  test('is tried at all endpoints that there are, then answered 503', () => {
    expect(result(`{ ${to('host: broken')} }`)).toMatchObject({
      status: 503,
      flags: 'URX,UF',
      attempts: 3,
      body: 'upstream connect error or disconnect/reset before headers. retried and the latest reset reason: remote connection failure',
      details: 'upstream_reset_before_response_started{remote_connection_failure|delayed_connect_error:_Connection_refused}',
    });
    expect(result(`{ ${to('host: broken')}, retries: { attempts: 0 } }`)).toMatchObject({
      flags: 'UF',
      body: 'upstream connect error or disconnect/reset before headers. reset reason: remote connection failure',
    });
  });

  test('is told so in headers, with status 200, where the caller speaks gRPC', () => {
    expect(result(`{ ${to('host: cart, subset: v9')} }`, { headers: grpc })).toMatchObject({
      status: 200,
      flags: 'UH',
      body: undefined,
      responseHeaders: { 'grpc-status': '14', 'grpc-message': 'no healthy upstream' },
    });
    expect(result(`{ directResponse: { status: 403, body: { string: "50 %é" } } }`, { headers: grpc }).responseHeaders).toMatchObject({
      'grpc-status': '7',
      'grpc-message': '50 %25%C3%A9',
    });
    expect(result(`{ directResponse: { status: 200 } }`, { headers: grpc }).responseHeaders).toMatchObject({ 'grpc-status': '2' });
    expect(result(`{ directResponse: { status: 403 } }`, { headers: { 'content-type': 'application/grpcish' } }).status).toBe(403);
  });

  test('gets no body with HEAD, nor with 204', () => {
    expect(result(`{ directResponse: { status: 418, body: { string: x } } }`).body).toBe('x');
    expect(result(`{ directResponse: { status: 418, body: { string: x } } }`, { method: 'HEAD' }).body).toBeUndefined();
    expect(result(`{ directResponse: { status: 204, body: { string: x } } }`).body).toBeUndefined();
  });
});

describe('a route that answers by itself', () => {
  test('says what it says, in text or in base64', () => {
    expect(result(`{ name: t, directResponse: { status: 418, body: { string: teapot } } }`)).toMatchObject({
      status: 418,
      body: 'teapot',
      details: 'direct_response',
      route: 't',
    });
    expect(result(`{ directResponse: { status: 200, body: { bytes: aGVsbG8= } } }`).body).toBe('hello');
  });

  test('names a place to go with statuses that have one', () => {
    for (const status of [201, 301, 308])
      expect(result(`{ directResponse: { status: ${status} } }`, { path: '/a?b' }).responseHeaders?.location).toBe('http://cart/a?b');
    expect(result(`{ directResponse: { status: 200 } }`).responseHeaders?.location).toBeUndefined();
  });

  test('redirects, and has its response headers', () => {
    expect(result(`{ redirect: { uri: /n, redirectCode: 307 }, headers: { response: { set: { x-a: b } } } }`)).toMatchObject({
      status: 307,
      responseHeaders: { location: 'http://cart/n', 'x-a': 'b', server: 'envoy' },
    });
  });
});

describe('of several destinations', () => {
  const split = `{ route: [{ destination: { host: cart, subset: v1 }, weight: 3 }, { destination: { host: cart, subset: v2 }, weight: 1 }, { destination: { host: stock }, weight: 0 }] }`;

  test('each gets its share of the sum', () => {
    const shares = ask(split).shares;
    expect([...shares].map(([name, share]) => [name, share.toString()])).toEqual([
      ['cart-v1', '3/4'],
      ['cart-v2', '1/4'],
    ]);
  });

  test('the trace names those that were not drawn', () => {
    const step = ask(split).trace.find(({ text }) => text.includes('of 4'));
    expect(step?.text).toBe('subset v1 of cart.shop.svc.cluster.local, port 80, 3 of 4');
    expect(step?.source?.path).toBe('spec.http[0].route[0]');
    expect(step?.runnersUp?.()).toMatchObject([
      { what: 'subset v2 of cart.shop.svc.cluster.local, port 80', missedBy: 'the draw, 1 of 4', source: { path: 'spec.http[0].route[1]' } },
    ]);
  });
});

test('routes that were passed over say what they missed the request by', () => {
  const http = `{ name: one, match: [{ uri: { exact: /a } }, { headers: { x-a: { exact: b } } }], ${to()} }, { ${to()} }`;
  const step = ask(http, { path: '/b?c' }).trace.find(({ decision }) => decision === 'route');
  expect(step?.text).toMatch(/^VirtualService shop\/\S+ http\[1\]: every request$/);
  expect(step?.runnersUp?.().map(({ what, missedBy, source }) => [what, missedBy, source?.path])).toEqual([
    ['VirtualService shop/cart one (http[0].match[0])', 'path "/b" is not "/a"', 'spec.http[0].match[0]'],
    ['VirtualService shop/cart one (http[0].match[1])', 'header x-a is absent', 'spec.http[0].match[1]'],
  ]);
});

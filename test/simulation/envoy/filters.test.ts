import { ask, result, to } from './shop';

describe('a fault', () => {
  test('delays a request beside the timeout of its route', () => {
    const http = `{ ${to()}, timeout: 0.1s, fault: { delay: { fixedDelay: 0.5s, percentage: { value: 100 } } } }`;
    expect(result(http)).toMatchObject({ status: 200, flags: 'DI', elapsedMs: 500 });
  });

  test('answers in the place of the server, after the delay', () => {
    const http = `{ name: r, ${to()}, fault: { delay: { fixedDelay: 0.5s, percent: 100 }, abort: { httpStatus: 418, percentage: { value: 100 } } } }`;
    expect(result(http)).toMatchObject({
      status: 418,
      flags: 'DI,FI',
      details: 'fault_filter_abort',
      body: 'fault filter abort',
      route: 'r',
      upstreamCluster: 'outbound|80||stock.shop.svc.cluster.local',
      elapsedMs: 500,
    });
  });

  test('answers callers of gRPC in gRPC, and others with 200', () => {
    const http = `{ ${to()}, fault: { abort: { grpcStatus: NOT_FOUND, percentage: { value: 100 } } } }`;
    expect(result(http)).toMatchObject({ status: 200, flags: 'FI', body: 'fault filter abort' });
    expect(result(http, { headers: { 'content-type': 'application/grpc' } }).responseHeaders).toMatchObject({
      'grpc-status': '5',
      'grpc-message': 'fault filter abort',
    });
  });

  test('happens to a share of the requests, delay and answer independently, and to none without a percentage', () => {
    const http = `{ ${to()}, fault: { delay: { fixedDelay: 1s, percentage: { value: 10 } }, abort: { httpStatus: 500, percentage: { value: 0.01 } } } }`;
    const outcome = ask(http);
    expect(outcome.shareOf(({ result }) => result.flags?.includes('DI') ?? false).toString()).toBe('1/10');
    expect(outcome.shareOf(({ result }) => result.status === 500).toString()).toBe('1/10000');
    expect(result(`{ ${to()}, fault: { abort: { httpStatus: 500 } } }`).status).toBe(200);
    expect(result(`{ ${to()}, fault: { delay: { fixedDelay: 1s } } }`).flags).toBeUndefined();
  });
});

describe('CORS', () => {
  const cors = (policy: string, more = to()): string => `{ ${more}, corsPolicy: { allowOrigins: [{ exact: http://a }], ${policy} } }`;
  const all = 'allowMethods: [GET, PUT], allowHeaders: [x-a], exposeHeaders: [x-e], maxAge: 1m30s, allowCredentials: true';
  const preflight = (origin = 'http://a') => ({
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'x-q' },
  });

  test('answers preflights of origins that are allowed', () => {
    expect(result(cors(all), preflight())).toMatchObject({
      status: 200,
      details: 'cors_response',
      workload: undefined,
      responseHeaders: {
        'access-control-allow-origin': 'http://a',
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'GET,PUT',
        'access-control-allow-headers': 'x-a',
        'access-control-expose-headers': 'x-e',
        'access-control-max-age': '90',
      },
    });
    expect(result(cors('allowMethods: ["*"], allowHeaders: ["*"]'), preflight()).responseHeaders).toMatchObject({
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'x-q',
    });
  });

  test('lets preflights of other origins through, or answers them without an origin', () => {
    expect(result(cors(all), preflight('http://b'))).toMatchObject({ workload: 'stock', details: 'via_upstream' });
    const { responseHeaders, workload } = result(cors(`${all}, unmatchedPreflights: IGNORE`), preflight('http://b'));
    expect(workload).toBeUndefined();
    expect(responseHeaders).toMatchObject({ 'access-control-allow-methods': 'GET,PUT' });
    expect(responseHeaders?.['access-control-allow-origin']).toBeUndefined();
    expect(responseHeaders?.['access-control-expose-headers']).toBeUndefined();
  });

  test('tells origins that are allowed so on every answer that the router gives', () => {
    const origin = { headers: { origin: 'http://a' } };
    expect(result(cors(all), origin).responseHeaders).toMatchObject({ 'access-control-allow-origin': 'http://a', 'access-control-expose-headers': 'x-e' });
    expect(result(cors(all, to('host: nobody')), origin).responseHeaders?.['access-control-allow-origin']).toBe('http://a');
    expect(result(cors(all), { headers: { origin: 'http://b' } }).responseHeaders?.['access-control-allow-origin']).toBeUndefined();
    expect(result(cors(all, 'directResponse: { status: 200 }'), origin).responseHeaders?.['access-control-allow-origin']).toBeUndefined();
    const aborted = `{ ${to()}, corsPolicy: { allowOrigins: [{ exact: http://a }] }, fault: { abort: { httpStatus: 500, percentage: { value: 100 } } } }`;
    expect(result(aborted, origin).responseHeaders?.['access-control-allow-origin']).toBeUndefined();
  });

  test('allows all origins where a literal * is allowed, whatever the matcher', () => {
    for (const matcher of ['exact: "*"', 'regex: ".*"', 'regex: "[*]|x"']) {
      const http = `{ ${to()}, corsPolicy: { allowOrigins: [{ ${matcher} }] } }`;
      expect(result(http, { headers: { origin: 'http://z' } }).responseHeaders?.['access-control-allow-origin']).toBe('http://z');
    }
  });
});

describe('mirrors', () => {
  test('get copies as the server gets them, and their answers do not matter', () => {
    const http = `{ ${to()}, rewrite: { uri: /n, authority: h }, mirrors: [{ destination: { host: broken } }, { destination: { host: nobody } }, { destination: { host: cart, subset: v1 } }] }`;
    const outcome = ask(http, { path: '/p', headers: { 'x-echo-seq': '200,503' } });
    expect(outcome.likeliest.result).toMatchObject({
      status: 200,
      received: [
        { workload: 'cart-v1', path: '/np', authority: 'h' },
        { workload: 'stock', path: '/np', authority: 'h' },
      ],
    });
    expect(outcome.trace.filter(({ decision }) => decision === 'mirror').map(({ text, source }) => [text, source?.path])).toEqual([
      ['mirrored to outbound|80||broken.shop.svc.cluster.local, as 100 % are', 'spec.http[0].mirrors[0]'],
      ['not mirrored: the cluster outbound|80||nobody.shop.svc.cluster.local does not exist', 'spec.http[0].mirrors[1]'],
      ['mirrored to outbound|80|v1|cart.shop.svc.cluster.local, as 100 % are', 'spec.http[0].mirrors[2]'],
    ]);
  });

  test('get a share of the requests, one copy of each however often it is tried', () => {
    const http = `{ ${to()}, retries: { attempts: 2, retryOn: 5xx }, mirror: { host: cart, subset: v1 }, mirrorPercentage: { value: 25 } }`;
    const outcome = ask(http, { headers: { 'x-echo-seq': '503' } });
    const copies = ({ result }: (typeof outcome.alternatives)[number]) => (result.received ?? []).filter(({ workload }) => workload === 'cart-v1').length;
    expect(outcome.shareOf((each) => copies(each) === 1).toString()).toBe('1/4');
    expect(outcome.shareOf((each) => copies(each) === 0).toString()).toBe('3/4');
  });

  test('get a marked host where istiod is told so', () => {
    const http = `{ ${to()}, mirror: { host: cart, subset: v1 } }`;
    const { received } = result(http, { host: 'cart:80' }, { env: { DISABLE_SHADOW_HOST_SUFFIX: 'false' } });
    expect(received).toContainEqual({ workload: 'cart-v1', path: '/', authority: 'cart-shadow' });
  });
});

describe('what is no proper HTTP', () => {
  test.each([
    ['a method that does not exist', { method: 'FOO' }, 'http1.codec_error'],
    ['a method in lower case', { method: 'get' }, 'http1.codec_error'],
    ['a header name with brackets', { headers: { 'x(': '1' } }, 'http1.codec_error'],
    ['a control character', { headers: { x: 'a\u0001' } }, 'http1.invalid_characters'],
    ['a host with a path', { headers: { host: 'cart/x' } }, 'http.invalid_authority'],
    [
      'two ways to say how long a body is',
      { headers: { 'content-length': '0', 'transfer-encoding': 'chunked' } },
      'http1.content_length_and_chunked_not_allowed',
    ],
  ])('is refused: %s', (_, question, details) => {
    expect(result(`{ ${to()} }`, question)).toMatchObject({ status: 400, flags: 'DPE', details, body: 'Bad Request', responseHeaders: { server: 'envoy' } });
  });

  test('is refused with a path that cannot be read', () => {
    expect(result(`{ ${to()} }`, { path: '/a%00' })).toMatchObject({ status: 400, details: 'path_normalization_failed', flags: undefined });
  });
});

describe('a connection that is to change its protocol', () => {
  const upgrade = (protocol: string) => ({ headers: { connection: 'keep-alive, Upgrade', upgrade: protocol } });
  const http = `{ name: socket, match: [{ headers: { upgrade: { exact: websocket } } }], ${to()} }, { name: other, ${to()} }`;

  test('can become a websocket, and routes see that', () => {
    expect(result(http, upgrade('websocket'))).toMatchObject({ status: 200, route: 'socket', workload: 'stock' });
  });

  test('can become nothing else', () => {
    expect(result(http, upgrade('h2c'))).toMatchObject({ status: 403, route: 'other', details: 'upgrade_failed' });
    expect(result(http, { headers: { upgrade: 'h2c' } })).toMatchObject({ status: 200, route: 'other' });
  });
});

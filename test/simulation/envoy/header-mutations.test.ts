import { result, to } from './shop';

describe('headers that a route changes', () => {
  const sent = { 'x-rm': '1', 'x-s': '0', 'x-n': '0', 'x-both': '0' };
  const operations = (scope: string): string => `headers: { request: { ${scope} } }`;

  test('are first removed, then replaced, then added to', () => {
    const http = `{ ${to()}, ${operations('remove: [x-rm, x-both], set: { x-s: S, x-both: S }, add: { x-s: A, x-n: M }')} }`;
    const { requestHeaders = {} } = result(http, { headers: sent });
    expect([requestHeaders['x-rm'], requestHeaders['x-s'], requestHeaders['x-n'], requestHeaders['x-both']]).toEqual([undefined, 'S,A', '0,M', 'S']);
  });

  test('are changed by the route before its only destination: replaced by both, then added to by both', () => {
    const http = `{ route: [{ destination: { host: stock }, headers: { request: { set: { x-s: D }, add: { x-s: DA }, remove: [x-n] } } }], ${operations('set: { x-s: R }, add: { x-s: RA, x-n: M }')} }`;
    const { requestHeaders = {} } = result(http, { headers: sent });
    expect([requestHeaders['x-s'], requestHeaders['x-n']]).toEqual(['D,RA,DA', 'M']);
  });

  test('are changed by one of several destinations before the route', () => {
    const http = `{ route: [{ destination: { host: stock }, weight: 1, headers: { request: { set: { x-s: D, host: d }, add: { x-n: D } }, response: { set: { x-r: D } } } },
      { destination: { host: cart }, weight: 0 }], headers: { request: { set: { x-s: R }, add: { x-n: R } }, response: { add: { x-r: R } } } }`;
    const { requestHeaders = {}, responseHeaders = {}, authority } = result(http, { headers: sent });
    expect([requestHeaders['x-s'], requestHeaders['x-n'], responseHeaders['x-r'], authority]).toEqual(['R', '0,D,R', 'D,R', 'd']);
  });

  test('are read before any is written', () => {
    const http = `{ ${to()}, ${operations('set: { x-s: "%REQ(x-n)%", x-n: "%REQ(x-s)%" }')} }`;
    expect(result(http, { headers: { ...sent, 'x-n': '1' } }).requestHeaders).toMatchObject({ 'x-s': '1', 'x-n': '0' });
  });

  test.each([
    ['a%%b', 'a%b'],
    ['%REQ(x-s)%-%REQ(:PATH)%', '0-/p?q=1'],
    ['%REQ(x-none?x-n)%', '0'],
    ['%REQ(x-long:3)%', 'abc'],
    ['%REQ(x-none)%', undefined],
    ['%PATH(NQ)% %QUERY_PARAM(q)% %PROTOCOL%', '/p 1 HTTP/1.1'],
    ['%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%', '127.1.0.1'],
    ['%UPSTREAM_CLUSTER% %UPSTREAM_CLUSTER_RAW%', 'outbound|80||stock.shop.svc.cluster.local; outbound|80||stock.shop.svc.cluster.local'],
    ['%ROUTE_NAME%/%UPSTREAM_REQUEST_ATTEMPT_COUNT%/%RESPONSE_FLAGS%', 'r/1/-'],
    ['%START_NOTHING%', undefined],
  ])('can hold %s', (value, expected) => {
    const http = `{ name: r, ${to()}, ${operations(`set: { x-v: "${value}" }`)} }`;
    const { requestHeaders = {} } = result(http, { path: '/p?q=1', headers: { ...sent, 'x-long': 'abcdef' } });
    expect(requestHeaders['x-v']).toBe(expected);
  });

  test('of a response can tell what became of the request', () => {
    const headers = 'headers: { response: { set: { x-v: "%RESPONSE_CODE% %RESPONSE_FLAGS% %REQ(:PATH)% %RESP(x-up)% %UPSTREAM_HOST%" } } }';
    const answered = result(`{ ${to()}, rewrite: { uri: /n }, ${headers} }`, { headers: { 'x-echo-header-x-up': 'u' } });
    expect(answered.responseHeaders?.['x-v']).toBe('200 - /n u 127.1.0.4:80');
    expect(result(`{ ${to('host: nobody')}, ${headers} }`, { path: '/p' }).responseHeaders?.['x-v']).toBe('0 NC /p  ');
  });

  test('change the host through Host alone, and what was asked for is told', () => {
    const http = `{ ${to()}, ${operations('set: { Host: a.example.com }')}, rewrite: { uri: /n } }`;
    expect(result(http, { path: '/p?q' })).toMatchObject({
      authority: 'a.example.com',
      path: '/np?q',
      requestHeaders: { 'x-envoy-original-host': 'cart', 'x-envoy-original-path': '/p?q' },
    });
  });

  test('are not told where debug headers are off', () => {
    const { requestHeaders } = result(
      `{ ${to()}, rewrite: { uri: /n, authority: b } }`,
      {},
      { mesh: { defaultConfig: { proxyHeaders: { envoyDebugHeaders: { disabled: true } } } } },
    );
    expect(Object.keys(requestHeaders ?? {}).filter((name) => name.startsWith('x-envoy-original'))).toEqual([]);
  });
});

import type { MeshFacts } from '../../../src/mesh/facts';
import type { Verdict } from '../../../src/simulation/envoy/filter';
import { policy, Server } from '../istiod/filters';

const custom = (rules = '{}', more = {}, provider = 'check') => policy(`action: CUSTOM, provider: { name: ${provider} }, rules: [${rules}]`, more);
const service = 'check.sec.svc.cluster.local';
const http = (fields: object = {}, name = 'check') => ({ name, envoyExtAuthzHttp: { service, port: 9191, ...fields } });
const grpc = (fields: object = {}) => ({ name: 'check', envoyExtAuthzGrpc: { service, port: 9191, ...fields } });
const facts = (...extensionProviders: object[]): MeshFacts => ({ mesh: { extensionProviders } });
const behaving = (behavior: object): MeshFacts => ({
  workloads: [
    { name: 'server', namespace: 'shop' },
    { name: 'check', namespace: 'sec', sidecar: false, behavior },
  ],
});
const asksHeaders = { includeRequestHeadersInCheck: ['x-ext-authz', 'x-echo-*', '*-more'] };
const consent = { 'x-ext-authz': 'allow' };

const answerOf = (verdict: Verdict) => (verdict.kind === 'answer' ? [verdict.status, verdict.details, verdict.flags] : 'pass');
const ask = (fields: object, asked: object = {}, more: MeshFacts = {}, rules?: string) =>
  new Server(custom(rules), { ...more, ...facts(http(fields)) }).ask(asked);

describe('a provider', () => {
  test('is asked about requests that a CUSTOM policy matches, and consents or refuses', () => {
    const server = new Server(custom('{ to: [{ operation: { paths: [/a] } }] }'), facts(http(asksHeaders)));
    expect(answerOf(server.ask({ path: '/a', headers: consent }).verdict)).toBe('pass');
    expect(answerOf(server.ask({ path: '/a' }).verdict)).toEqual([403, 'ext_authz_denied', 'UAEX']);
    expect(answerOf(server.ask({ path: '/b' }).verdict)).toBe('pass');
  });

  test('answers in its own name', () => {
    const { verdict } = ask(asksHeaders, { path: '/p?q' });
    expect(verdict).toMatchObject({ server: { name: 'check', request: { path: '/p?q', authority: 'server.shop' } } });
  });

  test.each([
    [200, 'pass'],
    [201, [201, 'ext_authz_denied', 'UAEX']],
    [302, [302, 'ext_authz_denied', 'UAEX']],
    [404, [404, 'ext_authz_denied', 'UAEX']],
    [500, [403, 'ext_authz_error', 'UAEX']],
  ])('that answers %i', (status, expected) => {
    expect(answerOf(ask({}, {}, behaving({ status })).verdict)).toEqual(expected);
  });

  test('that does not answer is passed over or not, with the status that is asked for', () => {
    for (const [behavior, fields] of [
      [{ down: true }, {}],
      [{ reset: true }, {}],
      [{ delayMs: 300 }, { timeout: '0.2s' }],
      [{}, { port: 1 }],
    ] as const) {
      expect(answerOf(ask(fields, {}, behaving(behavior)).verdict)).toEqual([403, 'ext_authz_error', 'UAEX']);
      expect(answerOf(ask({ ...fields, statusOnError: '504' }, {}, behaving(behavior)).verdict)).toEqual([504, 'ext_authz_error', 'UAEX']);
      expect(answerOf(ask({ ...fields, failOpen: true }, {}, behaving(behavior)).verdict)).toBe('pass');
    }
  });

  test('takes its time', () => {
    expect(ask({}, {}, behaving({ delayMs: 300 })).verdict.elapsed).toBe(300);
    expect(ask({ timeout: '0.2s' }, {}, behaving({ delayMs: 300 })).verdict.elapsed).toBe(200);
  });

  test('is not asked about requests without a route', () => {
    expect(answerOf(ask({}, { hasRoute: false }, behaving({ status: 403 })).verdict)).toBe('pass');
  });

  test('does not show among what applications received', () => {
    expect(ask({}).context.journey.received).toEqual([]);
  });
});

describe('the question', () => {
  const asked = (fields: object, request: object) => {
    const { verdict } = ask(fields, request, behaving({ status: 403 }));
    return verdict.kind === 'answer' ? verdict.server?.request : undefined;
  };

  test('has method, authority, path, authorization, and the headers that are listed', () => {
    const headers = { authorization: 'x', cookie: 'c', 'x-ext-authz': 'y', 'X-Echo-A': 'z', 'my-more': '1', 'my-less': '2' };
    const question = asked({ ...asksHeaders, pathPrefix: '/check' }, { method: 'PUT', path: '/p', headers });
    expect([question?.method, question?.authority, question?.path]).toEqual(['PUT', 'server.shop', '/check/p']);
    expect(question?.headers.toRecord()).toMatchObject({ authorization: 'x', 'x-ext-authz': 'y', 'x-echo-a': 'z', 'my-more': '1', 'content-length': '0' });
    expect([question?.headers.has('cookie'), question?.headers.has('my-less')]).toEqual([false, false]);
  });

  test('has further headers, over those of the caller', () => {
    const question = asked({ ...asksHeaders, includeAdditionalHeadersInCheck: { 'x-ext-authz': 'fixed' } }, { headers: consent });
    expect(question?.headers.all('x-ext-authz')).toEqual(['fixed']);
  });

  test('has as much of the body as the provider takes', () => {
    const body = { maxRequestBytes: 4, allowPartialMessage: true };
    const question = asked({ includeRequestBodyInCheck: body }, { method: 'POST', body: 'abcdef' });
    expect([question?.body, question?.headers.get('content-length'), question?.headers.get('x-envoy-auth-partial-body')]).toEqual(['abcd', '4', 'true']);
    expect(asked({}, { method: 'POST', body: 'abcdef' })?.body).toBe('');
    const refused = ask({ includeRequestBodyInCheck: { maxRequestBytes: 4 } }, { method: 'POST', body: 'abcdef' }).verdict;
    expect(answerOf(refused)).toEqual([413, 'request_payload_too_large', undefined]);
  });
});

describe('headers of the answer of a provider', () => {
  const sent = { 'x-echo-header-x-up': '1', 'x-echo-header-x-down': '2', 'x-echo-header-location': '/l' };

  test('of a consent go to the server and to the caller where they are listed', () => {
    const fields = { ...asksHeaders, headersToUpstreamOnAllow: ['x-u*'], headersToDownstreamOnAllow: ['x-down'] };
    const { verdict, request } = ask(fields, { headers: { ...consent, ...sent, 'x-up': 'spoofed' } });
    expect(request.headers.all('x-up')).toEqual(['1']);
    expect(request.headers.has('x-down')).toBe(false);
    expect(verdict.kind === 'pass' && verdict.responseHeaders?.toRecord()).toEqual({ 'x-down': '2' });
  });

  test('of a refusal go to the caller, all of them or those that are listed beside a few', () => {
    const answered = (fields: object) => {
      const { verdict } = ask({ ...asksHeaders, ...fields }, { headers: sent });
      return verdict.kind === 'answer' ? Object.keys(verdict.headers?.toRecord() ?? {}).sort() : [];
    };
    expect(answered({})).toEqual(['location', 'x-down', 'x-up']);
    expect(answered({ headersToDownstreamOnDeny: ['x-down'] })).toEqual(['location', 'x-down']);
  });
});

describe('a provider that cannot be', () => {
  const bad = (provider: string, rule = 0) => [
    403,
    `rbac_access_denied_matched_policy[istio-ext-authz-${provider}-ns[shop]-policy[p]-rule[${rule}]-deny-due-to-bad-CUSTOM-action]`,
    undefined,
  ];

  test.each([
    ['unknown', [http({}, 'other')], 'check'],
    ['of another kind', [{ name: 'check', zipkin: {} }], 'check'],
    ['twice of one name', [http(), http()], 'check'],
    ['with a name that is no label', [http({}, 'My_Check')], 'My_Check'],
    ['without a port', [http({ port: 0 })], 'check'],
    ['of an unknown service', [http({ service: 'gone.sec.svc.cluster.local' })], 'check'],
    ['of a service in another namespace', [http({ service: `shop/${service}` })], 'check'],
    ['with a status that HTTP does not have', [http({ statusOnError: '299' })], 'check'],
    ['with a prefix that is no path', [http({ pathPrefix: 'x' })], 'check'],
    ['with a lone star among its headers', [http({ headersToUpstreamOnAllow: ['*'] })], 'check'],
  ])('is one %s: what its rules match is denied', (_, providers, name) => {
    const server = new Server(custom('{ to: [{ operation: { paths: [/a] } }] }', {}, name), facts(...providers));
    expect(answerOf(server.ask({ path: '/a' }).verdict)).toEqual(bad(name));
    expect(answerOf(server.ask({ path: '/b' }).verdict)).toBe('pass');
  });

  test('is one of several, unless that is switched on', () => {
    const yaml =
      custom('{ to: [{ operation: { paths: [/a] } }] }', { name: 'p' }, 'check') + custom('{ to: [{ operation: { paths: [/b] } }] }', { name: 'q' }, 'more');
    const both = facts(http(asksHeaders), http(asksHeaders, 'more'));
    expect(answerOf(new Server(yaml, both).ask({ path: '/a', headers: consent }).verdict)).toEqual(bad('check'));
    const server = new Server(yaml, { ...both, env: { PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS: 'true' } });
    expect(answerOf(server.ask({ path: '/a', headers: consent }).verdict)).toBe('pass');
    expect(answerOf(server.ask({ path: '/b' }).verdict)).toEqual([403, 'ext_authz_denied', 'UAEX']);
  });
});

test('a service may be named with its namespace', () => {
  expect(answerOf(ask({ service: `sec/${service}` }, {}, behaving({ status: 200 })).verdict)).toBe('pass');
});

describe('gRPC', () => {
  test('is nothing that applications answer', () => {
    expect(answerOf(new Server(custom(), facts(grpc())).ask({ headers: consent }).verdict)).toEqual([403, 'ext_authz_error', 'UAEX']);
    expect(answerOf(new Server(custom(), facts(grpc({ failOpen: true }))).ask().verdict)).toBe('pass');
  });

  test('asks about connections too, which HTTP does not', () => {
    expect(new Server(custom(), facts(grpc())).connect()).toEqual({ kind: 'close', flags: 'UAEX', details: 'ext_authz_error' });
    expect(new Server(custom(), facts(grpc({ failOpen: true }))).connect()).toEqual({ kind: 'pass' });
    expect(new Server(custom('{ to: [{ operation: { ports: ["1"] } }] }'), facts(grpc())).connect()).toEqual({ kind: 'pass' });
    expect(new Server(custom(), facts(http())).connect()).toEqual({ kind: 'pass' });
    expect(new Server(custom(), facts()).connect().kind).toBe('close');
  });
});

test('providers are asked before tokens are verified', () => {
  const tokens = policy('jwtRules: [{ issuer: x, jwks: "{}" }]', { kind: 'RequestAuthentication' });
  const { verdict } = new Server(custom() + tokens + policy('action: DENY, rules: [{}]', { name: 'd' }), {
    ...behaving({ status: 401 }),
    ...facts(http()),
  }).ask({
    headers: { authorization: 'Bearer x' },
  });
  expect(answerOf(verdict)).toEqual([401, 'ext_authz_denied', 'UAEX']);
});

test('the trace tells who was asked, why, and with what result', () => {
  const { trace } = ask(asksHeaders, {}, {}, '{ to: [{ operation: { methods: [GET] } }] }');
  expect(trace.map(({ text }) => text)).toEqual(['provider check is asked, as rule 0 of AuthorizationPolicy shop/p says', 'provider check refuses with 403']);
  expect(trace[0]?.source?.path).toBe('spec.rules[0]');
  const skipped = ask(asksHeaders, { method: 'PUT' }, {}, '{ to: [{ operation: { methods: [GET] } }] }').trace;
  expect(skipped[0]?.runnersUp?.().map(({ missedBy }) => missedBy)).toEqual(['the method is "PUT", not "GET"']);
});

import { policy, Server } from '../../istiod/filters';
import { jwks, keys, tokenOf } from './signing';

const iss = 'https://id.example';
const good = { iss, sub: 'anna' };
const rules = (...list: object[]) => policy(`jwtRules: ${JSON.stringify(list)}`, { kind: 'RequestAuthentication' });
const rule = (more: object = {}) => ({ issuer: iss, jwks: jwks(keys.ec256.jwk), ...more });
const bearer = (claims: object = good, key = keys.ec256, algorithm = 'ES256') => ({ headers: { authorization: `Bearer ${tokenOf(claims, key, algorithm)}` } });
const now = Math.floor(Date.now() / 1000);

const answer = (server: Server, asked: object) => {
  const { verdict } = server.ask(asked);
  return verdict.kind === 'answer' ? `${verdict.status} ${verdict.body}` : 'pass';
};
const answers = (server: Server, ...asked: object[]) => asked.map((each) => answer(server, each));

describe('one rule', () => {
  const server = new Server(rules(rule()));

  test('lets requests without token pass, and those with a good one', () => {
    const { verdict, context } = server.ask(bearer());
    expect([verdict.kind, context.token]).toEqual(['pass', { principal: 'https://id.example/anna', payload: good }]);
    expect([answer(server, {}), server.ask().context.token]).toEqual(['pass', undefined]);
  });

  test('refuses tokens of others, those out of time, and those that are forged', () => {
    expect(
      answers(
        server,
        bearer({ ...good, iss: 'x' }),
        bearer({ sub: 'anna' }),
        bearer({ ...good, exp: now - 90 }),
        bearer({ ...good, nbf: now + 90 }),
        bearer(good, keys.other),
        { headers: { authorization: 'Bearer x' } },
      ),
    ).toEqual([
      '401 Jwt issuer is not configured',
      '401 Jwt issuer is not configured',
      '401 Jwt is expired',
      '401 Jwt not yet valid',
      '401 Jwt verification fails',
      '401 Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections',
    ]);
  });

  test('forgives clocks that differ by a minute', () => {
    expect(answers(server, bearer({ ...good, exp: now - 30 }), bearer({ ...good, nbf: now + 30 }), bearer({ ...good, exp: 0 }))).toEqual([
      'pass',
      'pass',
      'pass',
    ]);
  });

  test('looks at issuer, times, audience and signature in this order', () => {
    const strict = new Server(rules(rule({ audiences: ['me'] })));
    expect(
      answers(
        strict,
        bearer({ iss: 'x', exp: 1, aud: 'no' }, keys.other),
        bearer({ ...good, exp: 1, aud: 'no' }, keys.other),
        bearer({ ...good, aud: 'no' }, keys.other),
        bearer({ ...good, aud: ['no', 'me'] }, keys.other),
        bearer({ ...good, aud: 'me' }),
      ),
    ).toEqual(['401 Jwt issuer is not configured', '401 Jwt is expired', '403 Audiences in Jwt are not allowed', '401 Jwt verification fails', 'pass']);
  });

  test('compares audiences without scheme and last slash', () => {
    const strict = new Server(rules(rule({ audiences: ['https://shop.example/', 'plain'] })));
    const audiences = ['shop.example', 'http://shop.example', 'plain/', 'https://shop.example/x', 'PLAIN'];
    expect(audiences.map((aud) => answer(strict, bearer({ ...good, aud })).slice(0, 4))).toEqual(['pass', 'pass', 'pass', '403 ', '403 ']);
  });

  test('without issuer takes tokens of everybody', () => {
    expect(answer(new Server(rules(rule({ issuer: undefined }))), bearer({ iss: 'x' }))).toBe('pass');
  });

  test('answers with a challenge and the details of the access log', () => {
    const { verdict } = server.ask({ ...bearer(good, keys.other), path: `/p?q=1&r=${'x'.repeat(300)}` });
    expect(verdict).toMatchObject({ details: 'jwt_authn_access_denied{Jwt_verification_fails}' });
    const challenge = verdict.kind === 'answer' ? verdict.headers?.get('www-authenticate') : '';
    expect(challenge).toBe(`Bearer realm="http://server.shop/p?q=1&r=${'x'.repeat(247)}", error="invalid_token"`);
  });

  test('passes over CORS preflights, but not over other OPTIONS', () => {
    const preflight = { origin: 'https://x', 'access-control-request-method': 'GET', authorization: 'Bearer x' };
    expect(answer(server, { method: 'OPTIONS', headers: preflight })).toBe('pass');
    expect(answer(server, { method: 'OPTIONS', headers: { ...preflight, origin: '' } })).not.toBe('pass');
    expect(answer(server, { method: 'GET', headers: preflight })).not.toBe('pass');
  });

  test('takes no token as good where its keys would have to be fetched', () => {
    const unfetched = new Server(rules({ issuer: iss, jwksUri: 'https://id.example/keys' }));
    expect(answers(unfetched, {}, bearer(), bearer({ iss: 'x' }))).toEqual(['pass', '401 Jwt verification fails', '401 Jwt issuer is not configured']);
    const misses = unfetched.ask(bearer()).trace.at(-1)?.runnersUp?.();
    expect(misses?.[0]?.missedBy).toContain('the keys at https://id.example/keys are not fetched in a simulation');
    const discovered = new Server(rules({ issuer: `${iss}/` })).ask(bearer({ iss: `${iss}/` }));
    expect(discovered.trace.at(-1)?.runnersUp?.()[0]?.missedBy).toContain('https://id.example/.well-known/openid-configuration');
  });

  test('refuses where none of its keys can be used', () => {
    expect(answer(new Server(rules(rule({ jwks: '{"keys":[]}' }))), bearer())).toBe("401 Jwks doesn't have any valid public key");
  });
});

describe('what the request has behind the filter', () => {
  test('the token is gone, unless it is forwarded', () => {
    expect(new Server(rules(rule())).ask(bearer()).request.headers.has('authorization')).toBe(false);
    expect(new Server(rules(rule({ forwardOriginalToken: true }))).ask(bearer()).request.headers.has('authorization')).toBe(true);
    expect(new Server(rules(rule())).ask({ path: `/?access_token=${tokenOf(good)}&x=1` }).request.path).toBe('/?x=1');
  });

  test('claims and payload are in headers that nobody else can write', () => {
    const server = new Server(
      rules(
        rule({
          outputPayloadToHeader: 'X-Payload',
          outputClaimToHeaders: [
            { header: 'X-Sub', claim: 'sub' },
            { header: 'X-No', claim: 'no' },
          ],
        }),
      ),
    );
    const spoofed = { 'x-payload': '1', 'x-sub': '2', 'x-no': '3' };
    const { headers } = server.ask({ headers: { ...spoofed, ...bearer().headers } }).request;
    expect(headers.toRecord()).toEqual({ 'x-payload': Buffer.from(JSON.stringify(good)).toString('base64url'), 'x-sub': 'anna' });
    expect(server.ask({ headers: spoofed }).request.headers.toRecord()).toEqual({});
    const preflight = { origin: 'https://x', 'access-control-request-method': 'GET' };
    expect(server.ask({ method: 'OPTIONS', headers: { ...spoofed, ...preflight } }).request.headers.toRecord()).toEqual(preflight);
  });

  test('claims of every type are written as Envoy writes them', () => {
    const claims = {
      a: 'x',
      b: 42,
      c: -3,
      d: 1.25,
      e: true,
      f: null,
      g: '',
      h: ['a', 1],
      i: { k: 'v>' },
      j: { k: { l: 'deep' } },
      'k.l': 'dotted',
      m: 2 ** 63,
    };
    const names = [...Object.keys(claims).filter((name) => !name.includes('.')), 'j.k.l', 'k.l', 'none'];
    const server = new Server(rules(rule({ outputClaimToHeaders: names.map((claim) => ({ header: `x-${claim}`, claim })) })));
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    expect(server.ask(bearer({ ...good, ...claims })).request.headers.toRecord()).toEqual({
      'x-a': 'x',
      'x-b': '42',
      'x-c': '-3.000000',
      'x-d': '1.250000',
      'x-e': 'true',
      'x-h': base64('["a",1]'),
      'x-i': base64('{"k":"v\\u003e"}'),
      'x-j': base64('{"k":{"l":"deep"}}'),
      'x-j.k.l': 'deep',
      'x-m': '9223372036854775808',
    });
  });
});

describe('several tokens at the places of one rule', () => {
  const server = new Server(
    rules(
      rule({
        fromHeaders: [{ name: 'X-B' }, { name: 'X-A', prefix: 'T ' }],
        fromParams: ['p'],
        fromCookies: ['c'],
        outputClaimToHeaders: [{ header: 'x-sub', claim: 'sub' }],
      }),
    ),
  );
  const token = (sub: string, key = keys.ec256) => tokenOf({ ...good, sub }, key);

  test('have to be good all of them; the first place counts', () => {
    const { request, context } = server.ask({ path: `/?p=${token('p')}`, headers: { 'x-b': token('b'), 'x-a': `T ${token('a')}`, cookie: `c=${token('c')}` } });
    expect(context.token?.payload.sub).toBe('a');
    expect(request.headers.all('x-sub')).toEqual(['c', 'p', 'b', 'a']);
    expect(answer(server, { path: `/?p=${token('p')}`, headers: { 'x-b': token('b', keys.other) } })).toBe('401 Jwt verification fails');
  });

  test('are not looked for elsewhere', () => {
    expect(server.ask(bearer(good, keys.other)).context.token).toBeUndefined();
    expect(answer(server, { headers: { 'x-a': token('a', keys.other) } })).toBe('pass');
  });
});

describe('several rules', () => {
  const second = { issuer: 'https://b.example', jwks: jwks(keys.rsa.jwk), fromHeaders: [{ name: 'x-id' }, { name: 'authorization', prefix: 'Bearer ' }] };
  const server = new Server(rules(rule({ fromHeaders: second.fromHeaders }), second));
  const other = (claims: object = {}) => tokenOf({ iss: 'https://b.example', sub: 'bert', ...claims }, keys.rsa, 'RS256');

  test('need one of them that takes the tokens as good', () => {
    expect(server.ask(bearer()).context.token?.principal).toBe('https://id.example/anna');
    expect(server.ask({ headers: { authorization: `Bearer ${other()}` } }).context.token?.principal).toBe('https://b.example/bert');
  });

  test('answer with what the rule of the issuer says, else that no rule knows it', () => {
    expect(answers(server, bearer({ ...good, iss: 'x' }), bearer({ ...good, exp: 1 }), { headers: { 'x-id': other({ exp: 1 }) } }, {})).toEqual([
      '401 Jwt issuer is not configured',
      '401 Jwt is expired',
      '401 Jwt is expired',
      'pass',
    ]);
  });

  test('do not look at each other where they read different places', () => {
    const apart = new Server(rules(rule(), { ...second, fromHeaders: [{ name: 'x-id' }] }));
    expect(answer(apart, { headers: { ...bearer().headers, 'x-id': 'rubbish' } })).toBe('pass');
    expect(answer(apart, { headers: { 'x-id': 'rubbish' } })).not.toBe('pass');
  });

  test('of several policies are taken together, in the order of their issuers', () => {
    const yaml =
      policy(`jwtRules: ${JSON.stringify([second])}`, { kind: 'RequestAuthentication', namespace: 'istio-system' }) +
      rules(rule({ fromHeaders: second.fromHeaders }));
    const { trace } = new Server(yaml).ask(bearer());
    expect(trace[0]?.runnersUp?.().map(({ what }) => what)).toEqual(['jwtRules[0] of RequestAuthentication istio-system/p']);
  });
});

describe('policies', () => {
  const status = (when: string, claims: object, more: object = {}) =>
    new Server(rules(rule(more)) + policy(`rules: [${when}]`)).status(bearer({ ...good, ...claims }));
  const claim = (path: string, value: string, claims: object, more?: object) =>
    status(`{ when: [{ key: "request.auth.claims${path}", values: [${JSON.stringify(value)}] }] }`, claims, more);

  test('see claims that are texts or lists of texts', () => {
    expect(claim('[a]', 'x', { a: 'x' })).toBe(200);
    expect(claim('[a]', 'x*', { a: [1, 'xy'] })).toBe(200);
    expect([1, true, null, {}, '', []].map((a) => claim('[a]', '*', { a }))).toEqual([403, 403, 403, 403, 403, 403]);
    expect(claim('[a][b]', 'x', { a: { b: 'x' } })).toBe(200);
    expect(claim('[a.b]', 'x', { a: { b: 'x' } })).toBe(403);
    expect(claim('[a.b]', 'x', { 'a.b': 'x' })).toBe(200);
    expect(claim('[toString]', '*', {})).toBe(403);
  });

  test('see the words of scope and permission, and of claims that a rule names', () => {
    expect(claim('[scope]', 'b', { scope: 'a  b' })).toBe(200);
    expect(claim('[scope]', 'a b', { scope: 'a b' })).toBe(403);
    expect(claim('[words]', 'b', { words: 'a b' })).toBe(403);
    expect(claim('[words]', 'b', { words: 'a b' }, { spaceDelimitedClaims: ['words'] })).toBe(200);
  });

  test('see audiences and presenter', () => {
    expect(status('{ when: [{ key: request.auth.audiences, values: [b] }] }', { aud: ['a', 'b'] })).toBe(200);
    expect(status('{ when: [{ key: request.auth.presenter, values: [b] }] }', { azp: 'b' })).toBe(200);
    expect(status('{ when: [{ key: request.auth.presenter, notValues: [b] }] }', {})).toBe(200);
  });

  test.each([
    ['https://id.example/anna', 200],
    ['*', 200],
    ['https://id.example/*', 200],
    ['https://id.example/an*', 200],
    ['*na', 200],
    ['*example/anna', 200],
    ['*/anna', 200],
    ['*/na', 403],
    ['https://id*', 403],
    ['https://id.example', 403],
    ['https://id.example/ann', 403],
    ['https://id.example/', 403],
  ])('compare principals: %s', (value, expected) => {
    expect(status(`{ from: [{ source: { requestPrincipals: [${JSON.stringify(value)}] } }] }`, {})).toBe(expected);
    expect(status(`{ when: [{ key: request.auth.principal, notValues: [${JSON.stringify(value)}] }] }`, {})).toBe(expected === 200 ? 403 : 200);
  });

  test('need issuer and subject for a principal', () => {
    expect(status('{ from: [{ source: { requestPrincipals: ["*"] } }] }', { sub: undefined })).toBe(403);
    expect(status('{ from: [{ source: { notRequestPrincipals: ["*"] } }] }', { sub: undefined })).toBe(200);
  });
});

describe('claims that a test gives in place of a token', () => {
  const server = new Server(rules(rule({ audiences: ['me'], outputClaimToHeaders: [{ header: 'x-sub', claim: 'sub' }] })));

  test('are taken as verified by a rule for their issuer, and are gone then', () => {
    const { verdict, request, context } = server.ask({ claims: { ...good, aud: 'me' } });
    expect([verdict.kind, request.claims, request.headers.get('x-sub'), context.token?.principal]).toEqual([
      'pass',
      undefined,
      'anna',
      'https://id.example/anna',
    ]);
    expect(new Server(rules(rule({ forwardOriginalToken: true }))).ask({ claims: good }).request.claims).toEqual(good);
  });

  test('are held to issuer, times and audience', () => {
    expect(
      answers(server, { claims: { iss: 'x' } }, { claims: { ...good, exp: 1 } }, { claims: { ...good, aud: 'you' } }, { claims: { ...good, exp: 'x' } }),
    ).toEqual([
      '401 Jwt issuer is not configured',
      '401 Jwt is expired',
      '403 Audiences in Jwt are not allowed',
      '401 Jwt payload [exp] field is not an integer',
    ]);
  });

  test('need no keys', () => {
    expect(answer(new Server(rules({ issuer: iss, jwksUri: 'https://id.example/keys' })), { claims: good })).toBe('pass');
  });

  test('mean nothing where no rule is', () => {
    expect(new Server('').ask({ claims: good }).context.token).toBeUndefined();
  });
});

test('the trace tells which rule took a token, and what the others missed by', () => {
  const server = new Server(rules({ issuer: 'a', jwks: jwks(keys.rsa.jwk) }, rule()));
  const [step] = server.ask(bearer()).trace;
  expect([step?.decision, step?.text, step?.source?.path]).toEqual([
    'authentication',
    'the token in the header authorization is good, by jwtRules[1] of RequestAuthentication shop/p: https://id.example/anna',
    'spec.jwtRules[1]',
  ]);
  expect(step?.runnersUp?.().map(({ missedBy }) => missedBy)).toEqual(['header authorization: Jwt issuer is not configured']);
  expect(server.ask().trace[0]?.text).toBe('there is no token where a rule looks for one');
  const refused = server.ask(bearer(good, keys.other)).trace[0];
  expect([refused?.text, refused?.source?.path]).toEqual(['refused: Jwt verification fails', 'spec.jwtRules[1]']);
});

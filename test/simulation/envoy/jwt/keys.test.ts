import { parseKeys, signatureProblem } from '../../../../src/simulation/envoy/jwt/keys';
import { type Jwt, parseToken } from '../../../../src/simulation/envoy/jwt/token';
import { jwks, keys, type SigningKey, tokenOf } from './signing';

const read = (token: string): Jwt => parseToken(token) as Jwt;
const named = (name: keyof typeof keys, more: object = {}) => ({ ...keys[name].jwk, kid: name, ...more });
const all = parseKeys(jwks(...(['rsa', 'ec256', 'ec384', 'ec521', 'ed', 'oct'] as const).map((name) => named(name))));

const signed = (key: SigningKey, algorithm: string, kid?: string) => read(tokenOf({}, key, algorithm, kid === undefined ? {} : { kid }));

test.each([
  ['rsa', 'RS256'],
  ['rsa', 'RS384'],
  ['rsa', 'RS512'],
  ['rsa', 'PS256'],
  ['rsa', 'PS384'],
  ['rsa', 'PS512'],
  ['ec256', 'ES256'],
  ['ec384', 'ES384'],
  ['ec521', 'ES512'],
  ['ed', 'EdDSA'],
  ['oct', 'HS256'],
  ['oct', 'HS384'],
  ['oct', 'HS512'],
] as const)('%s signs with %s', (name, algorithm) => {
  const token = tokenOf({ sub: 'anna' }, keys[name], algorithm, { kid: name });
  expect(signatureProblem(read(token), all)).toBeUndefined();
  const [head, , signature] = token.split('.');
  expect(signatureProblem(read([head, Buffer.from('{"sub":"eve"}').toString('base64url'), signature].join('.')), all)).toBe('signature');
});

test('a key of another name or algorithm is not tried; one without a name or algorithm is', () => {
  const token = (kid?: string) => signed(keys.ec256, 'ES256', kid);
  const problem = (kid: string | undefined, ...jwk: object[]) => signatureProblem(token(kid), parseKeys(jwks(...jwk)));
  expect(problem('x', named('ec256'))).toBe('noMatchingKey');
  expect(problem(undefined, named('ec256'))).toBeUndefined();
  expect(problem('x', keys.ec256.jwk)).toBeUndefined();
  expect(problem('ec256', named('ec256', { alg: 'ES384' }))).toBe('noMatchingKey');
  expect(problem('ec256', named('ec256', { alg: 'ES256' }))).toBeUndefined();
  expect(problem(undefined, keys.other.jwk, keys.rsa.jwk, keys.ec256.jwk)).toBeUndefined();
  expect(problem(undefined, keys.other.jwk)).toBe('signature');
});

test('a public key is no secret', () => {
  const forged = read(tokenOf({}, { secret: Buffer.from(JSON.stringify(keys.ec256.jwk)), jwk: {} }, 'HS256'));
  expect(signatureProblem(forged, parseKeys(jwks(keys.ec256.jwk, keys.rsa.jwk)))).toBe('signature');
});

test('signatures of a wrong length are told apart for Ed25519 only', () => {
  const cut = (jwt: Jwt): Jwt => ({ ...jwt, signature: jwt.signature.subarray(0, 20) });
  expect(signatureProblem(cut(signed(keys.ed, 'EdDSA')), parseKeys(jwks(keys.ed.jwk)))).toBe('signatureLength');
  expect(signatureProblem(cut(signed(keys.ec256, 'ES256')), parseKeys(jwks(keys.ec256.jwk)))).toBe('signature');
  expect(signatureProblem(cut(signed(keys.oct, 'HS256')), parseKeys(jwks(keys.oct.jwk)))).toBe('signature');
});

test('a byte behind the two halves of an ECDSA signature does not count', () => {
  const jwt = signed(keys.ec256, 'ES256');
  const longer = (bytes: number): Jwt => ({ ...jwt, signature: Buffer.concat([jwt.signature, Buffer.alloc(bytes)]) });
  const set = parseKeys(jwks(keys.ec256.jwk));
  expect([1, 2].map((bytes) => signatureProblem(longer(bytes), set))).toEqual([undefined, 'signature']);
});

test('a key may name an algorithm of its type, and of no other', () => {
  const fitting = { rsa: ['RS256', 'PS512'], ec256: ['ES256', 'ES512'], ed: ['EdDSA'], oct: ['HS256', 'HS512'] } as const;
  const algorithms = Object.values(fitting).flat();
  for (const [name, own] of Object.entries(fitting) as [keyof typeof fitting, readonly string[]][]) {
    expect(algorithms.filter((alg) => parseKeys(jwks(named(name, { alg }))).length === 1)).toEqual(own);
  }
});

test('keys that cannot be used are passed over; without any no signature is good', () => {
  const unusable = [
    { kty: 'EC', crv: 'P-1', x: 'a', y: 'b' },
    { kty: 'RSA', n: 5 },
    { kty: 'OKP', crv: 'X25519', x: keys.ed.jwk.x },
    { kty: 'oct' },
    { kty: 'oct', k: '' },
    { kty: 'oct', k: 5 },
    { kty: 'new' },
    named('ec256', { alg: 'RS256' }),
    named('ec256', { kid: 5 }),
  ];
  expect(parseKeys(jwks(...unusable))).toEqual([]);
  expect(parseKeys(jwks(...unusable, keys.ec256.jwk))).toHaveLength(1);
  expect(['no JSON', '{}', '{"keys":5}'].map((text) => parseKeys(text))).toEqual([[], [], []]);
  expect(signatureProblem(signed(keys.ec256, 'ES256'), [])).toBe('noKeys');
});

import fc from 'fast-check';
import { parseToken } from '../../../../src/simulation/envoy/jwt/token';
import { encode, tokenOf } from './signing';

const [header, payload] = [{ alg: 'ES256' }, { iss: 'me' }];
const text = (head: unknown = header, body: unknown = payload, signature = 'c2ln') =>
  [head, body, signature].map((part) => (typeof part === 'string' ? part : encode(part))).join('.');

test('a token is read with its claims, key and signature', () => {
  expect(parseToken(text({ alg: 'RS512', kid: 'k' }))).toEqual({
    algorithm: 'RS512',
    keyId: 'k',
    claims: payload,
    signed: `${encode({ alg: 'RS512', kid: 'k' })}.${encode(payload)}`,
    signature: Buffer.from('sig'),
    encodedPayload: encode(payload),
  });
});

test.each([
  ['abc', 'badFormat'],
  ['a.b', 'badFormat'],
  ['a.b.c.d', 'badFormat'],
  [text(header, payload, ''), 'badFormat'],
  [text('!!'), 'headerEncoding'],
  [text('e3'), 'headerJson'],
  [text([1]), 'headerJson'],
  [text({}), 'headerAlgorithm'],
  [text({ alg: 5 }), 'headerAlgorithm'],
  [text({ alg: 'none' }), 'unsupportedAlgorithm'],
  [text({ alg: 'ES256', kid: 5 }), 'headerKeyId'],
  [text({ alg: 'ES256', kid: null }), 'headerKeyId'],
  [text(header, '!!'), 'payloadEncoding'],
  [text(header, encode('no JSON')), 'payloadJson'],
  [text(header, encode('[1]')), 'payloadJson'],
  [text(header, { iss: null }), 'issuerType'],
  [text(header, { sub: 5 }), 'subjectType'],
  [text(header, { iat: 'x' }), 'issuedAtType'],
  [text(header, { iat: -1 }), 'issuedAtRange'],
  [text(header, { nbf: 'x' }), 'notBeforeType'],
  [text(header, { nbf: 2 ** 64 }), 'notBeforeRange'],
  [text(header, { exp: true }), 'expiryType'],
  [text(header, { exp: -0.5 }), 'expiryRange'],
  [text(header, { jti: 5 }), 'idType'],
  [text(header, { aud: 5 }), 'audienceType'],
  [text(header, { aud: ['a', 5] }), 'audienceType'],
  [text(header, payload, 'a'), 'signatureEncoding'],
])('%s is no token: %s', (token, problem) => {
  expect(parseToken(token)).toBe(problem);
});

test.each(['c2ln=', 'c2l', 'c2l=', ' c2 ln', 'c2ln==='])('padding and white space are read as Envoy reads them: %s', (signature) => {
  const token = parseToken(text(header, payload, signature));
  const expected: Readonly<Record<string, string>> = { c2l: 'si', 'c2l=': 'si', ' c2 ln': 'sig' };
  expect(typeof token === 'string' ? token : token.signature.toString()).toBe(expected[signature] ?? 'signatureEncoding');
});

test('empty sections at either end do not count', () => {
  expect(typeof parseToken(`.${text()}..`)).toBe('object');
});

test('every token that is signed can be read again, and no text makes the reader throw', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (claims) => {
      const read = parseToken(tokenOf({ ...claims, iss: 'a', sub: 'b', iat: 1, nbf: 1, exp: 1, jti: 'c', aud: 'd' }));
      expect(read).toMatchObject({ algorithm: 'ES256' });
    }),
    { numRuns: 50 },
  );
  fc.assert(fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => parseToken(`${a}.${b}.${c}`) !== undefined));
});

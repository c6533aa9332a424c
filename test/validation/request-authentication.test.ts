import { found } from './istiod';

const authentication = (spec: object) => found('RequestAuthentication', spec);
const rule = (fields: object) => authentication({ jwtRules: [{ issuer: 'a', ...fields }] });
const at = 'spec.jwtRules[0]';
const key = { kty: 'EC', crv: 'P-256', x: 'AQAB', y: 'AQAB' };

test('RA1: selector and targets are checked', () => {
  expect(authentication({ selector: {}, targetRef: { kind: 'Service', name: 'a' } })).toEqual([
    'target-ref/several-targets spec.targetRef',
    'selector/empty spec.selector',
  ]);
  expect(authentication({ targetRefs: [{ kind: 'Service' }] })).toEqual(['target-ref/name-missing spec.targetRefs[0].name']);
});

test('RA2: audiences are not empty', () => {
  expect(rule({ audiences: ['a', ''] })).toEqual([`request-authentication/audience-empty ${at}.audiences[1]`]);
});

test('RA3: the issuer or the address of the keys is given; keys alone are not enough', () => {
  expect(rule({ issuer: '', jwks: JSON.stringify(key) })).toEqual([`request-authentication/issuer-missing ${at}.issuer`]);
  expect(rule({ issuer: '', jwksUri: 'https://a/b' })).toEqual([]);
});

test.each(['a.com/jwks', '/jwks', 'ftp://a', 'https://a:b/', 'https://a b/', 'https://a/%zz', 'http://a:99999999999999999999/'])(
  'RA4: the address %s is refused',
  (jwksUri) => {
    expect(rule({ jwksUri })).toEqual([`request-authentication/jwks-uri ${at}.jwksUri`]);
  },
);

test.each(['https://a.com:8443/jwks?x#y', 'HTTP://a', 'http:a', 'https://[::1]:443/', 'https://a:99999/'])('RA4: the address %s is fine', (jwksUri) => {
  expect(rule({ jwksUri })).toEqual([]);
});

test('RA5: keys in the object are JSON Web Keys', () => {
  expect(rule({ jwks: 'x' })).toEqual([`request-authentication/jwks ${at}.jwks`]);
  expect(rule({ jwks: '{"keys":[{"kty":"RSA"}]}' })).toEqual([`request-authentication/jwks ${at}.jwks`]);
  expect(rule({ jwks: JSON.stringify({ keys: [key] }) })).toEqual([]);
  expect(rule({ jwks: '' })).toEqual([]);
});

test('RA6: secret keys are a warning, each of them', () => {
  expect(rule({ jwks: JSON.stringify({ keys: [{ ...key, d: 'AQAB' }, key] }) })).toEqual([`request-authentication/secret-key ${at}.jwks`]);
  expect(rule({ jwks: '{"kty":"oct","k":"AQAB"}' })).toEqual([`request-authentication/secret-key ${at}.jwks`]);
});

test('RA7: places of tokens have names', () => {
  expect(rule({ fromHeaders: [{ name: 'a' }, {}], fromParams: [''], fromCookies: ['a', ''] })).toEqual([
    `request-authentication/token-place-empty ${at}.fromHeaders[1].name`,
    `request-authentication/token-place-empty ${at}.fromParams[0]`,
    `request-authentication/token-place-empty ${at}.fromCookies[1]`,
  ]);
});

test('RA8: claims are copied to headers with plain names', () => {
  const output = (fields: object) => rule({ outputClaimToHeaders: [fields] });
  expect(output({})).toEqual([
    `request-authentication/output-incomplete ${at}.outputClaimToHeaders[0].header`,
    `request-authentication/output-incomplete ${at}.outputClaimToHeaders[0].claim`,
  ]);
  expect(output({ header: 'x.a', claim: 'sub' })).toEqual([`header/invalid-name ${at}.outputClaimToHeaders[0].header`]);
  expect(output({ header: 'x-a_b', claim: 'sub' })).toEqual([]);
});

test('RA9: the timeout is at least a millisecond', () => {
  expect(rule({ timeout: '0s' })).toEqual([`duration/too-short ${at}.timeout`]);
});

import type { HashPolicy } from '../../../src/simulation/envoy/cluster';
import { hashKey, missingCookies } from '../../../src/simulation/envoy/hash-key';
import { Headers, type HttpRequest } from '../../../src/simulation/envoy/http';
import { xxHash64 } from '../../../src/simulation/envoy/xx-hash';

function request(fields: Record<string, string | string[]> = {}, path = '/'): HttpRequest {
  return { method: 'GET', scheme: 'http', authority: 'reviews:9080', path, headers: Headers.of(fields), body: '' };
}

const key = (policy: HashPolicy, of: HttpRequest | undefined) => hashKey([policy], of, '10.0.0.1');

describe('what a caller is bound by', () => {
  it('can be a header: all of its values, in whatever order', () => {
    const user: HashPolicy = { kind: 'header', name: 'x-user' };
    expect(key(user, request({ 'x-user': 'anna' }))).toBe(xxHash64('anna'));
    expect(key(user, request({ 'x-user': ['b', 'a'] }))).toBe(key(user, request({ 'x-user': ['a', 'b'] })));
    expect(key(user, request({ 'x-user': '' }))).toBe(xxHash64(''));
    expect(key(user, request())).toBeUndefined();
    expect(key({ kind: 'header', name: ':authority' }, request())).toBe(xxHash64('reviews:9080'));
  });

  it('can be a cookie that is not empty', () => {
    const session: HashPolicy = { kind: 'cookie', name: 'session' };
    expect(key(session, request({ cookie: 'a=b; session=anna' }))).toBe(xxHash64('anna'));
    expect(key(session, request({ cookie: ['a=b', 'session="a=b"'] }))).toBe(xxHash64('a=b'));
    expect(key(session, request({ cookie: 'session=' }))).toBeUndefined();
    expect(key(session, request({ cookie: 'my-session=anna' }))).toBeUndefined();
  });

  it('can be a parameter: its first value, as it is written', () => {
    const user: HashPolicy = { kind: 'query', name: 'u' };
    expect(key(user, request({}, '/?x=1&u=a%20b&u=c#u=d'))).toBe(xxHash64('a%20b'));
    expect(key(user, request({}, '/?u='))).toBe(xxHash64(''));
    expect(key(user, request({}, '/#?u=a'))).toBeUndefined();
    expect(key(user, request({}, '/u=a'))).toBeUndefined();
  });

  it('can be the address, which is all that a connection without requests has', () => {
    expect(key({ kind: 'sourceIp' }, undefined)).toBe(xxHash64('10.0.0.1'));
    expect(key({ kind: 'header', name: 'x-user' }, undefined)).toBeUndefined();
  });

  it('is everything that several policies find', () => {
    const both: HashPolicy[] = [
      { kind: 'header', name: 'x' },
      { kind: 'header', name: 'y' },
    ];
    const found = (fields: Record<string, string>) => hashKey(both, request(fields), '');
    expect(found({ x: 'a', y: 'a' })).not.toBe(0n);
    expect(found({ x: 'a', y: 'b' })).not.toBe(found({ x: 'b', y: 'a' }));
    expect(found({ y: 'b' })).toBe(xxHash64('b'));
    expect(found({})).toBeUndefined();
  });
});

describe('cookies to hand out', () => {
  const policies: HashPolicy[] = [{ kind: 'cookie', name: 'kept', ttl: 0 }, { kind: 'cookie', name: 'read' }, { kind: 'sourceIp' }];

  it('are those with a lifetime that the request does not bring', () => {
    expect(missingCookies(policies, request()).map(({ name }) => name)).toEqual(['kept']);
    expect(missingCookies(policies, request({ cookie: 'kept=1' }))).toEqual([]);
  });
});

import type { JwtProblem } from './status';

/** The claims of a token, as they were written. */
export type Claims = Readonly<Record<string, unknown>>;

/** A token that has been read; whether it may be believed is another question. */
export interface Jwt {
  readonly algorithm: string;
  /** Empty where the token names no key. */
  readonly keyId: string;
  readonly claims: Claims;
  /** What the signature is about. */
  readonly signed: string;
  readonly signature: Buffer;
  /** The payload as it stands in the token. */
  readonly encodedPayload: string;
}

/** What tokens are checked by, beside their signature. Times are seconds since 1970, 0 where there is none. */
export interface Assertions {
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly notBefore: number;
  readonly expiry: number;
}

const supported: ReadonlySet<string> = new Set([...['ES', 'HS', 'RS', 'PS'].flatMap((family) => ['256', '384', '512'].map((size) => family + size)), 'EdDSA']);

/** Reads a token; a text that is none gives what is wrong with it. */
export function parseToken(text: string): Jwt | JwtProblem {
  const sections = text.split('.').filter((section) => section !== '');
  if (sections.length !== 3) return 'badFormat';
  const [encodedHeader, encodedPayload, encodedSignature] = sections as [string, string, string];
  const header = decode(encodedHeader);
  if (header === undefined) return 'headerEncoding';
  const { alg, kid } = parseObject(header) ?? {};
  if (parseObject(header) === undefined) return 'headerJson';
  if (typeof alg !== 'string') return 'headerAlgorithm';
  if (!supported.has(alg)) return 'unsupportedAlgorithm';
  if (kid !== undefined && typeof kid !== 'string') return 'headerKeyId';
  const payload = decode(encodedPayload);
  if (payload === undefined) return 'payloadEncoding';
  const claims = parseObject(payload);
  if (claims === undefined) return 'payloadJson';
  const assertions = readAssertions(claims);
  if (typeof assertions === 'string') return assertions;
  const signature = decode(encodedSignature);
  if (signature === undefined) return 'signatureEncoding';
  return { algorithm: alg, keyId: kid ?? '', claims, signed: `${encodedHeader}.${encodedPayload}`, signature, encodedPayload };
}

/** Reads the claims that every token is checked by. */
export function readAssertions(claims: Claims): Assertions | JwtProblem {
  const { iss, sub, jti, aud } = claims;
  if (iss !== undefined && typeof iss !== 'string') return 'issuerType';
  if (sub !== undefined && typeof sub !== 'string') return 'subjectType';
  const times = [readTime(claims.iat, 'issuedAt'), readTime(claims.nbf, 'notBefore'), readTime(claims.exp, 'expiry')];
  const problem = times.find((time) => typeof time === 'string');
  if (problem !== undefined) return problem as JwtProblem;
  if (jti !== undefined && typeof jti !== 'string') return 'idType';
  const audiences = aud === undefined ? [] : typeof aud === 'string' ? [aud] : aud;
  if (!Array.isArray(audiences) || !audiences.every((audience) => typeof audience === 'string')) return 'audienceType';
  return { issuer: iss ?? '', audiences, notBefore: times[1] as number, expiry: times[2] as number };
}

function readTime(value: unknown, name: 'issuedAt' | 'notBefore' | 'expiry'): number | JwtProblem {
  if (value === undefined) return 0;
  if (typeof value !== 'number') return `${name}Type`;
  return value < 0 || value >= 2 ** 64 ? `${name}Range` : Math.trunc(value);
}

/** Base64url, with or without padding; white space in it does not count. */
function decode(text: string): Buffer | undefined {
  const [, digits, padding = ''] = /^([A-Za-z0-9_-]*)(={0,2})$/.exec(text.replace(/\s/g, '')) ?? [];
  if (digits === undefined) return undefined;
  const isWhole = padding === '' ? digits.length % 4 !== 1 : (digits.length + padding.length) % 4 === 0;
  return isWhole ? Buffer.from(digits, 'base64url') : undefined;
}

function parseObject(bytes: Buffer): Claims | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

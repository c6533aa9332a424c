import { constants, createHmac, createPublicKey, createSecretKey, type JsonWebKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import type { JwtProblem } from './status';
import type { Jwt } from './token';

/** A key of a JWKS. */
export interface Key {
  readonly type: 'RSA' | 'EC' | 'OKP' | 'oct';
  /** Empty where the key has no name; then it is tried for every token. */
  readonly id: string;
  /** Empty where the key is for all algorithms of its type. */
  readonly algorithm: string;
  readonly key: KeyObject;
}

/** Which algorithms a key of a type may name. */
const algorithms: Readonly<Record<Key['type'], RegExp>> = { RSA: /^[RP]S/, EC: /^ES(?:256|384|512)$/, OKP: /^EdDSA$/, oct: /^HS/ };

/** The keys of a JWKS that can be used; the others are passed over, as is a text that is no JWKS. */
export function parseKeys(jwks: string): readonly Key[] {
  try {
    const { keys } = JSON.parse(jwks) as { readonly keys?: unknown };
    return Array.isArray(keys) ? keys.flatMap((each) => readKey(each as JsonWebKey) ?? []) : [];
  } catch {
    return [];
  }
}

function readKey(jwk: JsonWebKey): Key | undefined {
  const { kty, kid = '', alg = '' } = jwk;
  if (typeof kid !== 'string' || typeof alg !== 'string') return undefined;
  if (kty !== 'RSA' && kty !== 'EC' && kty !== 'OKP' && kty !== 'oct') return undefined;
  if (alg !== '' && !algorithms[kty].test(alg)) return undefined;
  const key = importKey(kty, jwk);
  return key === undefined ? undefined : { type: kty, id: kid, algorithm: alg, key };
}

function importKey(type: Key['type'], { n, e, crv, x, y, k }: JsonWebKey): KeyObject | undefined {
  try {
    switch (type) {
      case 'RSA':
        return createPublicKey({ format: 'jwk', key: { kty: type, n, e } as JsonWebKey });
      case 'EC':
        return createPublicKey({ format: 'jwk', key: { kty: type, crv: crv ?? 'P-256', x, y } as JsonWebKey });
      case 'OKP':
        return crv === 'Ed25519' ? createPublicKey({ format: 'jwk', key: { kty: type, crv, x } as JsonWebKey }) : undefined;
      case 'oct':
        return typeof k === 'string' && k !== '' ? createSecretKey(Buffer.from(k, 'base64url')) : undefined;
    }
  } catch {
    return undefined;
  }
}

/** Whether a token is signed with one of the keys: those of its key name and algorithm are tried, and those without either. */
export function signatureProblem(jwt: Jwt, keys: readonly Key[]): JwtProblem | undefined {
  if (keys.length === 0) return 'noKeys';
  const fitting = keys.filter(({ id, algorithm }) => (jwt.keyId === '' || id === '' || id === jwt.keyId) && (algorithm === '' || algorithm === jwt.algorithm));
  for (const key of fitting) {
    if (key.type === 'OKP' && jwt.signature.length !== 64) return 'signatureLength';
    if (isSigned(jwt, key)) return undefined;
  }
  return fitting.length === 0 ? 'noMatchingKey' : 'signature';
}

function isSigned({ algorithm, signed, signature }: Jwt, { type, key }: Key): boolean {
  const data = Buffer.from(signed);
  const hash = algorithm.endsWith('384') ? 'sha384' : algorithm.endsWith('512') ? 'sha512' : 'sha256';
  switch (type) {
    case 'EC':
      return isEcdsaSigned(hash, data, key, signature);
    case 'RSA':
      if (algorithm.startsWith('RS')) return verify(hash, data, key, signature);
      if (!algorithm.startsWith('PS')) return false;
      return verify(hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, signature);
    case 'OKP':
      return verify(null, data, key, signature);
    case 'oct': {
      const expected = createHmac(hash, key).update(data).digest();
      return expected.length === signature.length && timingSafeEqual(expected, signature);
    }
  }
}

/** The number of bytes of each half of a signature, by the name of the curve. */
const halves: Readonly<Record<string, number>> = { prime256v1: 32, secp384r1: 48, secp521r1: 66 };

/** As Envoy does, the signature is cut into two halves of the same length, and a byte that is left over does not count. */
function isEcdsaSigned(hash: string, data: Buffer, key: KeyObject, signature: Buffer): boolean {
  const size = halves[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? 0;
  const half = Math.floor(signature.length / 2);
  if (half !== size) return false;
  return verify(hash, data, { key, dsaEncoding: 'ieee-p1363' }, signature.subarray(0, 2 * half));
}

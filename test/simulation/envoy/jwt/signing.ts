import { constants, createHmac, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto';

/** A key with which a test signs, and its public half as a JWKS has it. */
export interface SigningKey {
  readonly secret: KeyObject | Buffer;
  readonly jwk: JsonWebKey;
}

const pair = ({ privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject }): SigningKey => ({
  secret: privateKey,
  jwk: publicKey.export({ format: 'jwk' }),
});

export const keys = {
  rsa: pair(generateKeyPairSync('rsa', { modulusLength: 2048 })),
  ec256: pair(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  ec384: pair(generateKeyPairSync('ec', { namedCurve: 'P-384' })),
  ec521: pair(generateKeyPairSync('ec', { namedCurve: 'P-521' })),
  ed: pair(generateKeyPairSync('ed25519')),
  oct: { secret: Buffer.from('a secret of the test'), jwk: { kty: 'oct', k: Buffer.from('a secret of the test').toString('base64url') } },
  other: pair(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
} satisfies Record<string, SigningKey>;

export const encode = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A JWKS of keys. */
export const jwks = (...some: readonly object[]): string => JSON.stringify({ keys: some });

/** A signed token. */
export function tokenOf(claims: object, { secret }: SigningKey = keys.ec256, algorithm = 'ES256', header: object = {}): string {
  const signed = `${encode({ alg: algorithm, ...header })}.${encode(claims)}`;
  return `${signed}.${signature(Buffer.from(signed), secret, algorithm).toString('base64url')}`;
}

function signature(data: Buffer, secret: KeyObject | Buffer, algorithm: string): Buffer {
  const hash = `sha${algorithm.slice(2)}`;
  if (Buffer.isBuffer(secret)) return createHmac(hash, secret).update(data).digest();
  switch (algorithm.slice(0, 2)) {
    case 'ES':
      return sign(hash, data, { key: secret, dsaEncoding: 'ieee-p1363' });
    case 'PS':
      return sign(hash, data, { key: secret, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
    case 'RS':
      return sign(hash, data, secret);
    default:
      return sign(null, data, secret);
  }
}

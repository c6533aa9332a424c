import type { JWTRule } from '../../../imports/security.istio.io';

/** Whose tokens the course accepts. */
export const issuer = 'issuer@tetrate.io';

/** Accepts tokens of the issuer that are signed with the key of the course; the public half of that key stands here, so that nothing has to be fetched. */
export const inlineKey: JWTRule = {
  issuer,
  jwks: JSON.stringify({
    keys: [
      {
        kty: 'EC',
        crv: 'P-256',
        alg: 'ES256',
        use: 'sig',
        kid: 'course',
        x: 'I1o3pMyvA1pzev5HBPGHgf7u17AYMVGPwxKyDbWvBPw',
        y: '2vQQseOgXQsJ3UQzbz_W_jv_6cg9s3s5jyee9nP0nPM',
      },
    ],
  }),
};

// Both tokens are of the issuer, for subject peter, and expire in 2100.
const claimsOfPeter =
  'eyJhbGciOiJFUzI1NiIsImtpZCI6ImNvdXJzZSIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJpc3N1ZXJAdGV0cmF0ZS5pbyIsInN1YiI6InBldGVyIiwiaWF0IjoxNzAwMDAwMDAwLCJleHAiOjQxMDI0NDQ4MDB9';

/** A token that is signed with the key of the course. */
export const goodToken = {
  Authorization: `Bearer ${claimsOfPeter}.x787oPz2hgeKgfTUqiB7UQmuOeMzWVRoEu7-Tx8AqQhqe_SXhAafJU-VXcUqFJLntp4WiasurW5Po-09cNmuZA`,
};

/** The same token, signed with another key. */
export const badToken = {
  Authorization: `Bearer ${claimsOfPeter}.dhreo7hCaAkZMmKc4d562bpexL6bcycbicyhOejclg3LE78uuIgqFOx--Mm53vneW9tPFW6U8H-z5ELO0mGgIw`,
};

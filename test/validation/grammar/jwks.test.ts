import { generateKeyPairSync } from 'node:crypto';
import { parseBase64 } from '../../../src/validation/grammar/base64';
import { isCertificate } from '../../../src/validation/grammar/certificate';
import { readKeySet } from '../../../src/validation/grammar/jwks';

const rsa = { kty: 'RSA', n: 'AQAB', e: 'AQAB' };
const certificate =
  'MIIBtjCCAVugAwIBAgITBmyf1XSXNmY/Owua2eiedgPySjAKBggqhkjOPQQDAjA5MQswCQYDVQQGEwJVUzEPMA0GA1UEChMGQW1hem9uMRkwFwYDVQQDExBBbWF6b24gUm9vdCBDQSAz' +
  'MB4XDTE1MDUyNjAwMDAwMFoXDTQwMDUyNjAwMDAwMFowOTELMAkGA1UEBhMCVVMxDzANBgNVBAoTBkFtYXpvbjEZMBcGA1UEAxMQQW1hem9uIFJvb3QgQ0EgMzBZMBMGByqGSM49AgEG' +
  'CCqGSM49AwEHA0IABCmXp8ZBf8ANm+gBG1bG8lKlui2yEujSLtf6ycXYqm0fc4E7O5hrOXwzpcVOho6AF2hiRVd9RFgdszflZwjrZt6jQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0P' +
  'AQH/BAQDAgGGMB0GA1UdDgQWBBSrttvXBp43rDCGB5Fwx5zEGbF4wDAKBggqhkjOPQQDAgNJADBGAiEA4IWSoxe3jfkrBqWTrBqYaGFy+uGh0PsceGCmQ5nFuMQCIQCcAu/xlJyzlvnr' +
  'xir4tiz+OpAUFteMYyRIHN8wfdVoOw==';

const secrets = (...keys: object[]) => {
  const set = readKeySet(JSON.stringify({ keys }));
  return set.problem ?? set.secretKeys;
};

test.each([
  ['RSA', generateKeyPairSync('rsa', { modulusLength: 1024 })],
  ['EC', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ['OKP', generateKeyPairSync('ed25519')],
])('keys of the type %s that Node makes are read, and told apart', (_, { publicKey, privateKey }) => {
  expect(secrets(publicKey.export({ format: 'jwk' }), privateKey.export({ format: 'jwk' }))).toEqual([1]);
});

test('a key may stand alone, and a set may be empty', () => {
  expect(readKeySet(JSON.stringify(rsa))).toEqual({ secretKeys: [] });
  expect(readKeySet('{"kty":"oct","k":""}')).toEqual({ secretKeys: [0] });
  expect(readKeySet('{"keys":[]}')).toEqual({ secretKeys: [] });
  expect(readKeySet('{"keys":null}')).toEqual({ secretKeys: [] });
});

test.each(['', 'x', '[]', 'null', '5', '{}', '{"keys":{}}', '{"keys":[null]}', '{"keys":[{}]}', '{"kty":"rsa"}', '{"keys":['])(
  '%j is no set of keys',
  (text) => {
    expect(readKeySet(text).problem).toBeDefined();
  },
);

test('what follows the object does not matter', () => {
  expect(readKeySet(`${JSON.stringify({ keys: [rsa], note: '}"{' })} and more`)).toEqual({ secretKeys: [] });
});

test.each([
  { ...rsa, n: undefined },
  { ...rsa, e: 'A' },
  { ...rsa, e: 'A+-B' },
  { ...rsa, kid: 5 },
  { ...rsa, key_ops: 'verify' },
  { ...rsa, x5c: ['AAAA'] },
  { ...rsa, d: 'AQAB', p: '?' },
  { kty: 'EC', crv: 'P-256', x: 'AQAB' },
  { kty: 'OKP', crv: 5, x: 'AQAB' },
  { kty: 'oct' },
  { ...rsa, KTY: 'EC' },
])('the key %j is refused', (key) => {
  expect(typeof secrets(key)).toBe('string');
});

test.each([
  { ...rsa, n: null },
  { ...rsa, e: 'AQ==' },
  { ...rsa, x5c: [certificate] },
  { ...rsa, key_ops: ['sign', null] },
  { ...rsa, p: 5 },
  { KTY: 'RSA', n: '', e: '' },
])('the key %j is accepted', (key) => {
  expect(secrets(key)).toEqual([]);
});

test('any private exponent makes a key secret', () => {
  expect(secrets(rsa, { ...rsa, d: null }, { kty: 'oct', k: 'AQ' })).toEqual([1, 2]);
});

test('base64 is of one alphabet, with padding or without', () => {
  const bytes = (text: string) => {
    const parsed = parseBase64(text);
    return parsed === undefined ? undefined : [...parsed];
  };
  expect(bytes('AQAB')).toEqual([1, 0, 1]);
  expect(bytes('AQ')).toEqual([1]);
  expect(bytes('A\nQ==')).toEqual([1]);
  expect(bytes('-_8')).toEqual(bytes('+/8'));
  for (const text of ['A', 'AQ=', 'AQ===', 'A-+B', 'é', 'AQ== ']) {
    expect(parseBase64(text)).toBeUndefined();
  }
});

test('a certificate is one from its first byte to its last', () => {
  const bytes = parseBase64(certificate) as Uint8Array;
  expect(isCertificate(bytes)).toBe(true);
  expect(isCertificate(bytes.subarray(1))).toBe(false);
  expect(isCertificate(bytes.subarray(0, -1))).toBe(false);
  expect(isCertificate(new Uint8Array([...bytes, 0]))).toBe(false);
  expect(isCertificate(new Uint8Array())).toBe(false);
});

import { checkServerTls } from '../../src/validation/server-tls';
import { type DecodedObject, reported } from './istiod';

const tls = (settings: DecodedObject) => reported((context) => checkServerTls(settings, 'tls', context));
const secret = { credentialName: 'shop' };
const files = { serverCertificate: '/crt', privateKey: '/key' };
const known = 'ECDHE-RSA-CHACHA20-POLY1305';

test('TLS1: old versions need cipher suites of their own', () => {
  expect(tls({ mode: 'SIMPLE', ...secret, minProtocolVersion: 'TLSV1_1' })).toEqual(['tls/old-version-without-ciphers tls.minProtocolVersion']);
  expect(tls({ mode: 'SIMPLE', ...secret, minProtocolVersion: 'TLSV1_0', cipherSuites: ['AES128-SHA'] })).toEqual([]);
  expect(tls({ mode: 'SIMPLE', ...secret, minProtocolVersion: 'TLSV1_2' })).toEqual([]);
});

test('TLS2: unknown cipher suites are told together; expressions are not looked into', () => {
  expect(tls({ mode: 'SIMPLE', ...secret, cipherSuites: [known, 'FOO', 'BAR', 'FOO'] })).toEqual(['tls/unknown-cipher tls.cipherSuites[1]']);
  expect(tls({ mode: 'SIMPLE', ...secret, cipherSuites: ['', 'ALL', '-SHA', '[AES128-SHA|AES256-SHA]'] })).toEqual([]);
});

test('TLS3: a repeated cipher suite is told', () => {
  expect(tls({ mode: 'SIMPLE', ...secret, cipherSuites: [known, 'ALL', known] })).toEqual(['tls/duplicate-cipher tls.cipherSuites[2]']);
});

test('TLS4: ISTIO_MUTUAL brings its certificates along, and nothing else is checked', () => {
  expect(tls({ mode: 'ISTIO_MUTUAL', ...files, ...secret, caCertificates: '/ca', credentialNames: ['a'], tlsCertificates: [{}], caCrl: '/crl' })).toEqual([
    'tls/istio-mutual-with-certificates tls.serverCertificate',
    'tls/istio-mutual-with-certificates tls.privateKey',
    'tls/istio-mutual-with-certificates tls.caCertificates',
    'tls/istio-mutual-with-certificates tls.tlsCertificates',
    'tls/istio-mutual-with-certificates tls.credentialName',
    'tls/istio-mutual-with-certificates tls.credentialNames',
  ]);
  expect(tls({ mode: 'ISTIO_MUTUAL', caCrl: '/crl' })).toEqual([]);
});

test.each(['PASSTHROUGH', 'AUTO_PASSTHROUGH', undefined])('TLS5: certificates are of no use in the mode %s', (mode) => {
  const settings = mode === undefined ? {} : { mode };
  expect(tls({ ...settings, ...secret })).toEqual(['tls/unused-certificates tls.credentialName']);
  expect(tls({ ...settings, caCrl: '/crl' })).toEqual(['tls/unused-certificates tls.caCrl']);
  expect(tls({ ...settings, subjectAltNames: ['a'] })).toEqual([]);
});

test('TLS6: certificates come from one place; half a pair of files is none', () => {
  expect(tls({ mode: 'SIMPLE', ...secret, credentialNames: ['a'] })).toEqual(['tls/several-certificates tls.credentialNames']);
  expect(tls({ mode: 'SIMPLE', ...secret, ...files })).toEqual(['tls/several-certificates tls.serverCertificate']);
  expect(tls({ mode: 'SIMPLE', ...secret, tlsCertificates: [files] })).toEqual(['tls/several-certificates tls.tlsCertificates']);
  expect(tls({ mode: 'SIMPLE', ...secret, privateKey: '/key' })).toEqual([]);
});

test('TLS7: with a secret nothing more is checked', () => {
  expect(tls({ mode: 'SIMPLE', ...secret, caCrl: '/crl' })).toEqual([]);
  expect(tls({ mode: 'MUTUAL', credentialNames: ['a'] })).toEqual([]);
});

test('TLS8: clients are asked for certificates of known authorities; a secret of authorities does not count', () => {
  expect(tls({ mode: 'MUTUAL', ...files })).toEqual(['tls/client-ca-missing tls']);
  expect(tls({ mode: 'OPTIONAL_MUTUAL', ...files, caCertCredentialName: 'ca' })).toEqual(['tls/client-ca-missing tls']);
  expect(tls({ mode: 'MUTUAL', ...files, caCertificates: '/ca' })).toEqual([]);
});

test('TLS9: two certificates are enough', () => {
  expect(tls({ mode: 'SIMPLE', tlsCertificates: [files, files, files] })).toEqual(['tls/too-many-certificates tls.tlsCertificates']);
  expect(tls({ mode: 'SIMPLE', tlsCertificates: [files, files] })).toEqual([]);
});

test('TLS10: each certificate needs its file and its key', () => {
  expect(tls({ mode: 'SIMPLE' })).toEqual(['tls/certificate-missing tls', 'tls/certificate-missing tls']);
  expect(tls({ mode: 'SIMPLE', serverCertificate: '/crt' })).toEqual(['tls/certificate-missing tls']);
  expect(tls({ mode: 'SIMPLE', tlsCertificates: [files, { privateKey: '/key' }] })).toEqual(['tls/certificate-missing tls.tlsCertificates[1]']);
});

test('TLS11: a list of revoked certificates does not go with a secret, where it is looked at', () => {
  expect(tls({ mode: 'PASSTHROUGH', ...secret, caCrl: '/crl' })).toEqual(['tls/unused-certificates tls.credentialName', 'tls/crl-with-credential tls.caCrl']);
});

test('TLS12: a list of revoked certificates needs certificates of clients', () => {
  expect(tls({ mode: 'SIMPLE', ...files, caCrl: '/crl' })).toEqual(['tls/crl-without-client-certificates tls.caCrl']);
  expect(tls({ mode: 'MUTUAL', ...files, caCertificates: '/ca', caCrl: '/crl' })).toEqual([]);
});

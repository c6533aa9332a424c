import { found } from './istiod';

const at = 'spec.trafficPolicy.tls';
const tls = (fields: object) => found('DestinationRule', { host: 'a.example.com', trafficPolicy: { tls: fields } }, { namespace: 'shop' });

test.each(['configmap://', 'configmap://name', 'configmap:///name', 'configmap://shop/', 'configmap://other/name'])(
  'CT1: the credential %s is refused',
  (credentialName) => {
    expect(tls({ mode: 'SIMPLE', credentialName })).toEqual([`client-tls/config-map ${at}.credentialName`]);
  },
);

test.each(['configmap://shop/name', 'name', 'kubernetes://other/name'])('CT1: the credential %s is fine', (credentialName) => {
  expect(tls({ mode: 'SIMPLE', credentialName })).toEqual([]);
});

test('CT2: in mode SIMPLE nothing to verify stands beside insecureSkipVerify', () => {
  const skipped = { mode: 'SIMPLE', insecureSkipVerify: true };
  expect(tls({ ...skipped, caCertificates: 'a', subjectAltNames: ['b'] })).toEqual([
    `client-tls/verification-skipped ${at}.caCertificates`,
    `client-tls/verification-skipped ${at}.subjectAltNames`,
  ]);
  expect(tls({ ...skipped, credentialName: 'a' })).toEqual([`client-tls/verification-skipped ${at}.credentialName`]);
  expect(tls({ ...skipped, subjectAltNames: [] })).toEqual([]);
  expect(tls({ ...skipped, insecureSkipVerify: false, caCertificates: 'a' })).toEqual([]);
});

test('CT3: in mode MUTUAL a credential may stand beside insecureSkipVerify', () => {
  const skipped = { mode: 'MUTUAL', insecureSkipVerify: true, credentialName: 'a' };
  expect(tls(skipped)).toEqual([]);
  expect(tls({ ...skipped, subjectAltNames: ['b'] })).toEqual([`client-tls/verification-skipped ${at}.subjectAltNames`]);
});

test.each(['clientCertificate', 'caCertificates', 'privateKey', 'caCrl'])('CT4: a credential excludes %s', (field) => {
  expect(tls({ mode: 'SIMPLE', credentialName: 'a', [field]: 'b' })).toEqual([`client-tls/credential-and-files ${at}.${field}`]);
  expect(tls({ mode: 'DISABLE', credentialName: 'a', [field]: 'b' })).toEqual([]);
});

test('CT5: mode MUTUAL needs a certificate and its key', () => {
  expect(tls({ mode: 'MUTUAL' })).toEqual([`client-tls/certificate-missing ${at}.clientCertificate`, `client-tls/private-key-missing ${at}.privateKey`]);
  expect(tls({ mode: 'MUTUAL', clientCertificate: 'a', privateKey: 'b' })).toEqual([]);
  expect(tls({ mode: 'ISTIO_MUTUAL', clientCertificate: 'a' })).toEqual([]);
});

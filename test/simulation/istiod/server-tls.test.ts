import type { MeshFacts } from '../../../src/mesh/facts';
import type { ServerTlsSpec } from '../../../src/mesh/specs/gateway';
import type { Workload } from '../../../src/mesh/workload';
import { findWorkload } from '../../../src/mesh/workloads';
import { serverTls } from '../../../src/simulation/istiod/server-tls';
import { meshOf } from '../../mesh/mesh-of';

const facts: MeshFacts = {
  dns: 'listed',
  workloads: [{ name: 'gate', namespace: 'istio-system', serviceAccount: 'ingress', gateway: true }],
  secrets: [
    { name: 'one', hosts: ['a.com'] },
    { name: 'two', hosts: ['*.b.com'], ca: 'own', clientCA: 'partner' },
    { name: 'authority-cacert', clientCA: 'third' },
    { name: 'both', hosts: ['d.com'], clientCA: 'inside' },
    { name: 'both-cacert', clientCA: 'beside' },
    { name: 'elsewhere', namespace: 'shop', hosts: ['c.com'] },
  ],
  files: { '/cert.pem': { hosts: ['f.com'], ca: 'own' }, '/ca.pem': { ca: 'partner' }, '/missing.pem': { missing: true } },
};

const tlsOf = (spec: ServerTlsSpec, serverName = '', more: MeshFacts = facts) => {
  const mesh = meshOf('{}', more);
  return serverTls(mesh, findWorkload(mesh, 'gate') as Workload, spec)?.(serverName);
};

test('SIMPLE shows the certificate of the credential, and asks for none', () => {
  expect(tlsOf({ mode: 'SIMPLE', credentialName: 'one' })).toMatchObject({ certificate: { hosts: ['a.com'], ca: 'public' }, clientCertificate: 'ignored' });
  expect(tlsOf({ mode: 'SIMPLE', credentialName: 'kubernetes://shop/elsewhere' })?.certificate.hosts).toEqual(['c.com']);
});

test('MUTUAL demands a certificate of the authority beside the credential, OPTIONAL_MUTUAL judges one that is shown', () => {
  expect(tlsOf({ mode: 'MUTUAL', credentialName: 'two' })).toMatchObject({ certificate: { ca: 'own' }, clientCertificate: 'required', clientCa: 'partner' });
  expect(tlsOf({ mode: 'OPTIONAL_MUTUAL', credentialName: 'one' })).toMatchObject({ clientCertificate: 'optional', clientCa: 'public' });
  expect(tlsOf({ mode: 'MUTUAL', credentialName: 'one', caCertCredentialName: 'authority-cacert' })?.clientCa).toBe('third');
  expect(tlsOf({ mode: 'MUTUAL', credentialName: 'both' })?.clientCa).toBe('beside');
  expect(tlsOf({ mode: 'MUTUAL', credentialName: 'one', insecureSkipVerify: true })).not.toHaveProperty('clientCa');
});

test('ISTIO_MUTUAL uses the identities of the mesh', () => {
  expect(tlsOf({ mode: 'ISTIO_MUTUAL' })).toMatchObject({
    certificate: { ca: 'mesh', hosts: [], uri: 'spiffe://cluster.local/ns/istio-system/sa/ingress' },
    clientCertificate: 'required',
    clientCa: 'mesh',
  });
});

test('certificates and authorities may be files', () => {
  const files = { serverCertificate: '/cert.pem', privateKey: '/key.pem' };
  expect(tlsOf({ mode: 'SIMPLE', ...files })?.certificate).toMatchObject({ hosts: ['f.com'], ca: 'own' });
  expect(tlsOf({ mode: 'MUTUAL', ...files, caCertificates: '/ca.pem' })?.clientCa).toBe('partner');
  expect(tlsOf({ mode: 'SIMPLE', tlsCertificates: [files] })?.certificate.hosts).toEqual(['f.com']);
});

test('of several certificates the one for the name is shown, else the first', () => {
  const spec: ServerTlsSpec = { mode: 'SIMPLE', credentialNames: ['one', 'two'] };
  expect(['x.b.com', 'a.com', 'z.com'].map((name) => tlsOf(spec, name)?.certificate.hosts[0])).toEqual(['*.b.com', 'a.com', 'a.com']);
});

test('nobody can be served where a certificate or authority is missing', () => {
  expect(tlsOf({ mode: 'SIMPLE', credentialName: 'none' })).toBeUndefined();
  expect(tlsOf({ mode: 'SIMPLE', credentialNames: ['one', 'none'] })).toBeUndefined();
  expect(tlsOf({ mode: 'SIMPLE', credentialName: 'elsewhere' })).toBeUndefined();
  expect(tlsOf({ mode: 'SIMPLE', serverCertificate: '/missing.pem' })).toBeUndefined();
  expect(tlsOf({ mode: 'MUTUAL', serverCertificate: '/cert.pem', caCertificates: '/missing.pem' })).toBeUndefined();
  expect(tlsOf({ mode: 'MUTUAL', credentialName: 'one', caCertCredentialName: 'none' })).toBeUndefined();
});

test('subjectAltNames hold callers to one of the names', () => {
  const refuses = tlsOf({ mode: 'MUTUAL', credentialName: 'one', subjectAltNames: ['spiffe://x/y', 'client.com'] })?.refuses;
  expect(refuses?.({ ca: 'public', hosts: [], uri: 'spiffe://x/y' })).toBeUndefined();
  expect(refuses?.({ ca: 'public', hosts: ['client.com'] })).toBeUndefined();
  expect(refuses?.({ ca: 'public', hosts: ['other.com'] })).toMatch('client.com');
});

test('what no fact describes is taken for granted outside of traffic tests, for whatever name is asked for', () => {
  const open: MeshFacts = { ...facts, dns: 'open' };
  expect(tlsOf({ mode: 'MUTUAL', credentialName: 'none' }, 'x.com', open)).toMatchObject({
    certificate: { ca: 'public', hosts: ['x.com'] },
    clientCa: 'public',
  });
  expect(tlsOf({ mode: 'SIMPLE', serverCertificate: '/other.pem' }, 'x.com', open)?.certificate.hosts).toEqual(['x.com']);
  expect(tlsOf({ mode: 'SIMPLE', serverCertificate: '/other.pem' }, 'x.com')?.certificate.hosts).toEqual([]);
  expect(tlsOf({ mode: 'SIMPLE', serverCertificate: '/missing.pem' }, 'x.com', open)).toBeUndefined();
});

import { ruleTable } from '../../manifest/rule';
import { example, indent } from './example';

const tls = (fields: string) =>
  example('DestinationRule', `host: api.example.com\ntrafficPolicy:\n  tls:\n${indent(indent(fields))}`, { namespace: 'bookinfo' });
const mutual = (fields: string) => tls(`mode: MUTUAL\n${fields}`);

/** Rules about TLS to a destination. */
export const clientTlsRules = ruleTable({
  configMapName: {
    code: 'client-tls/config-map',
    severity: 'error',
    istiod: ['CT1'],
    since: '1.26',
    title: 'A credential in a ConfigMap is not written as configmap://namespace/name, or is in another namespace.',
    effect: 'The cluster refuses the object.',
    fix: 'write configmap://, the namespace of the object, a slash and the name of the ConfigMap',
    bad: tls('mode: SIMPLE\ncredentialName: configmap://certificates'),
    good: tls('mode: SIMPLE\ncredentialName: configmap://bookinfo/certificates'),
  },
  verificationSkipped: {
    code: 'client-tls/verification-skipped',
    severity: 'error',
    istiod: ['CT2', 'CT3'],
    title: 'insecureSkipVerify stands beside certificates or names to verify.',
    effect: 'The cluster refuses the object.',
    fix: 'remove insecureSkipVerify to verify the server, or everything that is to be verified',
    bad: tls('mode: SIMPLE\ninsecureSkipVerify: true\ncaCertificates: /etc/certs/ca.pem'),
    good: tls('mode: SIMPLE\ncaCertificates: /etc/certs/ca.pem'),
  },
  credentialAndFiles: {
    code: 'client-tls/credential-and-files',
    severity: 'error',
    istiod: ['CT4'],
    title: 'Certificates come both from a credential and from files.',
    effect: 'The cluster refuses the object.',
    fix: 'keep credentialName, or the paths of the files',
    bad: mutual('credentialName: client\nprivateKey: /etc/certs/key.pem'),
    good: mutual('credentialName: client'),
  },
  clientCertificate: {
    code: 'client-tls/certificate-missing',
    severity: 'error',
    istiod: ['CT5'],
    title: 'Mutual TLS lacks the certificate of the client.',
    effect: 'The cluster refuses the object.',
    fix: 'set clientCertificate, use credentialName, or write mode: ISTIO_MUTUAL for the certificates of the mesh',
    bad: mutual('privateKey: /etc/certs/key.pem'),
    good: mutual('clientCertificate: /etc/certs/cert.pem\nprivateKey: /etc/certs/key.pem'),
  },
  privateKey: {
    code: 'client-tls/private-key-missing',
    severity: 'error',
    istiod: ['CT5'],
    title: "Mutual TLS lacks the private key of the client's certificate.",
    effect: 'The cluster refuses the object.',
    fix: 'set privateKey, use credentialName, or write mode: ISTIO_MUTUAL for the certificates of the mesh',
    bad: mutual('clientCertificate: /etc/certs/cert.pem'),
    good: mutual('clientCertificate: /etc/certs/cert.pem\nprivateKey: /etc/certs/key.pem'),
  },
});

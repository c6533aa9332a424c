import type { CheckContext, DecodedObject } from './context';
import { eachMessage, messages, text, texts } from './decoded';
import { isCipherSuite } from './grammar/cipher-suites';
import { serverTlsRules as rules } from './rules/server-tls';

/** Where certificates can come from, in the order in which istiod looks. */
const sources = ['serverCertificate', 'privateKey', 'caCertificates', 'tlsCertificates', 'credentialName', 'credentialNames'] as const;
const terminating: ReadonlySet<string> = new Set(['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL']);

/** Checks the TLS settings of a server of a Gateway or of the ingress of a Sidecar. */
export function checkServerTls(tls: DecodedObject, path: string, context: CheckContext): void {
  const { report } = context;
  checkCiphers(tls, path, context);
  const mode = text(tls.mode) || 'PASSTHROUGH';
  if (mode === 'ISTIO_MUTUAL') {
    for (const field of sources.filter((source) => isSet(tls, source))) {
      report(rules.istioMutualWithCertificates, `${path}.${field}`, `The mode ISTIO_MUTUAL uses the certificates of the mesh, so ${field} cannot be set.`);
    }
    return;
  }
  const set = [...sources, 'caCrl'].filter((field) => isSet(tls, field));
  if ((mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') && set.length > 0) {
    const field = set[0] as string;
    report(rules.unusedCertificates, `${path}.${field}`, `The mode ${mode} leaves TLS to the workload behind the gateway, so ${set.join(', ')} is ignored.`);
  }
  checkSingleSource(tls, path, context);
  if (terminating.has(mode)) {
    if (isSet(tls, 'credentialName') || isSet(tls, 'credentialNames')) {
      // The secret brings everything along.
      return;
    }
    checkFiles(tls, mode, path, context);
  }
  if (isSet(tls, 'caCrl') && isSet(tls, 'credentialName')) {
    report(rules.crlWithCredential, `${path}.caCrl`, 'With credentialName the list of revoked certificates belongs into the secret.');
  }
  if (isSet(tls, 'caCrl') && mode === 'SIMPLE') {
    report(rules.crlWithoutClientCertificates, `${path}.caCrl`, 'The mode SIMPLE asks clients for no certificates, so a list of revoked ones cannot be set.');
  }
}

function isSet(tls: DecodedObject, field: string): boolean {
  return text(tls[field]) !== '' || texts(tls[field]).length > 0;
}

function checkCiphers(tls: DecodedObject, path: string, { report }: CheckContext): void {
  const suites = texts(tls.cipherSuites);
  const version = text(tls.minProtocolVersion);
  if ((version === 'TLSV1_0' || version === 'TLSV1_1') && suites.length === 0) {
    report(
      rules.oldVersionWithoutCiphers,
      `${path}.minProtocolVersion`,
      `${version} is allowed, but the default cipher suites are for TLS 1.2 and later, so clients with older versions still cannot connect.`,
    );
  }
  const unknown = new Set(suites.filter((suite) => !isCipherSuite(suite)));
  if (unknown.size > 0) {
    const first = suites.findIndex((suite) => unknown.has(suite));
    report(rules.unknownCipher, `${path}.cipherSuites[${first}]`, `Envoy knows no cipher suite ${[...unknown].join(', ')}; it is ignored.`);
  }
  const duplicates = new Set(suites.filter((suite, index) => !unknown.has(suite) && suites.indexOf(suite) !== index));
  if (duplicates.size > 0) {
    const second = suites.findIndex((suite, index) => duplicates.has(suite) && suites.indexOf(suite) !== index);
    report(
      rules.duplicateCipher,
      `${path}.cipherSuites[${second}]`,
      `The cipher suite ${[...duplicates].join(', ')} is listed more than once; the repetition is ignored.`,
    );
  }
}

function checkSingleSource(tls: DecodedObject, path: string, { report }: CheckContext): void {
  const given = (['credentialName', 'credentialNames', 'tlsCertificates'] as const).filter((source) => isSet(tls, source)) as string[];
  if (isSet(tls, 'serverCertificate') && isSet(tls, 'privateKey')) {
    given.push('serverCertificate');
  }
  if (given.length > 1) {
    report(rules.severalCertificates, `${path}.${given[1]}`, `The certificate comes from ${given.join(' and from ')}; only one of them may be set.`);
  }
}

/** Checks that the certificate and key are there, and in the mutual modes the authorities of the clients. */
function checkFiles(tls: DecodedObject, mode: string, path: string, { report }: CheckContext): void {
  if (mode !== 'SIMPLE' && !isSet(tls, 'caCertificates')) {
    report(rules.clientCaMissing, path, `The mode ${mode} asks clients for certificates, but caCertificates does not say who signs them.`);
  }
  const checkPair = (certificate: DecodedObject, certificatePath: string) => {
    for (const [field, name] of [['serverCertificate', 'certificate'] as const, ['privateKey', 'private key'] as const]) {
      if (!isSet(certificate, field)) {
        report(
          rules.certificateMissing,
          certificatePath,
          `The mode ${mode} ends TLS here, but there is no ${name}: neither credentialName nor ${field} is set.`,
        );
      }
    }
  };
  const count = messages(tls.tlsCertificates).length;
  if (count > 2) {
    report(rules.tooManyCertificates, `${path}.tlsCertificates`, `The server can show two certificates, not ${count}.`);
  }
  if (count > 0) {
    eachMessage(tls.tlsCertificates, `${path}.tlsCertificates`, checkPair);
  } else {
    checkPair(tls, path);
  }
}

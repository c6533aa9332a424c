import type { CheckContext, DecodedObject } from './context';
import { text } from './decoded';
import { clientTlsRules as rules } from './rules/client-tls';

const configMapPrefix = 'configmap://';
const files = ['clientCertificate', 'caCertificates', 'privateKey', 'caCrl'];

/** Checks how a proxy opens TLS connections to a destination. */
export function checkClientTls(tls: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (tls === undefined) {
    return;
  }
  const credential = text(tls.credentialName);
  checkConfigMapName(credential, `${path}.credentialName`, context);
  checkVerification(tls, path, context);
  if (tls.mode !== 'SIMPLE' && tls.mode !== 'MUTUAL') {
    return;
  }
  if (credential !== '') {
    for (const field of files.filter((name) => text(tls[name]) !== '')) {
      context.report(
        rules.credentialAndFiles,
        `${path}.${field}`,
        `The credential ${credential} holds keys and certificates already, so ${field} cannot be set.`,
      );
    }
    return;
  }
  if (tls.mode === 'MUTUAL' && text(tls.clientCertificate) === '') {
    context.report(rules.clientCertificate, `${path}.clientCertificate`, 'Mutual TLS needs a certificate of the client, and none is named.');
  }
  if (tls.mode === 'MUTUAL' && text(tls.privateKey) === '') {
    context.report(rules.privateKey, `${path}.privateKey`, "Mutual TLS needs the private key of the client's certificate, and none is named.");
  }
}

function checkConfigMapName(credential: string, path: string, { namespace, report }: CheckContext): void {
  if (!credential.startsWith(configMapPrefix)) {
    return;
  }
  const [owner, name] = credential.slice(configMapPrefix.length).split('/');
  if (!owner || !name) {
    report(rules.configMapName, path, `"${credential}" does not name a ConfigMap as ${configMapPrefix}namespace/name.`);
  } else if (owner !== namespace) {
    report(rules.configMapName, path, `The ConfigMap is sought in the namespace ${owner}, but only ${namespace}, that of the object, is allowed.`);
  }
}

/** With insecureSkipVerify nothing is verified, so what is to be verified cannot be set. */
function checkVerification(tls: DecodedObject, path: string, { report }: CheckContext): void {
  if (tls.insecureSkipVerify !== true || (tls.mode !== 'SIMPLE' && tls.mode !== 'MUTUAL')) {
    return;
  }
  // In mode MUTUAL the credential may hold the client's certificate alone.
  const excluded = ['caCertificates', 'subjectAltNames', ...(tls.mode === 'SIMPLE' ? ['credentialName'] : [])];
  for (const field of excluded) {
    if (tls[field] !== undefined && tls[field] !== '') {
      report(rules.verificationSkipped, `${path}.${field}`, `${field} cannot be set beside insecureSkipVerify, which turns all verification off.`);
    }
  }
}

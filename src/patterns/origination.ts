import type { Construct } from 'constructs';
import type { ClientTLSSettings } from '../../imports/networking.istio.io';
import { targetRelease } from '../constructs/target-release';
import { isNewer } from '../schema/releases';

/** From this release on proxies check certificates against the authorities of their system when no others are named. */
const CHECKS_BY_DEFAULT = '1.21';
const SYSTEM_AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

/** TLS that a proxy begins towards an external host, with a certificate check that holds in every release. */
export function originateTls(scope: Construct, host: string, caCertificates: string | undefined): ClientTLSSettings {
  const checksByDefault = !isNewer(CHECKS_BY_DEFAULT, targetRelease(scope));
  const authorities = caCertificates ?? (checksByDefault ? undefined : SYSTEM_AUTHORITIES);
  return { mode: 'SIMPLE', sni: host, subjectAltNames: [host], ...(authorities ? { caCertificates: authorities } : {}) };
}

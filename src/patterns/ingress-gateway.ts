import type { Construct } from 'constructs';
import type { GatewaySpec, Server } from '../../imports/networking.istio.io';
import type { ObjectReference } from '../../imports/schema';
import { Gateway } from '../constructs/gateway';
import { specOf } from '../constructs/spec-of';
import { badInput } from './bad-input';
import { nameOfHost } from './service-host';

/** Which pods open the ports, and with which certificate. */
export interface IngressGatewayProps {
  /** The pods of the gateway. An empty selector would be every gateway of the mesh. @default - { istio: 'ingressgateway' } */
  readonly selector?: NonNullable<GatewaySpec['selector']>;
  /** The namespace of the gateway's pods, which read their certificates there and nowhere else. @default 'istio-system' */
  readonly workloadNamespace?: string;
  /**
   * The certificate for HTTPS: a Secret or a cert-manager Certificate in the namespace of the gateway's pods, or the name of the Secret.
   * Leave it out where a load balancer before the gateway ends TLS. @default - HTTP only
   */
  readonly certificate?: string | ObjectReference;
  /** Whether callers must show a certificate too, of an authority that the Secret names. @default false */
  readonly clientCertificates?: boolean;
  /** What HTTP answers while there is a certificate: a redirect to HTTPS, or the same as HTTPS. @default true */
  readonly redirect?: boolean;
}

/** A Gateway that lets in some hosts, for routes of its own namespace only: another namespace cannot take requests for them. */
export function makeIngressGateway(scope: Construct, id: string, hosts: readonly string[], props: IngressGatewayProps, name?: string): Gateway {
  const { selector = { istio: 'ingressgateway' }, certificate, clientCertificates = false, redirect = true } = props;
  if (Object.keys(selector).length === 0) throw badInput('an empty selector opens the hosts at every gateway of the mesh');
  const own = hosts.map((host) => `./${host}`);
  const http: Server = { hosts: own, port: { number: 80, name: 'http', protocol: 'HTTP' } };
  const servers: Server[] = [certificate && redirect ? { ...http, tls: { httpsRedirect: true } } : http];
  if (certificate) {
    servers.push({
      hosts: own,
      port: { number: 443, name: 'https', protocol: 'HTTPS' },
      tls: { mode: clientCertificates ? 'MUTUAL' : 'SIMPLE', credentialName: secretName(certificate, props.workloadNamespace ?? 'istio-system') },
    });
  }
  return new Gateway(scope, id, { metadata: { name: name ?? nameOfHost(hosts[0] as string) }, selector, servers });
}

/** The name of a Secret that the pods of the gateway can read. */
function secretName(certificate: string | ObjectReference, workloadNamespace: string): string {
  if (typeof certificate === 'string') return certificate;
  const { namespace } = certificate.metadata;
  if (namespace !== undefined && namespace !== workloadNamespace) {
    throw badInput(
      `${certificate.kind} ${namespace}/${certificate.name} must be in ${workloadNamespace}: the gateway's pods read certificates of their own namespace only ` +
        '(if they are in another one, state it by workloadNamespace)',
    );
  }
  return certificate.kind === 'Certificate' ? String(specOf(certificate).secretName ?? certificate.name) : certificate.name;
}

import { Construct } from 'constructs';
import { DestinationRule } from '../constructs/destination-rule';
import { ServiceEntry } from '../constructs/service-entry';
import { badInput } from './bad-input';
import { originateTls } from './origination';
import { nameOfHost } from './service-host';
import { takeAlone } from './take-alone';

/** Props of {@link ExternalService}. */
export interface ExternalServiceProps {
  /** The host outside the mesh. A wildcard such as `*.example.com` cannot have TLS begun by sidecars. */
  readonly host: string;
  /**
   * Who encrypts: the application, which calls `https://`; its sidecar, the application calling `http://`; or nobody. Each has one right set of ports,
   * protocols and TLS settings, and every other fails: TLS twice, or HTTP at a port that wants TLS.
   * @default 'application'
   */
  readonly encryptedBy?: 'application' | 'sidecar' | 'nobody';
  /** The port of the host. @default - 443, and 80 when nobody encrypts */
  readonly port?: number;
  /** A file in the proxies with the authorities that may have signed the host's certificate, for a sidecar that encrypts. @default - those of the system */
  readonly caCertificates?: string;
  /** The namespaces that may call the host; `.` is this one. Each proxy gets only what is exported to it. @default - all */
  readonly exportTo?: readonly string[];
  /** @default - the host with dashes */
  readonly name?: string;
}

/** A host outside the mesh that callers reach directly, also where the mesh lets out nothing that it does not know (`REGISTRY_ONLY`). */
export class ExternalService extends Construct {
  readonly serviceEntry: ServiceEntry;
  /** Begins TLS; only where the sidecar encrypts. */
  readonly destinationRule?: DestinationRule;

  constructor(scope: Construct, id: string, props: ExternalServiceProps) {
    super(scope, id);
    const { host, encryptedBy = 'application', port = encryptedBy === 'nobody' ? 80 : 443 } = props;
    const wildcard = host.startsWith('*');
    if (!host.includes('.')) throw badInput(`${JSON.stringify(host)} is no host outside the cluster; write its full name`);
    if (wildcard && encryptedBy === 'sidecar') throw badInput(`a sidecar cannot begin TLS for ${host}: it has no address for a wildcard; name the hosts`);
    takeAlone(this, `the way to ${host}`, 'one ServiceEntry of a host hides another');
    const metadata = { name: props.name ?? nameOfHost(host) };
    const exportTo = props.exportTo ? { exportTo: props.exportTo } : {};
    this.serviceEntry = new ServiceEntry(this, 'service-entry', {
      metadata,
      hosts: [host],
      location: 'MESH_EXTERNAL',
      ports: [externalPort(encryptedBy, port)],
      resolution: wildcard ? 'NONE' : 'DNS',
      ...exportTo,
    });
    if (encryptedBy === 'sidecar') {
      this.destinationRule = new DestinationRule(this, 'destination-rule', {
        metadata,
        host,
        trafficPolicy: { tls: originateTls(this, host, props.caCertificates) },
        ...exportTo,
      });
    }
  }
}

/** The port as callers see it. A caller whose proxy encrypts calls port 80 in plain HTTP, and the proxy calls the port that wants TLS. */
export function externalPort(
  encryptedBy: 'application' | 'sidecar' | 'gateway' | 'nobody',
  port: number,
): { number: number; name: string; protocol: string; targetPort?: number } {
  if (encryptedBy === 'application') return { number: port, name: 'tls', protocol: 'TLS' };
  if (encryptedBy === 'nobody') return { number: port, name: 'http', protocol: 'HTTP' };
  return { number: 80, name: 'http', protocol: 'HTTP', targetPort: port };
}

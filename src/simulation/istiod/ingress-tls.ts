import type { MeshModel } from '../../mesh/model';
import type { ServerTlsSpec } from '../../mesh/specs/gateway';
import { spiffeIdentity, type Workload } from '../../mesh/workload';
import type { ServerTls } from '../envoy/configuration';
import type { Certificate } from '../network/connection';

/** The authority of certificates of which nothing else is said. */
const PUBLIC = 'public';

/** The TLS that `ingress` of a Sidecar asks for; nothing where its certificate does not exist. */
export function ingressTls(mesh: MeshModel, workload: Workload, tls: ServerTlsSpec): ServerTls | undefined {
  const { mode } = tls;
  if (mode === 'ISTIO_MUTUAL') {
    const uri = spiffeIdentity(mesh.config.trustDomain, workload.namespace, workload.serviceAccount);
    return { certificate: { ca: 'mesh', hosts: [], uri }, clientCertificate: 'required', clientCa: 'mesh', ...namesOf(tls) };
  }
  const certificate = tls.serverCertificate === undefined ? undefined : certificateOf(mesh, tls.serverCertificate);
  if (certificate === undefined) return undefined;
  if (mode !== 'MUTUAL' && mode !== 'OPTIONAL_MUTUAL') return { certificate, clientCertificate: 'ignored' };
  const clientCa = mesh.facts.files?.[tls.caCertificates ?? '']?.ca ?? PUBLIC;
  return { certificate, clientCertificate: mode === 'MUTUAL' ? 'required' : 'optional', clientCa, ...namesOf(tls) };
}

/** The certificate in a file: as the facts describe it, else one that everybody trusts. */
function certificateOf({ facts }: MeshModel, path: string): Certificate | undefined {
  const { ca = PUBLIC, cn = 'client', hosts = [], missing = false } = facts.files?.[path] ?? {};
  return missing ? undefined : { ca, cn, hosts };
}

/** Holds callers to the names that are listed, where any are. */
function namesOf({ subjectAltNames = [] }: ServerTlsSpec): Pick<ServerTls, 'refuses'> {
  if (subjectAltNames.length === 0) return {};
  return {
    refuses: ({ uri, hosts }) =>
      [...hosts, ...(uri === undefined ? [] : [uri])].some((name) => subjectAltNames.includes(name))
        ? undefined
        : `the caller's certificate has none of the names ${subjectAltNames.join(', ')}`,
  };
}

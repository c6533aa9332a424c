import type { MeshModel } from '../../mesh/model';
import type { ServerTlsSpec } from '../../mesh/specs/gateway';
import { spiffeIdentity, type Workload } from '../../mesh/workload';
import type { ServerTls } from '../envoy/configuration';
import { certificateCovers } from '../network/certificates';
import type { Certificate } from '../network/connection';
import { authorityFile, certificateFile, secretAuthority, secretCertificate } from './credentials';

/** The authority of the mesh. */
const MESH = 'mesh';

/**
 * The TLS that a server of a Gateway, or the `ingress` of a Sidecar, asks for, by the name that the caller asks for; nothing where one of its certificates does not exist, so that
 * nobody can be served.
 */
export function serverTls(mesh: MeshModel, proxy: Workload, tls: ServerTlsSpec): ((serverName: string) => ServerTls) | undefined {
  const clientCa = clientAuthority(mesh, proxy, tls);
  if (certificates(mesh, proxy, tls, '') === undefined || (clientCa === undefined && clientCertificate(tls) !== 'ignored')) return undefined;
  const rest: Omit<ServerTls, 'certificate'> = {
    clientCertificate: clientCertificate(tls),
    ...(clientCa === undefined || tls.insecureSkipVerify === true ? {} : { clientCa }),
    ...expectedNames(tls),
  };
  return (serverName) => {
    const own = certificates(mesh, proxy, tls, serverName) as readonly Certificate[];
    return { certificate: own.find((each) => certificateCovers(each, serverName)) ?? (own[0] as Certificate), ...rest };
  };
}

function clientCertificate({ mode }: ServerTlsSpec): ServerTls['clientCertificate'] {
  return mode === 'MUTUAL' || mode === 'ISTIO_MUTUAL' ? 'required' : mode === 'OPTIONAL_MUTUAL' ? 'optional' : 'ignored';
}

/** The certificates that the server can show, which without any words are that of its identity; undefined where it misses one. */
function certificates(mesh: MeshModel, proxy: Workload, tls: ServerTlsSpec, serverName: string): readonly Certificate[] | undefined {
  // A certificate that nobody describes is for whatever it is asked for.
  const hosts = serverName === '' ? [] : [serverName];
  const credentials = credentialNames(tls);
  if (credentials.length > 0) {
    return allOf(credentials.map((name) => (name === BUILTIN ? identity(mesh, proxy) : secretCertificate(mesh, proxy.namespace, name, hosts))));
  }
  const files = tls.tlsCertificates?.length ? tls.tlsCertificates.map((each) => each.serverCertificate) : [tls.serverCertificate];
  return allOf(files.map((path) => (path ? certificateFile(mesh, path, hosts) : identity(mesh, proxy))));
}

/** The authority by which callers are judged; undefined where nobody is asked for a certificate, or where it does not exist. */
function clientAuthority(mesh: MeshModel, proxy: Workload, tls: ServerTlsSpec): string | undefined {
  if (clientCertificate(tls) === 'ignored') return undefined;
  const [credential] = credentialNames(tls);
  if (tls.caCertCredentialName) return secretAuthority(mesh, proxy.namespace, tls.caCertCredentialName);
  if (credential !== undefined) return credential === BUILTIN ? MESH : secretAuthority(mesh, proxy.namespace, credential);
  return tls.caCertificates ? authorityFile(mesh, tls.caCertificates) : MESH;
}

/** Stands for the certificate that the pod has from istiod. */
export const BUILTIN = 'builtin://';

/** The Secrets in which the certificates of a server are. */
export function credentialNames({ credentialNames: several = [], credentialName }: ServerTlsSpec): readonly string[] {
  return several.length > 0 ? several : credentialName ? [credentialName] : [];
}

function identity({ config }: MeshModel, { namespace, serviceAccount }: Workload): Certificate {
  return { ca: MESH, hosts: [], uri: spiffeIdentity(config.trustDomain, namespace, serviceAccount) };
}

function allOf<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : undefined;
}

/** Holds callers to the names that are listed, where any are. */
function expectedNames({ subjectAltNames = [] }: ServerTlsSpec): Pick<ServerTls, 'refuses'> {
  if (subjectAltNames.length === 0) return {};
  return {
    refuses: ({ hosts, uri }) =>
      [...hosts, uri].some((name) => name !== undefined && subjectAltNames.includes(name))
        ? undefined
        : `the certificate of the caller states none of the names ${subjectAltNames.join(', ')}`,
  };
}

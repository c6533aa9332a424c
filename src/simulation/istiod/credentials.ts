import type { MeshModel } from '../../mesh/model';
import type { Certificate } from '../network/connection';

/** The authority of certificates of which nothing else is said; everybody trusts it. */
const PUBLIC = 'public';

/** The certificate in a file, as the facts describe it; nothing where the file is missing. */
export function certificateFile({ facts }: MeshModel, path: string): Certificate | undefined {
  const { ca = PUBLIC, cn = 'client', hosts = [], missing = false } = facts.files?.[path] ?? {};
  return missing ? undefined : { ca, cn, hosts };
}

/** The authority in a file, or without a file the one that the system trusts; nothing where the file is missing. */
export function authorityFile(mesh: MeshModel, path: string | undefined): string | undefined {
  return path ? certificateFile(mesh, path)?.ca : PUBLIC;
}

/** The certificate in a Secret that a proxy of a namespace names; nothing where the facts list Secrets, but not this one. */
export function secretCertificate(mesh: MeshModel, namespace: string, credentialName: string): Certificate | undefined {
  const secret = secretOf(mesh, namespace, credentialName);
  if (secret === undefined) return mesh.facts.secrets === undefined ? { ca: PUBLIC, hosts: [] } : undefined;
  const { ca = PUBLIC, hosts = [], cn } = secret;
  return { ca, hosts, ...(cn ? { cn } : {}) };
}

/** The authority in a Secret, by which a proxy judges its peers; it may stand in a Secret of its own, whose name ends in `-cacert`. */
export function secretAuthority(mesh: MeshModel, namespace: string, credentialName: string): string | undefined {
  const secret = secretOf(mesh, namespace, `${credentialName}-cacert`) ?? secretOf(mesh, namespace, credentialName);
  if (secret === undefined) return mesh.facts.secrets === undefined ? PUBLIC : undefined;
  return secret.clientCA ?? PUBLIC;
}

function secretOf({ facts }: MeshModel, namespace: string, credentialName: string) {
  const [, owner = namespace, name] = /^(?:kubernetes(?:-gateway)?:\/\/)?(?:([^/]+)\/)?(.+)$/.exec(credentialName) ?? [];
  return facts.secrets?.find((secret) => secret.name === name && (secret.namespace ?? 'istio-system') === owner);
}

import type { FileFact, SecretFact } from '../../mesh/facts';
import type { MeshModel } from '../../mesh/model';
import type { Certificate } from '../network/connection';

/** The authority of certificates of which nothing else is said; everybody trusts it. */
const PUBLIC = 'public';

/**
 * The certificate in a file, as the facts describe it; nothing where they say that the file is missing.
 *
 * @param hosts the names that it is for where nobody describes it
 */
export function certificateFile(mesh: MeshModel, path: string, hosts: readonly string[] = []): Certificate | undefined {
  const fact: FileFact = mesh.facts.files?.[path] ?? { hosts: isComplete(mesh) ? [] : hosts };
  return fact.missing ? undefined : { ca: fact.ca ?? PUBLIC, cn: fact.cn ?? 'client', hosts: fact.hosts ?? [] };
}

/** The authority in a file, or without a file the one that the system trusts; nothing where the file is missing. */
export function authorityFile(mesh: MeshModel, path: string | undefined): string | undefined {
  return path ? certificateFile(mesh, path)?.ca : PUBLIC;
}

/**
 * The certificate in a Secret that a proxy of a namespace names. A Secret that nobody lists does not exist in a traffic test; elsewhere it is taken for granted.
 *
 * @param hosts the names that it is for where nobody describes it
 */
export function secretCertificate(mesh: MeshModel, namespace: string, credentialName: string, hosts: readonly string[] = []): Certificate | undefined {
  const secret = secretOf(mesh, namespace, credentialName) ?? (isComplete(mesh) ? undefined : { hosts });
  return secret && { ca: secret.ca ?? PUBLIC, hosts: secret.hosts ?? [], ...(secret.cn ? { cn: secret.cn } : {}) };
}

/** The authority in a Secret, by which a proxy judges its peers; it may stand in a Secret of its own, whose name ends in `-cacert`. */
export function secretAuthority(mesh: MeshModel, namespace: string, credentialName: string): string | undefined {
  const secret = secretOf(mesh, namespace, `${credentialName}-cacert`) ?? secretOf(mesh, namespace, credentialName) ?? (isComplete(mesh) ? undefined : {});
  return secret && (secret.clientCA ?? PUBLIC);
}

/** Whether the facts list everything that there is. */
function isComplete({ facts }: MeshModel): boolean {
  return facts.dns === 'listed';
}

function secretOf({ facts }: MeshModel, namespace: string, credentialName: string): Partial<SecretFact> | undefined {
  const [, owner = namespace, name] = /^(?:kubernetes(?:-gateway)?:\/\/)?(?:([^/]+)\/)?(.+)$/.exec(credentialName) ?? [];
  return facts.secrets?.find((secret) => secret.name === name && (secret.namespace ?? 'istio-system') === owner);
}

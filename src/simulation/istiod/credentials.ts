import { identityOf, type KubernetesObject } from '../../manifest/manifest';
import type { FileFact, SecretFact } from '../../mesh/facts';
import { type MeshModel, perMesh } from '../../mesh/model';
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
  const secret = certificateSecret(mesh, namespace, credentialName) ?? (isComplete(mesh) ? 'missing' : { hosts });
  if (secret === 'missing') return undefined;
  return { ca: secret.ca ?? PUBLIC, hosts: secret.hosts ?? hosts, ...(secret.cn ? { cn: secret.cn } : {}) };
}

/** The authority in a Secret, by which a proxy judges its peers; it may stand in a Secret of its own, whose name ends in `-cacert`. */
export function secretAuthority(mesh: MeshModel, namespace: string, credentialName: string): string | undefined {
  const listed = secretOf(mesh, namespace, `${credentialName}-cacert`) ?? secretOf(mesh, namespace, credentialName);
  const secret: Partial<SecretFact> | undefined = listed ?? (isComplete(mesh) ? undefined : {});
  return secret === undefined || secret.missing ? undefined : (secret.clientCA ?? PUBLIC);
}

/** Whether neither the facts nor the manifests have the Secret that a proxy of a namespace names, so that it is taken for granted. */
export function isTakenForGranted(mesh: MeshModel, namespace: string, credentialName: string): boolean {
  return !isComplete(mesh) && certificateSecret(mesh, namespace, credentialName) === undefined;
}

/** What the facts, or without them the manifests, have as the certificate of a Secret; undefined where they know nothing of it. */
function certificateSecret(mesh: MeshModel, namespace: string, credentialName: string): Partial<SecretFact> | 'missing' | undefined {
  const listed = secretOf(mesh, namespace, credentialName);
  if (listed !== undefined) return listed.missing ? 'missing' : { ...listed, hosts: listed.hosts ?? [] };
  if (isComplete(mesh)) return undefined;
  const { name, owner } = secretName(namespace, credentialName);
  const written = writtenSecrets(mesh).get(`${owner}/${name}`);
  return written === undefined ? undefined : holdsCertificate(written) ? {} : 'missing';
}

/** The Secrets of the manifests. */
const writtenSecrets = perMesh(({ manifests }) => {
  const found = new Map<string, KubernetesObject>();
  for (const { object } of manifests) {
    if (object.kind !== 'Secret' || object.apiVersion !== 'v1') continue;
    const { name, namespace = 'default' } = identityOf(object);
    found.set(`${namespace}/${name}`, object);
  }
  return found;
});

/** The keys under which a Secret holds a certificate with its key. */
const keyPairs = [
  ['tls.crt', 'tls.key'],
  ['cert', 'key'],
];

function holdsCertificate({ data, stringData }: KubernetesObject): boolean {
  const values = { ...(data as object), ...(stringData as object) };
  return keyPairs.some((keys) => keys.every((key) => Boolean((values as Readonly<Record<string, unknown>>)[key])));
}

/** Whether the facts list everything that there is. */
function isComplete({ facts }: MeshModel): boolean {
  return facts.dns === 'listed';
}

function secretOf({ facts }: MeshModel, namespace: string, credentialName: string): SecretFact | undefined {
  const { name, owner } = secretName(namespace, credentialName);
  return facts.secrets?.find((secret) => secret.name === name && (secret.namespace ?? 'istio-system') === owner);
}

function secretName(namespace: string, credentialName: string): { readonly name: string; readonly owner: string } {
  const [, owner = namespace, name = ''] = /^(?:kubernetes(?:-gateway)?:\/\/)?(?:([^/]+)\/)?(.+)$/.exec(credentialName) ?? [];
  return { name, owner };
}

import { hasFeature } from './features';
import type { MeshConfig } from './mesh-config';
import { type MeshModel, perMesh } from './model';

/** What policies write for the trust domain of the mesh, whatever its name is. */
const POINTER = 'cluster.local';

/** The trust domain of the mesh and those that stand for it too. */
export function trustDomainsOf({ trustDomain, trustDomainAliases }: MeshConfig): readonly string[] {
  return [trustDomain, ...trustDomainAliases];
}

/** The trust domains whose certificates servers accept; empty where they accept any. */
export const acceptedTrustDomains: (mesh: MeshModel) => readonly string[] = perMesh((mesh) => {
  if (hasFeature(mesh, 'PILOT_SKIP_VALIDATE_TRUST_DOMAIN', false)) return [];
  const { caCertificates = [] } = mesh.config as { readonly caCertificates?: readonly { readonly trustDomains?: readonly string[] }[] };
  const domains = [...trustDomainsOf(mesh.config), ...caCertificates.flatMap(({ trustDomains = [] }) => trustDomains)];
  return [...new Set(domains.filter((domain) => domain !== ''))];
});

/** Principals, with those of the mesh's own trust domain repeated for every domain that stands for it. */
export function withTrustDomainAliases(config: MeshConfig, principals: readonly string[]): readonly string[] {
  const domains = trustDomainsOf(config);
  return principals.flatMap((principal) => {
    const [domain, ...rest] = principal.split('/') as [string, ...string[]];
    if (rest.length !== 4 || domain === '*' || !(domain === POINTER || isOneOf(domain, domains))) return [principal];
    return [...new Set(domains.map((each) => (isSuffix(each, domain) ? principal : [each, ...rest].join('/'))))];
  });
}

/** Trust domains, with one of the mesh's replaced by all of them. */
export function expandedTrustDomains(config: MeshConfig, values: readonly string[]): readonly string[] {
  const domains = trustDomainsOf(config);
  return [...new Set(values.flatMap((value) => (domains.includes(value) ? domains : [value])))];
}

/** Whether a domain is one of several; a `*` at the beginning or end of either side stands for any text. */
function isOneOf(domain: string, domains: readonly string[]): boolean {
  return domains.some(
    (each) => domain === each || each === '*' || isPrefix(domain, each) || isPrefix(each, domain) || isSuffix(domain, each) || isSuffix(each, domain),
  );
}

function isPrefix(text: string, pattern: string): boolean {
  return pattern.endsWith('*') && text.startsWith(pattern.slice(0, -1));
}

function isSuffix(text: string, pattern: string): boolean {
  return pattern.startsWith('*') && text.endsWith(pattern.slice(1));
}

import { type MeshModel, perMesh } from './model';
import type { Service } from './service';
import { servicesOfHost } from './visibility';
import { spiffeIdentity } from './workload';

/** The names by which callers recognise a service: the identities of whatever stands behind it, and those that its objects list. Without any, every certificate of the mesh will do. */
export function identitiesOf(mesh: MeshModel, { hostname, namespace }: Service): readonly string[] {
  const key = `${namespace}/${hostname}`;
  let identities = known(mesh).get(key);
  if (identities === undefined) {
    identities = find(mesh, hostname, namespace);
    known(mesh).set(key, identities);
  }
  return identities;
}

const known = perMesh(() => new Map<string, readonly string[]>());

function find(mesh: MeshModel, hostname: string, namespace: string): readonly string[] {
  const { trustDomain, trustDomainAliases } = mesh.config;
  const found = new Set<string>();
  for (const service of servicesOfHost(mesh, hostname)) {
    if (service.namespace !== namespace) continue;
    for (const { number } of service.ports) {
      for (const endpoint of service.endpoints(number)) {
        if (endpoint.serviceAccount) found.add(spiffeIdentity(trustDomain, endpoint.namespace, endpoint.serviceAccount));
      }
    }
    for (const name of service.subjectAltNames) found.add(name);
  }
  for (const name of [...found]) {
    const [, identity] = /^spiffe:\/\/[^/]+(\/ns\/[^/]+\/sa\/[^/]+)$/.exec(name) ?? [];
    if (identity !== undefined) for (const alias of trustDomainAliases) found.add(`spiffe://${alias}${identity}`);
  }
  return [...found];
}

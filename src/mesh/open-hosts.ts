import type { ExternalFact } from './facts';
import { madeUpAddress } from './made-up-addresses';
import { type MeshModel, perMesh } from './model';

/** A host outside the cluster with its address. */
export type ExternalHost = ExternalFact & { readonly ip: string };

/** The hosts of the facts; those that say nothing about ports listen on port 80. */
export const listedHosts = perMesh(({ facts }): readonly ExternalHost[] =>
  (facts.external ?? []).map((fact, index) => ({ ...fact, ports: fact.ports ?? [80], ip: fact.ip ?? madeUpAddress('external', index + 1) })),
);

const openHosts = perMesh((mesh) => ({ byName: new Map<string, ExternalHost>(), byIp: new Map<string, ExternalHost>(), next: listedHosts(mesh).length + 1 }));

/** A public host that nobody listed; it gets an address when it is first asked for. Nothing is known of its ports. */
export function openHost(mesh: MeshModel, host: string): ExternalHost {
  const open = openHosts(mesh);
  let known = open.byName.get(host);
  if (known === undefined) {
    known = { host, ip: madeUpAddress('external', open.next++) };
    open.byName.set(host, known);
    open.byIp.set(known.ip, known);
  }
  return known;
}

/** The public host that was given an address. */
export function openHostAt(mesh: MeshModel, ip: string): ExternalHost | undefined {
  return openHosts(mesh).byIp.get(ip);
}

import { entryOf } from './entry-of';
import { type MeshModel, perMesh } from './model';
import type { Service } from './service';

/** The ExternalName Services that stand for a host in the end, however many of them stand between. */
export function aliasesOf(mesh: MeshModel, hostname: string): readonly Service[] {
  return aliases(mesh).byHost.get(hostname) ?? none;
}

/** The host that an ExternalName Service stands for in the end; nothing for a host that is no such Service, or that leads back to itself. */
export function aliasTarget(mesh: MeshModel, hostname: string): string | undefined {
  const { targets } = aliases(mesh);
  return targets.has(hostname) ? endOf(hostname, targets) : undefined;
}

const none: readonly Service[] = [];

interface Aliases {
  /** What each stands for, which may be another one. */
  readonly targets: ReadonlyMap<string, string>;
  readonly byHost: ReadonlyMap<string, readonly Service[]>;
}

const aliases = perMesh((mesh): Aliases => {
  const targets = new Map<string, string>();
  const found = new Map<string, Service[]>();
  const declared = mesh.services.filter(({ resolution }) => resolution === 'ALIAS');
  for (const { hostname, externalName } of declared) targets.set(hostname, externalName as string);
  for (const alias of declared) {
    const target = endOf(alias.hostname, targets);
    if (target !== undefined) entryOf(found, target, () => []).push(alias);
  }
  return { targets, byHost: found };
});

/** The first host of a chain that is no alias; nothing for a chain that ends in itself. */
function endOf(hostname: string, targets: ReadonlyMap<string, string>): string | undefined {
  const seen = new Set<string>();
  let current = hostname;
  for (let next = targets.get(current); next !== undefined; next = targets.get(current)) {
    if (seen.has(current)) return undefined;
    seen.add(current);
    current = next;
  }
  return current;
}

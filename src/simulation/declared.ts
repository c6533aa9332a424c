import type { ObjectIdentity } from '../manifest/diagnostic';
import { identityOf } from '../manifest/manifest';
import { perMesh } from '../mesh/model';
import type { Destination } from './destination';

/** The names that a mesh knows, for those who ask about its answers. */
export interface Declared {
  /** Where requests can end: workloads, services, hosts outside; also those with a wildcard (`*.example.com`). */
  readonly destinations: readonly Destination[];
  readonly subsets: ReadonlySet<string>;
  /** What can deny a request. */
  readonly policies: readonly ObjectIdentity[];
}

export const declaredBy = perMesh(
  ({ workloads, services, facts, objects }): Declared => ({
    destinations: [
      ...workloads.map(({ name, namespace }) => ({ workload: name, namespace })),
      ...services.map(({ hostname, namespace }) => ({ workload: hostname, namespace, host: hostname })),
      ...(facts.external ?? []).flatMap(({ host, aliases = [] }) => [host, ...aliases]).map((host) => ({ workload: host, host })),
    ],
    subsets: new Set(objects.destinationRules.flatMap(({ spec }) => (spec.subsets ?? []).map(({ name }) => name))),
    policies: [...objects.authorizationPolicies, ...objects.requestAuthentications].map(({ manifest }) => identityOf(manifest.object)),
  }),
);

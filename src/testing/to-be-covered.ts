import { Coverage, Mesh } from '../simulation';
import type { Verdict } from './matcher';

/** Whether the requests to a mesh since `mesh.coverage()` have met enough of its routes, destinations, subsets and policy rules. */
export function toBeCovered(received: unknown, { atLeast = 1 }: { readonly atLeast?: number } = {}): Verdict {
  const coverage = received instanceof Mesh ? received.coverage() : received;
  if (!(coverage instanceof Coverage)) throw new TypeError('toBeCovered takes a mesh, or what mesh.coverage() returns');
  const pass = coverage.share >= atLeast;
  return { pass, message: () => `The tests should ${pass ? 'not ' : ''}meet at least ${atLeast * 100} % of the configuration.\n\n${coverage.report()}` };
}

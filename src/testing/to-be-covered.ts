import { Coverage, Mesh } from '../simulation';
import { checkOptions } from './known';
import type { Verdict } from './matcher';
import { receivedAs } from './received';

/** Whether the requests to a mesh since `mesh.coverage()` have met enough of its routes, destinations, subsets and policy rules. */
export function toBeCovered(received: unknown, expected: { readonly atLeast?: number } = {}): Verdict {
  checkOptions('toBeCovered', expected, ['atLeast']);
  const { atLeast = 1 } = expected;
  if (received instanceof Mesh && !received.isCounting)
    throw new TypeError('toBeCovered needs mesh.coverage() to be called before the first request, as counting begins there');
  const coverage = received instanceof Mesh ? received.coverage() : received;
  if (!(coverage instanceof Coverage)) throw new TypeError(`toBeCovered takes a mesh, or what mesh.coverage() returns, and got ${receivedAs(received)}`);
  if (!(atLeast >= 0 && atLeast <= 1)) throw new TypeError(`a share lies between 0 and 1, so that 90 % is 0.9; toBeCovered got ${atLeast}`);
  // Of nothing, nothing is enough: a mesh without routes and policies is seldom the one that was meant.
  const pass = coverage.items.length > 0 && coverage.share >= atLeast;
  return {
    pass,
    message: () => `The tests should ${pass ? 'not ' : ''}meet at least ${Number((atLeast * 100).toFixed(4))} % of the configuration.\n\n${coverage.report()}`,
  };
}

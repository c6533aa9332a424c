import { percentage } from '../simulation';
import { outcomeOf, type Verdict, verdict } from './matcher';

/** Whether a share of all requests is copied to a workload that does not answer them. */
export function toBeMirroredTo(received: unknown, workload: string, { share = 1 }: { readonly share?: number } = {}): Verdict {
  const outcome = outcomeOf(received, 'toBeMirroredTo');
  const mirrored = outcome.shareOf(({ mirrors }) =>
    mirrors.some((each) => [each.workload, `${each.workload}.${each.namespace}`, each.host, each.host?.split('.')[0]].includes(workload)),
  );
  const pass = Math.abs(mirrored.toNumber() - share) < 1e-9;
  return verdict(
    outcome,
    pass,
    `be mirrored to ${workload}${share === 1 ? '' : ` with a share of ${share}`}`,
    () => `${percentage(mirrored)} of the requests are`,
  );
}

import { answerText } from '../simulation';
import { outcomeOf, type Verdict, verdict } from './matcher';
import { includes } from './partial';

/** Whether every request is sent elsewhere by a status of 3xx with this `location`. */
export function toBeRedirectedTo(received: unknown, location: string | RegExp, { status }: { readonly status?: number } = {}): Verdict {
  const outcome = outcomeOf(received, 'toBeRedirectedTo');
  const pass = outcome.alternatives.every(({ result }) => {
    const code = result.status ?? 0;
    return code >= 300 && code < 400 && (status === undefined || code === status) && includes(result.responseHeaders?.location, location);
  });
  return verdict(
    outcome,
    pass,
    `be redirected to ${location}${status === undefined ? '' : ` with ${status}`}`,
    () => `it gets ${answerText(outcome.likeliest.result)}`,
  );
}

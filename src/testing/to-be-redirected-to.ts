import { checkOptions } from './known';
import { judge, type MatcherState, type Verdict } from './matcher';
import { includes } from './partial';

/** Whether requests are sent elsewhere by a status of 3xx with this `location`. */
export function toBeRedirectedTo(
  this: MatcherState | undefined,
  received: unknown,
  location: string | RegExp,
  expected: { readonly status?: number } = {},
): Verdict {
  checkOptions('toBeRedirectedTo', expected, ['status']);
  const { status } = expected;
  return judge(this, 'toBeRedirectedTo', received, {
    text: `be redirected to ${location}${status === undefined ? '' : ` with ${status}`}`,
    holds: ({ result }) => {
      const code = result.status ?? 0;
      return code >= 300 && code < 400 && (status ?? code) === code && includes(result.responseHeaders?.location, location);
    },
  });
}

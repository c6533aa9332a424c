import { endOf } from '../simulation/story';
import { checkOptions } from './known';
import { judge, type MatcherState, type Verdict } from './matcher';
import { includes, written } from './partial';

/** What the server receives; a regular expression or an asymmetric matcher may stand for a text, `undefined` for a header that must be absent. */
export interface Seen {
  readonly path?: unknown;
  readonly authority?: unknown;
  readonly method?: unknown;
  /** By name, in lower or upper case. */
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly sourceIP?: unknown;
}

/** Whether the server receives requests so. */
export function toSee(this: MatcherState | undefined, received: unknown, seen: Seen): Verdict {
  checkOptions('toSee', seen, ['path', 'authority', 'method', 'headers', 'sourceIP']);
  const { headers, ...expected } = seen;
  const wanted = { ...expected, ...(headers === undefined ? {} : { headers: lowerCase(headers) }) };
  return judge(this, 'toSee', received, {
    text: `be seen by its server as ${written(wanted)}`,
    holds: ({ result: { requestHeaders, ...result } }) => result.workload !== undefined && includes({ ...result, headers: requestHeaders }, wanted),
    found: (alternative) => {
      const { workload, method, path, authority, requestHeaders } = alternative.result;
      return workload === undefined ? endOf(alternative) : `${workload} sees ${JSON.stringify({ method, path, authority, headers: requestHeaders })}`;
    },
  });
}

function lowerCase(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

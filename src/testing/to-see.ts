import { outcomeOf, type Verdict, verdict } from './matcher';
import { includes } from './partial';

/** What the server receives; a regular expression or an asymmetric matcher may stand for a text, `undefined` for a header that must be absent. */
export interface Seen {
  readonly path?: unknown;
  readonly authority?: unknown;
  readonly method?: unknown;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly sourceIP?: unknown;
}

/** Whether the server receives every request so. */
export function toSee(received: unknown, { headers, ...expected }: Seen): Verdict {
  const outcome = outcomeOf(received, 'toSee');
  const wanted = headers === undefined ? expected : { ...expected, requestHeaders: lowerCase(headers) };
  const pass = outcome.alternatives.every(({ result }) => result.workload !== undefined && includes(result, wanted));
  const found = (): string => {
    const { workload, method, path, authority, requestHeaders } = outcome.likeliest.result;
    return workload === undefined ? 'it reaches no server' : `${workload} sees ${JSON.stringify({ method, path, authority, headers: requestHeaders })}`;
  };
  return verdict(outcome, pass, `be seen by its server as ${describe({ ...expected, ...(headers === undefined ? {} : { headers }) })}`, found);
}

function lowerCase(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function describe(expected: object): string {
  return JSON.stringify(expected, (_, value: unknown) => (value instanceof RegExp ? String(value) : value === undefined ? '(absent)' : value));
}

import type { HttpRequest } from '../http';

/** Where tokens are looked for. */
export interface JwtLocations {
  /** Names in lower case. With a prefix the token begins behind it. */
  readonly headers: readonly { readonly name: string; readonly prefix: string }[];
  readonly parameters: readonly string[];
  readonly cookies: readonly string[];
}

/** A token that was found. */
export interface FoundToken {
  readonly text: string;
  /** For people: `header authorization`. */
  readonly place: string;
  /** Takes it out of the request, where the place allows it. */
  remove(request: HttpRequest): void;
}

/** The places that count where a rule names none. */
export const DEFAULT_LOCATIONS: JwtLocations = { headers: [{ name: 'authorization', prefix: 'Bearer ' }], parameters: ['access_token'], cookies: [] };

/** The tokens of a request: of headers, then of parameters, then of cookies. */
export function findTokens(request: HttpRequest, { headers, parameters, cookies }: JwtLocations): readonly FoundToken[] {
  return [
    ...headers.flatMap((header) => inHeader(request, header)),
    ...parameters.flatMap((name) => inParameter(request, name)),
    ...cookies.flatMap((name) => inCookie(request, name)),
  ];
}

function inHeader({ headers }: HttpRequest, { name, prefix }: JwtLocations['headers'][number]): readonly FoundToken[] {
  return headers.all(name).flatMap((value) => {
    const start = value.indexOf(prefix);
    if (start < 0) return [];
    const text = prefix === '' ? value : behind(value, start + prefix.length);
    return [{ text, place: `header ${name}`, remove: (request) => request.headers.delete(name) }];
  });
}

/** What follows a position, from the first character on that a token can have; the whole text where none follows. */
function behind(value: string, position: number): string {
  const first = value.slice(position).search(/[A-Za-z0-9\-_.]/);
  return first < 0 ? value : value.slice(position + first);
}

function inParameter({ path }: HttpRequest, name: string): readonly FoundToken[] {
  const value = readParameters(path).find(([key]) => key === name)?.[1];
  return value === undefined ? [] : [{ text: value, place: `parameter ${name}`, remove: (request) => removeParameter(request, name) }];
}

/** The parameters in the query of a path, decoded. */
function readParameters(path: string): readonly (readonly [key: string, value: string])[] {
  const query = path.replace(/#.*$/s, '').split('?').slice(1).join('?');
  if (query === '') return [];
  return query.split('&').map((pair) => {
    const [key, ...value] = pair.split('=');
    return [percentDecoded(key as string), percentDecoded(value.join('='))];
  });
}

function percentDecoded(text: string): string {
  return Buffer.from(
    text.replace(/%[0-9A-Fa-f]{2}/g, (digits) => String.fromCharCode(Number.parseInt(digits.slice(1), 16))),
    'latin1',
  ).toString();
}

/** Envoy writes the other parameters anew, in the order of their names. */
function removeParameter(request: HttpRequest, name: string): void {
  const others = readParameters(request.path).filter(([key]) => key !== name);
  const byName = others.map(([key]) => key).filter((key, index, keys) => keys.indexOf(key) === index);
  byName.sort();
  const query = byName.flatMap((key) => others.filter(([each]) => each === key).map(([, value]) => `${key}=${value}`)).join('&');
  const [bare] = request.path.split('?');
  request.path = query === '' ? (bare as string) : `${bare}?${query}`;
}

function inCookie({ headers }: HttpRequest, name: string): readonly FoundToken[] {
  for (const pair of headers.all('cookie').flatMap((value) => value.split(';'))) {
    const [key, ...rest] = pair.split('=');
    if (key?.trim() !== name || rest.length === 0) continue;
    const text = rest.join('=').replace(/^"(.*)"$/, '$1');
    // Envoy leaves cookies as they are.
    return [{ text, place: `cookie ${name}`, remove: () => undefined }];
  }
  return [];
}

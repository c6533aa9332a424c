import { parseIp } from '../../../manifest/ip';
import { CelEvaluationError } from '../errors';

/**
 * A URL as Go's `net/url` takes it apart, which is neither WHATWG's nor quite RFC 3986's way: a relative path such as `/a` is a URL, `example.com` is none,
 * and everything after an unknown scheme is kept as it is.
 */
export interface GoUrl {
  readonly scheme: string;
  /** What follows the scheme when that is no path: `mailto:a@b`. */
  readonly opaque: string;
  /** Whether two slashes announced a host, even an empty one. */
  readonly hasAuthority: boolean;
  /** The user information with its escapes; `undefined` when there is none. */
  readonly user: string | undefined;
  /** Host and port, escapes decoded; an IPv6 address keeps its brackets. */
  readonly host: string;
  /** The path with its escapes, as `EscapedPath` of Go prints it. */
  readonly escapedPath: string;
  readonly query: string;
  /** Whether there was a `?`, even with nothing after it. */
  readonly hasQuery: boolean;
  readonly fragment: string;
}

const PATH_CHARACTERS = /[A-Za-z0-9\-._~$&+,/:;=@]/;
const VALID_ENCODED_PATH = /^[A-Za-z0-9\-._~!$&'()*+,;=:@[\]%/]*$/;
const FRAGMENT_CHARACTERS = /[A-Za-z0-9\-._~!$&()*+,/:;=?@]/;
const VALID_ENCODED_FRAGMENT = /^[A-Za-z0-9\-._~!$&'()*+,;=:@[\]%/?]*$/;
const USER_CHARACTERS = /[A-Za-z0-9\-._~$&+,;=]/;
const VALID_USER = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;
/** What may stand in a host without an escape: more than RFC 3986 allows. */
const HOST_CHARACTERS = /[!"$&'()*+,\-.0-9:;<=>A-Z[\]_a-z~]/;
const INVALID_IN_HOST = /[^!"$&'()*+,\-.0-9:;<=>A-Z[\]_a-z~\u0080-\u{10ffff}]/u;
const OPTIONAL_PORT = /^(?::[0-9]*)?$/;

function refuse(reason: string): CelEvaluationError {
  return new CelEvaluationError(reason);
}

function checkEscapes(text: string): void {
  const broken = /%(?![0-9a-fA-F]{2})/.exec(text);
  if (broken !== null) {
    throw refuse(`invalid URL escape ${JSON.stringify(text.slice(broken.index, broken.index + 3))}`);
  }
}

/** Decodes escapes, which are bytes, into text; bytes that are no UTF-8 become replacement characters. */
function decodeEscapes(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (escapes) =>
    new TextDecoder().decode(Uint8Array.from(escapes.slice(1).split('%'), (octet) => Number.parseInt(octet, 16))),
  );
}

/** Brings a part into the form in which Go prints it: as written when that is valid, else every byte escaped that has to be. */
function normalizeEscapes(text: string, valid: RegExp | undefined, unescaped: RegExp): string {
  if (valid?.test(text)) {
    return text;
  }
  const escapeByte = (byte: number): string => {
    const character = String.fromCharCode(byte);
    return byte < 0x80 && unescaped.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  };
  return text.replace(/%([0-9a-fA-F]{2})|[^%]+/g, (part, octet: string | undefined) =>
    octet === undefined ? Array.from(new TextEncoder().encode(part), escapeByte).join('') : escapeByte(Number.parseInt(octet, 16)),
  );
}

/** Decodes a host, in which only bytes beyond ASCII, and the percent sign, may be escaped. */
function decodeHost(host: string): string {
  checkEscapes(host);
  const wrong = /%(?!25)[0-7][0-9a-fA-F]/.exec(host);
  if (wrong !== null) {
    throw refuse(`invalid URL escape ${JSON.stringify(wrong[0])}`);
  }
  const invalid = INVALID_IN_HOST.exec(host.replace(/%[0-9a-fA-F]{2}/g, ''));
  if (invalid !== null) {
    throw refuse(`invalid character ${JSON.stringify(invalid[0])} in host name`);
  }
  return decodeEscapes(host);
}

function checkPort(port: string): void {
  if (!OPTIONAL_PORT.test(port)) {
    throw refuse(`invalid port ${JSON.stringify(port)} after host`);
  }
}

/** Reads `[address]` and a port; the address may have a zone after an escaped percent sign. */
function parseBracketedHost(host: string): string {
  const close = host.lastIndexOf(']');
  if (close < 0) {
    throw refuse("missing ']' in host");
  }
  const port = host.slice(close + 1);
  checkPort(port);
  const [address = '', ...zones] = host.slice(1, close).split('%25');
  const zone = zones.length === 0 ? '' : `%${decodeEscapes(zones.join('%25'))}`;
  if (parseIp(decodeHost(address) + zone)?.length !== 16) {
    throw refuse('invalid host');
  }
  return `[${address}${zone}]${port}`;
}

function parseHost(scheme: string, host: string): string {
  const bracket = host.lastIndexOf('[');
  if (bracket > 0) {
    throw refuse('invalid IP-literal');
  }
  if (bracket === 0) {
    return parseBracketedHost(host);
  }
  const isHttp = scheme === 'http' || scheme === 'https';
  const colon = isHttp ? host.indexOf(':') : host.lastIndexOf(':');
  if (colon >= 0) {
    checkPort(host.slice(colon));
  }
  return decodeHost(host);
}

function parseUser(user: string): string {
  if (!VALID_USER.test(user)) {
    throw refuse('net/url: invalid userinfo');
  }
  checkEscapes(user);
  const colon = user.indexOf(':');
  const parts = colon < 0 ? [user] : [user.slice(0, colon), user.slice(colon + 1)];
  return parts.map((part) => normalizeEscapes(part, undefined, USER_CHARACTERS)).join(':');
}

function splitScheme(url: string): readonly [scheme: string, rest: string] {
  if (url.startsWith(':')) {
    throw refuse('missing protocol scheme');
  }
  const [whole, scheme] = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url) ?? [];
  return whole === undefined || scheme === undefined ? ['', url] : [scheme.toLowerCase(), url.slice(whole.length)];
}

/** @param viaRequest whether two slashes at the start belong to the path, as in the first line of an HTTP request */
function parseParts(url: string, viaRequest: boolean): GoUrl {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\x00-\x1f\x7f]/.test(url)) {
    throw refuse('net/url: invalid control character in URL');
  }
  const empty = { scheme: '', opaque: '', hasAuthority: false, user: undefined, host: '', escapedPath: '', query: '', hasQuery: false, fragment: '' };
  if (url === '') {
    throw refuse('empty url');
  }
  if (url === '*') {
    return { ...empty, escapedPath: '*' };
  }
  const [scheme, afterScheme] = splitScheme(url);
  const mark = afterScheme.indexOf('?');
  const hasQuery = mark >= 0;
  const beforeQuery = hasQuery ? afterScheme.slice(0, mark) : afterScheme;
  const query = hasQuery ? afterScheme.slice(mark + 1) : '';
  if (!beforeQuery.startsWith('/')) {
    if (scheme === '') {
      throw refuse('invalid URI for request');
    }
    return { ...empty, scheme, opaque: beforeQuery, query, hasQuery };
  }
  let path = beforeQuery;
  let user: string | undefined;
  let host = '';
  const hasAuthority = path.startsWith('//') && (scheme !== '' || (!viaRequest && !path.startsWith('///')));
  if (hasAuthority) {
    const slash = path.indexOf('/', 2);
    const authority = slash < 0 ? path.slice(2) : path.slice(2, slash);
    path = slash < 0 ? '' : path.slice(slash);
    const at = authority.lastIndexOf('@');
    host = parseHost(scheme, authority.slice(at + 1));
    user = at < 0 ? undefined : parseUser(authority.slice(0, at));
  }
  checkEscapes(path);
  return { ...empty, scheme, hasAuthority, user, host, query, hasQuery, escapedPath: normalizeEscapes(path, VALID_ENCODED_PATH, PATH_CHARACTERS) };
}

/**
 * Checks a text as Go's `url.ParseRequestURI` does, which knows no fragment; that is what decides whether a text is a URL for Kubernetes.
 * Throws a `CelEvaluationError` with the reason.
 */
export function checkRequestUri(text: string): void {
  try {
    parseParts(text, true);
  } catch (error) {
    throw refuse(`parse ${JSON.stringify(text)}: ${(error as Error).message}`);
  }
}

/** Reads a URL with its fragment. Throws a `CelEvaluationError` with the reason when it is none. */
export function parseGoUrl(text: string): GoUrl {
  checkRequestUri(text);
  return parseUrlReference(text);
}

/** The same as Go's `url.Parse` does it, apart from relative references, which are none here unless they begin with a slash. */
export function parseUrlReference(text: string): GoUrl {
  const hash = text.indexOf('#');
  const url = parseParts(hash < 0 ? text : text.slice(0, hash), false);
  const fragment = hash < 0 ? '' : text.slice(hash + 1);
  checkEscapes(fragment);
  return { ...url, fragment: normalizeEscapes(fragment, VALID_ENCODED_FRAGMENT, FRAGMENT_CHARACTERS) };
}

/** The host without its port, and without the brackets of an IPv6 address. */
export function hostname(url: GoUrl): string {
  const host = url.host.replace(/:[0-9]*$/, '');
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

/** The port, empty when there is none. */
export function port(url: GoUrl): string {
  return /:([0-9]*)$/.exec(url.host)?.[1] ?? '';
}

/** The parameters of the query, in order; parts that Go refuses are left out. */
export function queryParameters(url: GoUrl): Map<string, string[]> {
  const parameters = new Map<string, string[]>();
  for (const part of url.query.split('&')) {
    if (part === '' || part.includes(';') || /%(?![0-9a-fA-F]{2})/.test(part)) {
      continue;
    }
    const equal = part.indexOf('=');
    const decode = (text: string): string => decodeEscapes(text.replace(/\+/g, ' '));
    const key = decode(equal < 0 ? part : part.slice(0, equal));
    parameters.set(key, [...(parameters.get(key) ?? []), equal < 0 ? '' : decode(part.slice(equal + 1))]);
  }
  return parameters;
}

/** Prints a URL as Go does; two URLs are equal when they print alike. */
export function formatGoUrl(url: GoUrl): string {
  const scheme = url.scheme === '' ? '' : `${url.scheme}:`;
  const query = url.hasQuery ? `?${url.query}` : '';
  const fragment = url.fragment === '' ? '' : `#${url.fragment}`;
  if (url.opaque !== '') {
    return `${scheme}${url.opaque}${query}${fragment}`;
  }
  const user = url.user === undefined ? '' : `${url.user}@`;
  const host = normalizeEscapes(url.host.replace(/%/g, '%25'), undefined, HOST_CHARACTERS);
  const authority = url.hasAuthority && (url.host !== '' || url.user !== undefined || url.escapedPath !== '') ? `//${user}${host}` : '';
  return `${scheme}${authority}${url.escapedPath}${query}${fragment}`;
}

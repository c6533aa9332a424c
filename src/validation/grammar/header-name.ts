// istiod's class holds the range "+-.", and with it the comma, which RFC 7230 does not allow.
const token = /^[!#$%&'*+,\-.^_`|~A-Za-z0-9]+$/;
const strict = /^[-_A-Za-z0-9]+$/;
const probe = /^[-A-Za-z0-9]+$/;
// With the flag u this folds case as Go does, for a few letters outside ASCII too.
const host = /^host$/iu;
const pseudoHeaders: ReadonlySet<string> = new Set([':method', ':scheme', ':authority', ':path', ':status']);

/** Whether a header match names a claim of a JWT rather than a header: `@request.auth.claims.group` or `@request.auth.claims[a][b]`. */
export function isJwtClaimHeader(name: string): boolean {
  const rest = name.toLowerCase().startsWith('@request.auth.claims') ? name.slice('@request.auth.claims'.length) : '';
  return (rest.startsWith('.') && rest.length > 1) || (rest.startsWith('[') && rest.endsWith(']') && rest.length > 2);
}

/** Whether a header can be matched in a route: a header, a pseudo header of HTTP/2, or a claim of a JWT. */
export function isMatchableHeader(name: string): boolean {
  return isJwtClaimHeader(name) || pseudoHeaders.has(name) || token.test(name);
}

/** Whether a header can stand in a CORS policy; `*` stands for all of them. */
export function isCorsHeader(name: string): boolean {
  return token.test(name);
}

/** Letters, digits, `-` and `_`: what istiod asks of headers that carry claims. */
export function isStrictHeader(name: string): boolean {
  return strict.test(name);
}

/** Letters, digits and `-`: what a probe can send. */
export function isProbeHeader(name: string): boolean {
  return probe.test(name);
}

/** Whether a header is the host that a request asks for, under either of its names. */
export function isAuthorityHeader(name: string): boolean {
  return /^:authority$/iu.test(name) || host.test(name);
}

/** What forbids to add or set a header of a request, as the end of a sentence. */
export function requestHeaderProblem(name: string): string | undefined {
  if (name === '') {
    return 'is empty';
  }
  return name.startsWith(':') && !isAuthorityHeader(name) ? 'begins with ":", and apart from :authority such headers cannot be changed' : undefined;
}

/** What forbids to remove a header of a request, or to change one of a response, as the end of a sentence. */
export function plainHeaderProblem(name: string): string | undefined {
  if (name === '') {
    return 'is empty';
  }
  if (host.test(name)) {
    return 'is the host of the request, which can only be set, in request headers';
  }
  return name.startsWith(':') ? 'begins with ":", and such headers cannot be changed here' : undefined;
}

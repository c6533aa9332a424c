import type { Source } from '../../../mesh/config-object';
import { entryOf } from '../../../mesh/entry-of';
import type { VerifiedToken } from '../filter';
import type { HttpRequest } from '../http';
import { type Key, signatureProblem } from './keys';
import { type FoundToken, findTokens, type JwtLocations } from './locations';
import type { JwtProblem } from './status';
import { type Assertions, type Claims, type Jwt, parseToken, readAssertions } from './token';

/** A rule about tokens. */
export interface JwtProvider {
  /** For people: `jwtRules[0] of RequestAuthentication shop/x`. */
  readonly title: string;
  readonly source: Source;
  /** Empty for tokens of every issuer. */
  readonly issuer: string;
  /** Empty for tokens for everybody. */
  readonly audiences: readonly string[];
  /** A text says why there are none; then no signature is good. */
  readonly keys: readonly Key[] | string;
  readonly locations: JwtLocations;
  /** Whether the token stays in the request. */
  readonly forward: boolean;
  readonly payloadHeader?: string;
  readonly claimHeaders: readonly { readonly header: string; readonly claim: string }[];
  /** Claims whose text is a list of words. */
  readonly wordLists: readonly string[];
}

/** What a rule makes of a request: the token that it takes as verified, or what is wrong. */
export type Verification = { readonly token: VerifiedToken; readonly place: string } | { readonly problem: JwtProblem; readonly place?: string };

/** How many seconds clocks may differ. */
const CLOCK_SKEW = 60;

/**
 * Checks a token by one rule: its form, issuer, times, audience and signature, in this order.
 * @param now seconds since 1970
 * @returns its claims, or what is wrong with it
 */
export function verifyToken(provider: JwtProvider, text: string, now = Date.now() / 1000): Jwt | JwtProblem {
  const jwt = parsed(text);
  if (typeof jwt === 'string') return jwt;
  return claimsProblem(provider, readAssertions(jwt.claims), now) ?? checkedSignature(provider, text, jwt) ?? jwt;
}

/** Checks the claims that a test gives in place of a token; they need no signature. */
export function verifyClaims(provider: JwtProvider, claims: Claims, now = Date.now() / 1000): JwtProblem | undefined {
  return claimsProblem(provider, readAssertions(claims), now);
}

/**
 * Looks for tokens where a rule expects them, and verifies all that are there; the request loses them and gets what the rule writes into it. Of several good tokens the one
 * that comes first in the order of places counts.
 */
export function verifyRequest(provider: JwtProvider, request: HttpRequest, now?: number): Verification {
  const tokens = findTokens(request, provider.locations);
  let result: Verification = { problem: 'missing' };
  for (const token of [...tokens].reverse()) {
    const jwt = verifyToken(provider, token.text, now);
    if (typeof jwt === 'string') return { problem: jwt, place: token.place };
    result = accept(provider, request, jwt.claims, jwt.encodedPayload, token);
  }
  const { claims } = request;
  if (claims === undefined) return result;
  const problem = verifyClaims(provider, claims, now);
  if (problem !== undefined) return { problem, place: GIVEN.place };
  return accept(provider, request, claims, Buffer.from(JSON.stringify(claims)).toString('base64url'), GIVEN);
}

const GIVEN: Pick<FoundToken, 'place' | 'remove'> = {
  place: 'claims of the test',
  remove: (request) => {
    delete request.claims;
  },
};

/** The headers that a rule writes, and that callers therefore cannot send. */
export function writtenHeaders({ payloadHeader, claimHeaders }: JwtProvider): readonly string[] {
  return [...(payloadHeader === undefined ? [] : [payloadHeader]), ...claimHeaders.map(({ header }) => header)];
}

function accept(
  provider: JwtProvider,
  request: HttpRequest,
  claims: Claims,
  payload: string,
  { place, remove }: Pick<FoundToken, 'place' | 'remove'>,
): Verification {
  if (provider.payloadHeader !== undefined) request.headers.add(provider.payloadHeader, payload);
  for (const { header, claim } of provider.claimHeaders) {
    const value = headerValue(claimAt(claims, claim));
    if (value !== '') request.headers.add(header, value);
  }
  if (!provider.forward) remove(request);
  return { token: { principal: `${claims.iss ?? ''}/${claims.sub ?? ''}`, payload: withWordLists(claims, provider.wordLists) }, place };
}

function claimsProblem({ issuer, audiences }: JwtProvider, assertions: Assertions | JwtProblem, now: number): JwtProblem | undefined {
  if (typeof assertions === 'string') return assertions;
  if (issuer !== '' && assertions.issuer !== issuer) return 'unknownIssuer';
  if (now + CLOCK_SKEW < assertions.notBefore) return 'notYetValid';
  if (assertions.expiry > 0 && now > assertions.expiry + CLOCK_SKEW) return 'expired';
  const accepted = audiences.map(bareAudience);
  return accepted.length === 0 || assertions.audiences.some((audience) => accepted.includes(bareAudience(audience))) ? undefined : 'audience';
}

/** Audiences are compared without the scheme of a URL and its last slash. */
function bareAudience(audience: string): string {
  return audience.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/** The same tokens come again and again; the bound guards against tokens that are made anew for each request. */
const MAX_REMEMBERED = 1000;
const parsedTokens = new Map<string, Jwt | JwtProblem>();
const signatures = new WeakMap<JwtProvider, Map<string, JwtProblem | 'good'>>();

function parsed(text: string): Jwt | JwtProblem {
  return remembered(parsedTokens, text, () => parseToken(text));
}

function checkedSignature(provider: JwtProvider, text: string, jwt: Jwt): JwtProblem | undefined {
  let known = signatures.get(provider);
  if (known === undefined) {
    known = new Map();
    signatures.set(provider, known);
  }
  const { keys } = provider;
  const result = remembered(known, text, () => (typeof keys === 'string' ? 'signature' : (signatureProblem(jwt, keys) ?? 'good')));
  return result === 'good' ? undefined : result;
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  if (known.size >= MAX_REMEMBERED && !known.has(key)) known.clear();
  return entryOf(known, key, make);
}

/** A claim by its path, `a.b`. */
function claimAt(claims: Claims, path: string): unknown {
  let value: unknown = claims;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) return undefined;
    value = (value as Claims)[name];
  }
  return value;
}

function headerValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isInteger(value) && value >= 0 ? BigInt(value).toString() : value.toFixed(6);
    case 'boolean':
      return String(value);
    default:
      return value === undefined || value === null ? '' : Buffer.from(json(value)).toString('base64');
  }
}

/** JSON as Envoy writes it. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(/[<>]/g, (bracket) => (bracket === '<' ? '\\u003c' : '\\u003e'));
}

function withWordLists(claims: Claims, names: readonly string[]): Claims {
  const lists = names.flatMap((name) => {
    const value = claims[name];
    return typeof value === 'string' ? [[name, value.split(' ').filter((word) => word !== '')] as const] : [];
  });
  return lists.length === 0 ? claims : { ...claims, ...Object.fromEntries(lists) };
}

import { type ConfigObject, compare, sourceOf } from '../../mesh/config-object';
import { entryOf } from '../../mesh/entry-of';
import { type MeshModel, perMesh } from '../../mesh/model';
import { requestAuthenticationsOf } from '../../mesh/policies';
import type { JwtRuleSpec, RequestAuthenticationSpec } from '../../mesh/specs/security';
import type { Workload } from '../../mesh/workload';
import type { HttpFilter } from '../envoy/filter';
import { jwtFilter } from '../envoy/jwt/filter';
import { parseKeys } from '../envoy/jwt/keys';
import { DEFAULT_LOCATIONS, type JwtLocations } from '../envoy/jwt/locations';
import type { JwtProvider } from '../envoy/jwt/provider';

/** The filter that verifies tokens; none where no RequestAuthentication with rules applies. */
export function jwtFilters(mesh: MeshModel, proxy: Workload): readonly HttpFilter[] {
  const providers = requestAuthenticationsOf(mesh, proxy).flatMap((policy) => jwtProviders(mesh, policy));
  providers.sort((one, other) => compare(one.issuer, other.issuer));
  return providers.length === 0 ? [] : [jwtFilter(providers)];
}

/** The rules of a RequestAuthentication; they are read once, with their keys. */
export function jwtProviders(mesh: MeshModel, policy: ConfigObject<RequestAuthenticationSpec>): readonly JwtProvider[] {
  return entryOf(known(mesh), policy, () => (policy.spec.jwtRules ?? []).map((rule, index) => provider(policy, rule, index)));
}

const known = perMesh(() => new Map<ConfigObject<RequestAuthenticationSpec>, readonly JwtProvider[]>());

/** Claims whose text is taken for a list of words, whatever a rule says. */
const alwaysWordLists: readonly string[] = ['permission', 'scope'];

function provider(policy: ConfigObject<RequestAuthenticationSpec>, rule: JwtRuleSpec, index: number): JwtProvider {
  const {
    issuer = '',
    audiences = [],
    jwks = '',
    forwardOriginalToken = false,
    outputPayloadToHeader = '',
    outputClaimToHeaders = [],
    spaceDelimitedClaims = [],
  } = rule;
  return {
    title: `jwtRules[${index}] of ${policy.kind} ${policy.namespace}/${policy.name}`,
    source: sourceOf(policy, `spec.jwtRules[${index}]`),
    issuer,
    audiences,
    keys: jwks === '' ? unfetched(rule) : parseKeys(jwks),
    locations: locations(rule),
    forward: forwardOriginalToken,
    ...(outputPayloadToHeader === '' ? {} : { payloadHeader: outputPayloadToHeader.toLowerCase() }),
    claimHeaders: outputClaimToHeaders.map(({ header, claim }) => ({ header: header.toLowerCase(), claim })),
    wordLists: [...new Set([...spaceDelimitedClaims, ...alwaysWordLists])],
  };
}

/** Nothing is fetched here. As istiod does without an answer, such a rule takes no token as good; claims that a test gives need no keys. */
function unfetched({ issuer = '', jwksUri = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration` }: JwtRuleSpec): string {
  return `the keys at ${jwksUri} are not fetched in a simulation: write jwks, or give the claims with the request`;
}

function locations({ fromHeaders = [], fromParams = [], fromCookies = [] }: JwtRuleSpec): JwtLocations {
  if (fromHeaders.length + fromParams.length + fromCookies.length === 0) return DEFAULT_LOCATIONS;
  const headers = fromHeaders.map(({ name, prefix = '' }) => ({ name: name.toLowerCase(), prefix }));
  headers.sort((one, other) => compare(one.name + one.prefix, other.name + other.prefix));
  return { headers, parameters: [...new Set(fromParams)].sort(), cookies: [...new Set(fromCookies)].sort() };
}

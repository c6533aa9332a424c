import { ruleTable } from '../../manifest/rule';
import { example, listItem } from './example';

const authentication = (rule: string) => example('RequestAuthentication', `jwtRules:\n${listItem(rule)}`);
const issued = (fields: string) => authentication(`issuer: https://accounts.example.com\n${fields}`);
const publicKey = '{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}';

/** Rules about RequestAuthentications. */
export const requestAuthenticationRules = ruleTable({
  audienceEmpty: {
    code: 'request-authentication/audience-empty',
    severity: 'error',
    istiod: ['RA2'],
    title: 'An audience is empty.',
    effect: 'The cluster refuses the object.',
    fix: 'name the audience; leave audiences out to accept tokens for anybody',
    bad: issued('audiences: [""]'),
    good: issued('audiences: [shop]'),
  },
  issuerMissing: {
    code: 'request-authentication/issuer-missing',
    severity: 'error',
    istiod: ['RA3'],
    title: 'A rule names neither the issuer of tokens nor the address of its keys.',
    effect: 'The cluster refuses the object. Keys in the object itself are not enough.',
    fix: 'set issuer',
    bad: authentication(`jwks: '${publicKey}'`),
    good: issued(`jwks: '${publicKey}'`),
  },
  keySetAddress: {
    code: 'request-authentication/jwks-uri',
    severity: 'error',
    istiod: ['RA4'],
    title: 'The address of the keys is no URL of HTTP or HTTPS.',
    effect: 'The cluster refuses the object.',
    fix: 'write https:// and the address of the set of keys',
    bad: issued('jwksUri: accounts.example.com/jwks'),
    good: issued('jwksUri: https://accounts.example.com/jwks'),
  },
  keySet: {
    code: 'request-authentication/jwks',
    severity: 'error',
    istiod: ['RA5'],
    title: 'The keys in the object are no set of JSON Web Keys.',
    effect: 'The cluster refuses the object.',
    fix: 'write {"keys": [...]} as the issuer publishes it, or a single key',
    bad: issued(`jwks: '{"keys":[{"kty":"RSA"}]}'`),
    good: issued(`jwks: '{"keys":[${publicKey}]}'`),
  },
  secretKey: {
    code: 'request-authentication/secret-key',
    severity: 'warning',
    istiod: ['RA6'],
    since: '1.31',
    title: 'The keys in the object hold a private or symmetric key.',
    effect: 'Whoever may read the object can sign tokens that the mesh believes.',
    fix: 'write the public key alone, and give the issuer a new key',
    bad: issued(`jwks: '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}'`),
    good: issued(`jwks: '{"keys":[${publicKey}]}'`),
  },
  tokenPlaceEmpty: {
    code: 'request-authentication/token-place-empty',
    severity: 'error',
    istiod: ['RA7'],
    title: 'A header, parameter or cookie in which tokens are sought has no name.',
    effect: 'The cluster refuses the object.',
    fix: 'name it, or remove it to look at the header Authorization and the parameter access_token',
    bad: issued('fromParams: [""]'),
    good: issued('fromParams: [token]'),
  },
  outputIncomplete: {
    code: 'request-authentication/output-incomplete',
    severity: 'error',
    istiod: ['RA8'],
    title: 'A claim is to be copied to a header, but one of them is not named.',
    effect: 'The cluster refuses the object.',
    fix: 'set both header and claim',
    bad: issued('outputClaimToHeaders:\n- header: x-user\n  claim: ""'),
    good: issued('outputClaimToHeaders:\n- header: x-user\n  claim: sub'),
  },
});

import { Construct } from 'constructs';
import type { ObjectReference } from '../../imports/schema';
import type { Condition, JWTRule, Operation } from '../../imports/security.istio.io';
import { AuthorizationPolicy } from '../constructs/authorization-policy';
import { RequestAuthentication } from '../constructs/request-authentication';
import { badInput } from './bad-input';
import { isObject, nameOf, namespaceOf, podLabels, type Workload } from './workload';

/** How tokens are read and passed on. */
type TokenFields = Pick<
  JWTRule,
  'audiences' | 'fromHeaders' | 'fromParams' | 'fromCookies' | 'forwardOriginalToken' | 'outputClaimToHeaders' | 'outputPayloadToHeader'
>;

/** Where the public keys of the issuer are: at an address that istiod reaches, or here as JSON. @default - what the issuer publishes about itself */
type Keys = { readonly jwksUri?: string; readonly jwks?: never } | { readonly jwksUri?: never; readonly jwks?: string };

/** Props of {@link JwtAuth}. */
export type JwtAuthProps = TokenFields &
  Keys & {
    /** The pods that ask for tokens, of a service or of a gateway. A Gateway of the Gateway API stands for its own. */
    readonly workload: Workload | ObjectReference;
    /** The `iss` of the tokens. */
    readonly issuer: string;
    /** What tokens must say: of each claim one of the values. Nested claims have brackets: `realm][role`. @default - nothing more than who issued them */
    readonly claims?: Readonly<Record<string, readonly string[]>>;
    /** Paths that are open to all: exact, `/prefix*` or `*suffix`. @default - none */
    readonly openPaths?: readonly string[];
    /** True lets OPTIONS through without a token: browsers ask so before calls to other sites, and never with one. @default false */
    readonly preflight?: boolean;
    /**
     * The ports of the pods that speak HTTP, for a gateway such as 8080 and 8443. A token is required there only: on any other port nobody could show one,
     * and every connection would be closed.
     */
    readonly ports: readonly number[];
    /** Where the pods run: of a gateway its own, such as `istio-system`. @default - the namespace of the workload's object, otherwise that of the chart */
    readonly namespace?: string;
    /** The name of both objects. @default - that of the workload, with `-tokens` */
    readonly name?: string;
  };

/**
 * Requires a token of every request: bad ones are answered with 401, none with 403. The RequestAuthentication checks tokens, but lets requests without one pass;
 * the AuthorizationPolicy refuses those. It denies, so that no other policy can let in what it refuses.
 */
export class JwtAuth extends Construct {
  readonly requestAuthentication: RequestAuthentication;
  readonly authorizationPolicy: AuthorizationPolicy;

  constructor(scope: Construct, id: string, props: JwtAuthProps) {
    super(scope, id);
    const { workload, issuer, jwksUri, jwks, claims = {} } = props;
    if (issuer === '') throw badInput('the issuer of the tokens is empty');
    if (jwks !== undefined) checkKeys(jwks);
    if (jwksUri !== undefined && !/^https?:\/\//.test(jwksUri))
      throw badInput(`${JSON.stringify(jwksUri)} is no address of keys: it begins with https:// or http://`);
    const target = targetOf(workload);
    const namespace = props.namespace ?? namespaceOf(this, isObject(workload) ? workload : undefined);
    const metadata = { name: props.name ?? `${nameOf(workload)}-tokens`, ...(namespace ? { namespace } : {}) };
    const keys = jwksUri !== undefined ? { jwksUri } : jwks !== undefined ? { jwks } : {};

    this.requestAuthentication = new RequestAuthentication(this, 'tokens', { metadata, ...target, jwtRules: [{ issuer, ...keys, ...tokenFields(props) }] });
    const operation = operationOf(props);
    const to = [{ operation }];
    const lacking = Object.entries(claims).map(([claim, values]): Condition => {
      if (values.length === 0) throw badInput(`the claim ${claim} has no value that it may have`);
      return { key: `request.auth.claims[${claim}]`, notValues: values };
    });
    this.authorizationPolicy = new AuthorizationPolicy(this, 'required', {
      metadata,
      ...target,
      action: 'DENY',
      rules: [{ from: [{ source: { notRequestPrincipals: [`${issuer}/*`] } }], to }, ...lacking.map((condition) => ({ when: [condition], to }))],
    });
  }
}

/** The pods that both objects are for; a Gateway of the Gateway API is named, because selectors do not hold for all that can stand behind one. */
function targetOf(
  workload: JwtAuthProps['workload'],
): { selector: { matchLabels: Readonly<Record<string, string>> } } | { targetRefs: readonly ObjectReference[] } {
  if (isObject(workload) && workload.apiVersion.startsWith('gateway.networking.k8s.io/')) return { targetRefs: [workload] };
  return { selector: { matchLabels: podLabels(workload) } };
}

function tokenFields(props: TokenFields): TokenFields {
  const { audiences, fromHeaders, fromParams, fromCookies, forwardOriginalToken, outputClaimToHeaders, outputPayloadToHeader } = props;
  const fields = { audiences, fromHeaders, fromParams, fromCookies, forwardOriginalToken, outputClaimToHeaders, outputPayloadToHeader };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function operationOf({ openPaths = [], preflight = false, ports }: JwtAuthProps): Operation {
  if (ports.length === 0) throw badInput('no port asks for tokens: "ports" is empty');
  const odd = openPaths.find((path) => !/^(?:\/[^*]*\*?|\*[^*]+)$/.test(path));
  if (odd !== undefined) throw badInput(`the open path ${JSON.stringify(odd)} is none: write /exact, /prefix* or *suffix`);
  return {
    ...(openPaths.length > 0 ? { notPaths: openPaths } : {}),
    ...(preflight ? { notMethods: ['OPTIONS'] } : {}),
    ports: ports.map(String),
  };
}

function checkKeys(jwks: string): void {
  let keys: unknown;
  try {
    ({ keys } = JSON.parse(jwks) as { keys?: unknown });
  } catch {
    throw badInput('jwks is no JSON; it is the text of a key set: { "keys": [...] }');
  }
  if (!Array.isArray(keys) || keys.length === 0) throw badInput('jwks has no keys; it is the text of a key set: { "keys": [...] }');
  if (keys.some((key) => typeof key === 'object' && key !== null && 'd' in key)) {
    throw badInput('jwks holds a private key, which whoever can read the manifest can then sign tokens with; give the public part only');
  }
}

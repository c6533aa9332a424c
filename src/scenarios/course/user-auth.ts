// A RequestAuthentication checks the tokens that are there; only an AuthorizationPolicy can require one.
// Both must select the same workload: as taught at first they do not, so one workload is closed to all and the other open to all.
import type { Construct } from 'constructs';
import type { JWTRule } from '../../../imports/security.istio.io';
import { AuthorizationPolicy, RequestAuthentication } from '../../constructs';
import type { Call } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { customers } from '../workloads/customers';
import { helloWorld } from '../workloads/hello-world';
import { meshNamespace } from '../workloads/namespace';
import { webFrontend } from '../workloads/web-frontend';
import { badToken, goodToken, inlineKey, issuer } from './tokens';

abstract class TokensRequired extends ScenarioChart {
  constructor(scope: Construct, id: string, app: string, rule: JWTRule, props: ScenarioProps) {
    super(scope, id, props);
    meshNamespace(this);
    webFrontend(this);
    customers(this, { versions: ['v1'] });
    helloWorld(this);
    new RequestAuthentication(this, 'tokens', { metadata: { name: 'customers-v1' }, selector: { matchLabels: { app } }, jwtRules: [rule] });
    new AuthorizationPolicy(this, 'require-token', {
      metadata: { name: 'require-jwt' },
      selector: { matchLabels: { app: 'hello-world' } },
      action: 'ALLOW',
      rules: [{ from: [{ source: { requestPrincipals: ['*'] } }] }],
    });
  }
}

/** Props of {@link UserAuthAsTaught}. */
export interface UserAuthAsTaughtProps extends ScenarioProps {
  /** Where the keys of the issuer are found. @default 'https://tetrate.io/.well-known/jwks.json' */
  readonly jwksUri?: string;
}

/** Tokens are checked for a workload that does not exist, and required of another one, which checks none. */
export class UserAuthAsTaught extends TokensRequired {
  constructor(scope: Construct, id: string, { jwksUri = 'https://tetrate.io/.well-known/jwks.json', ...props }: UserAuthAsTaughtProps = {}) {
    super(scope, id, 'customers-v1', { issuer, jwksUri }, props);
  }
}

/** Tokens are checked for and required of the same workload. */
export class UserAuth extends TokensRequired {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, 'hello-world', inlineKey, props);
  }
}

const asks = (host: string, headers: Call['headers'], expect: Call['expect']): Call => ({
  from: 'web-frontend',
  url: `http://${host}.default.svc.cluster.local/`,
  ...(headers ? { headers } : {}),
  expect,
});

export const userAuth = defineScenario({
  id: 'course/user-auth',
  title: 'Tokens checked, and tokens required',
  steps: [
    { id: '01-as-taught', title: 'The two objects select different workloads', chart: UserAuthAsTaught },
    { id: '02-same-workload', title: 'Both select hello-world', chart: UserAuth },
  ],
  claims: [
    {
      name: 'hello-world answers 403 and customers 200, whatever the token',
      step: '01-as-taught',
      calls: [undefined, goodToken, badToken].flatMap((token) => [asks('hello-world', token, { status: 403 }), asks('customers', token, { status: 200 })]),
    },
    {
      name: 'no token 403, a bad one 401, a good one 200',
      step: '02-same-workload',
      calls: [
        asks('hello-world', undefined, { status: 403 }),
        asks('hello-world', badToken, { status: 401 }),
        asks('hello-world', goodToken, { status: 200, workload: 'hello-world' }),
        asks('customers', undefined, { status: 200 }),
      ],
    },
  ],
});

// What a rule can ask about: who calls (source), what is asked for (operation), and anything else (condition); all parts of a rule must hold.
// Policies of the action CUSTOM speak first, then those that DENY, then those that ALLOW; AUDIT never changes an answer.
import type { Construct } from 'constructs';
import type { Rule } from '../../../imports/security.istio.io';
import { AuthorizationPolicy, RequestAuthentication } from '../../constructs';
import type { Call, Claim } from '../claim';
import { istioOperator } from '../istio-operator';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { helloWorld } from '../workloads/hello-world';
import { meshNamespace } from '../workloads/namespace';
import { service } from '../workloads/service';
import { sleep } from '../workloads/sleep';
import { workload } from '../workloads/workload';
import { goodToken, inlineKey, issuer } from './tokens';

const selector = { matchLabels: { app: 'hello-world' } };

/** `hello-world`, which checks tokens, and callers in two namespaces. */
abstract class PolicyChart extends ScenarioChart {
  constructor(scope: Construct, id: string, props: ScenarioProps) {
    super(scope, id, props);
    meshNamespace(this);
    helloWorld(this);
    sleep(this, { name: 'curl' });
    meshNamespace(this, 'prod');
    sleep(this, { name: 'curl-prod', namespace: 'prod' });
    new RequestAuthentication(this, 'tokens', { metadata: { name: 'hello-world' }, selector, jwtRules: [inlineKey] });
  }

  protected allow(name: string, rules: readonly Rule[]): AuthorizationPolicy {
    return new AuthorizationPolicy(this, name, { metadata: { name }, selector, action: 'ALLOW', rules });
  }
}

/** Props of {@link Sources}. */
export interface SourcesProps extends ScenarioProps {
  /** Addresses of callers that may always ask. @default - 10.64.0.0/16 */
  readonly ipBlocks?: readonly string[];
}

/** Callers from some addresses, from any namespace but one, or with a token. */
export class Sources extends PolicyChart {
  constructor(scope: Construct, id: string, { ipBlocks = ['10.64.0.0/16'], ...props }: SourcesProps = {}) {
    super(scope, id, props);
    this.allow('sources', [
      { from: [{ source: { ipBlocks } }, { source: { notNamespaces: ['prod'] } }, { source: { requestPrincipals: [`${issuer}/peter`] } }] },
    ]);
  }
}

/** Requests for some hosts, by one method, and for any path but some. */
export class Operations extends PolicyChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    this.allow('operations', [{ to: [{ operation: { hosts: ['*.hello.com'], methods: ['DELETE'], notPaths: ['/admin*'] } }] }]);
  }
}

/** Requests with a token of one issuer, made with any program but one. */
export class Conditions extends PolicyChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    this.allow('conditions', [
      {
        when: [
          { key: 'request.auth.claims[iss]', values: [issuer] },
          { key: 'request.headers[User-Agent]', notValues: ['curl/*'] },
        ],
      },
    ]);
  }
}

const provider = 'ext-authz';

/** A policy of each action, and the service that CUSTOM asks. */
export class Actions extends PolicyChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    const labels = { app: provider };
    workload(this, { name: provider, labels, image: 'gcr.io/istio-testing/ext-authz:latest', ports: [{ number: 8000, name: 'http' }] });
    service(this, { name: provider, selector: labels, port: 8000 });
    new AuthorizationPolicy(this, 'custom', {
      metadata: { name: 'custom' },
      selector,
      action: 'CUSTOM',
      provider: { name: provider },
      rules: [{ to: [{ operation: { paths: ['/custom*', '/denied*'] } }] }],
    });
    new AuthorizationPolicy(this, 'deny', {
      metadata: { name: 'deny' },
      selector,
      action: 'DENY',
      // Without a port it would also deny everything that is not HTTP, since that has no path.
      rules: [{ to: [{ operation: { ports: ['3000'], paths: ['/denied*'] } }] }],
    });
    this.allow('allow', [{ to: [{ operation: { paths: ['/allowed*', '/denied*', '/custom*'] } }] }]);
    new AuthorizationPolicy(this, 'audit', {
      metadata: { name: 'audit' },
      selector,
      action: 'AUDIT',
      rules: [{ to: [{ operation: { paths: ['/allowed*', '/other*'] } }] }],
    });
  }
}

const asks = (from: string, path: string, status: number, request: Partial<Call> = {}): Call => ({
  from,
  url: `http://hello-world.default.svc.cluster.local${path}`,
  ...request,
  expect: { status },
});

const meshConfig = {
  extensionProviders: [
    { name: provider, envoyExtAuthzHttp: { service: 'ext-authz.default.svc.cluster.local', port: 8000, includeRequestHeadersInCheck: ['x-ext-authz'] } },
  ],
};
const authorizer: Pick<Claim, 'mesh' | 'workloads'> = { mesh: meshConfig, workloads: [{ name: provider, behavior: { mode: 'extauthz' } }] };
const allowedByService = { headers: { 'x-ext-authz': 'allow' } };
/** Its answer differs from that of a policy, so it shows who spoke first. */
const refusedByService = (path: string): Call => ({ ...asks('curl', path, 403), expect: { status: 403, body: null } });
const refusedByPolicy = (path: string, request: Partial<Call> = {}): Call => ({
  ...asks('curl', path, 403, request),
  expect: { status: 403, body: 'RBAC: access denied' },
});

export const policyRules = defineScenario({
  id: 'course/policy-rules',
  title: 'All parts of an authorization rule, and all actions',
  steps: [
    { id: '01-sources', title: 'Who calls', chart: Sources },
    { id: '02-operations', title: 'What is asked for', chart: Operations },
    { id: '03-conditions', title: 'Token claims and headers', chart: Conditions },
    { id: '04-actions', title: 'ALLOW, DENY, AUDIT and CUSTOM', chart: Actions },
  ],
  files: [istioOperator('ext-authz', { profile: 'demo', meshConfig })],
  claims: [
    {
      name: 'a caller of another namespace than prod is let in, one of prod only with the token',
      step: '01-sources',
      calls: [asks('curl', '/', 200), asks('curl-prod', '/', 403), asks('curl-prod', '/', 200, { headers: goodToken })],
    },
    {
      name: 'a caller of prod is let in by its address',
      step: '01-sources',
      props: { ipBlocks: ['127.1.0.0/16'] },
      calls: [asks('curl-prod', '/', 200)],
    },
    {
      name: 'host, method and path must all be right',
      step: '02-operations',
      calls: [
        asks('curl', '/orders', 200, { method: 'DELETE', headers: { Host: 'www.hello.com' } }),
        asks('curl', '/orders', 403, { method: 'GET', headers: { Host: 'www.hello.com' } }),
        asks('curl', '/admin/users', 403, { method: 'DELETE', headers: { Host: 'www.hello.com' } }),
        asks('curl', '/orders', 403, { method: 'DELETE' }),
      ],
      // The Host of these requests is no name of the mesh: they are made to the address of the Service by a caller that does not route.
      workloads: [{ name: 'curl', sidecar: false }],
    },
    {
      name: 'issuer and user agent must both be right',
      step: '03-conditions',
      calls: [
        asks('curl', '/', 200, { headers: { ...goodToken, 'User-Agent': 'Mozilla/5.0' } }),
        asks('curl', '/', 403, { headers: { ...goodToken, 'User-Agent': 'curl/8.9.1' } }),
        asks('curl', '/', 403, { headers: { 'User-Agent': 'Mozilla/5.0' } }),
      ],
    },
    {
      name: 'CUSTOM speaks before DENY, DENY before ALLOW, and what is not allowed is denied',
      step: '04-actions',
      ...authorizer,
      calls: [
        asks('curl', '/allowed', 200),
        refusedByPolicy('/other'),
        refusedByService('/custom'),
        asks('curl', '/custom', 200, allowedByService),
        refusedByService('/denied'),
        refusedByPolicy('/denied', allowedByService),
      ],
    },
  ],
});

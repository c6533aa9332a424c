// Close everything, then open one way after the other: policies that allow add up, and what none of them allows is denied.
// Sources of one policy are alternatives, the fields within one source must all hold.
import type { Construct } from 'constructs';
import { AuthorizationPolicy, trustDomain } from '../../constructs';
import { type Call, ingressGateway, throughIngress } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { customers } from '../workloads/customers';
import { meshNamespace } from '../workloads/namespace';
import { serviceAccount } from '../workloads/service-account';
import { sleep } from '../workloads/sleep';
import { webFrontend } from '../workloads/web-frontend';
import { anyHostGateway, exposeAtGateway } from './frontend-gateway';

/** `web-frontend` and `customers` with identities of their own, and a namespace that denies everything. */
export class DenyAll extends ScenarioChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    const frontendAccount = serviceAccount(this, 'web-frontend');
    exposeAtGateway(this, webFrontend(this, { serviceAccount: frontendAccount }), anyHostGateway(this));
    customers(this, { versions: ['v1'], serviceAccount: serviceAccount(this, 'customers-v1') });
    sleep(this, { name: 'curl' });
    new AuthorizationPolicy(this, 'deny-all', { metadata: { name: 'deny-all' } });
  }
}

/** The same, where the ingress gateway may ask `web-frontend`. */
export class AllowIngress extends DenyAll {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    new AuthorizationPolicy(this, 'allow-ingress', {
      metadata: { name: 'allow-ingress-frontend' },
      selector: { matchLabels: { app: 'web-frontend' } },
      action: 'ALLOW',
      rules: [
        {
          from: [
            { source: { namespaces: ['istio-system'] } },
            { source: { principals: [`${trustDomain(this)}/ns/istio-system/sa/istio-ingressgateway-service-account`] } },
          ],
        },
      ],
    });
  }
}

/** The same, where `web-frontend` may ask `customers`. */
export class AllowFrontend extends AllowIngress {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    new AuthorizationPolicy(this, 'allow-frontend', {
      metadata: { name: 'allow-web-frontend-customers' },
      selector: { matchLabels: { app: 'customers', version: 'v1' } },
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { namespaces: [this.namespace], principals: [`${trustDomain(this)}/ns/${this.namespace}/sa/web-frontend`] } }],
        },
      ],
    });
  }
}

/** Which of the ways are open. */
function ways({ ingressToFrontend, frontendToCustomers }: Readonly<Record<'ingressToFrontend' | 'frontendToCustomers', boolean>>): readonly Call[] {
  const answer = (open: boolean, workload: string) => (open ? { status: 200, workload } : { status: 403 });
  const customersUrl = 'http://customers.default.svc.cluster.local/';
  return [
    throughIngress('http://example.com/', answer(ingressToFrontend, 'web-frontend')),
    { from: 'web-frontend', url: customersUrl, expect: answer(frontendToCustomers, 'customers-v1') },
    { from: 'curl', url: customersUrl, expect: { status: 403 } },
    { from: 'curl', url: 'http://web-frontend.default.svc.cluster.local/', expect: { status: 403 } },
  ];
}

export const authorization = defineScenario({
  id: 'course/authorization',
  title: 'Everything closed, then opened way by way',
  steps: [
    { id: '01-deny-all', title: 'Nobody may ask anything', chart: DenyAll },
    { id: '02-allow-ingress', title: 'The gateway may ask the frontend', chart: AllowIngress },
    { id: '03-allow-frontend', title: 'The frontend may ask customers', chart: AllowFrontend },
  ],
  claims: [
    { name: 'everything is denied', step: '01-deny-all', ...ingressGateway, calls: ways({ ingressToFrontend: false, frontendToCustomers: false }) },
    {
      name: 'only the gateway reaches the frontend',
      step: '02-allow-ingress',
      ...ingressGateway,
      calls: ways({ ingressToFrontend: true, frontendToCustomers: false }),
    },
    {
      name: 'the gateway reaches the frontend and the frontend customers, a curl pod nothing',
      step: '03-allow-frontend',
      ...ingressGateway,
      calls: ways({ ingressToFrontend: true, frontendToCustomers: true }),
    },
  ],
});

// Routes chosen by what a request carries: the first route whose match holds takes it, so the route without a match stands last.
// A route may also answer by itself: a redirect sends the caller to another host and path.
import type { Construct } from 'constructs';
import type { HTTPRoute } from '../../../imports/networking.istio.io';
import { defineScenario } from '../scenario';
import type { ScenarioProps } from '../scenario-chart';
import { helloWorld } from '../workloads/hello-world';
import { asksCustomers, CustomersChart } from './customers-chart';

/** Firefox gets version 1, everybody else version 2. */
export class MatchUserAgent extends CustomersChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    this.addRoutes([...this.before(), ...this.byUserAgent()], 'customers-route');
  }

  /** Routes that come first. */
  protected before(): readonly HTTPRoute[] {
    return [];
  }

  private byUserAgent(): readonly HTTPRoute[] {
    return [
      { match: [{ headers: { 'user-agent': { regex: '.*Firefox.*' } } }], route: [{ destination: this.versions.subset('v1') }] },
      { route: [{ destination: this.versions.subset('v2') }] },
    ];
  }
}

/** The same, and one path that has moved. */
export class MatchAndRedirect extends MatchUserAgent {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    helloWorld(this);
  }

  protected override before(): readonly HTTPRoute[] {
    return [{ match: [{ uri: { exact: '/api/v1/helloWorld' } }], redirect: { uri: '/v1/hello', authority: this.hostOf('hello-world') } }];
  }
}

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const byUserAgent = [
  asksCustomers({ status: 200, workload: 'customers-v1' }, { headers: { 'User-Agent': firefox } }),
  asksCustomers({ status: 200, workload: 'customers-v2' }, { headers: { 'User-Agent': 'curl/8.9.1' } }),
];

export const match = defineScenario({
  id: 'course/match',
  title: 'Routes by user agent, and a redirect',
  steps: [
    { id: '01-user-agent', title: 'Firefox to v1, everybody else to v2', chart: MatchUserAgent },
    { id: '02-redirect', title: 'The same, and one path redirected', chart: MatchAndRedirect },
  ],
  claims: [
    { name: 'Firefox reaches v1, curl v2', step: '01-user-agent', calls: byUserAgent },
    {
      name: 'the old path is answered with 301 and the new place; Firefox reaches v1, curl v2',
      step: '02-redirect',
      calls: [
        asksCustomers({ status: 301, 'responseHeaders.location': 'http://hello-world.default.svc.cluster.local/v1/hello' }, { path: '/api/v1/helloWorld' }),
        ...byUserAgent,
      ],
    },
  ],
});

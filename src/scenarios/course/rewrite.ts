// A rewrite changes what the server sees and the caller does not notice; a redirect tells the caller to ask elsewhere.
// A rewritten prefix keeps the rest of the path.
import type { Construct } from 'constructs';
import { defineScenario } from '../scenario';
import type { ScenarioProps } from '../scenario-chart';
import { asksCustomers, CustomersChart } from './customers-chart';

/** `customers` with one path prefix rewritten, and requests with one header redirected. */
export class Rewrite extends CustomersChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    const route = [{ destination: this.versions.subset('v1', { port: 80 }) }];
    this.addRoutes([
      { match: [{ uri: { prefix: '/v1/api' } }], rewrite: { uri: '/v2/api' }, route },
      { match: [{ headers: { 'my-header': { exact: 'hello' } } }], redirect: { uri: '/hello', authority: `${this.hostOf('my-service')}:8000` } },
      { route },
    ]);
  }
}

export const rewrite = defineScenario({
  id: 'course/rewrite',
  title: 'A rewritten path and a redirect',
  chart: Rewrite,
  claims: [
    {
      name: 'customers sees /v2/api where /v1/api was asked for; the header is answered with 301',
      calls: [
        asksCustomers({ status: 200, path: '/v2/api/orders' }, { path: '/v1/api/orders' }),
        asksCustomers({ status: 200, path: '/v2/api' }, { path: '/v1/api', headers: { 'my-header': 'hello' } }),
        asksCustomers(
          { status: 301, 'responseHeaders.location': 'http://my-service.default.svc.cluster.local:8000/hello' },
          { path: '/other', headers: { 'my-header': 'hello' } },
        ),
        asksCustomers({ status: 200, path: '/other' }, { path: '/other' }),
      ],
    },
  ],
});

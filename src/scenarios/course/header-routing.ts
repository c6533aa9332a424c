// A new version for those who ask for it: requests with a certain header get v2, all others stay with v1.
// The match is exact and the header name is not case-sensitive; another value of the header is no match.
import type { Construct } from 'constructs';
import { defineScenario } from '../scenario';
import type { ScenarioProps } from '../scenario-chart';
import { asksCustomers, CustomersChart } from './customers-chart';

/** Props of {@link HeaderRouting}. */
export interface HeaderRoutingProps extends ScenarioProps {
  /** The value of the header `user` that leads to version 2. @default 'debug' */
  readonly user?: string;
}

/** One user of `customers` gets version 2. */
export class HeaderRouting extends CustomersChart {
  constructor(scope: Construct, id: string, { user = 'debug', ...props }: HeaderRoutingProps = {}) {
    super(scope, id, props);
    this.addRoutes([
      { match: [{ headers: { user: { exact: user } } }], route: [{ destination: this.versions.subset('v2', { port: 80 }) }] },
      { route: [{ destination: this.versions.subset('v1', { port: 80 }) }] },
    ]);
  }
}

export const headerRouting = defineScenario({
  id: 'course/header-routing',
  title: 'One user gets v2',
  chart: HeaderRouting,
  claims: [
    {
      name: 'user debug reaches v2, every other user v1',
      calls: [
        asksCustomers({ status: 200, workload: 'customers-v2' }, { headers: { user: 'debug' } }),
        asksCustomers({ status: 200, workload: 'customers-v1' }, { headers: { user: 'debugger' } }),
        asksCustomers({ status: 200, workload: 'customers-v1' }),
      ],
    },
  ],
});

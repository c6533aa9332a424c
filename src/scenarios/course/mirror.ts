// A new version sees real traffic before anybody depends on it: each request goes to v1, and a copy of it to v2.
// The caller gets the answer of v1; the answer to the copy is thrown away.
import type { Construct } from 'constructs';
import { defineScenario } from '../scenario';
import type { ScenarioProps } from '../scenario-chart';
import { asksCustomers, CustomersChart } from './customers-chart';

/** Props of {@link Mirror}. */
export interface MirrorProps extends ScenarioProps {
  /** The share of requests that are copied, in percent. @default 100 */
  readonly percentage?: number;
}

/** All requests for `customers` go to version 1, copies of them to version 2. */
export class Mirror extends CustomersChart {
  constructor(scope: Construct, id: string, { percentage = 100, ...props }: MirrorProps = {}) {
    super(scope, id, props);
    this.addRoutes([
      {
        route: [{ destination: this.versions.subset('v1', { port: 80 }), weight: 100 }],
        mirror: this.versions.subset('v2', { port: 80 }),
        mirrorPercentage: { value: percentage },
      },
    ]);
  }
}

export const mirror = defineScenario({
  id: 'course/mirror',
  title: 'Everything to v1, and a copy to v2',
  chart: Mirror,
  claims: [
    {
      name: 'every request reaches v1 and a copy of it v2',
      calls: [asksCustomers({ distribution: { 'customers-v1': 20 }, received: { 'customers-v1': 20, 'customers-v2': 20 } }, { count: 20 })],
    },
  ],
});

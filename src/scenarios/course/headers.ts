// Headers can be changed for a whole route or for one of its destinations, on the way there or on the way back.
// Here every request gets a header, and the answers of one version lose one.
import type { Construct } from 'constructs';
import { distribution } from '../claim';
import { defineScenario } from '../scenario';
import type { ScenarioProps } from '../scenario-chart';
import { asksCustomers, CustomersChart } from './customers-chart';

/** Props of {@link Headers}. */
export interface HeadersProps extends ScenarioProps {
  /** The share of version 2 in percent; version 1 gets the rest. @default 20 */
  readonly v2?: number;
}

/** `customers` with headers changed for the route and for one of its destinations. */
export class Headers extends CustomersChart {
  constructor(scope: Construct, id: string, { v2 = 20, ...props }: HeadersProps = {}) {
    super(scope, id, props);
    this.addRoutes([
      {
        headers: { request: { set: { debug: 'true' } } },
        route: [
          { destination: this.versions.subset('v2', { port: 80 }), weight: v2 },
          { destination: this.versions.subset('v1', { port: 80 }), weight: 100 - v2, headers: { response: { remove: ['x-api-key'] } } },
        ],
      },
    ]);
  }
}

/** The program answers with a header of its own. */
const withKey = { headers: { 'x-echo-header-x-api-key': 'secret' } };

export const headers = defineScenario({
  id: 'course/headers',
  title: 'A header set for a route, another removed for one destination',
  chart: Headers,
  claims: [
    {
      name: '20 % reach v2 and 80 % v1',
      calls: [asksCustomers({ distribution: distribution(200, { 'customers-v2': 0.2, 'customers-v1': 0.8 }) }, { count: 200 })],
    },
    {
      name: 'every request arrives with debug: true; the answers of v1 have lost x-api-key',
      props: { v2: 0 },
      calls: [asksCustomers({ workload: 'customers-v1', 'requestHeaders.debug': 'true', 'responseHeaders.x-api-key': null }, withKey)],
    },
    {
      name: 'every request arrives with debug: true; the answers of v2 keep x-api-key',
      props: { v2: 100 },
      calls: [asksCustomers({ workload: 'customers-v2', 'requestHeaders.debug': 'true', 'responseHeaders.x-api-key': 'secret' }, withKey)],
    },
  ],
});

// A new version takes over by shares: first everything stays with v1, then both get half, or 70 and 30 percent.
// The weights belong to the destinations of one route; on two routes the first would take everything.
import type { Construct } from 'constructs';
import { distribution } from '../claim';
import { defineScenario } from '../scenario';
import type { ScenarioProps } from '../scenario-chart';
import { asksCustomers, CustomersChart } from './customers-chart';

/** Props of the charts that split traffic between the versions. */
export interface WeightedProps extends ScenarioProps {
  /** The share of version 1 in percent; version 2 gets the rest. */
  readonly v1?: number;
}

/** All requests for `customers` go to version 1. */
export class AllToV1 extends CustomersChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    this.addRoutes([{ route: [{ destination: this.versions.subset('v1', { port: 80 }) }] }]);
  }
}

/** Requests for `customers` are split between the versions, half and half by default. */
export class Weighted extends CustomersChart {
  constructor(scope: Construct, id: string, { v1 = 50, ...props }: WeightedProps = {}) {
    super(scope, id, props);
    this.addRoutes([
      {
        route: [
          { destination: this.versions.subset('v1', { port: 80 }), weight: v1 },
          { destination: this.versions.subset('v2', { port: 80 }), weight: 100 - v1 },
        ],
      },
    ]);
  }
}

/** 70 % of the requests stay with version 1 by default. */
export class Weighted7030 extends Weighted {
  constructor(scope: Construct, id: string, { v1 = 70, ...props }: WeightedProps = {}) {
    super(scope, id, { v1, ...props });
  }
}

const share = (v1: number) => ({ distribution: distribution(200, { 'customers-v1': v1, 'customers-v2': 1 - v1 }), statuses: { 200: 200 } });

export const weighted = defineScenario({
  id: 'course/weighted',
  title: 'Shares of traffic for two versions',
  steps: [
    { id: '01-all-to-v1', title: 'Everything to v1', chart: AllToV1 },
    { id: '02-50-50', title: 'Half to each version', chart: Weighted },
    { id: '03-70-30', title: '70 % to v1, 30 % to v2', chart: Weighted7030 },
  ],
  claims: [
    {
      name: 'every request reaches v1',
      step: '01-all-to-v1',
      calls: [asksCustomers({ distribution: { 'customers-v1': 50 } }, { count: 50 })],
    },
    { name: '50 % reach v1 and 50 % v2', step: '02-50-50', calls: [asksCustomers(share(0.5), { count: 200 })] },
    { name: '70 % reach v1 and 30 % v2', step: '03-70-30', calls: [asksCustomers(share(0.7), { count: 200 })] },
  ],
});

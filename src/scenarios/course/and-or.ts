// Conditions within one match must all hold; several matches of a route are alternatives.
// In YAML one dash decides which of the two it is, so both stand side by side here.
import type { Construct } from 'constructs';
import type { HTTPMatchRequest } from '../../../imports/networking.istio.io';
import { defineScenario } from '../scenario';
import type { ScenarioProps } from '../scenario-chart';
import { asksCustomers, CustomersChart } from './customers-chart';

abstract class TwoConditions extends CustomersChart {
  constructor(scope: Construct, id: string, match: readonly HTTPMatchRequest[], props: ScenarioProps) {
    super(scope, id, props);
    this.addRoutes([
      { match, route: [{ destination: this.versions.subset('v2', { port: 80 }) }] },
      { route: [{ destination: this.versions.subset('v1', { port: 80 }) }] },
    ]);
  }
}

const uri = { prefix: '/v1' };
const headers = { 'my-header': { exact: 'hello' } };

/** Version 2 for requests that meet both conditions. */
export class BothConditions extends TwoConditions {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, [{ uri, headers }], props);
  }
}

/** Version 2 for requests that meet either condition. */
export class EitherCondition extends TwoConditions {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, [{ uri }, { headers }], props);
  }
}

/** Asks with all combinations of the two conditions. */
const truthTable = (both: string, onlyPath: string, onlyHeader: string, neither: string) => {
  const header = { headers: { 'my-header': 'hello' } };
  return [
    asksCustomers({ workload: both }, { path: '/v1/x', ...header }),
    asksCustomers({ workload: onlyPath }, { path: '/v1/x' }),
    asksCustomers({ workload: onlyHeader }, { path: '/x', ...header }),
    asksCustomers({ workload: neither }, { path: '/x' }),
  ];
};

export const andOr = defineScenario({
  id: 'course/and-or',
  title: 'Conditions that must all hold, and alternatives',
  steps: [
    { id: '01-and', title: 'Path and header', chart: BothConditions },
    { id: '02-or', title: 'Path or header', chart: EitherCondition },
  ],
  claims: [
    {
      name: 'only requests with both path and header reach v2',
      step: '01-and',
      calls: truthTable('customers-v2', 'customers-v1', 'customers-v1', 'customers-v1'),
    },
    {
      name: 'requests with path or header reach v2',
      step: '02-or',
      calls: truthTable('customers-v2', 'customers-v2', 'customers-v2', 'customers-v1'),
    },
  ],
});

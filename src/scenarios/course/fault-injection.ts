// Faults on purpose: a share of the requests is delayed or aborted by the caller's sidecar, and the server never sees the aborted ones.
// A delay is added before the request leaves, so it comes on top of the timeout of the route.
import type { Construct } from 'constructs';
import type { HTTPFaultInjection } from '../../../imports/networking.istio.io';
import { distribution, within } from '../claim';
import { defineScenario } from '../scenario';
import type { ScenarioProps } from '../scenario-chart';
import { asksCustomers, CustomersChart } from './customers-chart';

abstract class FaultyCustomers extends CustomersChart {
  constructor(scope: Construct, id: string, fault: HTTPFaultInjection, props: ScenarioProps) {
    super(scope, id, props);
    this.addRoutes([{ fault, route: [{ destination: this.versions.subset('v1', { port: 80 }) }] }]);
  }
}

/** Props of the charts that delay requests. */
export interface DelayProps extends ScenarioProps {
  readonly percentage?: number;
  readonly fixedDelay?: `${number}s` | `${number}ms`;
}

/** Props of the charts that abort requests. */
export interface AbortProps extends ScenarioProps {
  readonly percentage?: number;
  readonly httpStatus?: number;
}

/** Half of the requests come 5 seconds late. */
export class Delay extends FaultyCustomers {
  constructor(scope: Construct, id: string, { percentage = 50, fixedDelay = '5s', ...props }: DelayProps = {}) {
    super(scope, id, { delay: { percentage: { value: percentage }, fixedDelay } }, props);
  }
}

/** Half of the requests fail with 500. */
export class Abort extends FaultyCustomers {
  constructor(scope: Construct, id: string, { percentage = 50, httpStatus = 500, ...props }: AbortProps = {}) {
    super(scope, id, { abort: { percentage: { value: percentage }, httpStatus } }, props);
  }
}

/** 30 % of the requests fail with 404. */
export class AbortNotFound extends Abort {
  constructor(scope: Construct, id: string, { percentage = 30, httpStatus = 404, ...props }: AbortProps = {}) {
    super(scope, id, { percentage, httpStatus, ...props });
  }
}

/** 5 % of the requests come 3 seconds late. */
export class RareDelay extends Delay {
  constructor(scope: Construct, id: string, { percentage = 5, fixedDelay = '3s', ...props }: DelayProps = {}) {
    super(scope, id, { percentage, fixedDelay, ...props });
  }
}

/** That a share is delayed, shown with a delay that a test can wait for. */
const delayed = (share: number) => ({
  props: { fixedDelay: '5ms' },
  calls: [asksCustomers({ statuses: { 200: 200 }, flags: { DI: within(200, share), '-': within(200, 1 - share) } }, { count: 200 })],
});

const aborted = (share: number, status: number) =>
  asksCustomers(
    { statuses: distribution(200, { [status]: share, 200: 1 - share }), distribution: distribution(200, { 'customers-v1': 1 - share }) },
    { count: 200 },
  );

export const faultInjection = defineScenario({
  id: 'course/fault-injection',
  title: 'Requests delayed or aborted on purpose',
  steps: [
    { id: '01-delay', title: '5 seconds late for 50 %', chart: Delay },
    { id: '02-abort', title: '500 for 50 %', chart: Abort },
    { id: '03-abort-404', title: '404 for 30 %', chart: AbortNotFound },
    { id: '04-rare-delay', title: '3 seconds late for 5 %', chart: RareDelay },
  ],
  claims: [
    { name: '50 % are delayed', step: '01-delay', ...delayed(0.5) },
    {
      name: 'those by 5 s',
      step: '01-delay',
      props: { percentage: 100 },
      calls: [asksCustomers({ status: 200, flags: 'DI', elapsedMs: { min: 4_900, max: 6_500 } })],
    },
    { name: '50 % fail with 500, and never reach customers', step: '02-abort', calls: [aborted(0.5, 500)] },
    { name: '30 % fail with 404', step: '03-abort-404', calls: [aborted(0.3, 404)] },
    { name: '5 % are delayed', step: '04-rare-delay', ...delayed(0.05) },
    {
      name: 'those by 3 s',
      step: '04-rare-delay',
      props: { percentage: 100 },
      calls: [asksCustomers({ status: 200, flags: 'DI', elapsedMs: { min: 2_900, max: 4_500 } })],
    },
  ],
});

// How many requests leave a trace, for the whole mesh: all of them in a lab, one in a hundred in production.
// A Telemetry object in the root namespace without a selector is the default for every proxy.
import type { Construct } from 'constructs';
import { Telemetry } from '../../constructs';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';

/** Props of the charts that trace. */
export interface TracingProps extends ScenarioProps {
  /** The share of requests that are traced, in percent. */
  readonly percentage?: number;
}

/** Every request is traced and logged. */
export class LabTracing extends ScenarioChart {
  constructor(scope: Construct, id: string, { percentage = 100, ...props }: TracingProps = {}) {
    super(scope, id, { namespace: 'istio-system', ...props });
    new Telemetry(this, 'mesh-default', {
      metadata: { name: 'mesh-default' },
      tracing: [{ randomSamplingPercentage: percentage }],
      accessLogging: [{ providers: [{ name: 'envoy' }] }],
    });
  }
}

/** One request in a hundred is traced, all are logged. */
export class ProductionTracing extends LabTracing {
  constructor(scope: Construct, id: string, { percentage = 1, ...props }: TracingProps = {}) {
    super(scope, id, { percentage, ...props });
  }
}

export const tracing = defineScenario({
  id: 'course/tracing',
  title: 'Traces of all requests, or of one in a hundred',
  steps: [
    { id: '01-lab', title: 'All requests', chart: LabTracing },
    { id: '02-production', title: 'One in a hundred', chart: ProductionTracing },
  ],
  claims: [],
});

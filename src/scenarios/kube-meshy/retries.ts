// Retries hide a program that often fails: the sidecar of the caller asks again, and the caller sees only the last answer.
// With a failure rate of 70 % and 20 retries one request in 1,790 still fails: 0.7 to the power of 21.
import type { Construct } from 'constructs';
import { VirtualService } from '../../constructs';
import type { Call } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { bouncedService, minimalPort, minimalService } from '../workloads/minimal-service';
import { meshNamespace } from '../workloads/namespace';

/** Props of {@link Retries}. */
export interface RetriesProps extends ScenarioProps {
  /** How often a failed request is repeated. @default 20 */
  readonly attempts?: number;
}

/** `bounced-service`, whose failures its callers hardly see. */
export class Retries extends ScenarioChart {
  constructor(scope: Construct, id: string, { attempts = 20, ...props }: RetriesProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    minimalService(this);
    const bounced = bouncedService(this);
    new VirtualService(this, 'retries', {
      metadata: { name: 'bounced-virtualservice-retries' },
      hosts: ['bounced-service'],
      http: [
        {
          route: [{ destination: { host: bounced, port: { number: minimalPort } } }],
          retries: { attempts, perTryTimeout: '2s', retryOn: '5xx' },
        },
      ],
    });
  }
}

/** The program fails so many times, then answers. */
const failing = (times: number, expect: Call['expect']): Call => ({
  from: 'minimal-service',
  url: 'http://bounced-service:9090/',
  headers: { 'x-echo-seq': [...Array<string>(times).fill('500'), '200'].join(',') },
  timeoutMs: 30_000,
  expect,
});

export const retries = defineScenario({
  id: 'kube-meshy/retries',
  title: 'Up to 20 retries of what failed with 5xx',
  chart: Retries,
  claims: [
    {
      name: 'a 5xx is retried up to 20 times, so a failure rate of 70 % becomes 0.7^21',
      calls: [
        failing(0, { status: 200, workload: 'bounced-service' }),
        failing(1, { status: 200, attempts: 2 }),
        failing(20, { status: 200, attempts: 21 }),
        failing(21, { status: 500, attempts: 21 }),
      ],
    },
  ],
});

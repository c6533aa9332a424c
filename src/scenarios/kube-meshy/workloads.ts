// Two versions of a program behind one Service: a Service spans all pods that its selector matches, and says nothing of shares.
// A kustomize patch widens a Service that was pinned to one version, without touching the manifest that it comes from.
import type { Construct } from 'constructs';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { bouncedService, minimalService } from '../workloads/minimal-service';
import { meshNamespace } from '../workloads/namespace';

/** Props of {@link Workloads}. */
export interface WorkloadsProps extends ScenarioProps {
  /** The share of requests that `bounced-service` answers with 500. @default 0.7 */
  readonly failureRate?: number;
}

/** `minimal-service` in two versions, and `bounced-service`, which often fails. */
export class Workloads extends ScenarioChart {
  constructor(scope: Construct, id: string, { failureRate, ...props }: WorkloadsProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    minimalService(this, { v2: true, selectVersion: true });
    bouncedService(this, failureRate);
  }
}

export const workloads = defineScenario({
  id: 'kube-meshy/workloads',
  title: 'Two versions behind one Service, by a kustomize patch',
  chart: Workloads,
  patches: [{ target: { kind: 'Service', name: 'minimal-service' }, operations: [{ op: 'remove', path: '/spec/selector/version' }] }],
  claims: [
    {
      name: 'both Deployments are endpoints of Service minimal-service',
      calls: [
        {
          from: 'bounced-service',
          url: 'http://minimal-service:9090/',
          count: 100,
          expect: { distribution: { 'minimal-service': { min: 25, max: 75 }, 'minimal-service-v2': { min: 25, max: 75 } } },
        },
      ],
    },
  ],
});

// Half of the requests to each version: the DestinationRule names the versions as subsets, the VirtualService gives each a weight.
// It holds at the ingress gateway only, since its gateways do not name `mesh`.
import type { Construct } from 'constructs';
import { DestinationRule, VirtualService } from '../../constructs';
import { distribution, ingressGateway, throughIngress } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { minimalPort, minimalService } from '../workloads/minimal-service';
import { meshNamespace } from '../workloads/namespace';
import { servicesGateway } from './services-gateway';

/** Props of {@link MinimalTrafficShifting}. */
export interface MinimalTrafficShiftingProps extends ScenarioProps {
  /** The share of version 1 in percent; version 2 gets the rest. @default 50 */
  readonly v1?: number;
}

/** `minimal-service` in two versions behind the ingress gateway. */
export class MinimalTrafficShifting extends ScenarioChart {
  constructor(scope: Construct, id: string, { v1 = 50, ...props }: MinimalTrafficShiftingProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    const minimal = minimalService(this, { v2: true });
    const versions = new DestinationRule(this, 'versions', {
      metadata: { name: 'minimal-destinationrule' },
      host: minimal,
      subsets: [
        { name: 'v1', labels: { version: 'v1' } },
        { name: 'v2', labels: { version: 'v2' } },
      ],
    });
    new VirtualService(this, 'routes', {
      metadata: { name: 'minimal-virtualservice' },
      hosts: ['minimal.svc.kind.org'],
      gateways: [servicesGateway(this, '*.svc.kind.org')],
      http: [
        {
          route: [
            { destination: versions.subset('v1', { port: minimalPort }), weight: v1 },
            { destination: versions.subset('v2', { port: minimalPort }), weight: 100 - v1 },
          ],
        },
      ],
    });
  }
}

export const minimalTrafficShifting = defineScenario({
  id: 'kube-meshy/traffic-shifting',
  title: 'Half of the requests to each version',
  chart: MinimalTrafficShifting,
  claims: [
    {
      name: '50 % reach version 1 and 50 % version 2',
      ...ingressGateway,
      calls: [
        throughIngress(
          'http://minimal.svc.kind.org/',
          { distribution: distribution(200, { 'minimal-service': 0.5, 'minimal-service-v2': 0.5 }), statuses: { 200: 200 } },
          { count: 200 },
        ),
      ],
    },
  ],
});

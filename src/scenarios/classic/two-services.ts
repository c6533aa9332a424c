// The smallest mesh: a client, a server, and a Service whose port differs from that of its pods.
// Neither program knows of the mesh; their namespace says that they get sidecars.
import type { Construct } from 'constructs';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { meshNamespace } from '../workloads/namespace';
import { service } from '../workloads/service';
import { workload } from '../workloads/workload';

/** Props of {@link TwoServices}. */
export interface TwoServicesProps extends ScenarioProps {
  /** The program of both, which answers with what it was asked. @default 'docker.io/mendhak/http-https-echo:31' */
  readonly image?: string;
}

/** `service-one` and `service-two`. */
export class TwoServices extends ScenarioChart {
  constructor(scope: Construct, id: string, { image = 'docker.io/mendhak/http-https-echo:31', ...props }: TwoServicesProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    for (const name of ['service-one', 'service-two']) {
      workload(this, { name, labels: { app: name }, image, ports: [{ number: 8080 }] });
      service(this, { name, selector: { app: name }, port: 80, targetPort: 8080 });
    }
  }
}

export const twoServices = defineScenario({
  id: 'classic/two-services',
  title: 'A client and a server',
  chart: TwoServices,
  claims: [
    {
      name: 'service-one reaches service-two, with the identity of its ServiceAccount',
      calls: [
        {
          from: 'service-one',
          url: 'http://service-two/',
          expect: { status: 200, workload: 'service-two', port: 8080, mtls: true, peer: 'spiffe://cluster.local/ns/default/sa/default' },
        },
      ],
    },
  ],
});

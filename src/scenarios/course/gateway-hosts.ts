// A Gateway takes the hosts that it names and no others, even where its VirtualService says `*`.
// Hosts of a Gateway and hosts of a VirtualService both have to match.
import type { Construct } from 'constructs';
import { Gateway } from '../../constructs';
import { ingressGateway, throughIngress } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { helloWorld } from '../workloads/hello-world';
import { meshNamespace } from '../workloads/namespace';
import { exposeAtGateway } from './frontend-gateway';

/** Props of {@link GatewayHosts}. */
export interface GatewayHostsProps extends ScenarioProps {
  /** @default - dev.example.com and test.example.com */
  readonly hosts?: readonly string[];
}

/** A Gateway for two hosts, and `hello-world` behind it for every host. */
export class GatewayHosts extends ScenarioChart {
  constructor(scope: Construct, id: string, { hosts = ['dev.example.com', 'test.example.com'], ...props }: GatewayHostsProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    const gateway = new Gateway(this, 'gateway', {
      metadata: { name: 'my-gateway' },
      selector: { istio: 'ingressgateway' },
      servers: [{ hosts, port: { number: 80, name: 'http', protocol: 'HTTP' } }],
    });
    exposeAtGateway(this, helloWorld(this), gateway);
  }
}

export const gatewayHosts = defineScenario({
  id: 'course/gateway-hosts',
  title: 'A Gateway takes only the hosts that it names',
  chart: GatewayHosts,
  claims: [
    {
      name: 'only dev.example.com and test.example.com are accepted',
      ...ingressGateway,
      calls: [
        throughIngress('http://dev.example.com/', { status: 200, workload: 'hello-world' }),
        throughIngress('http://test.example.com/', { status: 200, workload: 'hello-world' }),
        throughIngress('http://prod.example.com/', { status: 404 }),
        throughIngress('http://example.com/', { status: 404 }),
      ],
    },
  ],
});

// A program behind the ingress gateway: the Gateway opens port 80 for a whole domain, the VirtualService gives one host of it away.
// Hosts that no VirtualService takes are answered with 404 by the gateway itself.
import type { Construct } from 'constructs';
import { VirtualService } from '../../constructs';
import { ingressGateway, throughIngress } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { minimalPort, minimalService } from '../workloads/minimal-service';
import { meshNamespace } from '../workloads/namespace';
import { servicesGateway } from './services-gateway';

/** Props of {@link MinimalGateway}. */
export interface MinimalGatewayProps extends ScenarioProps {
  /** The domain that the gateway takes. @default 'svc.kind.org' */
  readonly domain?: string;
}

/** `minimal-service` under a name of its own at the ingress gateway. */
export class MinimalGateway extends ScenarioChart {
  constructor(scope: Construct, id: string, { domain = 'svc.kind.org', ...props }: MinimalGatewayProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    const minimal = minimalService(this);
    new VirtualService(this, 'routes', {
      metadata: { name: 'minimal-virtualservice' },
      hosts: [`minimal.${domain}`],
      gateways: [servicesGateway(this, `*.${domain}`)],
      http: [{ route: [{ destination: { host: minimal, port: { number: minimalPort } } }] }],
    });
  }
}

export const minimalGateway = defineScenario({
  id: 'kube-meshy/gateway',
  title: 'One host at the ingress gateway',
  chart: MinimalGateway,
  claims: [
    {
      name: 'minimal.svc.kind.org reaches minimal-service on port 9090, every other host gets 404',
      ...ingressGateway,
      calls: [
        throughIngress('http://minimal.svc.kind.org/', { status: 200, workload: 'minimal-service', port: 9090 }),
        throughIngress('http://other.svc.kind.org/', { status: 404 }),
        throughIngress('http://minimal.example.com/', { status: 404 }),
      ],
    },
  ],
});

// The way of a request into the mesh: the Gateway opens a port of the ingress gateway, the VirtualService bound to it names the Service.
// Neither does anything alone: a Gateway without routes answers 404, and routes bound to a Gateway hold nowhere else.
import type { Construct } from 'constructs';
import { ingressGateway, throughIngress } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { helloWorld } from '../workloads/hello-world';
import { meshNamespace } from '../workloads/namespace';
import { anyHostGateway, exposeAtGateway } from './frontend-gateway';

/** `hello-world` behind the ingress gateway. */
export class HelloWorld extends ScenarioChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    exposeAtGateway(this, helloWorld(this), anyHostGateway(this));
  }
}

export const helloWorldScenario = defineScenario({
  id: 'course/hello-world',
  title: 'A first program behind the ingress gateway',
  chart: HelloWorld,
  claims: [
    {
      name: '/ at the gateway reaches hello-world, whatever the host',
      ...ingressGateway,
      calls: [
        throughIngress('http://example.com/', { status: 200, workload: 'hello-world', port: 3000 }),
        throughIngress('http://203.0.113.10/', { status: 200, workload: 'hello-world' }),
      ],
    },
  ],
});

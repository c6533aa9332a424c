// Dashboards behind the ingress gateway: a Gateway says which hosts it takes, a VirtualService where one of them leads.
// Two kustomize patches also open the Services on every node, for when there is no load balancer.
import type { Construct } from 'constructs';
import { Gateway, VirtualService } from '../../constructs';
import { ingressGateway, throughIngress } from '../claim';
import { defineScenario, type KustomizePatch } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { service } from '../workloads/service';

/** Props of {@link Dashboards}. */
export interface DashboardsProps extends ScenarioProps {
  /** The domain of all dashboards. @default 'istio.kind.org' */
  readonly domain?: string;
}

/** Kiali and Grafana as their add-ons install them, the first of them reachable by name. */
export class Dashboards extends ScenarioChart {
  constructor(scope: Construct, id: string, { domain = 'istio.kind.org', ...props }: DashboardsProps = {}) {
    super(scope, id, { namespace: 'istio-system', ...props });
    const kiali = service(this, { name: 'kiali', selector: { 'app.kubernetes.io/name': 'kiali' }, port: 20001 });
    service(this, { name: 'grafana', selector: { 'app.kubernetes.io/name': 'grafana' }, port: 3000 });
    const gateway = new Gateway(this, 'gateway', {
      metadata: { name: 'services-gateway-istio' },
      selector: { istio: 'ingressgateway' },
      servers: [{ hosts: [`*.${domain}`], port: { number: 80, name: 'http', protocol: 'HTTP' } }],
    });
    new VirtualService(this, 'kiali', {
      metadata: { name: 'kiali' },
      hosts: [`kiali.${domain}`],
      gateways: [gateway],
      http: [{ route: [{ destination: { host: kiali, port: { number: 20001 } } }] }],
    });
  }
}

const nodePort = (name: string, port: number): KustomizePatch => ({
  target: { kind: 'Service', name },
  operations: [
    { op: 'add', path: '/spec/type', value: 'NodePort' },
    { op: 'add', path: '/spec/ports/0/nodePort', value: port },
  ],
});

export const dashboards = defineScenario({
  id: 'kube-meshy/dashboards',
  title: 'Kiali by name at the ingress gateway, Kiali and Grafana on node ports',
  chart: Dashboards,
  patches: [nodePort('kiali', 30200), nodePort('grafana', 30300)],
  claims: [
    {
      name: 'kiali.istio.kind.org at the ingress gateway reaches Kiali, kiali.svc.kind.org is unknown there',
      ...ingressGateway,
      workloads: [...ingressGateway.workloads, { name: 'kiali', namespace: 'istio-system', labels: { 'app.kubernetes.io/name': 'kiali' }, sidecar: false }],
      calls: [
        throughIngress('http://kiali.istio.kind.org/', {
          status: 200,
          workload: 'kiali',
          port: 20001,
          upstreamCluster: 'outbound|20001||kiali.istio-system.svc.cluster.local',
        }),
        throughIngress('http://kiali.svc.kind.org/', { status: 404 }),
      ],
    },
  ],
});

// Two clusters with networks of their own share one mesh: each opens an east-west gateway that passes mutual TLS through by name.
// Which network a pod is on is said by a label of `istio-system`, and by the installation of each cluster.
import type { Construct } from 'constructs';
import { Gateway } from '../../constructs';
import { istioOperator } from '../istio-operator';
import { defineScenario, type ToolFile } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { namespace } from '../workloads/namespace';

/** Props of the charts for the clusters. */
export interface EastWestProps extends ScenarioProps {
  /** The network of the cluster. */
  readonly network?: string;
}

/** The east-west gateway of the first cluster. */
export class EastWestGateway extends ScenarioChart {
  constructor(scope: Construct, id: string, { network = 'network1', ...props }: EastWestProps = {}) {
    super(scope, id, { namespace: 'istio-system', ...props });
    namespace(this, this.namespace, { 'topology.istio.io/network': network });
    new Gateway(this, 'cross-network', {
      metadata: { name: 'cross-network-gateway' },
      selector: { istio: 'eastwestgateway' },
      servers: [{ hosts: ['*.local'], port: { number: 15443, name: 'tls', protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' } }],
    });
  }
}

/** The same for the second cluster. */
export class SecondEastWestGateway extends EastWestGateway {
  constructor(scope: Construct, id: string, { network = 'network2', ...props }: EastWestProps = {}) {
    super(scope, id, { network, ...props });
  }
}

function installation(number: 1 | 2): readonly ToolFile[] {
  const network = `network${number}`;
  const endpoints = (cluster: number) => ({
    endpoints: [{ fromRegistry: `cluster${cluster}` }],
    gateways: [{ registryServiceName: 'istio-eastwestgateway.istio-system.svc.cluster.local', port: 15443 }],
  });
  const global = {
    meshID: 'mesh1',
    multiCluster: { clusterName: `cluster${number}` },
    network,
    meshNetworks: { network1: endpoints(1), network2: endpoints(2) },
  };
  const gatewayPorts = { 'status-port': 15021, tls: 15443, 'tls-istiod': 15012, 'tls-webhook': 15017 };
  return [
    istioOperator(`cluster-${number}`, { values: { global } }),
    istioOperator(`cluster-${number}-east-west-gateway`, {
      profile: 'empty',
      components: {
        ingressGateways: [
          {
            name: 'istio-eastwestgateway',
            label: { istio: 'eastwestgateway', app: 'istio-eastwestgateway', 'topology.istio.io/network': network },
            enabled: true,
            k8s: {
              env: [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: network }],
              service: { ports: Object.entries(gatewayPorts).map(([name, port]) => ({ name, port, targetPort: port })) },
            },
          },
        ],
      },
      values: { global: { network } },
    }),
  ];
}

export const multicluster = defineScenario({
  id: 'course/multicluster',
  title: 'East-west gateways of two clusters',
  steps: [
    { id: '01-cluster-1', title: 'For the first cluster', chart: EastWestGateway },
    { id: '02-cluster-2', title: 'For the second cluster', chart: SecondEastWestGateway },
  ],
  files: [...installation(1), ...installation(2)],
  claims: [],
});

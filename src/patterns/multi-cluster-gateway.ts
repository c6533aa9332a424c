import { Construct } from 'constructs';
import type { WorkloadReference } from '../../imports/schema';
import { Gateway } from '../constructs/gateway';
import { clusterDomain } from '../constructs/mesh-context';
import { VirtualService } from '../constructs/virtual-service';
import { fullyQualified } from '../manifest/host';

/** Props of {@link MultiClusterGateway}. */
export interface MultiClusterGatewayProps {
  /** The pods of the east-west gateway, or their labels. @default - `istio: eastwestgateway` */
  readonly workload?: WorkloadReference | Readonly<Record<string, string>>;
  /** Where that gateway and istiod run. @default 'istio-system' */
  readonly namespace?: string;
  /** True lets other clusters and virtual machines reach istiod through the gateway. @default false */
  readonly exposeIstiod?: boolean;
}

/** What istiod offers to those outside: certificates and configuration, and its webhooks. */
const istiodPorts = [
  { port: 15012, name: 'tls-istiod', of: 15012 },
  { port: 15017, name: 'tls-istiodwebhook', of: 443 },
];

/**
 * The east-west gateway of a cluster: it passes mutual TLS on to the services of the cluster by the name in it, without opening it. Every cluster of a mesh with several networks
 * needs one, and the network of each is a label of its root namespace, `topology.istio.io/network`.
 */
export class MultiClusterGateway extends Construct {
  /** For calls to services. */
  readonly gateway: Gateway;
  readonly istiodGateway: Gateway | undefined;
  readonly istiodRoutes: VirtualService | undefined;

  constructor(scope: Construct, id: string, props: MultiClusterGatewayProps = {}) {
    super(scope, id);
    const { workload: selector = { istio: 'eastwestgateway' }, namespace = 'istio-system' } = props;
    const domain = clusterDomain(this);
    this.gateway = new Gateway(this, 'services', {
      metadata: { name: 'cross-network-gateway', namespace },
      selector,
      servers: [
        {
          hosts: [`*.${domain.slice(domain.lastIndexOf('.') + 1)}`],
          port: { number: 15443, name: 'tls', protocol: 'TLS' },
          tls: { mode: 'AUTO_PASSTHROUGH' },
        },
      ],
    });
    if (!props.exposeIstiod) return;
    this.istiodGateway = new Gateway(this, 'istiod', {
      metadata: { name: 'istiod-gateway', namespace },
      selector,
      servers: istiodPorts.map(({ port, name }) => ({ hosts: ['*'], port: { number: port, name, protocol: 'TLS' }, tls: { mode: 'PASSTHROUGH' } })),
    });
    this.istiodRoutes = new VirtualService(this, 'istiod-routes', {
      metadata: { name: 'istiod', namespace },
      hosts: ['*'],
      gateways: [this.istiodGateway],
      tls: istiodPorts.map(({ port, of }) => ({
        match: [{ port, sniHosts: ['*'] }],
        route: [{ destination: { host: fullyQualified('istiod', namespace, domain), port: { number: of } } }],
      })),
    });
  }
}

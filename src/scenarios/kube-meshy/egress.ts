// Traffic that leaves the mesh through the egress gateway: a ServiceEntry makes the host known, a VirtualService sends it there in two hops.
// Whoever routes to a host must see it: the egress gateway lives in `istio-system`, so an entry exported to its own namespace is not enough.
import type { Construct } from 'constructs';
import { DestinationRule, Gateway, ServiceEntry, VirtualService } from '../../constructs';
import { type Claim, egressGateway, registryOnly } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { minimalPort, minimalService } from '../workloads/minimal-service';
import { meshNamespace } from '../workloads/namespace';

/** Props of the steps. */
export interface EgressProps extends ScenarioProps {
  /** The host outside. @default 'minimal.external.kind.org' */
  readonly host?: string;
}

/** Only the caller: under REGISTRY_ONLY it reaches nothing outside. */
export class EgressBlocked extends ScenarioChart {
  constructor(scope: Construct, id: string, props: EgressProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    minimalService(this);
  }
}

/** The forms of the ServiceEntry that the steps show. */
type Entry = { readonly exportTo: readonly string[] } & (
  | { readonly resolution: 'DNS' }
  | { readonly resolution: 'STATIC'; readonly endpoints: readonly { readonly address: string }[] }
);

/** The way through the egress gateway, with one form of the ServiceEntry. */
abstract class ThroughEgressGateway extends EgressBlocked {
  constructor(scope: Construct, id: string, entry: Entry, props: EgressProps = {}) {
    super(scope, id, props);
    const { host = 'minimal.external.kind.org' } = props;
    const gatewayHost = this.hostOf('istio-egressgateway', 'istio-system');
    new ServiceEntry(this, 'external', {
      metadata: { name: 'minimal-external' },
      hosts: [host],
      location: 'MESH_EXTERNAL',
      ports: [{ number: minimalPort, name: 'http', protocol: 'HTTP' }],
      ...entry,
    });
    const gateway = new Gateway(this, 'gateway', {
      metadata: { name: 'istio-egressgateway' },
      selector: { istio: 'egressgateway' },
      servers: [{ hosts: [host], port: { number: 80, name: 'http', protocol: 'HTTP' } }],
    });
    new DestinationRule(this, 'gateway-rule', { metadata: { name: 'istio-egressgateway' }, host: gatewayHost });
    new VirtualService(this, 'routes', {
      metadata: { name: 'minimal-external' },
      hosts: [host],
      gateways: ['mesh', gateway],
      http: [
        { match: [{ gateways: ['mesh'], port: minimalPort }], route: [{ destination: { host: gatewayHost, port: { number: 80 } } }] },
        { match: [{ gateways: [gateway], port: 80 }], route: [{ destination: { host, port: { number: minimalPort } } }] },
      ],
    });
  }
}

/** The entry is exported to its own namespace only, so the egress gateway does not know the host. */
export class EgressOwnNamespaceOnly extends ThroughEgressGateway {
  constructor(scope: Construct, id: string, props: EgressProps = {}) {
    super(scope, id, { exportTo: ['.'], resolution: 'DNS' }, props);
  }
}

/** The entry is also exported to the namespace of the egress gateway, which asks DNS for the address. */
export class EgressDns extends ThroughEgressGateway {
  constructor(scope: Construct, id: string, props: EgressProps = {}) {
    super(scope, id, { exportTo: ['.', 'istio-system'], resolution: 'DNS' }, props);
  }
}

/** Props of {@link EgressStatic}. */
export interface EgressStaticProps extends EgressProps {
  /** The address of the host outside. @default '172.18.0.10' */
  readonly address?: string;
}

/** The entry states the address itself. */
export class EgressStatic extends ThroughEgressGateway {
  constructor(scope: Construct, id: string, { address = '172.18.0.10', ...props }: EgressStaticProps = {}) {
    super(scope, id, { exportTo: ['.', 'istio-system'], resolution: 'STATIC', endpoints: [{ address }] }, props);
  }
}

const url = 'http://minimal.external.kind.org:9090/';
const outside: Pick<Claim, 'external'> = { external: [{ host: 'minimal.external.kind.org', ports: [9090] }] };
const leaves = { status: 200, workload: 'minimal.external.kind.org', upstreamCluster: 'outbound|80||istio-egressgateway.istio-system.svc.cluster.local' };

export const egress = defineScenario({
  id: 'kube-meshy/egress',
  title: 'Out of the mesh through the egress gateway',
  steps: [
    { id: '01-blocked', title: 'Without a ServiceEntry, REGISTRY_ONLY refuses the host', chart: EgressBlocked },
    { id: '02-own-namespace-only', title: 'The egress gateway does not see the host', chart: EgressOwnNamespaceOnly },
    { id: '03-dns', title: 'The egress gateway sees the host and asks DNS for its address', chart: EgressDns },
    { id: '04-static', title: 'The ServiceEntry states the address', chart: EgressStatic },
  ],
  claims: [
    {
      name: 'without the ServiceEntry under REGISTRY_ONLY the host is blocked',
      step: '01-blocked',
      ...registryOnly,
      ...outside,
      calls: [{ from: 'minimal-service', url, expect: { status: 502, route: 'block_all' } }],
    },
    {
      name: 'exported to its own namespace only, the host is unknown to the egress gateway: 503',
      step: '02-own-namespace-only',
      ...registryOnly,
      ...egressGateway,
      ...outside,
      calls: [{ from: 'minimal-service', url, expect: { status: 503 } }],
    },
    {
      name: 'mesh traffic to the host goes through the egress gateway, then leaves',
      step: '03-dns',
      ...registryOnly,
      ...egressGateway,
      ...outside,
      calls: [{ from: 'minimal-service', url, expect: leaves }],
    },
    {
      name: 'the same with a stated address',
      step: '04-static',
      ...registryOnly,
      ...egressGateway,
      ...outside,
      props: { address: '127.3.0.1' },
      calls: [{ from: 'minimal-service', url, expect: leaves }],
    },
  ],
});

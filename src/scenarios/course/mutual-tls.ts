// Sidecars speak mutual TLS among themselves and still take plain text from others, until a PeerAuthentication says STRICT.
// So a workload without a sidecar loses its way to the mesh, while the ingress gateway, which is a proxy of the mesh, does not.
import type { Construct } from 'constructs';
import { DestinationRule, PeerAuthentication, VirtualService } from '../../constructs';
import { ingressGateway, throughIngress } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { customers } from '../workloads/customers';
import { meshNamespace, namespace } from '../workloads/namespace';
import { webFrontend } from '../workloads/web-frontend';
import { anyHostGateway, exposeAtGateway } from './frontend-gateway';

/** `web-frontend` without a sidecar, `customers` with one, both behind the ingress gateway. */
export class PermissiveCustomers extends ScenarioChart {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    const gateway = anyHostGateway(this);
    exposeAtGateway(this, webFrontend(this, { sidecar: false }), gateway);
    customers(this, { versions: ['v1'] });
    const host = this.hostOf('customers');
    new VirtualService(this, 'customers', {
      metadata: { name: 'customers' },
      hosts: [host],
      gateways: [gateway],
      http: [{ route: [{ destination: { host, port: { number: 80 } } }] }],
    });
  }
}

/** The same, where the whole namespace takes mutual TLS only. */
export class StrictCustomers extends PermissiveCustomers {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    new PeerAuthentication(this, 'strict', { metadata: { name: 'default' }, mtls: { mode: 'STRICT' } });
  }
}

/** The same, with mutual TLS for a single workload of another namespace, and TLS to hosts outside. */
export class StrictWorkload extends StrictCustomers {
  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    namespace(this, 'foo');
    new PeerAuthentication(this, 'strict-hello-world', {
      metadata: { name: 'default', namespace: 'foo' },
      selector: { matchLabels: { app: 'hello-world' } },
      mtls: { mode: 'STRICT' },
    });
    new DestinationRule(this, 'tls-example', {
      metadata: { name: 'tls-example' },
      host: '*.example.com',
      trafficPolicy: { tls: { mode: 'SIMPLE' } },
    });
  }
}

const url = 'http://customers.default.svc.cluster.local/';
const overGateway = throughIngress(url, { status: 200, workload: 'customers-v1', mtls: true });

export const mutualTls = defineScenario({
  id: 'course/mutual-tls',
  title: 'Plain text before STRICT, mutual TLS only after it',
  steps: [
    { id: '01-permissive', title: 'Plain text is taken', chart: PermissiveCustomers },
    { id: '02-strict', title: 'The namespace takes mutual TLS only', chart: StrictCustomers },
    { id: '03-workload', title: 'Mutual TLS for one workload, TLS to hosts outside', chart: StrictWorkload },
  ],
  claims: [
    {
      name: 'web-frontend, which has no sidecar, reaches customers in plain text',
      step: '01-permissive',
      ...ingressGateway,
      calls: [{ from: 'web-frontend', url, expect: { status: 200, workload: 'customers-v1', mtls: false } }, overGateway],
    },
    {
      name: 'web-frontend is reset, while the gateway still reaches customers over mutual TLS',
      step: '02-strict',
      ...ingressGateway,
      calls: [{ from: 'web-frontend', url, expect: { error: { oneOf: ['reset', 'closed'] } } }, overGateway],
    },
  ],
});

import type { Construct } from 'constructs';
import type { HTTPRoute } from '../../../imports/networking.istio.io';
import { DestinationRule, VirtualService } from '../../constructs';
import type { Call } from '../claim';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { customers } from '../workloads/customers';
import { meshNamespace } from '../workloads/namespace';
import { webFrontend } from '../workloads/web-frontend';
import { anyHostGateway, exposeAtGateway } from './frontend-gateway';

/** What most scenarios of the course begin with: `web-frontend` behind the ingress gateway, and the two versions of `customers` that it asks. */
export abstract class CustomersChart extends ScenarioChart {
  /** The full name of the Service `customers`. */
  protected readonly customersHost: string;
  /** The two versions of `customers` as subsets. */
  protected readonly versions: DestinationRule<'v1' | 'v2'>;

  constructor(scope: Construct, id: string, props: ScenarioProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    exposeAtGateway(this, webFrontend(this), anyHostGateway(this));
    customers(this);
    this.customersHost = this.hostOf('customers');
    this.versions = new DestinationRule(this, 'versions', {
      metadata: { name: 'customers' },
      host: this.customersHost,
      subsets: [
        { name: 'v1', labels: { version: 'v1' } },
        { name: 'v2', labels: { version: 'v2' } },
      ],
    });
  }

  /** Adds the VirtualService for `customers`. */
  protected addRoutes(http: readonly HTTPRoute[], name = 'customers'): VirtualService {
    return new VirtualService(this, 'routes', { metadata: { name }, hosts: [this.customersHost], http });
  }
}

/** A request of `web-frontend` to `customers`. */
export function asksCustomers(expect: Call['expect'], { path = '/', ...request }: Partial<Call> & { readonly path?: string } = {}): Call {
  return { from: 'web-frontend', url: `http://customers.default.svc.cluster.local${path}`, ...request, expect };
}

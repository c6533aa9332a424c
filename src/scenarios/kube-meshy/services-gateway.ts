import type { Construct } from 'constructs';
import { Gateway } from '../../constructs';

/** Adds the Gateway `services-gateway`: port 80 of the ingress gateway for some hosts. */
export function servicesGateway(scope: Construct, ...hosts: readonly string[]): Gateway {
  return new Gateway(scope, 'gateway', {
    metadata: { name: 'services-gateway' },
    selector: { istio: 'ingressgateway' },
    servers: [{ hosts, port: { number: 80, name: 'http', protocol: 'HTTP' } }],
  });
}

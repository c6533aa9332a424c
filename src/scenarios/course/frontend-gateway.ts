import { Chart } from 'cdk8s';
import type { Service } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { clusterDomain, Gateway, VirtualService } from '../../constructs';

/** Adds the Gateway `gateway`: port 80 of the ingress gateway for every host. */
export function anyHostGateway(scope: Construct): Gateway {
  return new Gateway(scope, 'gateway', {
    metadata: { name: 'gateway' },
    selector: { istio: 'ingressgateway' },
    servers: [{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }],
  });
}

/** Adds the VirtualService that gives all requests at a gateway to one Service, and is named like it. */
export function exposeAtGateway(scope: Construct, service: Service, gateway: Gateway): VirtualService {
  const host = `${service.name}.${Chart.of(scope).namespace}.svc.${clusterDomain(scope)}`;
  return new VirtualService(scope, `${service.name}-routes`, {
    metadata: { name: service.name },
    hosts: ['*'],
    gateways: [gateway],
    http: [{ route: [{ destination: { host, port: { number: 80 } } }] }],
  });
}

// The bookinfo sample behind the ingress gateway: four services, one of them in three versions, each with an identity of its own.
// Only the paths that the product page really has are let in: a route without a match for a path is a 404 at the gateway.
import type { Construct } from 'constructs';
import { Gateway, VirtualService } from '../../constructs';
import { ingressGateway, throughIngress } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { bookinfo, bookinfoPort } from '../workloads/bookinfo';
import { meshNamespace } from '../workloads/namespace';

/** Props of {@link Bookinfo}. */
export interface BookinfoChartProps extends ScenarioProps {
  /** The release of the sample's images. @default '1.20.2' */
  readonly imageTag?: string;
}

/** The workloads of bookinfo, and the paths of its product page at the ingress gateway. */
export class Bookinfo extends ScenarioChart {
  constructor(scope: Construct, id: string, { imageTag, ...props }: BookinfoChartProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    const { productpage } = bookinfo(this, imageTag === undefined ? {} : { imageTag });
    const gateway = new Gateway(this, 'gateway', {
      metadata: { name: 'bookinfo-gateway' },
      selector: { istio: 'ingressgateway' },
      servers: [{ hosts: ['*'], port: { number: 80, name: 'http', protocol: 'HTTP' } }],
    });
    new VirtualService(this, 'routes', {
      metadata: { name: 'bookinfo' },
      hosts: ['*'],
      gateways: [gateway],
      http: [
        {
          match: [
            { uri: { exact: '/productpage' } },
            { uri: { prefix: '/static' } },
            { uri: { exact: '/login' } },
            { uri: { exact: '/logout' } },
            { uri: { prefix: '/api/v1/products' } },
          ],
          route: [{ destination: { host: productpage, port: { number: bookinfoPort } } }],
        },
      ],
    });
  }
}

const paths = ['/productpage', '/static/bootstrap.css', '/login', '/logout', '/api/v1/products', '/api/v1/products/0/reviews'];

export const bookinfoScenario = defineScenario({
  id: 'playground/bookinfo',
  title: 'The bookinfo sample behind the ingress gateway',
  chart: Bookinfo,
  claims: [
    {
      name: 'each path of the product page reaches it, any other gets 404',
      ...ingressGateway,
      calls: [
        ...paths.map((path) => throughIngress(`http://bookinfo.example.com${path}`, { status: 200, workload: 'productpage-v1', path })),
        ...['/', '/productpages', '/reviews/0'].map((path) => throughIngress(`http://bookinfo.example.com${path}`, { status: 404 })),
      ],
    },
  ],
});

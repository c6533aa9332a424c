import { App, Chart, type ChartProps } from 'cdk8s';
import { DestinationRule, Gateway, VirtualService } from 'cdk8s-istio';
import type { Construct } from 'constructs';

export class ReviewsChart extends Chart {
  constructor(scope: Construct, id: string, props: ChartProps = {}) {
    super(scope, id, props);
    const gateway = new Gateway(this, 'gateway', {
      selector: { istio: 'ingressgateway' },
      servers: [{ hosts: ['reviews.example.com'], port: { number: 80, name: 'http', protocol: 'HTTP' } }],
    });
    const reviews = new DestinationRule(this, 'versions', {
      host: 'reviews',
      subsets: [
        { name: 'v1', labels: { version: 'v1' } },
        { name: 'v2', labels: { version: 'v2' } },
      ],
    });
    new VirtualService(this, 'routes', {
      metadata: { name: 'reviews' },
      hosts: ['reviews', 'reviews.example.com'],
      gateways: [gateway, 'mesh'],
      http: [
        { match: [{ headers: { 'end-user': { exact: 'jason' } } }], route: [{ destination: reviews.subset('v2') }] },
        {
          route: [
            { destination: reviews.subset('v1'), weight: 90 },
            { destination: reviews.subset('v2'), weight: 10 },
          ],
        },
      ],
    });
  }
}

/** Never called: it shows that the types are known, however the project resolves modules. */
export function mistakes(chart: Chart, reviews: DestinationRule<'v1'>): void {
  // @ts-expect-error there is no such subset
  reviews.subset('v3');
  // @ts-expect-error there is no such field
  new VirtualService(chart, 'routes', { host: 'reviews' });
}

const app = new App();
new ReviewsChart(app, 'reviews', { namespace: 'bookinfo' });
app.synth();

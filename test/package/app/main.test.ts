import { Testing } from 'cdk8s';
import { ReviewsChart } from './main';

test('the chart holds a gateway, a destination rule and a virtual service', () => {
  const manifests = Testing.synth(new ReviewsChart(Testing.app(), 'reviews'));
  expect(manifests.map(({ kind }) => kind)).toEqual(['Gateway', 'DestinationRule', 'VirtualService']);
});

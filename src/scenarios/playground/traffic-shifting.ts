// Three versions of one service share its traffic by weight, in whatever way the callers find it: no gateway is named, so every sidecar does it.
// The subsets and the route belong together: a route to a subset that no DestinationRule defines answers 503.
import type { Construct } from 'constructs';
import { distribution } from '../claim';
import { defineScenario } from '../scenario';
import { bookinfoRoutes, bookinfoVersions } from '../workloads/bookinfo-routes';
import { Bookinfo, type BookinfoChartProps } from './bookinfo';

/** Props of {@link TrafficShifting}. */
export interface TrafficShiftingProps extends BookinfoChartProps {
  /** The shares of the versions in percent. @default - 60, 30 and 10 */
  readonly shares?: Readonly<Record<'v1' | 'v2' | 'v3', number>>;
}

/** Bookinfo with its three versions of reviews sharing the traffic. */
export class TrafficShifting extends Bookinfo {
  constructor(scope: Construct, id: string, { shares = { v1: 60, v2: 30, v3: 10 }, ...props }: TrafficShiftingProps = {}) {
    super(scope, id, props);
    const reviews = bookinfoVersions(this, 'reviews', ['v1', 'v2', 'v3']);
    bookinfoRoutes(this, 'reviews', [
      {
        route: [
          { destination: reviews.subset('v1'), weight: shares.v1 },
          { destination: reviews.subset('v2'), weight: shares.v2 },
          { destination: reviews.subset('v3'), weight: shares.v3 },
        ],
      },
    ]);
  }
}

export const trafficShifting = defineScenario({
  id: 'playground/traffic-shifting',
  title: 'Three versions share the traffic by weight',
  chart: TrafficShifting,
  claims: [
    {
      name: 'reviews v1, v2 and v3 get 60 %, 30 % and 10 %',
      calls: [
        {
          from: 'productpage-v1',
          url: 'http://reviews:9080/reviews/0',
          count: 300,
          expect: { distribution: distribution(300, { 'reviews-v1': 0.6, 'reviews-v2': 0.3, 'reviews-v3': 0.1 }), statuses: { 200: 300 } },
        },
      ],
    },
  ],
});

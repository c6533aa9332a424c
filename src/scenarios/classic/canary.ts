// A canary: half of the requests try the new version, and the version in between gets none of them.
// Subsets that no route names simply get no requests; their pods need not be removed.
import type { Construct } from 'constructs';
import { distribution } from '../claim';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { bookinfo } from '../workloads/bookinfo';
import { bookinfoRoutes, bookinfoVersions } from '../workloads/bookinfo-routes';
import { meshNamespace } from '../workloads/namespace';

/** Props of {@link Canary}. */
export interface CanaryProps extends ScenarioProps {
  /** The share of version 3 in percent; version 1 gets the rest. @default 50 */
  readonly v3?: number;
}

/** Bookinfo whose reviews are shared by versions 1 and 3. */
export class Canary extends ScenarioChart {
  constructor(scope: Construct, id: string, { v3 = 50, ...props }: CanaryProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    bookinfo(this);
    const reviews = bookinfoVersions(this, 'reviews', ['v1', 'v2', 'v3']);
    bookinfoRoutes(this, 'reviews', [
      {
        route: [
          { destination: reviews.subset('v1'), weight: 100 - v3 },
          { destination: reviews.subset('v3'), weight: v3 },
        ],
      },
    ]);
  }
}

export const canary = defineScenario({
  id: 'classic/canary',
  title: 'Half of the requests to version 3',
  chart: Canary,
  claims: [
    {
      name: '50 % reach v1 and 50 % v3',
      calls: [
        {
          from: 'productpage-v1',
          url: 'http://reviews:9080/reviews/0',
          count: 200,
          expect: { distribution: distribution(200, { 'reviews-v1': 0.5, 'reviews-v3': 0.5 }), statuses: { 200: 200 } },
        },
      ],
    },
  ],
});

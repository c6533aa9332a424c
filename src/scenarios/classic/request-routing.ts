// Every service is pinned to its first version, then one user gets another version of one of them.
// The user is recognised by a cookie, so the route matches a header by a regular expression, which must match it whole.
import type { Construct } from 'constructs';
import { defineScenario } from '../scenario';
import { ScenarioChart, type ScenarioProps } from '../scenario-chart';
import { bookinfo } from '../workloads/bookinfo';
import { bookinfoRoutes, bookinfoVersions } from '../workloads/bookinfo-routes';
import { meshNamespace } from '../workloads/namespace';

/** Props of {@link JasonToV2}. */
export interface RequestRoutingProps extends ScenarioProps {
  /** The user who gets version 2 of reviews. @default - nobody in the first step, jason in the second */
  readonly user?: string;
}

/** Bookinfo whose services all answer with version 1. */
export class AllBookinfoToV1 extends ScenarioChart {
  constructor(scope: Construct, id: string, { user, ...props }: RequestRoutingProps = {}) {
    super(scope, id, props);
    meshNamespace(this);
    bookinfo(this);
    for (const service of ['productpage', 'details', 'ratings'] as const) {
      bookinfoRoutes(this, service, [{ route: [{ destination: bookinfoVersions(this, service, ['v1']).subset('v1') }] }]);
    }
    const reviews = bookinfoVersions(this, 'reviews', ['v1', 'v2', 'v3']);
    const cookie = { regex: `^(.*?;)?(user=${user})(;.*)?$` };
    bookinfoRoutes(this, 'reviews', [
      ...(user ? [{ match: [{ headers: { cookie } }], route: [{ destination: reviews.subset('v2') }] }] : []),
      { route: [{ destination: reviews.subset('v1') }] },
    ]);
  }
}

/** The same, where one user gets version 2 of reviews. */
export class JasonToV2 extends AllBookinfoToV1 {
  constructor(scope: Construct, id: string, { user = 'jason', ...props }: RequestRoutingProps = {}) {
    super(scope, id, { user, ...props });
  }
}

const asksReviews = (cookie: string | undefined, workload: string) => ({
  from: 'productpage-v1',
  url: 'http://reviews:9080/reviews/0',
  ...(cookie ? { headers: { cookie } } : {}),
  expect: { status: 200, workload },
});

export const requestRouting = defineScenario({
  id: 'classic/request-routing',
  title: 'Version 1 for all, version 2 for one user',
  steps: [
    { id: '01-all-to-v1', title: 'Every service answers with v1', chart: AllBookinfoToV1 },
    { id: '02-jason-to-v2', title: 'jason gets reviews v2', chart: JasonToV2 },
  ],
  claims: [
    { name: 'everybody reaches v1', step: '01-all-to-v1', calls: [asksReviews(undefined, 'reviews-v1'), asksReviews('user=jason', 'reviews-v1')] },
    {
      name: 'jason reaches v2, others v1',
      step: '02-jason-to-v2',
      calls: [
        asksReviews('user=jason', 'reviews-v2'),
        asksReviews('session=1;user=jason;theme=dark', 'reviews-v2'),
        asksReviews('user=jasonx', 'reviews-v1'),
        asksReviews('user=anna', 'reviews-v1'),
        asksReviews(undefined, 'reviews-v1'),
      ],
    },
  ],
});

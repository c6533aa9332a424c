import { ruleTable } from '../../manifest/rule';
import { destinationTo, withRoutes } from './route-examples';

const prefix = (path: string, host: string) => `match:\n- uri:\n    prefix: ${path}\n${destinationTo(host)}`;

/** Rules about routes and matches that no request reaches. */
export const unreachableRouteRules = ruleTable({
  unreachable: {
    code: 'virtual-service/unreachable-route',
    aliases: ['IST0130'],
    severity: 'warning',
    istiod: ['U1', 'U2'],
    title: 'A route stands behind one without a match, which takes everything.',
    effect: 'The route is never used.',
    fix: 'move the route without a match to the end, and keep only one',
    bad: withRoutes(destinationTo('reviews'), prefix('/v2', 'reviews-v2')),
    good: withRoutes(prefix('/v2', 'reviews-v2'), destinationTo('reviews')),
  },
  weightsOnSeparateRoutes: {
    code: 'virtual-service/weights-on-separate-routes',
    aliases: ['IST0130'],
    severity: 'warning',
    istiod: ['U1'],
    title: 'Weights stand on separate routes without a match, instead of on the destinations of one route.',
    effect: 'The first route takes everything, whatever its weight; the others are never used.',
    fix: 'put the destinations into one route: http: [{ route: [{ ..., weight: 70 }, { ..., weight: 30 }] }]',
    bad: withRoutes(`${destinationTo('reviews')}\n  weight: 70`, `${destinationTo('reviews-v2')}\n  weight: 30`),
    good: withRoutes(`${destinationTo('reviews')}\n  weight: 70\n- destination:\n    host: reviews-v2\n  weight: 30`),
  },
  duplicateMatch: {
    code: 'virtual-service/duplicate-match',
    aliases: ['IST0131'],
    severity: 'warning',
    istiod: ['U3'],
    title: 'A match asks for the same as an earlier one.',
    effect: 'The earlier route takes the requests; this match is never used.',
    fix: 'remove it, or make it differ',
    bad: withRoutes(prefix('/v2', 'reviews-v2'), `match:\n- uri:\n    prefix: /v2\n- uri:\n    prefix: /v3\n${destinationTo('reviews-v3')}`),
    good: withRoutes(prefix('/v2', 'reviews-v2'), prefix('/v3', 'reviews-v3')),
  },
  duplicateRoute: {
    code: 'virtual-service/duplicate-route',
    aliases: ['IST0130'],
    severity: 'warning',
    istiod: ['U4'],
    title: 'Every match of a route stands in earlier routes already.',
    effect: 'The route is never used.',
    fix: 'remove the route, or change what it matches',
    bad: withRoutes(prefix('/v2', 'reviews-v2'), prefix('/v2', 'reviews-v3')),
    good: withRoutes(prefix('/v2', 'reviews-v2'), prefix('/v3', 'reviews-v3')),
  },
  coveredPrefix: {
    code: 'virtual-service/covered-prefix',
    aliases: ['IST0131'],
    severity: 'warning',
    istiod: ['U5'],
    title: 'The path prefix of a match begins with that of an earlier match, which is no narrower otherwise.',
    effect: 'The earlier match takes the requests; this one is never used.',
    fix: 'put the longer prefix first',
    bad: withRoutes(prefix('/api', 'api'), prefix('/api/v2', 'api-v2')),
    good: withRoutes(prefix('/api/v2', 'api-v2'), prefix('/api', 'api')),
  },
});

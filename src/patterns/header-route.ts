import type { Construct } from 'constructs';
import type { RequestMatch } from './request-match';
import { mostSpecificFirst } from './route-order';
import { ServiceRoutes, type ServiceRoutesProps, type SubsetRoute } from './service-routes';
import { percentages, type Shares } from './shares';

/** Requests that one subset takes. */
export interface HeaderRouteRule<Name extends string> {
  readonly when: RequestMatch;
  readonly to: Name;
}

/** Props of {@link HeaderRoute}. */
export interface HeaderRouteProps<Name extends string> extends ServiceRoutesProps<Name> {
  /** Which requests go to which subset, in any order: the most specific counts. */
  readonly routes: readonly HeaderRouteRule<Name>[];
  /** Where all other requests go: a subset, or several with their shares. Without it they would get 404. */
  readonly otherwise: Name | Shares<Name>;
}

/** Routes users to subsets of a service by a header, a cookie, a claim of their token, or by what else tells their requests apart. */
export class HeaderRoute<const Name extends string = string> extends ServiceRoutes<Name> {
  constructor(scope: Construct, id: string, props: HeaderRouteProps<Name>) {
    const ordered = mostSpecificFirst(props.routes, ({ when }) => when);
    const routes: SubsetRoute<Name>[] = ordered.map(({ when, to }) => ({ when, shares: all(to) }));
    const otherwise = typeof props.otherwise === 'string' ? all(props.otherwise) : percentages<Name>(props.otherwise);
    const names = new Set([...props.routes.map(({ to }) => to), ...otherwise.keys()]);
    super(scope, id, props, [...names].sort(), [...routes, { shares: otherwise }]);
  }
}

function all<Name extends string>(name: Name): Map<Name, number> {
  return new Map([[name, 100]]);
}

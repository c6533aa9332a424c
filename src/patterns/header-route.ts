import type { Construct } from 'constructs';
import { badInput } from './bad-input';
import { type RequestMatch, refuseTwins, toMatches } from './request-match';
import { mostSpecificFirst } from './route-order';
import { ServiceRoutes, type ServiceRoutesProps, type SubsetRoute } from './service-routes';
import { percentages, type Shares } from './shares';

/** Requests that one subset takes. */
export interface HeaderRouteRule<Name extends string> {
  readonly when: RequestMatch;
  readonly to: Name;
}

/** A subset that takes requests alone, or subsets with their shares. */
export type Takers = string | Shares<string>;

/** The names of subsets. */
export type NamesOf<T extends Takers> = T extends string ? T : Extract<keyof T, string>;

/** Props of {@link HeaderRoute}. */
export interface HeaderRouteProps<Name extends string, Others extends Takers> extends ServiceRoutesProps<Name | NamesOf<Others>> {
  /** Which requests go to which subset, in any order: the most specific counts. */
  readonly routes: readonly HeaderRouteRule<Name>[];
  /** Where all other requests go: a subset, or several with their shares. Without it they would get 404. */
  readonly otherwise: Others;
}

/** Routes users to subsets of a service by a header, a cookie, a claim of their token, or by what else tells their requests apart. */
export class HeaderRoute<const Name extends string = string, const Others extends Takers = Takers> extends ServiceRoutes<Name | NamesOf<Others>> {
  constructor(scope: Construct, id: string, props: HeaderRouteProps<Name, Others>) {
    const matches = props.routes.map(({ when }) => when);
    refuseTwins(matches);
    if (matches.some((when) => toMatches(when).length === 0)) throw badInput('a route without conditions takes every request; write "otherwise" for it');
    const ordered = mostSpecificFirst(props.routes, ({ when }) => when);
    const otherwise = percentages(typeof props.otherwise === 'string' ? { [props.otherwise]: 100 } : props.otherwise) as Map<NamesOf<Others>, number>;
    const names = new Set<Name | NamesOf<Others>>([...props.routes.map(({ to }) => to), ...otherwise.keys()]);
    const routes = ordered.map(({ when, to }): SubsetRoute<Name> => ({ when, shares: new Map([[to, 100]]) }));
    super(scope, id, props, [...names].sort(), [...routes, { shares: otherwise }] as SubsetRoute<Name | NamesOf<Others>>[]);
  }
}

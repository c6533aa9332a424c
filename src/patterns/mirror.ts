import type { Construct } from 'constructs';
import { badInput } from './bad-input';
import type { ServiceHost } from './service-host';
import { ServiceRoutes, type ServiceRoutesProps } from './service-routes';
import { isPercentage } from './shares';

/** Another service that gets copies. */
export interface MirrorTarget {
  readonly host: ServiceHost;
  /** @default - the port that the request was sent to */
  readonly port?: number;
}

/** Props of {@link Mirror}. */
export interface MirrorProps<Name extends string> extends ServiceRoutesProps<Name> {
  /** The subset that answers. */
  readonly to: Name;
  /** The subset, or the other service, that gets copies of requests; what it answers is thrown away. */
  readonly mirror: Name | MirrorTarget;
  /** Of how many requests a copy is sent. @default 100 */
  readonly percent?: number;
}

/** Sends copies of requests to a second version of a service. The copies are real requests: what they write, they write. */
export class Mirror<const Name extends string = string> extends ServiceRoutes<Name> {
  constructor(scope: Construct, id: string, props: MirrorProps<Name>) {
    const { to, mirror, percent = 100 } = props;
    if (!isPercentage(percent)) throw badInput(`percent is a whole number from 0 to 100, not ${percent}`);
    if (to === mirror) throw badInput(`${to} would get a copy of each of its own requests; mirror to another subset`);
    const names = typeof mirror === 'string' ? [to, mirror] : [to];
    super(scope, id, props, names, [{ shares: new Map([[to, 100]]), copies: { to: mirror, percent } }]);
  }
}

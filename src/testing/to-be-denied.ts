import type { Alternative, TraceStep } from '../simulation';
import { objectName } from '../simulation/story';
import { checkOptions, checkPolicy } from './known';
import { judge, type MatcherState, type Verdict } from './matcher';
import { nameOf, type ObjectReference, titleOf } from './reference';

/** Who denies a request, and how. */
export interface Denial {
  /**
   * The policy: `AuthorizationPolicy/bookinfo/reviews`, `bookinfo/reviews`, `reviews`, or its construct. Where a request is denied because no ALLOW policy matches it, any of
   * these policies is the one.
   */
  readonly by?: ObjectReference;
  /** 401 or 403; connections that are no requests have none. */
  readonly status?: number;
  /** The share of requests that are denied, from 0 to 1. @default - every request */
  readonly share?: number;
}

/** Whether requests are denied by an AuthorizationPolicy or a RequestAuthentication. */
export function toBeDenied(this: MatcherState | undefined, received: unknown, expected: Denial = {}): Verdict {
  checkOptions('toBeDenied', expected, ['by', 'status', 'share']);
  const { by, status, share } = expected;
  return judge(this, 'toBeDenied', received, {
    text: `be denied${by === undefined ? '' : ` by ${titleOf(by)}`}${status === undefined ? '' : ` with ${status}`}`,
    holds: (alternative) =>
      isDenied(alternative) && (status === undefined || alternative.result.status === status) && (by === undefined || isBy(alternative, by)),
    share,
    check: (outcome) => by !== undefined && checkPolicy(outcome, by),
  });
}

/** Details under which Envoy logs that a policy denied something. */
const denials = /^(?:rbac_|jwt_authn_|ext_authz_)/;

function isDenied({ hops }: Alternative): boolean {
  return hops.some(({ details = '', termination = '' }) => denials.test(details) || denials.test(termination));
}

function isBy({ trace }: Alternative, by: ObjectReference): boolean {
  const { kind, namespace, name } = nameOf(by);
  const wanted = new RegExp(
    `^${kind === undefined ? '\\S+' : escaped(kind)} ${namespace === undefined ? '(?:[^/]+/)?' : `${escaped(namespace)}/`}${escaped(name)}$`,
  );
  const decisions = trace.filter(({ decision }) => decision === 'authorization' || decision === 'authentication').map(sources);
  return decisions.findLast((each) => each.length > 0)?.some((source) => wanted.test(source)) ?? false;
}

/** The objects that decided; where nothing matched, all that were looked at. */
function sources({ source, runnersUp }: TraceStep): string[] {
  const deciding = source === undefined ? (runnersUp?.() ?? []).map((each) => each.source) : [source];
  return deciding.flatMap((each) => (each === undefined ? [] : [objectName(each.manifest)]));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

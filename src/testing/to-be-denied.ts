import { type Alternative, answerText, objectName, percentage, type TraceStep } from '../simulation';
import { nameOf, type ObjectReference, outcomeOf, type Verdict, verdict } from './matcher';

/** Who denies a request, and how. */
export interface Denial {
  /**
   * The policy: `AuthorizationPolicy/bookinfo/reviews`, `bookinfo/reviews`, `reviews`, or its construct. Where a request is denied because no ALLOW policy matches it, any of
   * these policies is the one.
   */
  readonly by?: ObjectReference;
  /** 401 or 403; connections that are no requests have none. */
  readonly status?: number;
  /** The share of requests that are denied, from 0 to 1. @default - 1: every request */
  readonly share?: number;
}

/** Whether requests are denied by an AuthorizationPolicy or a RequestAuthentication. */
export function toBeDenied(received: unknown, { by, status, share = 1 }: Denial = {}): Verdict {
  const outcome = outcomeOf(received, 'toBeDenied');
  const denied = outcome.shareOf(
    (alternative) => isDenied(alternative) && (status === undefined || alternative.result.status === status) && (by === undefined || isBy(alternative, by)),
  );
  const pass = Math.abs(denied.toNumber() - share) < 1e-9;
  const who = by === undefined ? '' : ` by ${typeof by === 'string' ? by : nameOf(by).name}`;
  const text = `be denied${who}${status === undefined ? '' : ` with ${status}`}${share === 1 ? '' : ` with a share of ${share}`}`;
  return verdict(outcome, pass, text, () => `${percentage(denied)} of the requests are; the likeliest answer is ${answerText(outcome.likeliest.result)}`);
}

/** Details under which Envoy logs that a policy denied something. */
const denials = /^(?:rbac_|jwt_authn_|ext_authz_)/;

function isDenied({ hops }: Alternative): boolean {
  return hops.some(({ details }) => details !== undefined && denials.test(details));
}

function isBy({ trace }: Alternative, by: ObjectReference): boolean {
  const { kind, namespace, name } = nameOf(by);
  const wanted = new RegExp(
    `^${kind === undefined ? '\\S+' : escaped(kind)} ${namespace === undefined ? '(?:[^/]+/)?' : `${escaped(namespace)}/`}${escaped(name)}$`,
  );
  const decided = trace.findLast(({ decision }) => decision === 'authorization' || decision === 'authentication');
  return decided !== undefined && sources(decided).some((source) => wanted.test(source));
}

/** The objects that decided; where nothing matched, all that were looked at. */
function sources({ source, runnersUp }: TraceStep): string[] {
  const deciding = source === undefined ? (runnersUp?.() ?? []).map((each) => each.source) : [source];
  return deciding.flatMap((each) => (each === undefined ? [] : [objectName(each.manifest)]));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

import type { Source } from '../../mesh/config-object';
import type { RunnerUp } from '../trace';
import type { FilterContext, HttpFilter, NetworkFilter, Peer, VerifiedToken } from './filter';
import type { HttpRequest } from './http';

/** What policies look at: a request, or a connection that is none. */
export interface Subject {
  readonly request?: HttpRequest;
  readonly peer: Peer;
  readonly token?: VerifiedToken;
}

/** One field of a rule. */
export interface Condition {
  /** In the rule: `from[0].source.principals`. */
  readonly field: string;
  holds(subject: Subject): boolean;
  /** What it misses by, as a clause: `the principal is "…", none of …`. */
  missedBy(subject: Subject): string;
}

/** A rule: one of the lists of conditions about the operation has to hold, and one of those about the source. */
export interface RbacRule {
  /** As istiod names it: `ns[shop]-policy[x]-rule[0]`. */
  readonly name: string;
  /** For people: `rule 0 of AuthorizationPolicy shop/x`. */
  readonly title: string;
  readonly permissions: readonly (readonly Condition[])[];
  readonly principals: readonly (readonly Condition[])[];
  readonly source: Source;
}

/** What a filter does with matching requests; LOG only notes them. */
export type RbacAction = 'ALLOW' | 'DENY' | 'LOG';

/** The rules of one action. Without rules nothing is enforced; with an empty list nothing ever matches. */
export interface Rbac {
  readonly action: RbacAction;
  /** In the order of their names, in which Envoy looks at them. */
  readonly rules?: readonly RbacRule[];
  /** Rules that are only tried (dry run). */
  readonly shadowRules?: readonly RbacRule[];
}

/** The rule that matches first, or nothing. */
export function matchingRule(rules: readonly RbacRule[], subject: Subject): RbacRule | undefined {
  return rules.find(({ permissions, principals }) => permissions.some((list) => holds(list, subject)) && principals.some((list) => holds(list, subject)));
}

/** What rules missed a request by, one entry for each. */
export function missesOf(rules: readonly RbacRule[], subject: Subject): RunnerUp[] {
  return rules.map(({ title, permissions, principals, source }) => {
    const missed = firstMiss(permissions, subject) ?? firstMiss(principals, subject);
    if (missed === undefined) return { what: title, missedBy: 'it has no rules, and so matches nothing', source };
    return { what: title, missedBy: missed.missedBy(subject), source: { ...source, path: `${source.path}.${missed.field}` } };
  });
}

/** The filter of HTTP chains. */
export function rbacHttpFilter(rbac: Rbac): HttpFilter {
  return {
    name: 'envoy.filters.http.rbac',
    apply(request, context) {
      const refused = refusal(rbac, subjectOf(context, request), context);
      if (refused === undefined) return { kind: 'pass' };
      return { kind: 'answer', status: 403, body: 'RBAC: access denied', details: detailsOf(refused) };
    },
  };
}

/** The filter of chains that do not speak HTTP. */
export function rbacNetworkFilter(rbac: Rbac): NetworkFilter {
  return {
    name: 'envoy.filters.network.rbac',
    apply(context) {
      const refused = refusal(rbac, subjectOf(context), context);
      return refused === undefined ? { kind: 'pass' } : { kind: 'close', termination: detailsOf(refused) };
    },
  };
}

function detailsOf(refused: string): string {
  return `rbac_access_denied_matched_policy[${refused}]`;
}

/** What policies see of a request at a filter. */
export function subjectOf({ peer, token }: FilterContext, request?: HttpRequest): Subject {
  return { peer, ...(request === undefined ? {} : { request }), ...(token === undefined ? {} : { token }) };
}

/** The name of the rule that refuses, `none` where none allows; undefined where nothing is refused. */
function refusal({ action, rules, shadowRules }: Rbac, subject: Subject, context: FilterContext): string | undefined {
  if (shadowRules !== undefined) evaluate(action, shadowRules, subject, context, 'dry run, without effect: ');
  if (rules === undefined) return undefined;
  const rule = evaluate(action, rules, subject, context);
  if (action === 'DENY') return rule?.name;
  return action === 'ALLOW' && rule === undefined ? 'none' : undefined;
}

const results: Readonly<Record<RbacAction, { readonly matched: string; readonly missed: string }>> = {
  ALLOW: { matched: 'allowed by', missed: 'denied: no ALLOW policy matches' },
  DENY: { matched: 'denied by', missed: 'no DENY policy matches' },
  LOG: { matched: 'noted by', missed: 'no AUDIT policy matches' },
};

/** Finds the rule that matches, and notes it and those that were passed over. */
function evaluate(action: RbacAction, rules: readonly RbacRule[], subject: Subject, { journey, proxy }: FilterContext, prefix = ''): RbacRule | undefined {
  const rule = matchingRule(rules, subject);
  const { matched, missed } = results[action];
  journey.note({
    decision: 'authorization',
    proxy,
    text: `${prefix}${rule === undefined ? missed : `${matched} ${rule.title}`}`,
    ...(rule === undefined ? {} : { source: rule.source }),
    runnersUp: remembered(rule === undefined ? rules : rules.slice(0, rules.indexOf(rule)), subject),
  });
  return rule;
}

/** Later filters change the request, so the subject is kept as it was; only where there is anything to tell. */
function remembered(rules: readonly RbacRule[], subject: Subject): () => readonly RunnerUp[] {
  if (rules.length === 0) return () => [];
  const { request } = subject;
  const kept = request === undefined ? subject : { ...subject, request: { ...request, headers: request.headers.copy() } };
  return () => missesOf(rules, kept);
}

function holds(conditions: readonly Condition[], subject: Subject): boolean {
  return conditions.every((condition) => condition.holds(subject));
}

/** The first condition of the last alternative that fails, where all alternatives do. */
function firstMiss(alternatives: readonly (readonly Condition[])[], subject: Subject): Condition | undefined {
  let missed: Condition | undefined;
  for (const list of alternatives) {
    const failing = list.find((condition) => !condition.holds(subject));
    if (failing === undefined) return undefined;
    missed ??= failing;
  }
  return missed;
}

import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Diagnostic } from '../manifest/diagnostic';
import { isConfigured, ownSettings, suppressionsOf } from './validation-settings';

/** One writing of a tree: which objects are still to come, and which ignored codes have met a finding. */
interface Round {
  readonly waiting: Set<IConstruct>;
  readonly met: Map<IConstruct, Set<string>>;
}

const rounds = new WeakMap<IConstruct, Round>();
/** The scopes and codes that left out a finding, of the object that was checked last. */
const metBy = new WeakMap<ApiObject, readonly (readonly [IConstruct, string])[]>();

/** The findings of an object without those that its author or a scope's settings leave out; a suppression of the object that leaves out nothing becomes one. */
export function suppressed(object: ApiObject, findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const own = suppressionsOf(object);
  const ignoring = object.node.scopes.flatMap((scope) => ownSettings(scope).flatMap(({ ignore = [] }) => ignore.map((code) => [scope, code] as const)));
  if (own.length === 0 && ignoring.length === 0) return findings;
  const codes = new Set(findings.map((finding) => finding.code));
  metBy.set(object, ignoring.filter(([, code]) => codes.has(code)));
  const left = new Set([...own.map(({ code }) => code), ...ignoring.map(([, code]) => code)]);
  const unused = own.filter(({ code }) => !codes.has(code));
  return [...findings.filter((finding) => !left.has(finding.code)), ...unused.map(({ code, reason }) => unusedFinding(object, code, `on this object ("${reason}")`))];
}

/** After the last object of a tree was written: the codes that a scope's settings ignore and that nothing below it has. */
export function unusedSettings(object: ApiObject, objects: () => readonly ApiObject[]): Diagnostic[] {
  const { root } = object.node;
  if (!isConfigured(root)) return [];
  let round = rounds.get(root);
  if (!round?.waiting.has(object)) {
    round = { waiting: new Set(objects()), met: new Map() };
    rounds.set(root, round);
  }
  round.waiting.delete(object);
  for (const [scope, code] of metBy.get(object) ?? []) round.met.set(scope, (round.met.get(scope) ?? new Set()).add(code));
  if (round.waiting.size > 0) return [];
  rounds.delete(root);
  const { met } = round;
  return root.node.findAll().flatMap((scope) =>
    ownSettings(scope).flatMap(({ ignore = [] }) => ignore.filter((code) => !met.get(scope)?.has(code)).map((code) => unusedFinding(scope, code, 'for everything below this scope'))),
  );
}

function unusedFinding(scope: IConstruct, code: string, where: string): Diagnostic {
  return {
    code: 'suppression/unused',
    severity: 'warning',
    path: '',
    message: `${code} is ignored ${where}, but there is no such finding; a later mistake of that kind would go unseen.`,
    construct: scope.node.path || '(the app)',
    fix: 'take the suppression out',
  };
}

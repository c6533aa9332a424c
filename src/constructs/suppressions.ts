import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Diagnostic } from '../manifest/diagnostic';
import { helpFor, unusedSuppression } from '../validation/options';
import { displayedLocation } from './call-site';
import type { TreeState } from './tree-state';
import { type IgnoredCode, isConfigured, ownSettings, settingsFor, suppressionsOf } from './validation-settings';

/** What is left of the findings of one object, and which codes that scopes ignore left out some. */
export interface Remaining {
  readonly findings: readonly Diagnostic[];
  readonly met: readonly IgnoredCode[];
}

/** The findings of an object without those that its author or a scope's settings leave out; a suppression of the object that leaves out nothing becomes one. */
export function suppressed(object: ApiObject, findings: readonly Diagnostic[], ignored: readonly IgnoredCode[]): Remaining {
  const own = suppressionsOf(object);
  if (own.length === 0 && ignored.length === 0) return { findings, met: [] };
  const codes = new Set(findings.map((finding) => finding.code));
  const left = new Set([...own, ...ignored].map(({ code }) => code));
  const unused = own.filter(({ code }) => !codes.has(code));
  return {
    findings: [
      ...findings.filter((finding) => !left.has(finding.code)),
      ...unused.flatMap(({ code, reason }) => unusedFinding(object, code, `on this object ("${reason}")`)),
    ],
    met: ignored.filter(({ code }) => codes.has(code)),
  };
}

/** After the last object of a tree was written: the codes that a scope's settings ignore and that nothing below it has. */
export function unusedSettings(object: ApiObject, met: readonly IgnoredCode[], tree: TreeState, objects: () => readonly ApiObject[]): Diagnostic[] {
  const { root } = object.node;
  if (!isConfigured(root)) return [];
  if (!tree.round?.waiting.has(object)) tree.round = { waiting: new Set(objects()), met: new Map() };
  const { round } = tree;
  round.waiting.delete(object);
  for (const { scope, code } of met) round.met.set(scope, (round.met.get(scope) ?? new Set()).add(code));
  if (round.waiting.size > 0) return [];
  tree.round = undefined;
  return root.node.findAll().flatMap((scope) =>
    ownSettings(scope)
      .flatMap(({ ignore = [] }) => ignore)
      .filter((code) => code !== unusedSuppression.code && !round.met.get(scope)?.has(code))
      .flatMap((code) => unusedFinding(scope, code, 'for everything below this scope')),
  );
}

/** The finding about what is ignored in vain, as the settings of the scope itself want to see it. */
function unusedFinding(scope: IConstruct, code: string, where: string): Diagnostic[] {
  const { enabled, ignored, severityOf } = settingsFor(scope);
  const { code: own, severity, fix } = unusedSuppression;
  if (!enabled || ignored.some((other) => other.code === own)) return [];
  const location = displayedLocation(scope);
  return [
    {
      code: own,
      severity: severityOf[own] ?? severity,
      path: '',
      message: `${code} is ignored ${where}, but there is no such finding; a later mistake of that kind would go unseen.`,
      construct: scope.node.path || '(the app)',
      ...(location === undefined ? {} : { location }),
      fix,
      help: helpFor(own),
    },
  ];
}

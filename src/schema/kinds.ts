import { kinds } from '../../imports';
import type { Kind, Schema } from '../../imports/schema';
import type { KubernetesObject } from '../manifest/manifest';
import type { Report } from '../manifest/rule';
import { suggest } from '../manifest/suggest';
import { describe } from './describe';
import { servedVersions } from './releases';
import { rules } from './rules';

/** The API groups that belong to Istio: a kind that they lack exists nowhere. Groups of old releases, which nothing serves any more, are among them. */
const groups: ReadonlySet<string> = new Set([...Object.values(kinds).map(({ group }) => group), 'authentication.istio.io', 'rbac.istio.io', 'config.istio.io']);

/** A kind in a version, with the schema of its objects. */
export interface ServedKind {
  readonly kind: Kind;
  readonly schema: Schema;
}

/**
 * Finds the kind of an object. Reports objects that say nothing of their kind, and kinds and versions that the groups of Istio do not have; kinds of other
 * groups are nobody's business here and pass.
 *
 * @param target the release that says which versions there are; default the newest
 */
export function findKind(object: KubernetesObject, report: Report, target?: string): ServedKind | undefined {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || apiVersion === '' || typeof kind !== 'string' || kind === '') {
    reportMissing(object, report);
    return undefined;
  }
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  const version = apiVersion.slice(slash + 1);
  if (!groups.has(group)) {
    return undefined;
  }
  const known = Object.hasOwn(kinds, `${group}/${kind}`) ? kinds[`${group}/${kind}`] : undefined;
  if (known === undefined) {
    reportUnknown(group, kind, report);
    return undefined;
  }
  const served = known.versions.includes(version) || (target !== undefined && servedVersions(known, target).includes(version));
  if (!served) {
    // The rest is checked all the same: the versions of a kind hardly differ.
    const meant = known.versions[0];
    report(
      rules.unknownVersion,
      'apiVersion',
      `${kind} does not exist in ${apiVersion}; Istio serves it as ${known.versions.join(', ')}.`,
      `write ${group}/${meant}`,
    );
  }
  return { kind: known, schema: known.schemas?.[version] ?? known.schema };
}

/** Whether objects of this kind are checked here. */
export function isKnownKind({ apiVersion, kind }: KubernetesObject): boolean {
  return typeof apiVersion === 'string' && groups.has(apiVersion.slice(0, Math.max(apiVersion.indexOf('/'), 0))) && typeof kind === 'string';
}

function reportMissing(object: KubernetesObject, report: Report): void {
  for (const field of ['apiVersion', 'kind']) {
    const value = object[field];
    if (value === undefined || value === null || value === '') {
      report(rules.missingKind, field, `The object has no ${field}.`, `add ${field}`);
    } else if (typeof value !== 'string') {
      report(rules.missingKind, field, `${field} must be a text, and here is ${describe(value)}.`);
    }
  }
}

function reportUnknown(group: string, kind: string, report: Report): void {
  const elsewhere = Object.values(kinds).find((known) => known.kind.toLowerCase() === kind.toLowerCase() && known.group !== group);
  if (elsewhere !== undefined) {
    const apiVersion = `${elsewhere.group}/${elsewhere.versions[0]}`;
    report(
      rules.unknownKind,
      'apiVersion',
      `${kind} does not belong to ${group}, but to ${elsewhere.group}.`,
      `write apiVersion: ${apiVersion} and kind: ${elsewhere.kind}`,
    );
    return;
  }
  const names = Object.values(kinds)
    .filter((known) => known.group === group)
    .map((known) => known.kind);
  const meant = suggest(kind, names);
  const message =
    names.length === 0 ? `The API group ${group} is gone; no supported release of Istio has it.` : `${group} has no kind ${kind}; it has ${names.join(', ')}.`;
  report(rules.unknownKind, 'kind', message, meant === undefined ? undefined : `write ${meant}`);
}

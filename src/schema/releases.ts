import { kinds, releaseTable, types } from '../../imports';
import type { Kind, Schema } from '../../imports/schema';
import type { Diagnostic } from '../manifest/diagnostic';
import { identityOf, type KubernetesObject } from '../manifest/manifest';
import { fieldPath, itemPath, keyPath } from '../manifest/path';

const { releases } = releaseTable;
const position = new Map(releases.map((release, index) => [release, index]));

/** The oldest Istio release that is known. */
export const oldestRelease = releases[0] as string;

/** The newest Istio release that is known. */
export const newestRelease = releases[releases.length - 1] as string;

/** Whether a value is a known minor release of Istio, such as `1.14`. */
export function isRelease(value: unknown): value is string {
  return typeof value === 'string' && position.has(value);
}

/** Whether a release came after another one. */
export function isNewer(release: string, than: string): boolean {
  return at(release) > at(than);
}

/** From which release on something is there, and up to which one; without a first or last release it was always, or is still there. */
interface Span {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

const at = (release: string): number => position.get(release) as number;
const covers = ({ since, until }: Span, target: string): boolean =>
  (since === undefined || at(since) <= at(target)) && (until === undefined || at(target) <= at(until));

/** The versions of a kind that a release serves, newest first; none when the release lacks the kind. */
export function servedVersions(kind: Kind, release: string): readonly string[] {
  const history = releaseTable.kinds[`${kind.group}/${kind.kind}`];
  if (!history || !covers(history, release)) return [];
  return Object.keys(history.versions).filter((version) => covers(history.versions[version] as Span, release));
}

/**
 * Finds what an object uses that a release of Istio lacks: its kind, its apiVersion, fields and enum values. Objects of unknown kinds have no findings,
 * and neither have fields that no release knows: they are the business of the schema.
 */
export function checkRelease(object: KubernetesObject, target: string): Diagnostic[] {
  const identity = identityOf(object);
  const [group = '', version = ''] = identity.apiVersion.split('/');
  const kind = kinds[`${group}/${identity.kind}`];
  const history = releaseTable.kinds[`${group}/${identity.kind}`];
  if (!kind || !history) return [];
  if (target === newestRelease && kind.versions.includes(version)) return []; // The types and the schema are those of this release.
  const findings: Diagnostic[] = [];
  const report = (what: string, path: string, subject: string, span: Span, served = ''): void => {
    findings.push({
      code: `target-release/${what}`,
      severity: 'error',
      object: identity,
      path,
      message: `Istio ${target} has no ${subject}${reason(span, target)}${served}`,
    });
  };
  if (!covers(history, target)) {
    report('kind', 'kind', `kind ${identity.kind}`, history);
    return findings;
  }
  const served = servedVersions(kind, target);
  if (!served.includes(version))
    report('version', 'apiVersion', `${identity.apiVersion} of ${identity.kind}`, history.versions[version] ?? {}, `; it serves ${served.join(', ')}`);
  visit(kind.schemas?.[version] ?? kind.schema, object, '', target, report);
  return findings;
}

type Report = (what: 'field' | 'value', path: string, subject: string, span: Span) => void;

function visit(schema: Schema, value: unknown, path: string, target: string, report: Report): void {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) if (schema.items) visit(schema.items, item, itemPath(path, index), target, report);
    return;
  }
  const { properties, additionalProperties } = schema.ref === undefined ? schema : (types[schema.ref] ?? schema);
  for (const [key, field] of Object.entries(value)) {
    if (field === null || field === undefined) continue;
    const known = properties?.[key];
    if (known) visitField(schema.ref ?? '', key, known, field, fieldPath(path, key), target, report);
    else if (additionalProperties) visit(additionalProperties, field, keyPath(path, key), target, report);
  }
}

function visitField(type: string, name: string, schema: Schema, value: unknown, path: string, target: string, report: Report): void {
  const span = spanOf(releaseTable.fields[type]?.[name]);
  if (!covers(span, target)) {
    report('field', path, `field ${name} of ${type}`, span);
    return;
  }
  const dated = releaseTable.enums[type]?.[name];
  const values = Array.isArray(value) ? value : [value];
  for (const [index, item] of dated ? values.entries() : []) {
    const valueSpan = typeof item === 'string' ? spanOf(dated?.[item]) : {};
    if (!covers(valueSpan, target)) report('value', Array.isArray(value) ? itemPath(path, index) : path, `${item} for ${name} of ${type}`, valueSpan);
  }
  visit(schema, value, path, target, report);
}

function spanOf(dates: string | readonly [string, string] | undefined): Span {
  if (dates === undefined) return {};
  return typeof dates === 'string' ? { since: dates } : { since: dates[0], until: dates[1] };
}

function reason({ since, until }: Span, target: string): string {
  if (since !== undefined && at(since) > at(target)) return `: it came with Istio ${since}`;
  return until === undefined ? '' : `: Istio ${until} was the last to have it`;
}

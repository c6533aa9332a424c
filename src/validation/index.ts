import type { Diagnostic } from '../manifest/diagnostic';
import type { KubernetesObject, Manifest } from '../manifest/manifest';
import { readYaml } from '../manifest/yaml';
import { checkSchema } from '../schema';
import { checkRelease } from '../schema/releases';
import { collector } from './collect';
import { checkAsIstiod } from './istiod';
import { applyOptions, helpFor, requireRelease, type ValidateOptions } from './options';
import { checkOtherKind } from './other-kinds';
import { releaseRules } from './rules/release';

export type { Diagnostic, ObjectIdentity, RelatedPlace, Severity, SourceLocation } from '../manifest/diagnostic';
export type { KubernetesObject, Manifest, ManifestOrigin } from '../manifest/manifest';
export type { Rule } from '../manifest/rule';
export { isKnownKind } from '../schema';
export { catalogue, findRule } from './catalogue';
export { applyOptions, type ReportOptions, type Suppression, type ValidateOptions } from './options';

/**
 * Finds everything for which a cluster with Istio would refuse objects, or warn of them: the schema and the CEL rules as the API server applies them, and
 * istiod's own checks. An `error` is what a cluster refuses; everything else is a warning at most. Objects of kinds that are not Istio's pass.
 *
 * @param objects one Kubernetes object or several, as plain data
 * @throws RangeError for an unknown target release or severity
 * @throws TypeError for something that is no object
 */
export function validate(objects: KubernetesObject | readonly KubernetesObject[], options: ValidateOptions = {}): Diagnostic[] {
  const list = Array.isArray(objects) ? (objects as readonly KubernetesObject[]) : [objects as KubernetesObject];
  for (const object of list as readonly unknown[]) {
    if (typeof object !== 'object' || object === null || Array.isArray(object)) {
      throw new TypeError(`a Kubernetes object is expected, and ${JSON.stringify(object)} is none`);
    }
  }
  return validateManifests(
    list.map((object) => ({ object, origin: {} })),
    options,
  );
}

/**
 * The same for YAML or JSON text with any number of documents, read as kubectl reads it; whatever cannot be read is an error too.
 *
 * @param options with the name of the file for positions, default `<text>`
 * @throws RangeError for an unknown target release or severity
 */
export function validateYaml(text: string, options: ValidateOptions & { readonly file?: string } = {}): Diagnostic[] {
  const { manifests, diagnostics } = readYaml(text, options.file);
  return applyOptions([...diagnostics.map(withHelp), ...findings(manifests, options)], options);
}

/** The same for objects that know where they come from, so that findings name the author's own place. */
export function validateManifests(manifests: readonly Manifest[], options: ValidateOptions = {}): Diagnostic[] {
  return applyOptions(findings(manifests, options), options);
}

function findings(manifests: readonly Manifest[], { targetRelease }: ValidateOptions): Diagnostic[] {
  if (targetRelease !== undefined) {
    requireRelease(targetRelease);
  }
  return manifests.flatMap((manifest) => inOrderOfPlace(findingsOf(manifest, targetRelease)));
}

/** As they stand in the text; findings at one place keep their order. */
function inOrderOfPlace(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const line = ({ location }: Diagnostic): number => location?.line ?? 0;
  const column = ({ location }: Diagnostic): number => location?.column ?? 0;
  return [...diagnostics].sort((one, other) => line(one) - line(other) || column(one) - column(other));
}

const withHelp = (diagnostic: Diagnostic): Diagnostic => ({ help: helpFor(diagnostic.code), ...diagnostic });

function findingsOf(manifest: Manifest, target: string | undefined): Diagnostic[] {
  const { diagnostics, report, reportUnlessRefused } = collector(manifest, target);
  const checked = checkSchema(manifest.object, report, target);
  if (checked === undefined) {
    checkOtherKind(manifest.object, report);
    return diagnostics;
  }
  if (target !== undefined) {
    for (const { code, path, message } of checkRelease(manifest.object, target)) {
      const rule = Object.values(releaseRules).find((candidate) => candidate.code === code) as (typeof releaseRules)['kind'];
      reportUnlessRefused(rule, path, `${message}.`);
    }
  }
  if (checked.isReadable) {
    checkAsIstiod(checked, reportUnlessRefused);
  }
  return diagnostics;
}

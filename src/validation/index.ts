import type { Diagnostic } from '../manifest/diagnostic';
import type { KubernetesObject } from '../manifest/manifest';
import { checkText } from './check-text';
import { validateManifests } from './manifests';
import type { ValidateOptions } from './options';

export type { Diagnostic, ObjectIdentity, RelatedPlace, Severity, SourceLocation } from '../manifest/diagnostic';
export type { KubernetesObject, Manifest, ManifestOrigin } from '../manifest/manifest';
export type { Rule } from '../manifest/rule';
export { isKnownKind } from '../schema';
export { catalogue, findRule } from './catalogue';
export { validateManifests } from './manifests';
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
  return checkText(text, options).diagnostics;
}

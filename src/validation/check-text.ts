import type { Diagnostic } from '../manifest/diagnostic';
import { readYaml } from '../manifest/yaml';
import { isKnownKind } from '../schema';
import { findings } from './manifests';
import { applyOptions, helpFor, type ValidateOptions } from './options';

/** What was found in a text, and how much there was to look at. */
export interface TextReport {
  readonly diagnostics: Diagnostic[];
  /** All Kubernetes objects of the text. */
  readonly objects: number;
  /** Those of kinds that are not known here, which pass. */
  readonly unknown: number;
}

/** Validates YAML or JSON text and counts its objects; for commands that report on whole files. */
export function checkText(text: string, options: ValidateOptions & { readonly file?: string }): TextReport {
  const { manifests, diagnostics } = readYaml(text, options.file);
  const unreadable = diagnostics.map((diagnostic) => ({ help: helpFor(diagnostic.code), ...diagnostic }));
  return {
    diagnostics: applyOptions([...unreadable, ...findings(manifests, options)], options),
    objects: manifests.length,
    unknown: manifests.filter(({ object }) => !isKnownKind(object)).length,
  };
}

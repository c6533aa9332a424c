import type { Diagnostic } from '../manifest/diagnostic';
import type { Manifest } from '../manifest/manifest';
import { checkSchema } from '../schema';
import { checkRelease } from '../schema/releases';
import { collector } from './collect';
import { checkAsIstiod } from './istiod';
import { applyOptions, requireRelease, type ValidateOptions } from './options';
import { checkOtherKind } from './other-kinds';
import { releaseRules } from './rules/release';

/** Validates objects that know where they come from, so that findings name the author's own place. */
export function validateManifests(manifests: readonly Manifest[], options: ValidateOptions = {}): Diagnostic[] {
  return applyOptions(findings(manifests, options), options);
}

/** What istiod's admission webhook alone says of an object, as if the API server let everything through to it. */
export function validateAsIstiod(manifest: Manifest): Diagnostic[] {
  const { diagnostics, report } = collector(manifest, undefined);
  const checked = checkSchema(manifest.object, () => {});
  if (checked?.isReadable) checkAsIstiod(checked, report);
  return inOrderOfPlace(diagnostics);
}

/** All findings, before the user's options are applied. */
export function findings(manifests: readonly Manifest[], { targetRelease }: ValidateOptions): Diagnostic[] {
  if (targetRelease !== undefined) {
    requireRelease(targetRelease);
  }
  return manifests.flatMap((manifest) => inOrderOfPlace(findingsOf(manifest, targetRelease)));
}

/** As they stand in the text; findings at one place keep their order. */
function inOrderOfPlace(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  if (diagnostics.length < 2) {
    return [...diagnostics];
  }
  const line = ({ location }: Diagnostic): number => location?.line ?? 0;
  const column = ({ location }: Diagnostic): number => location?.column ?? 0;
  return [...diagnostics].sort((one, other) => line(one) - line(other) || column(one) - column(other));
}

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

import { readFileSync } from 'node:fs';
import type { Diagnostic, Severity } from '../manifest/diagnostic';
import { formatIdentity, formatLocation } from '../render';
import { isRelease, newestRelease, oldestRelease } from '../schema/releases';
import { checkText } from '../validation/check-text';

/** One finding, as cdk8s-cli prints it. */
interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly { readonly resourceName: string; readonly locations: readonly string[]; readonly manifestPath: string }[];
}

/** What cdk8s-cli gives a validation plugin; the shape of its `ValidationContext`, as far as it is used here. */
interface Context {
  readonly manifests: readonly string[];
  readonly metadata?: { readonly [resourceName: string]: { readonly path: string } };
  readonly logger: { log(message: string): void };
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata?: Record<string, string>): void;
  };
}

/** The `properties` of the plugin's entry in cdk8s.yaml. */
export interface IstioValidationProperties {
  /** The Istio release to check for. @default - the newest */
  readonly target?: string;
  /** Codes whose findings are left out. */
  readonly ignore?: readonly string[];
  /** Other severities for codes. */
  readonly severityOf?: { readonly [code: string]: Severity };
}

/**
 * The validation plugin of cdk8s-cli: checks every manifest that `cdk8s synth` wrote. Errors fail the synth, warnings are reported without.
 */
export class IstioValidation {
  constructor(private readonly properties: IstioValidationProperties = {}) {}

  /** Called by cdk8s-cli. */
  async validate(context: Context): Promise<void> {
    const { target, ...others } = this.properties;
    if (target !== undefined && !isRelease(target)) {
      context.report.addViolation(unknownTarget(target));
      context.report.submit('failure');
      return;
    }
    const options = target === undefined ? others : { ...others, targetRelease: target };
    const totals = { objects: 0, unknown: 0 };
    let failed = false;
    for (const manifestPath of context.manifests) {
      const result = checkText(readFileSync(manifestPath, 'utf8'), { file: manifestPath, ...options });
      totals.objects += result.objects;
      totals.unknown += result.unknown;
      for (const diagnostic of result.diagnostics) {
        context.report.addViolation(violation(diagnostic, manifestPath));
        failed ||= diagnostic.severity === 'error';
      }
    }
    context.report.submit(failed ? 'failure' : 'success', { objects: String(totals.objects), 'objects of other kinds': String(totals.unknown) });
  }
}

/** YAML reads an unquoted 1.20 as the number 1.2, so numbers are told to be quoted. */
function unknownTarget(target: unknown): Violation {
  const fix =
    typeof target === 'number'
      ? `quote it in cdk8s.yaml: target: '${target}'`
      : `give a minor release from ${oldestRelease} to ${newestRelease}, for example '1.24'`;
  return { ruleName: 'target', recommendation: `The target ${String(target)} is no known Istio release.`, fix, violatingResources: [] };
}

function violation(diagnostic: Diagnostic, manifestPath: string): Violation {
  const { code, severity, message, object, path, location, fix, help } = diagnostic;
  const places = [object && formatIdentity(object), path, location && formatLocation(location), help].filter((place) => place !== undefined && place !== '');
  return {
    ruleName: `${code} (${severity})`,
    recommendation: message,
    fix: fix ?? '',
    violatingResources: [{ resourceName: object?.name ?? '', locations: places as string[], manifestPath }],
  };
}

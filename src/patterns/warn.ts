import { displayedLocation } from '../constructs/call-site';
import type { IstioObject } from '../constructs/istio-object';
import type { Diagnostic } from '../manifest/diagnostic';
import { renderPretty } from '../render';

/** What a pattern finds about its own pieces: legal, yet not what the author can have meant. */
export interface Contradiction extends Pick<Diagnostic, 'path' | 'message' | 'fix'> {
  readonly code: ResilienceWarning;
}

/** The codes of what pieces of resilience do to each other. */
export type ResilienceWarning = `resilience/${
  | 'all-endpoints-out'
  | 'ejection-switched-off'
  | 'gateway-errors-unused'
  | 'limit-of-one'
  | 'no-outliers'
  | 'no-retry-allowed'
  | 'timeout-cuts-retries'
  | 'try-outlasts-timeout'}`;

/** Makes warnings about an object that a pattern wrote, except those that its author accepts, and prints them to stderr. */
export function warn(object: IstioObject, contradictions: readonly Contradiction[], accepted: readonly ResilienceWarning[] = []): readonly Diagnostic[] {
  const location = displayedLocation(object);
  const { apiVersion, kind, name } = object;
  const { namespace } = object.metadata;
  const warnings = contradictions
    .filter(({ code }) => !accepted.includes(code))
    .map(
      (contradiction): Diagnostic => ({
        severity: 'warning',
        ...contradiction,
        object: { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) },
        construct: object.node.path,
        ...(location ? { location } : {}),
      }),
    );
  if (warnings.length > 0) process.stderr.write(`${renderPretty(warnings)}\n\n`);
  return warnings;
}

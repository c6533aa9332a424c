import type { IConstruct } from 'constructs';
import { authorLocation } from '../constructs/call-site';
import type { IstioObject } from '../constructs/istio-object';
import type { Diagnostic } from '../manifest/diagnostic';
import { renderPretty } from '../render/pretty';

/** What a pattern finds about its own pieces: legal, yet not what the author can have meant. */
export type Contradiction = Pick<Diagnostic, 'code' | 'path' | 'message' | 'fix'>;

/** Makes warnings about an object that a pattern wrote, and prints them to stderr. */
export function warn(object: IstioObject & IConstruct, contradictions: readonly Contradiction[]): readonly Diagnostic[] {
  const location = authorLocation(object);
  const { apiVersion, kind, name } = object;
  const { namespace } = object.metadata;
  const warnings = contradictions.map(
    (contradiction): Diagnostic => ({
      severity: 'warning',
      ...contradiction,
      object: { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) },
      construct: object.node.path,
      ...(location ? { location } : {}),
    }),
  );
  if (warnings.length > 0) process.stderr.write(`${renderPretty(warnings)}\n`);
  return warnings;
}

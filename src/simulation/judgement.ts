import type { Diagnostic } from '../manifest/diagnostic';
import type { Manifest } from '../manifest/manifest';
import { validateAsIstiod, validateManifests } from '../validation/manifests';

/** What a cluster would say of manifests; each is looked at when somebody asks, and once. */
export class Judgement {
  private readonly known = new Map<Manifest, readonly Diagnostic[]>();

  /** @param asIstiod leaves the API server out */
  constructor(private readonly asIstiod: boolean) {}

  /** Errors and warnings. */
  findingsOf(manifest: Manifest): readonly Diagnostic[] {
    let findings = this.known.get(manifest);
    if (findings === undefined) {
      findings = this.asIstiod ? validateAsIstiod(manifest) : validateManifests([manifest]);
      this.known.set(manifest, findings);
    }
    return findings;
  }

  isRefused(manifest: Manifest): boolean {
    return this.findingsOf(manifest).some(({ severity }) => severity === 'error');
  }
}

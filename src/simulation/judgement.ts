import type { Diagnostic } from '../manifest/diagnostic';
import { identityOf, type Manifest } from '../manifest/manifest';
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
      findings = [...unreadableNames(manifest), ...(this.asIstiod ? validateAsIstiod(manifest) : validateManifests([manifest]))];
      this.known.set(manifest, findings);
    }
    return findings;
  }

  isRefused(manifest: Manifest): boolean {
    return this.findingsOf(manifest).some(({ severity }) => severity === 'error');
  }
}

/** Groups whose metadata validation looks at. */
const istioGroup = /\.istio\.io\//;

/** Names and namespaces that are no texts, which no cluster reads. */
function unreadableNames({ object, origin }: Manifest): Diagnostic[] {
  if (istioGroup.test(String(object.apiVersion))) return [];
  const metadata = (object.metadata ?? {}) as Readonly<Record<string, unknown>>;
  return ['name', 'namespace'].flatMap((field) => {
    const value = metadata[field];
    if (value == null || typeof value === 'string') return [];
    const path = `metadata.${field}`;
    const location = origin.locate?.(path) ?? origin.location;
    return [
      {
        code: 'schema/type',
        severity: 'error' as const,
        object: identityOf(object),
        path,
        message: `${path} is ${JSON.stringify(value)}, and has to be a text.`,
        ...(location === undefined ? {} : { location }),
        ...(origin.construct === undefined ? {} : { construct: origin.construct }),
      },
    ];
  });
}

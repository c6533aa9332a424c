import type { Source } from './config-object';
import { type MeshModel, perMesh } from './model';
import type { Service } from './service';

/** How near the endpoints of a service should be to its callers, and the object that says so. */
export interface TrafficDistribution {
  readonly near: 'zone' | 'node';
  readonly source?: Source;
}

const annotation = 'networking.istio.io/traffic-distribution';

/** What a Service asks for in its spec, in an annotation, or in one of its namespace; nothing where it does not care, or writes something else. */
export function trafficDistributionOf(mesh: MeshModel, { registry, manifest, annotations, namespace }: Service): TrafficDistribution | undefined {
  const { trafficDistribution } = (manifest?.object.spec ?? {}) as { readonly trafficDistribution?: string };
  const inSpec =
    registry === 'Kubernetes' && trafficDistribution !== undefined && ofSpec.has(trafficDistribution) ? trafficDistribution.toLowerCase() : undefined;
  if (inSpec !== undefined) return { near: nearness(inSpec) as 'zone', ...(manifest && { source: { manifest, path: 'spec.trafficDistribution' } }) };
  const ofService = annotations[annotation];
  if (ofService) {
    const near = nearness(ofService.toLowerCase());
    return near && { near, ...(manifest && { source: { manifest, path: `metadata.annotations["${annotation}"]` } }) };
  }
  return ofNamespaces(mesh).get(namespace);
}

const ofSpec: ReadonlySet<string> = new Set(['PreferClose', 'PreferSameZone', 'PreferSameNode']);

function nearness(value: string): 'zone' | 'node' | undefined {
  return value === 'preferclose' || value === 'prefersamezone' ? 'zone' : value === 'prefersamenode' ? 'node' : undefined;
}

const ofNamespaces = perMesh(({ manifests }) => {
  const namespaces = new Map<string, TrafficDistribution>();
  for (const manifest of manifests) {
    if (manifest.object.kind !== 'Namespace') continue;
    const { name = '', annotations = {} } = (manifest.object.metadata ?? {}) as {
      readonly name?: string;
      readonly annotations?: Readonly<Record<string, string>>;
    };
    const near = nearness((annotations[annotation] ?? '').toLowerCase());
    if (near !== undefined) namespaces.set(name, { near, source: { manifest, path: `metadata.annotations["${annotation}"]` } });
  }
  return namespaces;
});

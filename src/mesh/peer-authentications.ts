import { type Labels, labelsMatch } from '../manifest/labels';
import { type ConfigObject, type Source, sourceOf } from './config-object';
import { entryOf } from './entry-of';
import { type MeshModel, perMesh } from './model';
import type { MutualTlsSpec, PeerAuthenticationSpec } from './specs/security';

/** Which connections a sidecar accepts: plaintext only, both, or Istio's mutual TLS only. */
export type MtlsMode = 'DISABLE' | 'PERMISSIVE' | 'STRICT';

/** A mode, and the field that set it; without one it is Istio's default. */
export interface EffectiveMtlsMode {
  readonly mode: MtlsMode;
  readonly source?: Source;
}

/** Whom policies are chosen for: a workload, or an endpoint. */
export interface PolicyTarget {
  readonly namespace: string;
  readonly labels: Labels;
}

/** The mode in which a sidecar accepts connections to a port of its workload (the target port, not that of a Service). */
export function mtlsMode(mesh: MeshModel, target: PolicyTarget, port: number): EffectiveMtlsMode {
  const { general, byPort } = effectiveModes(mesh, target);
  return byPort.get(port) ?? general;
}

/** The ports of a workload for which a policy sets a mode of their own. */
export function portsWithMtlsMode(mesh: MeshModel, target: PolicyTarget): ReadonlyMap<number, EffectiveMtlsMode> {
  return effectiveModes(mesh, target).byPort;
}

/**
 * The mode that callers assume for the services of a namespace: that of the policy of the namespace or of the mesh, without regard to policies of single workloads.
 * Nothing where neither exists.
 */
export function namespaceMtlsMode(mesh: MeshModel, namespace: string): EffectiveMtlsMode | undefined {
  const ofMesh = index(mesh).get(mesh.config.rootNamespace)?.general;
  const ofNamespace = namespace === mesh.config.rootNamespace ? undefined : index(mesh).get(namespace)?.general;
  if (ofNamespace === undefined && ofMesh === undefined) return undefined;
  return firstSet(ofNamespace, ofMesh) ?? byDefault;
}

/** The modes of one workload: in general, and for single ports. */
interface EffectiveModes {
  readonly general: EffectiveMtlsMode;
  readonly byPort: ReadonlyMap<number, EffectiveMtlsMode>;
}

/** The policies of a namespace, the oldest first; of those without selector only the oldest counts. */
interface NamespacePolicies {
  general?: ConfigObject<PeerAuthenticationSpec>;
  readonly ofWorkloads: ConfigObject<PeerAuthenticationSpec>[];
}

const byDefault: EffectiveMtlsMode = { mode: 'PERMISSIVE' };

const index = perMesh(({ objects }) => {
  const namespaces = new Map<string, NamespacePolicies>();
  for (const policy of objects.peerAuthentications) {
    const known = entryOf(namespaces, policy.namespace, (): NamespacePolicies => ({ ofWorkloads: [] }));
    if (Object.keys(policy.spec.selector?.matchLabels ?? {}).length > 0) known.ofWorkloads.push(policy);
    else known.general ??= policy;
  }
  return namespaces;
});

const known = perMesh(() => new WeakMap<PolicyTarget, EffectiveModes>());

function effectiveModes(mesh: MeshModel, target: PolicyTarget): EffectiveModes {
  return entryOf(known(mesh), target, () => compose(mesh, target));
}

function compose(mesh: MeshModel, { namespace, labels }: PolicyTarget): EffectiveModes {
  const { rootNamespace } = mesh.config;
  const ofMesh = index(mesh).get(rootNamespace)?.general;
  // In the root namespace a policy without selector is the mesh's, and one with selector counts for nobody.
  const own = namespace === rootNamespace ? undefined : index(mesh).get(namespace);
  const ofWorkload = own?.ofWorkloads.find(({ spec }) => labelsMatch(spec.selector?.matchLabels ?? {}, labels));
  const general = firstSet(ofWorkload, own?.general, ofMesh) ?? byDefault;
  const byPort = new Map<number, EffectiveMtlsMode>();
  for (const [port, mtls] of Object.entries(ofWorkload?.spec.portLevelMtls ?? {})) {
    byPort.set(Number(port), modeOf(ofWorkload, mtls, `spec.portLevelMtls.${port}.mode`) ?? general);
  }
  return { general, byPort };
}

/** What the first of several policies says that says anything. */
function firstSet(...policies: readonly (ConfigObject<PeerAuthenticationSpec> | undefined)[]): EffectiveMtlsMode | undefined {
  for (const policy of policies) {
    const mode = modeOf(policy, policy?.spec.mtls, 'spec.mtls.mode');
    if (mode !== undefined) return mode;
  }
  return undefined;
}

function modeOf(policy: ConfigObject<PeerAuthenticationSpec> | undefined, mtls: MutualTlsSpec | undefined, path: string): EffectiveMtlsMode | undefined {
  const mode = mtls?.mode ?? 'UNSET';
  return policy === undefined || mode === 'UNSET' ? undefined : { mode, source: sourceOf(policy, path) };
}

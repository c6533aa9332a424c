import type { Manifest } from '../manifest/manifest';
import type { ConfigObject } from './config-object';
import type { MeshFacts } from './facts';
import type { MeshConfig } from './mesh-config';
import type { Service } from './service';
import type { DestinationRuleSpec } from './specs/destination-rule';
import type { GatewaySpec } from './specs/gateway';
import type { AuthorizationPolicySpec, PeerAuthenticationSpec, RequestAuthenticationSpec } from './specs/security';
import type { ServiceEntrySpec } from './specs/service-entry';
import type { SidecarSpec } from './specs/sidecar';
import type { VirtualServiceSpec } from './specs/virtual-service';
import type { Workload } from './workload';

/** The Istio objects of a mesh, each list in istiod's order (the older first, then by name, then by namespace). */
export interface ConfigObjects {
  readonly virtualServices: readonly ConfigObject<VirtualServiceSpec>[];
  readonly destinationRules: readonly ConfigObject<DestinationRuleSpec>[];
  readonly gateways: readonly ConfigObject<GatewaySpec>[];
  readonly serviceEntries: readonly ConfigObject<ServiceEntrySpec>[];
  readonly sidecars: readonly ConfigObject<SidecarSpec>[];
  readonly peerAuthentications: readonly ConfigObject<PeerAuthenticationSpec>[];
  readonly requestAuthentications: readonly ConfigObject<RequestAuthenticationSpec>[];
  readonly authorizationPolicies: readonly ConfigObject<AuthorizationPolicySpec>[];
  /** Kinds that take effect in proxies and that are not simulated, such as EnvoyFilter and WasmPlugin. */
  readonly others: readonly ConfigObject<unknown>[];
}

/**
 * The set of objects seen as a mesh: what is there. Who sees what, and which object applies to whom, are functions over it, one file each.
 */
export interface MeshModel {
  readonly config: MeshConfig;
  /** The domain of the cluster, `cluster.local`. */
  readonly domain: string;
  readonly facts: MeshFacts;
  readonly manifests: readonly Manifest[];
  readonly objects: ConfigObjects;
  /**
   * Whether an object takes part, which one that a cluster would refuse does not. Most objects of a large mesh are never met by a request, so VirtualServices,
   * DestinationRules and AuthorizationPolicies stand in `objects` before anybody has asked; all others take part if they stand there.
   */
  takesPart(object: ConfigObject<unknown>): boolean;
  readonly workloads: readonly Workload[];
  /** All services of Kubernetes and of ServiceEntries, in istiod's order. */
  readonly services: readonly Service[];
  /** Labels of the namespaces that are known. */
  readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** Something that is computed once for each mesh, when it is first asked for. */
export function perMesh<T>(compute: (mesh: MeshModel) => T): (mesh: MeshModel) => T {
  const known = new WeakMap<MeshModel, { readonly value: T }>();
  return (mesh) => {
    let entry = known.get(mesh);
    if (entry === undefined) {
      entry = { value: compute(mesh) };
      known.set(mesh, entry);
    }
    return entry.value;
  };
}

import { labelsMatch } from '../manifest/labels';
import type { ConfigObject } from './config-object';
import { entryOf } from './entry-of';
import { hasFeature } from './features';
import { type MeshModel, perMesh } from './model';
import type { PolicyTarget } from './peer-authentications';
import type { AuthorizationPolicySpec, RequestAuthenticationSpec, TargetReferenceSpec, WorkloadSelectorSpec } from './specs/security';

/** The label by which the pods of a Gateway of the Kubernetes Gateway API are known. */
const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';

/** The AuthorizationPolicies of a workload by their action, those of the root namespace first. */
export interface AuthorizationPolicies {
  readonly CUSTOM: readonly ConfigObject<AuthorizationPolicySpec>[];
  readonly AUDIT: readonly ConfigObject<AuthorizationPolicySpec>[];
  readonly DENY: readonly ConfigObject<AuthorizationPolicySpec>[];
  readonly ALLOW: readonly ConfigObject<AuthorizationPolicySpec>[];
}

/** The AuthorizationPolicies that apply to a workload: of the root namespace, and of its own. */
export function authorizationPoliciesOf(mesh: MeshModel, target: PolicyTarget): AuthorizationPolicies {
  const policies = attached(mesh, target, policiesByNamespace(mesh), [mesh.config.rootNamespace, target.namespace]);
  const of = (action: string) => policies.filter(({ spec }) => (spec.action ?? 'ALLOW') === action);
  return { CUSTOM: of('CUSTOM'), AUDIT: of('AUDIT'), DENY: of('DENY'), ALLOW: of('ALLOW') };
}

/** The RequestAuthentications that apply to a workload: of its namespace, and of the root namespace. */
export function requestAuthenticationsOf(mesh: MeshModel, target: PolicyTarget): readonly ConfigObject<RequestAuthenticationSpec>[] {
  return attached(mesh, target, authenticationsByNamespace(mesh), [target.namespace, mesh.config.rootNamespace]);
}

interface TargetableSpec {
  readonly selector?: WorkloadSelectorSpec;
  readonly targetRef?: TargetReferenceSpec;
  readonly targetRefs?: readonly TargetReferenceSpec[];
}

type ByNamespace<Spec> = ReadonlyMap<string, readonly ConfigObject<Spec>[]>;

const policiesByNamespace = perMesh(({ objects }) => byNamespace(objects.authorizationPolicies));
const authenticationsByNamespace = perMesh(({ objects }) => byNamespace(objects.requestAuthentications));

function byNamespace<Spec>(objects: readonly ConfigObject<Spec>[]): ByNamespace<Spec> {
  const namespaces = new Map<string, ConfigObject<Spec>[]>();
  for (const object of objects) entryOf(namespaces, object.namespace, () => []).push(object);
  return namespaces;
}

function attached<Spec extends TargetableSpec>(
  mesh: MeshModel,
  target: PolicyTarget,
  policies: ByNamespace<Spec>,
  namespaces: readonly string[],
): readonly ConfigObject<Spec>[] {
  return [...new Set(namespaces)].flatMap((namespace) =>
    (policies.get(namespace) ?? []).filter((policy) => attaches(mesh, target, policy) && mesh.takesPart(policy)),
  );
}

function attaches(mesh: MeshModel, { namespace, labels }: PolicyTarget, policy: ConfigObject<TargetableSpec>): boolean {
  const { selector, targetRef, targetRefs = [] } = policy.spec;
  const references = targetRefs.length === 0 && targetRef !== undefined ? [targetRef] : targetRefs;
  const isSelected = labelsMatch(selector?.matchLabels ?? {}, labels);
  const gateway = labels[GATEWAY_NAME];
  // References are read by gateways of the Gateway API alone; for all others a policy that has any is no policy.
  if (gateway === undefined) return references.length === 0 && isSelected;
  if (references.length === 0) return hasFeature(mesh, 'ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY', true) && isSelected;
  return (
    policy.namespace === namespace &&
    references.some(
      ({ group, kind, name, namespace: of }) => group === 'gateway.networking.k8s.io' && kind === 'Gateway' && name === gateway && (!of || of === namespace),
    )
  );
}

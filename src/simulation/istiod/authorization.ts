import { type ConfigObject, compare } from '../../mesh/config-object';
import { entryOf } from '../../mesh/entry-of';
import { hasFeature, parseBoolean } from '../../mesh/features';
import { type MeshModel, perMesh } from '../../mesh/model';
import { type AuthorizationPolicies, authorizationPoliciesOf } from '../../mesh/policies';
import type { AuthorizationPolicySpec } from '../../mesh/specs/security';
import type { Workload } from '../../mesh/workload';
import { extAuthzHttpFilter, extAuthzNetworkFilter } from '../envoy/ext-authz';
import type { HttpFilter, NetworkFilter } from '../envoy/filter';
import { type Rbac, type RbacRule, rbacHttpFilter, rbacNetworkFilter } from '../envoy/rbac';
import type { Side } from '../envoy/side';
import type { Network } from '../network/network';
import { rbacRules } from './authorization-rules';
import { extAuthzProvider } from './ext-authz-providers';
import { jwtFilters } from './request-authentication';

/** The filters that policies put before routing, in order: providers are asked, tokens are verified, then AUDIT, DENY and ALLOW. */
export function httpFilters(network: Network, proxy: Workload, side: Side): readonly HttpFilter[] {
  if (side === 'outbound') return [];
  return entryOf(httpFiltersOf(network.mesh), proxy, () => [
    ...customHttpFilters(network, proxy),
    ...jwtFilters(network.mesh, proxy),
    ...localRbac(network.mesh, proxy, false).map(rbacHttpFilter),
  ]);
}

/** The same for connections that are no requests; tokens are not looked for there. */
export function networkFilters(network: Network, proxy: Workload, side: Side): readonly NetworkFilter[] {
  if (side === 'outbound') return [];
  return entryOf(networkFiltersOf(network.mesh), proxy, () => [
    ...customNetworkFilters(network, proxy),
    ...localRbac(network.mesh, proxy, true).map(rbacNetworkFilter),
  ]);
}

const httpFiltersOf = perMesh(() => new Map<Workload, readonly HttpFilter[]>());
const networkFiltersOf = perMesh(() => new Map<Workload, readonly NetworkFilter[]>());
const policiesOf = perMesh(() => new Map<Workload, AuthorizationPolicies>());

function policiesFor(mesh: MeshModel, proxy: Workload): AuthorizationPolicies {
  return entryOf(policiesOf(mesh), proxy, () => authorizationPoliciesOf(mesh, proxy));
}

/** What the proxy decides by itself, one filter for each action that any policy has. */
function localRbac(mesh: MeshModel, proxy: Workload, isTcp: boolean): readonly Rbac[] {
  const { AUDIT, DENY, ALLOW } = policiesFor(mesh, proxy);
  const actions = [
    { action: 'LOG', policies: AUDIT },
    { action: 'DENY', policies: DENY },
    { action: 'ALLOW', policies: ALLOW },
  ] as const;
  return actions.flatMap(({ action, policies }): readonly Rbac[] => {
    if (policies.length === 0) return [];
    const rulesOf = (some: readonly ConfigObject<AuthorizationPolicySpec>[]) => inOrder(some.flatMap((policy) => rules(mesh, policy, isTcp, action)));
    const [tried, enforced] = [policies.filter(isDryRun), policies.filter((policy) => !isDryRun(policy))];
    return [{ action, ...(enforced.length > 0 ? { rules: rulesOf(enforced) } : {}), ...(tried.length > 0 ? { shadowRules: rulesOf(tried) } : {}) }];
  });
}

/** A policy is compiled once for all workloads that it applies to. */
function rules(mesh: MeshModel, policy: ConfigObject<AuthorizationPolicySpec>, isTcp: boolean, action: Rbac['action']): readonly RbacRule[] {
  return entryOf(
    entryOf(compiled(mesh), policy, () => new Map<boolean, readonly RbacRule[]>()),
    isTcp,
    () => rbacRules(policy, { config: mesh.config, isTcp, action }),
  );
}

const compiled = perMesh(() => new Map<ConfigObject<AuthorizationPolicySpec>, Map<boolean, readonly RbacRule[]>>());

function isDryRun({ annotations }: ConfigObject<AuthorizationPolicySpec>): boolean {
  return parseBoolean(annotations['istio.io/dry-run'] ?? '') ?? false;
}

/** Envoy looks at rules in the order of their names. */
function inOrder(some: readonly RbacRule[]): readonly RbacRule[] {
  return [...some].sort((one, other) => compare(one.name, other.name));
}

/** What stands before the names of the rules that send requests to a provider. */
const EXT_AUTHZ = 'istio-ext-authz';

function customHttpFilters(network: Network, proxy: Workload): readonly HttpFilter[] {
  return providersOf(network.mesh, proxy, false).map(({ provider, rules: asked }) =>
    typeof provider === 'string' ? rbacHttpFilter(denyBecauseOf(asked)) : extAuthzHttpFilter(provider, asked),
  );
}

function customNetworkFilters(network: Network, proxy: Workload): readonly NetworkFilter[] {
  return providersOf(network.mesh, proxy, true).flatMap(({ provider, rules: asked }) => {
    if (typeof provider === 'string') return [rbacNetworkFilter(denyBecauseOf(asked))];
    return provider.protocol === 'grpc' ? [extAuthzNetworkFilter(provider, asked)] : [];
  });
}

/** The providers of a workload with the rules that send requests to them; a text says why a provider cannot be asked. */
function providersOf(mesh: MeshModel, proxy: Workload, isTcp: boolean) {
  const byProvider = new Map<string, RbacRule[]>();
  for (const policy of policiesFor(mesh, proxy).CUSTOM) {
    const name = policy.spec.provider?.name ?? '';
    const prefix = name === '' ? `${EXT_AUTHZ}-` : `${EXT_AUTHZ}-${name}-`;
    entryOf(byProvider, name, () => []).push(...rbacRules(policy, { config: mesh.config, isTcp, action: 'DENY', prefix }));
  }
  const isTooMany = byProvider.size > 1 && !hasFeature(mesh, 'PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS', false);
  return [...byProvider]
    .sort(([one], [other]) => compare(one, other))
    .map(([name, asked]) => ({
      provider: isTooMany ? 'several providers on one workload are switched off' : extAuthzProvider(mesh, name),
      rules: inOrder(asked),
    }));
}

/** Rules whose provider cannot be asked deny what they match. */
function denyBecauseOf(asked: readonly RbacRule[]): Rbac {
  return { action: 'DENY', rules: asked.map((rule) => ({ ...rule, name: `${rule.name}-deny-due-to-bad-CUSTOM-action` })) };
}

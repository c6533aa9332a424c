import type { IConstruct } from 'constructs';

/**
 * What constructs must know of the mesh that no manifest holds. It is kept in construct context, so the nearest scope wins:
 * an app may hold one value, and one of its charts another.
 */
const CLUSTER_DOMAIN = 'cdk8s-istio/cluster-domain';
const TRUST_DOMAIN = 'cdk8s-istio/trust-domain';

const DEFAULT_DOMAIN = 'cluster.local';

/**
 * Sets the DNS domain of the cluster, for references to Services of other namespaces (`name.namespace.svc.<domain>`), for everything below a scope.
 * Default `cluster.local`. Like all construct context it must be set before the scope has children.
 */
export function setClusterDomain(scope: IConstruct, domain: string): void {
  scope.node.setContext(CLUSTER_DOMAIN, domain);
}

/** The DNS domain of the cluster at a scope. */
export function clusterDomain(scope: IConstruct): string {
  return scope.node.tryGetContext(CLUSTER_DOMAIN) ?? DEFAULT_DOMAIN;
}

/**
 * Sets the trust domain of the mesh, for references to ServiceAccounts as principals (`<domain>/ns/namespace/sa/name`), for everything below a scope.
 * Default `cluster.local`. Like all construct context it must be set before the scope has children.
 */
export function setTrustDomain(scope: IConstruct, domain: string): void {
  scope.node.setContext(TRUST_DOMAIN, domain);
}

/** The trust domain of the mesh at a scope. */
export function trustDomain(scope: IConstruct): string {
  return scope.node.tryGetContext(TRUST_DOMAIN) ?? DEFAULT_DOMAIN;
}

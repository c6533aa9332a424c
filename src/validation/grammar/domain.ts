import { isDnsLabel, isFqdn, isPartialWildcard, isWildcardDomain } from '../../manifest/host';
import { isIp } from '../../manifest/ip';

/** What a name of a service may be, for messages about one that is not. */
export const domainForm = 'a domain name (labels of letters, digits and hyphens with dots between them)';

/** What is wrong with a name that must be a domain, perhaps with a wildcard (`*.example.com`) in front, as the end of a sentence. */
export function wildcardDomainProblem(name: string): string | undefined {
  return isWildcardDomain(name) ? undefined : emptyOr(name, `is not ${domainForm}, perhaps with *. in front`);
}

/** What is wrong with a name that must be a domain without wildcards, as the end of a sentence. */
export function fqdnProblem(name: string): string | undefined {
  return isFqdn(name) ? undefined : emptyOr(name, `is not ${domainForm}`);
}

function emptyOr(name: string, problem: string): string {
  return name === '' ? 'is empty' : problem;
}

/**
 * Whether a name is a domain to istiod in a VirtualService of gateways: with SNI hosts about, also a name that istiod itself gives to the clusters of
 * another network, `outbound_.80_._.reviews.default.svc.cluster.local`.
 */
export function isGatewayDomain(name: string, withSniHosts: boolean): boolean {
  if (!withSniHosts || !name.startsWith('outbound_')) {
    return isWildcardDomain(name);
  }
  const parts = name.split('_');
  return name.length <= 255 && parts.length >= 4 && /[0-9]/.test(parts[1] as string) && /[a-zA-Z]/.test(parts[3] as string);
}

/** Where a host with a namespace stands, which decides what is allowed. */
export type NamespacedHostUse = 'gateway' | 'gateway-of-gateway-api' | 'sidecar';

/**
 * What is wrong with `namespace/host` (in a Gateway also `host`), as ends of sentences. The namespace is a name, `.` or `*`, in a Sidecar also empty or any of
 * them after `~`; the host is `*` or has a dot.
 */
export function namespacedHostProblems(text: string, use: NamespacedHostUse): string[] {
  const slash = text.indexOf('/');
  if (slash < 0) {
    return use === 'sidecar' ? ['has no namespace; write namespace/host'] : hostPartProblems(text, true);
  }
  const namespace = text.slice(0, slash);
  const host = text.slice(slash + 1);
  const problems: string[] = [];
  if (namespace === '' || host === '') {
    problems.push(`has no ${namespace === '' ? 'namespace before' : 'host after'} the slash`);
  }
  if (!isNamespacePart(namespace, use) && namespace !== '') {
    problems.push(`names the namespace "${namespace}", which is none`);
  }
  if (host !== '') {
    problems.push(...hostPartProblems(host, use !== 'sidecar'));
  }
  return problems;
}

function isNamespacePart(namespace: string, use: NamespacedHostUse): boolean {
  const name = use === 'sidecar' && namespace.startsWith('~') ? namespace.slice(1) : namespace;
  return name === '*' || name === '.' || isDnsLabel(name) || (name === '' && use === 'sidecar') || (name === '~' && use === 'gateway-of-gateway-api');
}

function hostPartProblems(host: string, allowIp: boolean): string[] {
  if (host === '') {
    return ['is empty'];
  }
  const problems: string[] = [];
  if (host !== '*' && !host.includes('.')) {
    problems.push('has no dot; short names of services cannot stand here');
  }
  if (!isWildcardDomain(host) && !(allowIp && isIp(host))) {
    problems.push(wildcardDomainProblem(host) as string);
  }
  if (isPartialWildcard(host)) {
    problems.push('has a wildcard that is not the whole first label');
  }
  return problems;
}

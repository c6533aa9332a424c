import { isIp } from './ip';

/**
 * Host names as istiod understands them: short names within a namespace, wildcards (`*`, `*.example.com`, and as istiod compares them also `*example.com`),
 * and the grammars that its validation applies.
 */

/**
 * The full name of a host: a name without a dot is a Kubernetes Service of the given namespace. Names with a dot, `*` and IP addresses stay as they are, so
 * `reviews.bookinfo` means the host of just that name.
 *
 * @param domain the domain of the cluster, default `cluster.local`
 */
export function fullyQualified(host: string, namespace: string, domain = 'cluster.local'): string {
  if (host === '' || host === '*' || host.includes('.') || isIp(host)) {
    return host;
  }
  return host + (namespace === '' ? '' : `.${namespace}`) + (domain === '' ? '' : `.svc.${domain}`);
}

/** Whether a host begins with `*`. */
export function isWildcard(host: string): boolean {
  return host.startsWith('*');
}

/** Whether two hosts have a name in common. */
export function hostsOverlap(one: string, other: string): boolean {
  if (isWildcard(one) && isWildcard(other)) {
    const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
    return longer.endsWith(shorter.slice(1));
  }
  return isHostSubset(one, other) || isHostSubset(other, one);
}

/** Whether every name that `host` stands for is one of `of`. */
export function isHostSubset(host: string, of: string): boolean {
  if (!isWildcard(of)) {
    return host === of;
  }
  // A longer wildcard never contains a shorter one, whatever their ends.
  return isWildcard(host) ? host.length >= of.length && host.endsWith(of.slice(1)) : host.endsWith(of.slice(1));
}

const label = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const wildcardLabel = /^(?:\*|(?:\*-?)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$/;

/** A DNS label of at most 63 characters; istiod allows upper case. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && label.test(text);
}

/** A DNS label, or `*`, or a label behind `*` or `*-`. */
export function isWildcardLabel(text: string): boolean {
  return text.length <= 63 && wildcardLabel.test(text);
}

/** A domain name without wildcards, at most 255 characters: labels with dots between them, the last of which is no number; it may end in a dot. */
export function isFqdn(text: string): boolean {
  return hasDomainLength(text) && hasDomainLabels(text);
}

/** A domain name whose first label may hold a wildcard. A name of one label may be a number, unlike elsewhere. */
export function isWildcardDomain(text: string): boolean {
  const dot = text.indexOf('.');
  const first = dot < 0 ? text : text.slice(0, dot);
  return hasDomainLength(text) && isWildcardLabel(first) && (dot < 0 || hasDomainLabels(text.slice(dot + 1)));
}

/** A wildcard in another place than all of the first label, such as `*foo.com` or `a.*.com`; Gateways and Sidecars cannot use it. */
export function isPartialWildcard(text: string): boolean {
  return text.includes('*') && text !== '*' && !text.startsWith('*.');
}

function hasDomainLength(text: string): boolean {
  return text.length >= 1 && text.length <= 255;
}

function hasDomainLabels(text: string): boolean {
  const labels = text.split('.');
  const last = labels.at(-1) as string;
  // istiod's test for a number gives up beyond 64 bits.
  if (/^\d+$/.test(last) && BigInt(last) < 2n ** 63n) {
    return false;
  }
  return labels.every((part, index) => isDnsLabel(part) || (part === '' && index === labels.length - 1));
}

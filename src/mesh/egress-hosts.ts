import { hostsOverlap, isHostSubset, isWildcard } from '../manifest/host';
import type { ResolvedVirtualService } from './resolved-virtual-service';
import type { Service } from './service';

/** What the entries `namespace/host` of one egress listener say about the hosts of a namespace. */
interface HostsOfNamespace {
  readonly exact: Set<string>;
  readonly wildcards: string[];
  readonly excluded: string[];
}

/** What the hosts of one egress listener of a Sidecar import. */
export interface EgressHosts {
  /** The single hosts that are imported, where every entry names one of one namespace. */
  readonly exact?: readonly { readonly namespace: string; readonly host: string }[];
  /** The namespaces from which anything can be imported, where no entry speaks for any namespace. */
  readonly namespaces?: ReadonlySet<string>;
  /** Everything is imported, so that nobody has to look at it one by one. */
  readonly areAll: boolean;
  imports(service: Service): boolean;
  /** Whether another name of a service, its alias, is imported together with it. */
  importsAlias(service: Service, alias: string): boolean;
  importsVirtualService(virtualService: ResolvedVirtualService): boolean;
}

const anyNamespace = '*';

/**
 * Reads the entries `namespace/host` of an egress listener. The namespace may be `.` for the own one, `*` for any, and `~` before it takes the host out again: `~/*` leaves
 * nothing.
 *
 * @param namespace of the proxies that they apply to
 */
export function egressHosts(entries: readonly string[], namespace: string): EgressHosts {
  const byNamespace = new Map<string, HostsOfNamespace>();
  for (const entry of entries) {
    const [left = '', host = ''] = entry.split('/');
    const isExcluded = left.startsWith('~');
    const named = isExcluded ? left.slice(1) || anyNamespace : left;
    const key = named === '.' ? namespace : named;
    const hosts = byNamespace.get(key) ?? { exact: new Set(), wildcards: [], excluded: [] };
    byNamespace.set(key, hosts);
    if (isExcluded) hosts.excluded.push(host);
    else if (isWildcard(host)) hosts.wildcards.push(host);
    else hosts.exact.add(host);
  }
  const forAny = byNamespace.get(anyNamespace);
  const all = [...byNamespace.values()];
  const isExact = all.every(({ wildcards }) => wildcards.length === 0) && !forAny?.exact.size;

  /** The hosts that speak for a namespace: its own first, then those for any. */
  const scopesOf = (owner: string): HostsOfNamespace[] => [byNamespace.get(owner), forAny].filter((hosts) => hosts !== undefined);
  const isExcluded = (host: string, scopes: readonly HostsOfNamespace[]): boolean =>
    scopes.some(({ excluded }) => excluded.some((pattern) => isHostSubset(host, pattern)));

  return {
    ...(isExact && { exact: [...byNamespace].flatMap(([owner, { exact }]) => [...exact].map((host) => ({ namespace: owner, host }))) }),
    ...(!forAny?.exact.size && !forAny?.wildcards.length && { namespaces: new Set(byNamespace.keys()) }),
    areAll: !!forAny?.wildcards.includes('*') && all.every(({ excluded }) => excluded.length === 0),
    imports: ({ hostname, namespace: owner }) => {
      const scopes = scopesOf(owner);
      return !isExcluded(hostname, scopes) && scopes.some((scope) => covers(scope, hostname));
    },
    importsAlias: ({ hostname, namespace: owner }, alias) => {
      const scope = scopesOf(owner).find((candidate) => covers(candidate, hostname));
      return scope !== undefined && covers(scope, alias);
    },
    importsVirtualService: ({ hosts, object }) => {
      const scopes = scopesOf(object.namespace);
      return hosts.some((host) => !isExcluded(host, scopes) && scopes.some((scope) => touches(scope, host)));
    },
  };
}

/** Whether every name of a service's host is imported. */
function covers({ exact, wildcards }: HostsOfNamespace, host: string): boolean {
  return exact.has(host) || wildcards.some((pattern) => isHostSubset(host, pattern));
}

/** Whether a host of a VirtualService has a name in common with an imported one. */
function touches({ exact, wildcards }: HostsOfNamespace, host: string): boolean {
  return (
    exact.has(host) || wildcards.some((pattern) => hostsOverlap(host, pattern)) || (isWildcard(host) && [...exact].some((name) => hostsOverlap(host, name)))
  );
}

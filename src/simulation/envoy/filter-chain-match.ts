import { cidrContains, parseCidr, parseIp } from '../../manifest/ip';

/** What a connection has to be like for a filter chain; an empty list asks nothing. */
export interface FilterChainMatch {
  /** CIDR blocks and addresses of the original destination. */
  readonly subnets: readonly string[];
  /** Names that TLS asks for, `*.example.com` among them. */
  readonly serverNames: readonly string[];
  readonly transport?: 'raw_buffer' | 'tls';
  readonly applicationProtocols: readonly string[];
}

/** What the inspectors of a listener have found out about a connection. */
export interface Inspected {
  readonly ip: string;
  /** In lower case; empty where nobody looked, or nothing was there. */
  readonly serverName: string;
  readonly transport: 'raw_buffer' | 'tls';
  readonly applicationProtocols: readonly string[];
}

/**
 * The filter chain of a connection, as Envoy chooses it: by destination, server name, transport, and application protocol, in this order; each time those with the most
 * specific value that fits are kept, and nothing leads back to the others.
 */
export function matchFilterChain<T extends { readonly match: FilterChainMatch }>(chains: readonly T[], connection: Inspected): T | undefined {
  let left = mostSpecific(chains, ({ match }) => longestPrefix(match.subnets, connection.ip));
  left = mostSpecific(left, ({ match }) => longestServerName(match.serverNames, connection.serverName));
  left = mostSpecific(left, ({ match }) => (match.transport === undefined ? 0 : match.transport === connection.transport ? 1 : undefined));
  left = mostSpecific(left, ({ match }) => firstProtocol(match.applicationProtocols, connection.applicationProtocols));
  return left[0];
}

/** Those that fit best. */
function mostSpecific<T>(candidates: readonly T[], specificity: (candidate: T) => number | undefined): readonly T[] {
  let best = -1;
  let kept: T[] = [];
  for (const candidate of candidates) {
    const value = specificity(candidate);
    if (value === undefined || value < best) continue;
    if (value > best) kept = [];
    best = value;
    kept.push(candidate);
  }
  return kept;
}

/** The length of the longest prefix around an address, beyond 0 for a prefix that asks for nothing. */
function longestPrefix(subnets: readonly string[], ip: string): number | undefined {
  if (subnets.length === 0) return 0;
  const address = parseIp(ip) ?? [];
  const lengths = subnets.flatMap((subnet) => {
    const range = subnetRange(subnet);
    return range !== undefined && cidrContains(range, address) ? range.bits : [];
  });
  return lengths.length === 0 ? undefined : Math.max(...lengths);
}

/** An exact name fits best, then the longest wildcard. */
function longestServerName(names: readonly string[], name: string): number | undefined {
  if (names.length === 0) return 0;
  const patterns = names.map((each) => each.toLowerCase());
  if (patterns.includes(name)) return Number.POSITIVE_INFINITY;
  const lengths = patterns.flatMap((pattern) =>
    pattern.startsWith('*.') && name.length > pattern.length - 1 && name.endsWith(pattern.slice(1)) ? pattern.length : [],
  );
  return lengths.length === 0 ? undefined : Math.max(...lengths);
}

/** The earlier the caller offers a protocol that is named, the better. */
function firstProtocol(named: readonly string[], offered: readonly string[]): number | undefined {
  if (named.length === 0) return 0;
  const first = offered.findIndex((protocol) => named.includes(protocol));
  return first < 0 ? undefined : offered.length - first;
}

/** A CIDR block, or the block of a single address. */
function subnetRange(subnet: string): ReturnType<typeof parseCidr> {
  if (subnet.includes('/')) return parseCidr(subnet);
  const address = parseIp(subnet);
  return address && { address, bits: address.length * 8 };
}

import { isHostSubset, isWildcard } from '../../manifest/host';
import type { GatewayServer } from '../../mesh/gateways';

/** The hosts of a server that VirtualServices of one namespace may use. */
export class ServerHosts {
  private readonly exact = new Set<string>();
  private readonly wildcards: string[] = [];

  constructor({ hosts }: GatewayServer, namespace: string) {
    for (const each of hosts) {
      const slash = each.indexOf('/');
      if (slash >= 0 && each.slice(0, slash) !== namespace) continue;
      const host = each.slice(slash + 1);
      if (isWildcard(host)) this.wildcards.push(host);
      else this.exact.add(host);
    }
  }

  /** What these and other hosts have in common: of each two that overlap, the narrower one. */
  common(others: readonly string[]): readonly string[] {
    const common = new Set<string>();
    for (const other of others) {
      if (this.exact.has(other) || this.wildcards.some((wildcard) => isHostSubset(other, wildcard))) common.add(other);
      if (!isWildcard(other)) continue;
      for (const host of [...this.exact, ...this.wildcards]) if (isHostSubset(host, other)) common.add(host);
    }
    return [...common];
  }
}

import { hostsOverlap, isWildcard } from '../manifest/host';
import { compare } from './config-object';
import { entryOf } from './entry-of';
import type { ResolvedVirtualService } from './resolved-virtual-service';

/** A VirtualService, and where in the list it stands. */
export interface Positioned {
  readonly virtualService: ResolvedVirtualService;
  readonly position: number;
}

/** The VirtualServices of a list by their hosts; each answer keeps the order of the list. */
export interface VirtualServiceIndex {
  /** That have this very host, in lower case; it may begin with `*`. */
  withHost(host: string): readonly Positioned[];
  /** One of whose hosts has a name in common with a host. */
  overlapping(host: string): readonly Positioned[];
  /** Hosts that begin with `*`, the most specific first, each with the first that has it. */
  readonly wildcards: readonly { readonly host: string; readonly first: Positioned }[];
}

const indices = new WeakMap<readonly ResolvedVirtualService[], VirtualServiceIndex>();

/** The index of a list, made once for each list. */
export function virtualServiceIndex(virtualServices: readonly ResolvedVirtualService[]): VirtualServiceIndex {
  return entryOf(indices, virtualServices, () => indexed(virtualServices));
}

/** The VirtualServices among which the routes of a service are looked for: those with its very hostname, else the first with the most specific wildcard around it. */
export function virtualServicesOfHost({ withHost, wildcards }: VirtualServiceIndex, hostname: string): readonly Positioned[] {
  const exact = withHost(hostname);
  if (exact.length > 0) return isWildcard(hostname) ? exact.slice(0, 1) : exact;
  const name = isWildcard(hostname) ? hostname.slice(1) : hostname;
  const best = wildcards.find(({ host }) => name.endsWith(host.slice(1)));
  return best === undefined ? none : [best.first];
}

const none: readonly Positioned[] = [];

function indexed(virtualServices: readonly ResolvedVirtualService[]): VirtualServiceIndex {
  const byHost = new Map<string, Positioned[]>();
  for (const [position, virtualService] of virtualServices.entries()) {
    const hosts = new Set(virtualService.hosts.map((host) => host.toLowerCase()));
    for (const host of hosts) entryOf(byHost, host, (): Positioned[] => []).push({ virtualService, position });
  }
  // Only those that a request meets are asked whether they take part.
  const judged = new Map<string, readonly Positioned[]>();
  const withHost = (host: string): readonly Positioned[] => {
    const all = byHost.get(host);
    return all === undefined ? none : entryOf(judged, host, () => all.filter(({ virtualService }) => virtualService.takesPart));
  };
  const wildcards = [...byHost.keys()]
    .filter(isWildcard)
    .flatMap((host) =>
      withHost(host)
        .slice(0, 1)
        .map((first) => ({ host, first })),
    )
    .sort((one, other) => other.host.length - one.host.length || compare(one.host, other.host));
  return {
    withHost,
    overlapping: (host) => {
      const exact = withHost(host);
      const others = isWildcard(host) ? [...byHost.keys()] : wildcards.map((wildcard) => wildcard.host);
      const around = others.filter((other) => other !== host && hostsOverlap(other, host));
      if (around.length === 0) return exact;
      const found = new Map([...exact, ...around.flatMap((other) => withHost(other))].map((each) => [each.position, each]));
      return [...found.values()].sort((one, other) => one.position - other.position);
    },
    wildcards,
  };
}

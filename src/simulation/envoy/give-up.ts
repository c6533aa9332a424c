import type { Hop } from '../journey';

/** Proxies behind one that stops waiting see their caller hang up; those that only carry bytes note nothing. */
export function giveUp(hops: readonly Hop[], from: number): void {
  for (const hop of hops.slice(from)) {
    if (hop.status === undefined) continue;
    hop.flags = hop.flags?.split(',').includes('DI') ? 'DI,DC' : 'DC';
    hop.details = 'downstream_remote_disconnect';
    delete hop.status;
  }
}

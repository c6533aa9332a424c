import type { Hop } from '../journey';

/** Proxies behind one that stops waiting see their caller hang up. */
export function giveUp(hops: readonly Hop[], from: number): void {
  for (const hop of hops.slice(from)) {
    hop.flags = 'DC';
    hop.details = 'downstream_remote_disconnect';
    delete hop.status;
  }
}

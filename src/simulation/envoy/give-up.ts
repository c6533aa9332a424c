import type { Hop } from '../journey';

/** Proxies behind one that stops waiting see their caller hang up, or in HTTP/2 take back the request; those that only carry bytes note nothing. */
export function giveUp(hops: readonly Hop[], from: number): void {
  for (const hop of hops.slice(from)) {
    if (hop.status === undefined) continue;
    const [flag, details] = hop.sharesConnection ? ['DR', 'http2.remote_reset'] : ['DC', 'downstream_remote_disconnect'];
    hop.flags = hop.flags?.split(',').includes('DI') ? `DI,${flag}` : flag;
    hop.details = details;
    delete hop.status;
  }
}

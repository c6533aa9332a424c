import type { Endpoint } from '../../mesh/service';
import { xxHash64 } from './xx-hash';

/** An endpoint, with its part of all weights. */
export interface WeightedEndpoint {
  readonly endpoint: Endpoint;
  readonly share: number;
}

/** Where a key leads. */
export interface HashTable {
  /** @param attempt counts from 0: later attempts lead elsewhere, as long as there is another endpoint */
  find(key: bigint, attempt: number): Endpoint;
}

/** The name of an endpoint by which it finds its places. */
function nameOf({ address, port }: Endpoint): string {
  return `${address}:${port}`;
}

/** A ring on which every endpoint has many places; a key leads to the next place behind it. Built as Envoy builds it, so that the same keys lead to the same endpoints. */
export function hashRing(endpoints: readonly WeightedEndpoint[], minimumSize: number): HashTable {
  const least = Math.min(...endpoints.map(({ share }) => share));
  const scale = Math.min(Math.ceil(least * minimumSize) / least, 8 * 1024 * 1024);
  const ring: { readonly hash: bigint; readonly endpoint: Endpoint }[] = [];
  let target = 0;
  for (const { endpoint, share } of endpoints) {
    const name = nameOf(endpoint);
    target += scale * share;
    for (let place = 0; ring.length < target; place++) ring.push({ hash: xxHash64(`${name}_${place}`), endpoint });
  }
  ring.sort((one, other) => (one.hash < other.hash ? -1 : one.hash > other.hash ? 1 : 0));
  return {
    find(key, attempt) {
      let [from, to] = [0, ring.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        if ((ring[middle] as { readonly hash: bigint }).hash < key) from = middle + 1;
        else to = middle;
      }
      return (ring[(from + attempt) % ring.length] as { readonly endpoint: Endpoint }).endpoint;
    },
  };
}

/** A table that the endpoints fill in turns, each in an order of its own: Maglev's. */
export function maglevTable(endpoints: readonly WeightedEndpoint[], size: number): HashTable {
  const table = new Array<Endpoint | undefined>(size).fill(undefined);
  const most = Math.max(...endpoints.map(({ share }) => share));
  const turns = endpoints.map(({ endpoint, share }) => {
    const name = nameOf(endpoint);
    return { endpoint, share, offset: Number(xxHash64(name) % BigInt(size)), skip: Number(xxHash64(name, 1n) % BigInt(size - 1)) + 1, next: 0, target: 0 };
  });
  let filled = 0;
  for (let round = 1; filled < size; round++) {
    for (const turn of turns) {
      if (filled === size) break;
      if (round * turn.share < turn.target) continue;
      turn.target += most;
      const place = () => (turn.offset + turn.skip * turn.next) % size;
      while (table[place()] !== undefined) turn.next++;
      table[place()] = turn.endpoint;
      turn.next++;
      filled++;
    }
  }
  return {
    find(key, attempt) {
      // Each attempt turns the key round in a way of its own.
      const turned = attempt === 0 ? key : key ^ BigInt.asUintN(64, ~0n - BigInt(attempt) + 1n);
      return table[Number(turned % BigInt(size))] as Endpoint;
    },
  };
}

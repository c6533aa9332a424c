import fc from 'fast-check';
import type { Endpoint } from '../../../src/mesh/service';
import { type HashTable, hashRing, maglevTable } from '../../../src/simulation/envoy/hash-table';
import { xxHash64 } from '../../../src/simulation/envoy/xx-hash';

const endpoints = [2, 3, 4, 5].map((last) => ({ endpoint: { address: `127.1.0.${last}`, port: 9080 } as Endpoint, share: 0.25 }));
const users = ['anna', 'bob', 'carl', 'dora', 'emil', 'franz'];

/** Where each user is led, by the last number of the address. */
const led = (table: HashTable, attempt = 0) => users.map((user) => Number(table.find(xxHash64(user), attempt).address.split('.')[3]));

describe('a ring', () => {
  it('leads every key where Envoy leads it', () => {
    expect(led(hashRing(endpoints, 1024))).toEqual([2, 2, 2, 4, 5, 5]);
    expect(led(hashRing(endpoints, 16))).toEqual([5, 3, 5, 3, 3, 4]);
    expect(led(hashRing(endpoints, 5))).toEqual([5, 5, 5, 3, 3, 4]);
  });

  it('leads later attempts further along', () => {
    const ring = hashRing(endpoints, 16);
    const visited = new Set(Array.from({ length: 16 }, (_, attempt) => ring.find(7n, attempt).address));
    expect(visited.size).toBe(4);
  });

  it('gives an endpoint places by its weight', () => {
    const [one, other] = [endpoints[0]?.endpoint as Endpoint, endpoints[1]?.endpoint as Endpoint];
    const ring = hashRing(
      [
        { endpoint: one, share: 0.1 },
        { endpoint: other, share: 0.9 },
      ],
      1024,
    );
    const found = Array.from({ length: 1000 }, (_, number) => ring.find(xxHash64(`key ${number}`), 0)).filter((each) => each === other);
    expect(found.length).toBeGreaterThan(800);
    expect(found.length).toBeLessThan(980);
  });
});

describe('the table of Maglev', () => {
  it('leads every key where Envoy leads it', () => {
    expect(led(maglevTable(endpoints, 1009))).toEqual([3, 4, 4, 4, 3, 4]);
  });

  it('leads later attempts elsewhere', () => {
    const table = maglevTable(endpoints, 1009);
    const visited = new Set(Array.from({ length: 16 }, (_, attempt) => table.find(7n, attempt).address));
    expect(visited.size).toBe(4);
  });
});

describe('both', () => {
  it('lead one key always to one endpoint', () => {
    const tables = [hashRing(endpoints, 64), maglevTable(endpoints, 251)];
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n - 1n), (key) => {
        for (const table of tables) expect(endpoints.map(({ endpoint }) => endpoint)).toContain(table.find(key, 0));
        for (const table of tables) expect(table.find(key, 0)).toBe(table.find(key, 0));
      }),
    );
  });
});

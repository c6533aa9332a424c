import type { Endpoint } from '../../../src/mesh/service';
import type { Workload } from '../../../src/mesh/workload';
import { possibilities } from '../../../src/simulation/chance';
import type { Cluster, LocalityEndpoints } from '../../../src/simulation/envoy/cluster';
import { Headers } from '../../../src/simulation/envoy/http';
import { type EndpointQuestion, pickEndpoint } from '../../../src/simulation/envoy/load-balancer';
import { Journey } from '../../../src/simulation/journey';
import { Memory } from '../../../src/simulation/memory';

const proxy = { name: 'client', namespace: 'shop' } as Workload;

function endpoint(address: string, weight = 1, healthy = true): Endpoint {
  return { address, port: 80, weight, healthy } as Endpoint;
}

function cluster(localities: readonly LocalityEndpoints[], more: Partial<Cluster> = {}): Cluster {
  return {
    name: 'c',
    localities,
    isLocalityWeighted: false,
    panicThreshold: 0,
    loadBalancing: 'LEAST_REQUEST',
    hashTableSize: 64,
    hash: [],
    ...more,
  } as Cluster;
}

const level = (priority: number, endpoints: Endpoint[], weight = 1): LocalityEndpoints => ({ priority, endpoints, weight });

const outlierDetection = { maxEjectionPercent: 100, baseEjectionTime: 1000 } as NonNullable<Cluster['outlierDetection']>;

/** A memory in which endpoints are out. */
function without(...addresses: string[]): Memory {
  return addresses.reduce(
    (memory, address) =>
      memory
        .later(5000)
        .answered({ proxy: 'client.shop', cluster: 'c', endpoint: `${address}:80`, endpoints: 100 }, [{ counter: '5xx', failed: true, limit: 1 }], {
          ...outlierDetection,
          baseEjectionTime: 1e6,
        }),
    Memory.EMPTY,
  );
}

/** The exact share of each endpoint. */
function shares(of: Cluster, question: Partial<EndpointQuestion> = {}, memory = Memory.EMPTY): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { share, value } of possibilities((chance) => pickEndpoint(new Journey(chance, memory), proxy, of, { sourceIp: '10.0.0.1', ...question }))) {
    found[value?.address ?? 'nobody'] = `${share}`;
  }
  return found;
}

const [a, b, c] = [endpoint('a'), endpoint('b'), endpoint('c')];

describe('the endpoint of a request', () => {
  it('is any of them in proportion to their weights', () => {
    expect(shares(cluster([level(0, [endpoint('a', 1), endpoint('b', 3)])]))).toEqual({ a: '1/4', b: '3/4' });
    expect(shares(cluster([level(0, [a, b]), level(0, [c])]))).toEqual({ a: '1/3', b: '1/3', c: '1/3' });
  });

  it('is nobody where there is none, or none is healthy', () => {
    expect(shares(cluster([]))).toEqual({ nobody: '1' });
    expect(shares(cluster([level(0, [endpoint('a', 1, false)])]))).toEqual({ nobody: '1' });
  });

  it('is of the first priority as long as that is healthy', () => {
    expect(shares(cluster([level(1, [b]), level(0, [a])]))).toEqual({ a: '1' });
    expect(shares(cluster([level(0, [endpoint('a', 1, false)]), level(1, [b])]))).toEqual({ b: '1' });
    expect(shares(cluster([level(0, [a, endpoint('x', 1, false)]), level(1, [b])]))).toEqual({ a: '7/10', b: '3/10' });
  });

  it('is of a locality by the weight of that, where the cluster says so', () => {
    const localities = [level(0, [a, b], 80), level(0, [c], 20)];
    expect(shares(cluster(localities, { isLocalityWeighted: true }))).toEqual({ a: '2/5', b: '2/5', c: '1/5' });
    expect(shares(cluster(localities))).toEqual({ a: '1/3', b: '1/3', c: '1/3' });
    const ailing = [level(0, [a, endpoint('x', 1, false)], 50), level(0, [c], 50)];
    expect(shares(cluster(ailing, { isLocalityWeighted: true }))).toEqual({ a: '7/17', c: '10/17' });
  });

  it('is not one that outlier detection has taken out, unless too few are left', () => {
    const detecting = cluster([level(0, [a, b])], { outlierDetection });
    expect(shares(detecting, {}, without('a'))).toEqual({ b: '1' });
    expect(shares(detecting, {}, without('a', 'b'))).toEqual({ nobody: '1' });
    expect(shares(cluster([level(0, [a, b])], { outlierDetection, panicThreshold: 60 }), {}, without('a'))).toEqual({ a: '1/2', b: '1/2' });
    expect(shares(cluster([level(0, [a]), level(1, [b])], { outlierDetection }), {}, without('a'))).toEqual({ b: '1' });
  });
});

describe('the endpoint of another attempt', () => {
  it('is one that was not tried, as long as traffic goes to any such', () => {
    const plain = cluster([level(0, [a, b, c])]);
    expect(shares(plain, { tried: [a], avoidsTried: true })).toEqual({ b: '1/2', c: '1/2' });
    expect(shares(plain, { tried: [a, b, c], avoidsTried: true })).toEqual({ a: '1/3', b: '1/3', c: '1/3' });
    expect(shares(plain, { tried: [a] })).toEqual({ a: '1/3', b: '1/3', c: '1/3' });
    expect(shares(cluster([level(0, [a]), level(1, [b])]), { tried: [a], avoidsTried: true })).toEqual({ a: '1' });
    expect(shares(cluster([level(0, [a, b], 80), level(0, [c], 20)], { isLocalityWeighted: true }), { tried: [a], avoidsTried: true })).toEqual({
      b: '2/3',
      c: '1/3',
    });
  });

  it('leaves a priority that was tried twice, where the retry policy wants it, until none is left', () => {
    const far = cluster([level(0, [a]), level(1, [b])]);
    expect(shares(far, { tried: [a], leavesPriorities: true })).toEqual({ a: '1' });
    expect(shares(far, { tried: [a, a], leavesPriorities: true })).toEqual({ b: '1' });
    expect(shares(far, { tried: [a, a, b], leavesPriorities: true })).toEqual({ b: '1' });
    expect(shares(far, { tried: [a, a, b, b], leavesPriorities: true })).toEqual({ a: '1' });
    expect(shares(far, { tried: [a, a] })).toEqual({ a: '1' });
  });
});

describe('the endpoint that a key leads to', () => {
  const request = (user?: string) => ({
    method: 'GET',
    scheme: 'http' as const,
    authority: 'x',
    path: '/',
    headers: Headers.of(user === undefined ? {} : { 'x-user': user }),
    body: '',
  });
  const hash = [{ kind: 'header' as const, name: 'x-user' }];
  const users = ['anna', 'bob', 'carl', 'dora', 'emil', 'franz'];

  it.each(['RING_HASH', 'MAGLEV'] as const)('of %s is always the same, and not the same for all', (loadBalancing) => {
    const hashing = cluster([level(0, [a, b, c])], { loadBalancing, hashTableSize: 251 });
    const found = users.map((user) => Object.keys(shares(hashing, { request: request(user), hash })).join());
    expect(new Set(found).size).toBeGreaterThan(1);
    expect(found.every((each) => each.length === 1)).toBe(true);
    expect(users.map((user) => Object.keys(shares(hashing, { request: request(user), hash })).join())).toEqual(found);
  });

  it('is left to chance without a key, and where only the route or only the cluster hashes', () => {
    const hashing = cluster([level(0, [a, b])], { loadBalancing: 'RING_HASH', hash: [{ kind: 'sourceIp' }] });
    expect(shares(hashing, { request: request(), hash })).toEqual({ a: '1/2', b: '1/2' });
    expect(shares(hashing, { request: request('anna') })).toEqual({ a: '1/2', b: '1/2' });
    expect(shares(cluster([level(0, [a, b])]), { request: request('anna'), hash })).toEqual({ a: '1/2', b: '1/2' });
  });

  it('is that of the address for a connection without requests', () => {
    const hashing = cluster([level(0, [a, b])], { loadBalancing: 'RING_HASH', hash: [{ kind: 'sourceIp' }] });
    expect(Object.values(shares(hashing))).toEqual(['1']);
  });

  it('passes over those that were tried, where the retry policy wants it', () => {
    const hashing = cluster([level(0, [a, b])], { loadBalancing: 'RING_HASH' });
    const [first] = Object.keys(shares(hashing, { request: request('anna'), hash }));
    const tried = [first === 'a' ? a : b];
    expect(Object.keys(shares(hashing, { request: request('anna'), hash, tried }))).toEqual([first]);
    expect(Object.keys(shares(hashing, { request: request('anna'), hash, tried, avoidsTried: true }))).not.toEqual([first]);
  });

  it('keeps to the priorities that get traffic', () => {
    const hashing = cluster([level(0, [endpoint('x', 1, false)]), level(1, [b])], { loadBalancing: 'RING_HASH' });
    expect(users.map((user) => Object.keys(shares(hashing, { request: request(user), hash })).join())).toEqual(users.map(() => 'b'));
  });
});

describe('the trace', () => {
  it('says which endpoint was taken out of how many, and what shaped the cluster', () => {
    const source = { manifest: {} as never, path: 'spec.subsets[0]' };
    const [way] = possibilities((chance) => {
      const journey = new Journey(chance);
      pickEndpoint(journey, proxy, cluster([level(0, [a, b])], { source }), { sourceIp: '10.0.0.1' });
      return journey.trace;
    });
    expect(way?.value).toEqual([{ decision: 'destination', proxy, text: 'a, port 80, one of 2 endpoints', source }]);
  });
});

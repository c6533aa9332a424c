import fc from 'fast-check';
import { type FilterChainMatch, type Inspected, matchFilterChain } from '../../../src/simulation/envoy/filter-chain-match';

type Chain = { readonly name: string; readonly match: FilterChainMatch };

function chain(name: string, match: Partial<FilterChainMatch>): Chain {
  return { name, match: { subnets: [], serverNames: [], applicationProtocols: [], ...match } };
}

const plain: Inspected = { ip: '10.0.0.1', serverName: '', transport: 'raw_buffer', applicationProtocols: [] };

describe('matchFilterChain', () => {
  it('prefers the longest prefix, and an address to every prefix', () => {
    const chains = [
      chain('any', {}),
      chain('8', { subnets: ['10.0.0.0/8'] }),
      chain('24', { subnets: ['10.0.0.0/24', '192.0.2.0/24'] }),
      chain('one', { subnets: ['10.0.0.1'] }),
    ];
    const at = (ip: string) => matchFilterChain(chains, { ...plain, ip })?.name;
    expect([at('10.0.0.1'), at('10.0.0.2'), at('10.1.0.1'), at('11.0.0.1'), at('fd00::1')]).toEqual(['one', '24', '8', 'any', 'any']);
  });

  it('compares addresses by their value', () => {
    expect(matchFilterChain([chain('six', { subnets: ['fd00:0::1'] })], { ...plain, ip: 'fd00::1' })?.name).toBe('six');
  });

  it('takes no notice of capitals in the names of a chain', () => {
    const chains = [chain('name', { serverNames: ['A.example.com'] }), chain('wide', { serverNames: ['*.Example.com'] })];
    const named = (serverName: string) => matchFilterChain(chains, { ...plain, serverName, transport: 'tls' })?.name;
    expect([named('a.example.com'), named('b.example.com')]).toEqual(['name', 'wide']);
  });

  it('prefers the name itself, then the longest wildcard, then chains that ask for no name', () => {
    const chains = [
      chain('none', {}),
      chain('wide', { serverNames: ['*.com'] }),
      chain('narrow', { serverNames: ['*.example.com'] }),
      chain('name', { serverNames: ['a.example.com'] }),
    ];
    const named = (serverName: string) => matchFilterChain(chains, { ...plain, serverName, transport: 'tls' })?.name;
    expect([named('a.example.com'), named('b.example.com'), named('x.y.example.com'), named('example.com'), named('com'), named('')]).toEqual([
      'name',
      'narrow',
      'narrow',
      'wide',
      'none',
      'none',
    ]);
  });

  it('does not go back to a wider prefix when a name is missing in the narrower one', () => {
    const chains = [chain('wide', { serverNames: ['a.com'] }), chain('narrow', { subnets: ['10.0.0.0/8'], serverNames: ['b.com'] })];
    expect(matchFilterChain(chains, { ...plain, serverName: 'a.com', transport: 'tls' })).toBeUndefined();
  });

  it('does not go back to chains for any transport when the one for the transport wants another protocol', () => {
    const chains = [chain('any', { serverNames: [] }), chain('http', { transport: 'raw_buffer', applicationProtocols: ['http/1.1'] })];
    expect(matchFilterChain(chains, { ...plain, applicationProtocols: ['http/1.1'] })?.name).toBe('http');
    expect(matchFilterChain(chains, plain)).toBeUndefined();
    expect(matchFilterChain(chains, { ...plain, transport: 'tls' })?.name).toBe('any');
  });

  it('never takes a chain whose conditions do not hold', () => {
    const ips = fc.constantFrom('10.0.0.1', '10.0.1.1', '192.0.2.1');
    const names = fc.constantFrom('a.example.com', 'b.example.com', 'example.com', '');
    const matches = fc.record({
      subnets: fc.subarray(['10.0.0.0/8', '10.0.0.0/24', '10.0.0.1', '192.0.2.0/24']),
      serverNames: fc.subarray(['a.example.com', '*.example.com', '*.com']),
      transport: fc.constantFrom(undefined, 'raw_buffer' as const, 'tls' as const),
      applicationProtocols: fc.subarray(['http/1.1', 'h2c', 'istio']),
    });
    const holds = ({ match: { transport, applicationProtocols, serverNames } }: Chain, found: Inspected): boolean =>
      (transport === undefined || transport === found.transport) &&
      (applicationProtocols.length === 0 || applicationProtocols.some((each) => found.applicationProtocols.includes(each))) &&
      (serverNames.length === 0 || serverNames.some((each) => each === found.serverName || (each.startsWith('*') && found.serverName.endsWith(each.slice(1)))));
    fc.assert(
      fc.property(
        fc.array(matches),
        fc.record({
          ip: ips,
          serverName: names,
          transport: fc.constantFrom('raw_buffer' as const, 'tls' as const),
          applicationProtocols: fc.subarray(['http/1.1', 'istio']),
        }),
        (all, found) => {
          const chains = all.map(({ transport, ...match }, index) => chain(String(index), { ...match, ...(transport && { transport }) }));
          const taken = matchFilterChain(chains, found);
          expect(taken === undefined || holds(taken, found)).toBe(true);
          // A chain that asks for nothing takes what comes, unless others are more specific.
          if (
            chains.every(
              (each) =>
                each.match.subnets.length + each.match.serverNames.length + each.match.applicationProtocols.length === 0 && each.match.transport === undefined,
            )
          ) {
            expect(taken).toBe(chains[0]);
          }
        },
      ),
    );
  });
});

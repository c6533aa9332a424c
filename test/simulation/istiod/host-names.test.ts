import fc from 'fast-check';
import { hostnamesBehind, otherNames } from '../../../src/simulation/istiod/host-names';

const caller = { namespace: 'shop', domain: 'cluster.local' };

describe('otherNames', () => {
  it('are the short forms of a service, the bare name only in its own namespace', () => {
    expect(otherNames('web.shop.svc.cluster.local', caller)).toEqual(['web.shop.svc.cluster.local.', 'web.shop.svc', 'web.shop', 'web']);
    expect(otherNames('web.ops.svc.cluster.local', caller)).toEqual(['web.ops.svc.cluster.local.', 'web.ops.svc', 'web.ops']);
  });

  it('of other hosts are only those with a dot at the end', () => {
    expect(otherNames('www.example.com', caller)).toEqual(['www.example.com.']);
    expect(otherNames('svc.cluster.local', caller)).toEqual(['svc.cluster.local.']);
    expect(otherNames('web.svc.cluster.local', caller)).toEqual(['web.svc.cluster.local.']);
  });

  it('lead back to their hostname', () => {
    const label = fc.constantFrom('web', 'shop', 'ops', 'cluster', 'local', 'com');
    const hostname = fc
      .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([labels, inCluster]) => labels.join('.') + (inCluster ? '.svc.cluster.local' : ''));
    fc.assert(
      fc.property(hostname, (host) => {
        for (const name of otherNames(host, caller)) expect(hostnamesBehind(name, caller)).toContain(host);
      }),
    );
  });
});

import { meshConfig } from '../../src/mesh/mesh-config';
import { acceptedTrustDomains, expandedTrustDomains, withTrustDomainAliases } from '../../src/mesh/trust-domains';
import { meshOf } from './mesh-of';

const config = meshConfig({ trustDomain: 'new', trustDomainAliases: ['old', 'older'] });
const principals = (...values: string[]) => withTrustDomainAliases(config, values);

test('a principal of the own trust domain, of an alias, or of cluster.local counts for all of them', () => {
  const all = ['new/ns/a/sa/b', 'old/ns/a/sa/b', 'older/ns/a/sa/b'];
  expect(principals('new/ns/a/sa/b')).toEqual(all);
  expect(principals('old/ns/a/sa/b')).toEqual(all);
  expect(principals('cluster.local/ns/a/sa/b')).toEqual(all);
});

test('a principal of another trust domain, of any, or of none stays as it is', () => {
  expect(principals('foreign/ns/a/sa/b', '*/ns/a/sa/b', 'sa/b', '*')).toEqual(['foreign/ns/a/sa/b', '*/ns/a/sa/b', 'sa/b', '*']);
});

test('a pattern of a trust domain stays for the domains that fit it, and is repeated for the others', () => {
  expect(principals('*ld/ns/a/sa/b')).toEqual(['new/ns/a/sa/b', '*ld/ns/a/sa/b', 'older/ns/a/sa/b']);
});

test('a pattern at the end of a trust domain, or in an alias, counts for the domains that fit it', () => {
  expect(principals('ol*/ns/a/sa/b')).toEqual(['new/ns/a/sa/b', 'old/ns/a/sa/b', 'older/ns/a/sa/b']);
  expect(principals('x*/ns/a/sa/b', '*x/ns/a/sa/b')).toEqual(['x*/ns/a/sa/b', '*x/ns/a/sa/b']);
  const patterns = meshConfig({ trustDomain: 'new', trustDomainAliases: ['team-*', '*-lab'] });
  const repeated = (domain: string) =>
    ['new', 'team-*', '*-lab'].map((each) => `${each}/ns/a/sa/b`).includes(withTrustDomainAliases(patterns, [`${domain}/ns/a/sa/b`])[0] as string);
  expect(['team-one', 'dev-lab', 'one', 'lab-dev'].map(repeated)).toEqual([true, true, false, false]);
});

test('trust domains are expanded to all that stand for the mesh, once each', () => {
  expect(expandedTrustDomains(config, ['old', 'new', 'foreign'])).toEqual(['new', 'old', 'older', 'foreign']);
});

test('servers accept the own trust domain, its aliases and those of further authorities, unless nobody looks', () => {
  const mesh = { trustDomain: 'new', trustDomainAliases: ['old', 'new'], caCertificates: [{ trustDomains: ['partner', ''] }, {}] };
  expect(acceptedTrustDomains(meshOf('{}', { mesh }))).toEqual(['new', 'old', 'partner']);
  expect(acceptedTrustDomains(meshOf('{}', { mesh, env: { PILOT_SKIP_VALIDATE_TRUST_DOMAIN: 'true' } }))).toEqual([]);
});

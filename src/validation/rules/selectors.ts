import { ruleTable } from '../../manifest/rule';
import { example } from './example';

const authentication = (labels: string) => `
selector:
  matchLabels: ${labels}
mtls:
  mode: STRICT`;

/** Rules about the labels that select workloads. */
export const selectorRules = ruleTable({
  emptyKey: {
    code: 'selector/empty-key',
    severity: 'error',
    istiod: ['S1', 'S3', 'DR6', 'SE1', 'SC1', 'EF1', 'PA4', 'RA1', 'AP1', 'TE1', 'WP1'],
    title: 'A label of a selector has no key.',
    effect: 'The cluster refuses the object.',
    fix: 'name the label',
    bad: example('PeerAuthentication', authentication('{ "": reviews }')),
    good: example('PeerAuthentication', authentication('{ app: reviews }')),
  },
  wildcard: {
    code: 'selector/wildcard',
    severity: 'error',
    istiod: ['S1', 'S3', 'DR6', 'SE1', 'SC1', 'EF1', 'PA4', 'RA1', 'AP1', 'TE1', 'WP1'],
    title: 'Selectors compare labels as they are; wildcards do not exist.',
    effect: 'The cluster refuses the object.',
    fix: 'write the whole value, or give the workloads a label in common',
    bad: example('PeerAuthentication', authentication('{ app: "reviews*" }')),
    good: example('PeerAuthentication', authentication('{ app: reviews }')),
  },
  empty: {
    code: 'selector/empty',
    severity: 'warning',
    istiod: ['S2', 'S4', 'DR6', 'SE1', 'SC1', 'EF1', 'PA4', 'RA1', 'AP1', 'TE1', 'WP1'],
    title: 'A selector without labels selects every workload of the namespace.',
    effect: 'The object applies to all workloads of its namespace (in the root namespace: of the mesh), as if it had no selector.',
    fix: 'name a label, or remove the selector to say that all workloads are meant',
    bad: example('PeerAuthentication', authentication('{}')),
    good: example('PeerAuthentication', authentication('{ app: reviews }')),
  },
});

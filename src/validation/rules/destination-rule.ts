import { ruleTable } from '../../manifest/rule';
import { example } from './example';

const rule = (host: string, subsets: string) => example('DestinationRule', `host: ${host}\nsubsets:\n${subsets}`);
const subset = (name: string) => `- name: ${name}\n  labels:\n    version: v1`;

/** Rules about DestinationRules themselves; those of their policies have tables of their own. */
export const destinationRuleRules = ruleTable({
  host: {
    code: 'destination-rule/host',
    severity: 'error',
    istiod: ['DR1'],
    title: 'A DestinationRule has no host, or a malformed one.',
    effect: 'The cluster refuses the object.',
    fix: 'write the name of a service, such as reviews or *.example.com',
    bad: rule('"reviews.*"', subset('v1')),
    good: rule('reviews', subset('v1')),
  },
  duplicateSubset: {
    code: 'destination-rule/duplicate-subset',
    severity: 'error',
    istiod: ['DR2'],
    title: 'Two subsets have the same name.',
    effect: 'The cluster refuses the object.',
    fix: 'give every subset a name of its own, or merge the two',
    bad: rule('reviews', `${subset('v1')}\n${subset('v1')}`),
    good: rule('reviews', `${subset('v1')}\n${subset('v2')}`),
  },
  subsetName: {
    code: 'destination-rule/subset-name',
    severity: 'error',
    istiod: ['DR3'],
    title: 'The name of a subset is missing or malformed.',
    effect: 'The cluster refuses the object.',
    fix: 'write at most 63 letters, digits and hyphens, with a letter or digit at both ends',
    bad: rule('reviews', subset('v_1')),
    good: rule('reviews', subset('v1')),
  },
});

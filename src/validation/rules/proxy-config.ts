import { ruleTable } from '../../manifest/rule';
import { example } from './example';

/** Rules about ProxyConfigs. */
export const proxyConfigRules = ruleTable({
  concurrency: {
    code: 'proxy-config/concurrency',
    severity: 'error',
    istiod: ['PC1'],
    title: 'The number of threads is negative.',
    effect: 'The cluster refuses the object.',
    fix: 'write 0 for as many threads as there are processors, or their number',
    bad: example('ProxyConfig', 'concurrency: -1'),
    good: example('ProxyConfig', 'concurrency: 2'),
  },
});

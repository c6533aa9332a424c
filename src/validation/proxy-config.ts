import type { KindCheck } from './context';
import { message, number } from './decoded';
import { proxyConfigRules as rules } from './rules/proxy-config';
import { checkSelector } from './selectors';

/** What istiod checks in a ProxyConfig. */
export const checkProxyConfig: KindCheck = (spec, context) => {
  checkSelector(message(spec.selector), 'spec.selector', context);
  if (number(spec.concurrency) < 0) {
    context.report(rules.concurrency, 'spec.concurrency', `A proxy cannot run ${number(spec.concurrency)} threads.`);
  }
};

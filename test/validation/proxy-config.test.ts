import { found } from './istiod';

test('PC1: the number of threads is not negative', () => {
  expect(found('ProxyConfig', { concurrency: -1 })).toEqual(['proxy-config/concurrency spec.concurrency']);
  expect(found('ProxyConfig', { concurrency: 0 })).toEqual([]);
});

test('the selector of a ProxyConfig is checked', () => {
  expect(found('ProxyConfig', { selector: {} })).toEqual(['selector/empty spec.selector']);
  expect(found('ProxyConfig', { selector: { matchLabels: { a: '*' } } })).toEqual(['selector/wildcard spec.selector.matchLabels[a]']);
});

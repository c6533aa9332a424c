import { checkSelector, checkWorkloadSelector } from '../../src/validation/selectors';
import { reported } from './istiod';

const matching = (matchLabels: { readonly [key: string]: string }) => reported((context) => checkSelector({ matchLabels }, 'spec.selector', context));
const labelled = (labels: { readonly [key: string]: string }) => reported((context) => checkWorkloadSelector({ labels }, 'spec.workloadSelector', context));

test('S1: a label of a selector has a key, and no wildcard in key or value', () => {
  expect(matching({ '': 'reviews' })).toEqual(['selector/empty-key spec.selector.matchLabels[]']);
  expect(matching({ app: 'rev*' })).toEqual(['selector/wildcard spec.selector.matchLabels[app]']);
  expect(matching({ 'a*': 'reviews' })).toEqual(['selector/wildcard spec.selector.matchLabels[a*]']);
  expect(matching({ app: 'reviews' })).toEqual([]);
});

test('S2: a selector without labels is warned about; no selector is not', () => {
  expect(matching({})).toEqual(['selector/empty spec.selector']);
  expect(reported((context) => checkSelector({}, 'spec.selector', context))).toEqual(['selector/empty spec.selector']);
  expect(reported((context) => checkSelector(undefined, 'spec.selector', context))).toEqual([]);
});

test('S3: the same holds for a workloadSelector, and the caller is told of errors', () => {
  expect(labelled({ '': 'reviews' })).toEqual(['selector/empty-key spec.workloadSelector.labels[]']);
  expect(labelled({ app: '*' })).toEqual(['selector/wildcard spec.workloadSelector.labels[app]']);
  reported((context) => expect(checkWorkloadSelector({ labels: { app: '*' } }, 'spec', context)).toBe(false));
  reported((context) => expect(checkWorkloadSelector({ labels: { app: 'reviews' } }, 'spec', context)).toBe(true));
});

test('S4: a workloadSelector without labels is warned about, which is no error', () => {
  expect(labelled({})).toEqual(['selector/empty spec.workloadSelector']);
  reported((context) => expect(checkWorkloadSelector({}, 'spec', context)).toBe(true));
});

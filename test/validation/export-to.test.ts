import { checkExportTo, type ExportToOptions } from '../../src/validation/export-to';
import { reported } from './istiod';

const exported = (entries: string[], options?: ExportToOptions) => reported((context) => checkExportTo(entries, context, options), { namespace: 'bookinfo' });

test('X1: a namespace may stand once, and "." is the own one', () => {
  expect(exported(['ratings', 'ratings'])).toEqual(['export-to/duplicate spec.exportTo[1]']);
  expect(exported(['.', 'bookinfo'])).toEqual(['export-to/duplicate spec.exportTo[1]']);
  expect(exported(['bookinfo', '.'])).toEqual(['export-to/duplicate spec.exportTo[1]']);
  expect(exported(['.', 'ratings'])).toEqual([]);
});

test('X2: an entry is ".", "*" or a namespace, and "~" is for ServiceEntries', () => {
  expect(exported(['a.b'])).toEqual(['export-to/invalid spec.exportTo[0]']);
  expect(exported(['~'])).toEqual(['export-to/invalid spec.exportTo[0]']);
  expect(exported(['~'], { allowNone: true })).toEqual([]);
});

test('X3: "*" stands alone, a second "*" included', () => {
  expect(exported(['*', 'ratings'])).toEqual(['export-to/public-and-more spec.exportTo']);
  expect(exported(['*', '*'])).toEqual(['export-to/duplicate spec.exportTo[1]', 'export-to/public-and-more spec.exportTo']);
  expect(exported(['*'])).toEqual([]);
});

test('X4: "~" stands alone', () => {
  expect(exported(['~', 'ratings'], { allowNone: true })).toEqual(['export-to/none-and-more spec.exportTo']);
});

test('X5: with a workloadSelector only the own namespace is left', () => {
  const path = 'export-to/selector-beyond-namespace spec.exportTo';
  expect(exported(['ratings'], { ownNamespaceOnly: true })).toEqual([path]);
  expect(exported(['.', 'ratings'], { ownNamespaceOnly: true })).toEqual([path]);
  expect(exported(['*'], { ownNamespaceOnly: true })).toEqual([path]);
  expect(exported(['.'], { ownNamespaceOnly: true })).toEqual([]);
  expect(exported(['bookinfo'], { ownNamespaceOnly: true })).toEqual([]);
  expect(exported([], { ownNamespaceOnly: true })).toEqual([]);
});

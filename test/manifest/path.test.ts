import * as fc from 'fast-check';
import { fieldPath, formatPath, itemPath, keyPath, parsePath } from '../../src/manifest/path';

test('paths are written as the API server writes them', () => {
  expect(itemPath(fieldPath(fieldPath('', 'spec'), 'http'), 0)).toBe('spec.http[0]');
  expect(keyPath('spec.selector.matchLabels', 'app')).toBe('spec.selector.matchLabels[app]');
  expect(formatPath(['metadata', 'labels', 'app.kubernetes.io/name'])).toBe('metadata.labels[app.kubernetes.io/name]');
  expect(formatPath([])).toBe('');
});

test.each([
  ['', []],
  ['spec', ['spec']],
  ['spec.http[0].match[12].uri', ['spec', 'http', 0, 'match', 12, 'uri']],
  ['metadata.labels[app.kubernetes.io/name]', ['metadata', 'labels', 'app.kubernetes.io/name']],
  ['a[b[0].c].d', ['a', 'b[0].c', 'd']],
  ['a[007]', ['a', '007']],
  ['a[open', ['a', 'open']],
])('%j is read as %j', (path, segments) => {
  expect(parsePath(path)).toEqual(segments);
});

test('what was written reads back', () => {
  const segment = fc.oneof(fc.nat(), fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]*$/), fc.stringMatching(/^[a-z]+[./ ][a-z]+$/));
  fc.assert(fc.property(fc.array(segment), (segments) => expect(parsePath(formatPath(segments))).toEqual(segments)));
});

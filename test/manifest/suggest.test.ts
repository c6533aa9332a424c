import * as fc from 'fast-check';
import { editDistance, suggest } from '../../src/manifest/suggest';

const route = [
  'name',
  'match',
  'route',
  'redirect',
  'directResponse',
  'delegate',
  'rewrite',
  'timeout',
  'retries',
  'fault',
  'mirror',
  'mirrorPercentage',
  'corsPolicy',
  'headers',
  'mirrors',
];

test.each([
  ['macth', route, 'match'],
  ['matches', route, 'match'],
  ['Timeout', route, 'timeout'],
  ['mirror_percentage', route, 'mirrorPercentage'],
  ['retry', route, 'retries'],
  ['header', route, 'headers'],
  ['direct-response', route, 'directResponse'],
  ['cors', route, undefined],
  ['frobnicate', route, undefined],
  ['host', ['hosts', 'http'], 'hosts'],
  ['hosts', ['host', 'subset', 'port'], 'host'],
  ['labels', ['matchLabels'], 'matchLabels'],
  ['selector', ['workloadSelector', 'spec'], 'workloadSelector'],
  ['gateway', ['gateways', 'hosts', 'exportTo'], 'gateways'],
  ['export_to', ['gateways', 'hosts', 'exportTo'], 'exportTo'],
  ['percent', ['percentage', 'delay'], 'percentage'],
  ['VirtualServce', ['VirtualService', 'ServiceEntry'], 'VirtualService'],
  ['ROUND_ROBBIN', ['ROUND_ROBIN', 'RANDOM', 'LEAST_REQUEST'], 'ROUND_ROBIN'],
  ['strict', ['STRICT', 'PERMISSIVE'], 'STRICT'],
  ['a', ['b', 'c'], undefined],
  ['', ['a'], undefined],
  ['match', ['match'], undefined],
])('%j among %j: %s', (written, known, meant) => {
  expect(suggest(written, known)).toBe(meant);
});

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', 'acb', 1],
  ['abc', 'ab', 1],
  ['abc', 'xabc', 1],
  ['abc', 'axc', 1],
  ['kitten', 'sitting', 3],
])('%j is %j after %i edits', (one, other, edits) => {
  expect(editDistance(one, other)).toBe(edits);
});

test('the edit distance has no direction, and a limit only cuts it off', () => {
  const word = fc.stringMatching(/^[abc]{0,8}$/);
  fc.assert(
    fc.property(word, word, fc.nat(8), (one, other, limit) => {
      const distance = editDistance(one, other);
      expect(editDistance(other, one)).toBe(distance);
      expect(editDistance(one, other, limit)).toBe(Math.min(distance, limit + 1));
      expect(distance === 0).toBe(one === other);
    }),
  );
});

import { isIstioLabelKey, isIstioLabelValue, isKubernetesLabelKey, isKubernetesLabelValue, labelsMatch, selectorMatches } from '../../src/manifest/labels';

const long = 'a'.repeat(64);

test('label keys', () => {
  const right = ['app', 'a.b_c-D', 'example.com/app', '1', `${'a'.repeat(253)}/x`];
  const wrong = ['', '-a', 'a-', 'a b', '/a', 'a/', 'a/b/c', long, `${'a'.repeat(254)}/x`, 'a_b/c', '*'];
  for (const accepts of [isKubernetesLabelKey, isIstioLabelKey]) {
    expect(right.filter((key) => !accepts(key))).toEqual([]);
    expect(wrong.filter(accepts)).toEqual([]);
  }
  expect([isKubernetesLabelKey('Example.com/a'), isIstioLabelKey('Example.com/a')]).toEqual([false, true]);
});

test('label values', () => {
  for (const accepts of [isKubernetesLabelValue, isIstioLabelValue]) {
    expect(['', 'v1', 'A.b_c-d'].filter((value) => !accepts(value))).toEqual([]);
    expect(['-', 'a ', 'a/b', '*'].filter(accepts)).toEqual([]);
  }
  expect([isKubernetesLabelValue(long), isIstioLabelValue(long)]).toEqual([false, true]);
});

test('a selector selects what has all of its labels', () => {
  expect(labelsMatch({}, { a: '1' })).toBe(true);
  expect(labelsMatch({ a: '1' }, { a: '1', b: '2' })).toBe(true);
  expect(labelsMatch({ a: '1', b: '2' }, { a: '1' })).toBe(false);
  expect(labelsMatch({ a: '1' }, { a: '2' })).toBe(false);
  expect(labelsMatch({ toString: 'x' }, {})).toBe(false);
});

test.each([
  ['In', ['1', '2'], true, false, false],
  ['NotIn', ['1'], false, true, true],
  ['Exists', undefined, true, true, false],
  ['DoesNotExist', undefined, false, false, true],
] as const)('the expression %s %j', (operator, values, one, three, none) => {
  const selects = (labels: { [key: string]: string }): boolean =>
    selectorMatches({ matchExpressions: [{ key: 'a', operator, ...(values ? { values } : {}) }] }, labels);
  expect([selects({ a: '1' }), selects({ a: '3' }), selects({})]).toEqual([one, three, none]);
});

test('labels and expressions must agree', () => {
  const selector = { matchLabels: { app: 'x' }, matchExpressions: [{ key: 'canary', operator: 'DoesNotExist' }] } as const;
  expect(selectorMatches(selector, { app: 'x' })).toBe(true);
  expect(selectorMatches(selector, { app: 'x', canary: '' })).toBe(false);
  expect(selectorMatches(selector, {})).toBe(false);
});

import fc from 'fast-check';
import { escapeProperty, unescapeProperty } from '../../../src/schema/cel/escaping';

describe('names of properties', () => {
  test.each([
    ['name', 'name'],
    ['namespace', '__namespace__'],
    ['in', '__in__'],
    ['a-b', 'a__dash__b'],
    ['a.b/c', 'a__dot__b__slash__c'],
    ['a__b', 'a__underscores__b'],
    ['a___b', 'a__underscores___b'],
    ['_a_', '_a_'],
    ['int', 'int'],
    ['x-y__z', 'x__dash__y__underscores__z'],
  ])('%s is written %s', (name, escaped) => {
    expect(escapeProperty(name)).toBe(escaped);
    expect(unescapeProperty(escaped)).toBe(name);
  });

  test.each(['', '1a', 'a b', 'é', 'a$'])('%j cannot be written', (name) => {
    expect(escapeProperty(name)).toBeUndefined();
  });

  test.each(['__unknown__', 'a__namespace__', 'a__b__c'])('%j means nothing', (escaped) => {
    expect(unescapeProperty(escaped)).toBeUndefined();
  });

  test('every name that can be written comes back', () => {
    const names = fc
      .array(fc.constantFrom('a', 'Z', '0', '_', '__', '-', '.', '/', 'namespace', 'in', 'dash', 'underscores'), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(names, (name) => {
        const escaped = escapeProperty(name);
        // Underscores beside an escape are ambiguous for Kubernetes too.
        fc.pre(escaped !== undefined && !/___|__(?:dash|dot|slash|underscores|namespace|in)__/.test(name) && !/_[-./]|[-./]_|_{3}/.test(name));
        expect(unescapeProperty(escaped as string)).toBe(name);
      }),
    );
  });
});

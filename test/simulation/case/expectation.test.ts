import fc from 'fast-check';
import { countedAlike, fits, valueAt } from '../../../src/simulation/case/expectation';

test.each<[unknown, unknown, boolean]>([
  [200, 200, true],
  [200, 201, false],
  [200, '200', false],
  [true, true, true],
  [null, undefined, true],
  [null, null, true],
  [null, 0, false],
  [0, null, false],
  [{ min: 1, max: 2 }, 1, true],
  [{ min: 1, max: 2 }, 2.5, false],
  [{ min: 1 }, 7, true],
  [{ max: 1 }, 7, false],
  [{ min: 1 }, '7', false],
  [{ min: 0 }, undefined, false],
  [{ regex: 'b+c$' }, 'abbc', true],
  [{ regex: '^b' }, 'abbc', false],
  [{ regex: '1' }, 1, false],
  [{ oneOf: ['reset', 'closed'] }, 'reset', true],
  [{ oneOf: ['reset', { regex: '^t' }] }, 'tls', true],
  [{ oneOf: [] }, 'reset', false],
  [{ oneOf: [null, 'x'] }, undefined, true],
  [{}, {}, true],
  [{}, { a: 1 }, true],
  [{}, undefined, false],
  [{ a: 1 }, { a: 1, b: 2 }, true],
  [{ a: 1, b: null }, { a: 1 }, true],
  [{ a: 1 }, { b: 2 }, false],
  [{ a: 1 }, [1], false],
  [{ v1: { min: 0, max: 3 } }, {}, true],
  [{ v1: { max: 3 } }, {}, false],
  [{ regex: 'a', more: 1 }, { regex: 'a', more: 1 }, true],
  [[1, { a: 1 }], [1, { a: 1, b: 2 }], true],
  [[1], [1, 2], false],
  [[], {}, false],
  [[], [], true],
])('%j is expected and %j comes: %s', (expected, actual, result) => {
  expect(fits(expected, actual)).toBe(result);
});

test('whatever comes fits itself, unless it is written in a form of its own', () => {
  const plain = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const value = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, plain, fc.array(tie('value')), fc.dictionary(fc.constantFrom('a', 'b', 'c.d'), tie('value'), { noNullPrototype: true })),
  })).value;
  fc.assert(fc.property(value, (each) => fits(each, each)));
});

test('paths lead into objects, and names that hold dots are found', () => {
  const result = { status: 200, responseHeaders: { location: '/x', 'a.b': 'y' }, 'x.y': { z: 1 }, list: [1] };
  const paths = [
    'status',
    'responseHeaders.location',
    'responseHeaders.a.b',
    'x.y',
    'x.y.z',
    'responseHeaders.none',
    'status.code',
    'none.none',
    'list.0',
    'constructor',
  ];
  expect(paths.map((path) => valueAt(result, path))).toEqual([200, '/x', 'y', { z: 1 }, undefined, undefined, undefined, undefined, undefined, undefined]);
});

test.each<[number, number, number, boolean]>([
  [20, 19.99998, 20, true],
  [20, 20, 20, true],
  [19, 20, 20, false],
  [1, 0, 20, false],
  [6, 10, 20, true],
  [20, 10, 20, true],
  [35, 50, 100, true],
  [20, 50, 100, false],
])('counting %j where the share says %j of %j: %s', (expected, actual, count, result) => {
  expect(fits({ 200: expected }, { 200: actual }, countedAlike(count))).toBe(result);
});

import { CelEvaluationError, compileRule, Optional } from '../../../src/schema/cel';
import { show } from './show';

function evaluate(expression: string, self: unknown = null): unknown {
  return compileRule(expression).evaluate({ self });
}

function failure(expression: string, self: unknown = null): string {
  const rule = compileRule(expression);
  try {
    rule.evaluate({ self });
  } catch (error) {
    if (error instanceof CelEvaluationError) {
      return error.message;
    }
    throw error;
  }
  throw new Error(`${expression} should fail`);
}

describe('an error that a decided term makes irrelevant is forgotten', () => {
  test.each([
    ['self.missing || true', true],
    ['true || self.missing', true],
    ['self.missing && false', false],
    ['false && self.missing', false],
    ['1 / self.zero == 1 || self.missing || true', true],
    ['[0, 1].exists(x, 1 / x == 1)', true],
    ['[0, 2].all(x, 1 / x == 1)', false],
    ['self.list.exists(x, x.a == 2)', true],
    ['{"a": 0, "b": 1}.exists(k, v, 1 / v == 1)', true],
    ['true ? 1 : self.missing', 1],
    ['optional.of(1).orValue(self.missing)', 1],
    ['cel.bind(x, self.missing, true || x)', true],
  ])('%s is %s', (expression, expected) => {
    expect(evaluate(expression, { zero: 0, list: [{}, { a: 2 }] })).toBe(expected);
  });
});

describe('an error that could decide is reported in the words of cel-go', () => {
  test.each([
    ['self.missing', 'no such key: missing'],
    ['self.a.missing', 'no such key: missing'],
    ['self.missing.a', 'no such key: missing'],
    ['has(self.missing.a)', 'no such key: missing'],
    ['self["missing"]', 'no such key: missing'],
    ['self.list[3]', 'index out of bounds: 3'],
    ['self.list["a"]', "unsupported index type 'string' in list"],
    ['self.missing || false', 'no such key: missing'],
    ['false || self.missing', 'no such key: missing'],
    ['self.missing && self.absent', 'no such key: missing'],
    ['self.a && true', 'no such overload'],
    ['!self.list', 'no such overload'],
    ['self.list ? 1 : 2', 'no such overload'],
    ['self.list + 1', 'no such overload'],
    ['self.list < self.list', 'no such overload'],
    ['self.list.contains("a")', 'no such overload: contains(list, string)'],
    ['self.list.all(x, x)', 'no such overload'],
    ['[0, 2].exists(x, 1 / x == 1)', 'division by zero'],
    ['[0].exists_one(x, 1 / x == 1)', 'division by zero'],
    ['self.n.all(x, true)', "got 'int', expected iterable type"],
    ['1 / 0', 'division by zero'],
    ['1 % 0', 'modulus by zero'],
    ['9223372036854775807 + 1', 'integer overflow'],
    ['-(-9223372036854775808)', 'integer overflow'],
    ['0u - 1u', 'unsigned integer overflow'],
    ['0.0 / 0.0 < 1.0', 'NaN values cannot be ordered'],
    ['int("a")', "type conversion error from 'string' to 'int'"],
    ['duration(self.s)', "type conversion error from 'string' to 'google.protobuf.Duration'"],
    ['self.s.substring(2, 5)', 'index out of range: 5'],
    ['optional.none().value()', 'optional.none() dereference'],
    ['[].max()', 'max called on empty list'],
    ['[1, 1].transformMapEntry(i, v, {v: i})', 'insert failed: key 1 already exists'],
  ])('%s: %s', (expression, message) => {
    expect(failure(expression, { a: {}, list: [1], n: 1, s: 'abc' })).toBe(message);
  });
});

describe('numbers of plain JSON', () => {
  test.each([
    [80, '80'],
    [-0, '0'],
    [1.5, 'double 1.5e+00'],
    [2 ** 53, '9007199254740992'],
    [2 ** 63, 'double 9.223372036854776e+18'],
    [9007199254740993n, '9007199254740993'],
    [5n, '5'],
  ])('%s is %s', (value, expected) => {
    expect(show(evaluate('self', value))).toBe(expected);
    expect(show(evaluate('self.a', { a: value }))).toBe(expected);
    expect(show(evaluate('self[0]', [value]))).toBe(expected);
    expect(show(evaluate('self.map(x, x)', [value]))).toBe(`[${expected}]`);
  });

  test('whole numbers beyond what JavaScript counts exactly are still counted exactly', () => {
    expect(evaluate('9007199254740993 + 2 == 9007199254740995')).toBe(true);
    expect(evaluate('9007199254740993 - 9007199254740992')).toBe(1);
    expect(evaluate('3037000499 * 3037000499')).toBe(9223372030926249001n);
    expect(evaluate('9223372036854775807 / 3')).toBe(3074457345618258602n);
    expect(evaluate('-9223372036854775808 == -9223372036854775807 - 1')).toBe(true);
  });
});

describe('what is present', () => {
  test.each([
    ['has(self.a)', { a: 1 }, true],
    ['has(self.a)', { a: '' }, true],
    ['has(self.a)', {}, false],
    ['has(self.a)', { a: null }, false],
    ['has(self.a)', { a: undefined }, false],
    ['has(self.constructor)', {}, false],
    ['has(self.toString)', { toString: 1 }, true],
    ['"hasOwnProperty" in self', {}, false],
    ['"a" in self', { a: 1 }, true],
    ['has(self.__namespace__)', { namespace: 'x' }, true],
    ['has(self.a__dash__b)', { 'a-b': 'x' }, true],
    ['self.all(key, key != "__proto__")', JSON.parse('{"__proto__": 1}'), false],
  ])('%s in %j: %s', (expression, self, expected) => {
    expect(evaluate(expression, self)).toBe(expected);
  });
});

describe('variables', () => {
  test('a rule that compares with the object before a change says so', () => {
    expect(compileRule('self == oldSelf').usesOldSelf).toBe(true);
    expect(compileRule('!has(self.oldSelf) && "oldSelf" != ""').usesOldSelf).toBe(false);
    expect(compileRule('[1].all(oldSelf, oldSelf == 1)').usesOldSelf).toBe(false);
    expect(compileRule('self == oldSelf').evaluate({ self: { a: [1] }, oldSelf: { a: [1] } })).toBe(true);
  });

  test('with an optional oldSelf the object before creation is none', () => {
    const rule = compileRule('oldSelf.hasValue() ? self >= oldSelf.value() : self == 1');
    expect(rule.evaluate({ self: 1, oldSelf: Optional.none })).toBe(true);
    expect(rule.evaluate({ self: 1, oldSelf: Optional.of(2) })).toBe(false);
  });

  test('one that is not given is an error where it is read, and nowhere else', () => {
    const rule = compileRule('self || oldSelf == 1');
    expect(rule.evaluate({ self: true })).toBe(true);
    expect(() => rule.evaluate({ self: false })).toThrow('no such attribute: oldSelf');
  });

  test('others are those that the caller names', () => {
    expect(compileRule('object.kind in kinds', { variables: ['object', 'kinds'] }).evaluate({ object: { kind: 'a' }, kinds: ['a'] })).toBe(true);
    expect(() => compileRule('object.kind')).toThrow("undeclared reference to 'object' (at 1:1)");
    expect(() => compileRule('self', { variables: [] })).toThrow("undeclared reference to 'self'");
  });

  test('those of macros hide others of the same name, inside only', () => {
    expect(evaluate('[1, 2].all(self, self < 3) && self == 5', 5)).toBe(true);
    expect(evaluate('[1].map(x, [2].map(x, x) + [x])[0] == [2, 1]')).toBe(true);
    expect(() => compileRule('[1].all(x, true) && x == 1')).toThrow("undeclared reference to 'x' (at 1:21)");
  });
});

test('one rule can be evaluated on many objects, and one inside the answer of another', () => {
  const outer = compileRule('self.all(x, x > 0)');
  expect([[1, 2], [0], []].map((self) => outer.evaluate({ self }))).toEqual([true, false, true]);
});

test('the object of a rule is neither copied nor changed', () => {
  const self = Object.freeze({ list: Object.freeze([Object.freeze({ a: 1 })]) });
  expect(evaluate('self.list', self)).toBe(self.list);
  expect(evaluate('self.list[0]', self)).toBe(self.list[0]);
  expect(evaluate('(self.list + [{"a": 2}]).size()', self)).toBe(2);
});

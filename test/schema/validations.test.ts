import { kinds, types } from '../../imports';
import type { Schema, ValidationRule } from '../../imports/schema';
import { celRules } from '../../src/schema';
import { evaluate, short } from './check';

const withRule = (rule: Partial<ValidationRule> & { readonly rule: string }, more: Schema = { type: 'string' }): Schema => ({ ...more, rules: [rule] });

test('every CEL rule of every kind has a code and a page of its own', () => {
  const messages = new Set<string>();
  const visit = (schema: Schema): void => {
    for (const { message, rule } of schema.rules ?? []) messages.add(message ?? rule);
    for (const part of [...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties]) if (part) visit(part);
  };
  for (const schema of [...Object.values(types), ...Object.values(kinds).map((kind) => kind.schema)]) visit(schema);
  expect(messages.size).toBeGreaterThan(30);
  expect([...messages].sort()).toEqual(Object.keys(celRules).sort());
});

test('a rule that holds says nothing', () => {
  expect(evaluate(withRule({ rule: 'self == "a"' }), 'a')).toEqual([]);
});

test('a rule that does not hold is reported under its own code where its message is known, and with its own words elsewhere', () => {
  expect(evaluate(withRule({ rule: 'self != "*"', message: 'hostname cannot be wildcard' }), '*')).toMatchObject([
    { code: 'schema/cel/service-entry-host-wildcard', path: 'spec' },
  ]);
  expect(evaluate(withRule({ rule: 'self == "a"', message: 'only a will do' }), 'b')).toMatchObject([
    { code: 'schema/cel', message: 'spec breaks a rule: only a will do.' },
  ]);
  expect(evaluate(withRule({ rule: 'self == "a"' }), 'b')).toMatchObject([{ code: 'schema/cel', message: 'spec breaks a rule: self == "a".' }]);
});

test('a rule without an answer does not hold, as for the API server', () => {
  expect(evaluate(withRule({ rule: 'duration(self) > duration("1s")' }), 'soon')).toMatchObject([{ code: 'schema/cel', path: 'spec' }]);
});

test('a rule that cannot be read is reported, never skipped', () => {
  expect(evaluate(withRule({ rule: 'self ==' }), 'a')).toMatchObject([{ code: 'schema/cel-error', path: 'spec' }]);
  expect(evaluate(withRule({ rule: 'unknown(self)' }), 'a')).toHaveLength(1);
});

test('a message may be computed; where that fails the plain one stands in', () => {
  const rule = { rule: 'self == "a"', message: 'plain' };
  expect(evaluate(withRule({ ...rule, messageExpression: '"not " + self' }), 'b')[0]?.message).toBe('spec breaks a rule: not b.');
  for (const messageExpression of ['self.x', 'self ==', '1', '""', '"a\\nb"']) {
    expect(evaluate(withRule({ ...rule, messageExpression }), 'b')[0]?.message).toBe('spec breaks a rule: plain.');
  }
});

test('a rule may point at a field', () => {
  const schema = withRule({ rule: 'has(self.a)', fieldPath: '.a' }, { type: 'object', properties: { a: { type: 'string' } } });
  expect(short(evaluate(schema, {}))).toEqual(['schema/cel spec.a']);
});

test('a rule about changes does not apply to an object that is created, unless it says so', () => {
  expect(evaluate(withRule({ rule: 'self == oldSelf' }), 'a')).toEqual([]);
  expect(evaluate(withRule({ rule: 'oldSelf.hasValue()', optionalOldSelf: true }), 'a')).toHaveLength(1);
});

test('rules hold for items, for entries of maps and for what parts of a combination say, each at its path', () => {
  const item = withRule({ rule: 'self != "x"' });
  const schema: Schema = {
    type: 'object',
    properties: { list: { type: 'array', items: item }, map: { type: 'object', additionalProperties: item }, text: { type: 'string', allOf: [item] } },
  };
  expect(short(evaluate(schema, { list: ['a', 'x'], map: { 'a/b': 'x' }, text: 'x', other: 'x' }))).toEqual([
    'schema/cel spec.list[1]',
    'schema/cel spec.map[a/b]',
    'schema/cel spec.text',
  ]);
});

test('rules are not asked about null', () => {
  expect(evaluate({ type: 'array', items: withRule({ rule: 'false' }) }, [null])).toEqual([]);
});

test('a type may contain itself', () => {
  const tree: { readonly [name: string]: Schema } = {
    Tree: { type: 'object', properties: { left: { ref: 'Tree' } }, rules: [{ rule: '!has(self.value) || self.value > 0' }] },
  };
  expect(short(evaluate({ ref: 'Tree' }, { left: { left: { value: 0 } } }, tree))).toEqual(['schema/cel spec.left.left']);
});

test('numbers are what their schema says: a whole double is no int', () => {
  expect(evaluate(withRule({ rule: 'self == 1.0 && type(self) == double' }, { type: 'number' }), 1)).toEqual([]);
});

import { compileRule, type SchemaLike, toCelValue } from '../../../src/schema/cel';
import { show } from './show';

function evaluate(expression: string, value: unknown, schema: SchemaLike, resolve?: (name: string) => SchemaLike | undefined): string {
  return show(compileRule(expression).evaluate({ self: toCelValue(value, schema, resolve) }));
}

const text: SchemaLike = { type: 'string' };
const object = (properties: { [name: string]: SchemaLike }): SchemaLike => ({ type: 'object', properties });

describe('what a schema makes of a value', () => {
  test.each<[SchemaLike, unknown, string]>([
    [{ type: 'integer' }, 5, '5'],
    [{ type: 'integer', format: 'int64' }, 5, '5'],
    [{ type: 'number' }, 5, 'double 5e+00'],
    [{ type: 'number', format: 'double' }, 0.5, 'double 5e-01'],
    [{ intOrString: true }, 5, '5'],
    [{ intOrString: true }, '5', '"5"'],
    [{ type: 'boolean' }, true, 'true'],
    [text, 'a', '"a"'],
    [{ type: 'string', format: 'uuid' }, 'a', '"a"'],
    [{ type: 'string', format: 'date-time' }, '2020-01-01T00:00:00+01:00', 'timestamp 2019-12-31T23:00:00Z'],
    [{ type: 'string', format: 'date-time' }, '2020-01-01T00:00:00', 'timestamp 2020-01-01T00:00:00Z'],
    [{ type: 'string', format: 'date' }, '2020-01-02', 'timestamp 2020-01-02T00:00:00Z'],
    [{ type: 'string', format: 'duration' }, '1.5s', 'duration 1500000000ns'],
    [{ type: 'string', format: 'duration' }, '3 days', 'duration 259200000000000ns'],
    [{ type: 'string', format: 'byte' }, 'aGk=', 'bytes 6869'],
    [{ type: 'array', items: { type: 'number' } }, [1, 2], '[double 1e+00, double 2e+00]'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, { a: 1 }, '{"a": double 1e+00}'],
    [object({ a: { type: 'number' }, 'b-c': text }), { a: 1, 'b-c': 'x' }, '{"a": double 1e+00, "b__dash__c": "x"}'],
    [{ type: 'object' }, { a: 1 }, '{"a": 1}'],
  ])('%j and %j: %s', (schema, value, expected) => {
    expect(evaluate('self', value, schema)).toBe(expected);
    expect(evaluate('self.x', { x: value }, object({ x: schema }))).toBe(expected);
    expect(evaluate('self[0]', [value], { type: 'array', items: schema })).toBe(expected);
    expect(evaluate('self["k"]', { k: value }, { type: 'object', additionalProperties: schema })).toBe(expected);
  });

  test.each<[SchemaLike, string]>([
    [{ type: 'string', format: 'date-time' }, 'Invalid date-time'],
    [{ type: 'string', format: 'date' }, 'Invalid date'],
    [{ type: 'string', format: 'duration' }, 'Invalid duration'],
    [{ type: 'string', format: 'byte' }, 'Invalid byte'],
  ])('%j refuses other texts when a rule reads them', (schema, message) => {
    const self = toCelValue({ a: '?', b: 1 }, object({ a: schema, b: { type: 'integer' } }));
    expect(() => compileRule('self.a').evaluate({ self })).toThrow(message);
    expect(compileRule('self.b').evaluate({ self })).toBe(1);
  });
});

describe('properties and keys', () => {
  const schema = object({ ratio: { type: 'number' }, namespace: text, e__f: text, labels: { type: 'object', additionalProperties: text }, none: text });
  const value = { ratio: 1, namespace: 'n', e__f: 'ef', labels: { namespace: 'l', 'a-b': 'ab', nothing: null }, none: null };

  test.each([
    ['self.__namespace__', '"n"'],
    ['self.e__underscores__f', '"ef"'],
    ['self.labels.namespace', '"l"'],
    ['self.labels["a-b"]', '"ab"'],
    ['has(self.none)', 'false'],
    ['has(self.absent)', 'false'],
    ['self.?none.orValue("-")', '"-"'],
    ['"nothing" in self.labels', 'true'],
    ['self == self', 'true'],
    ['size(self)', '5'],
    ['self.labels.map(k, k).sort()', '["a-b", "namespace", "nothing"]'],
  ])('%s is %s', (expression, expected) => {
    expect(evaluate(expression, value, schema)).toBe(expected);
  });

  test('with properties only the escaped name is known', () => {
    expect(() => evaluate('self.namespace', value, schema)).not.toThrow();
    expect(() => evaluate('self.e__f', value, schema)).not.toThrow();
    expect(() => evaluate('self.__unknown__', value, schema)).toThrow('no such key: __unknown__');
  });
});

describe('lists whose order does not count', () => {
  const set: SchemaLike = { type: 'array', listType: 'set', items: text };
  const map: SchemaLike = {
    type: 'array',
    listType: 'map',
    listMapKeys: ['port', 'a-b'],
    items: object({ port: { type: 'integer' }, 'a-b': text, ratio: { type: 'number' } }),
  };
  const schema = object({ a: set, b: set, p: map, q: map, list: { type: 'array', items: text, listType: 'atomic' } });
  const value = {
    a: ['x', 'y'],
    b: ['y', 'x'],
    list: ['x', 'y'],
    p: [
      { port: 1, 'a-b': 'l' },
      { port: 2, ratio: 1 },
    ],
    q: [
      { port: 2, ratio: 1 },
      { port: 1, 'a-b': 'l' },
    ],
  };

  test.each([
    ['self.a == self.b', 'true'],
    ['self.a == ["y", "x"]', 'true'],
    ['self.a == ["y", "z"]', 'false'],
    ['self.a == ["x"]', 'false'],
    ['self.list == ["y", "x"]', 'false'],
    ['["y", "x"] == self.a', 'false'],
    ['self.a + ["z", "x", "z"]', '["x", "y", "z"]'],
    ['self.list + ["x"]', '["x", "y", "x"]'],
    ['self.p == self.q', 'true'],
    ['self.p != self.q', 'false'],
    ['self.p == self.p + self.q', 'true'],
    ['self.p.exists_one(e, e.port == 2 && e.ratio == 1.0)', 'true'],
    ['self.p[0].a__dash__b', '"l"'],
    ['size(self.p + [{"port": 3}])', '3'],
  ])('%s is %s', (expression, expected) => {
    expect(evaluate(expression, value, schema)).toBe(expected);
  });
});

describe('schemas with names', () => {
  const types: Readonly<Record<string, SchemaLike>> = {
    Tree: object({ value: { type: 'number' }, left: { ref: 'Tree' }, right: { ref: 'Tree' } }),
    Name: text,
  };
  const resolve = (name: string): SchemaLike | undefined => types[name];

  test('are looked up, also when they contain themselves', () => {
    expect(evaluate('self.left.right.value', { left: { right: { value: 1 } } }, { ref: 'Tree' }, resolve)).toBe('double 1e+00');
    expect(evaluate('self', 'a', { ref: 'Name' }, resolve)).toBe('"a"');
  });

  test('an unknown name is a mistake of the caller', () => {
    expect(() => toCelValue({}, { ref: 'Nobody' }, resolve)).toThrow('no schema is named "Nobody"');
  });
});

test('a value whose schema changes nothing is passed on as it is', () => {
  const plain = object({ name: text, ports: { type: 'array', items: object({ number: { type: 'integer' }, target: { intOrString: true } }) } });
  const value = { name: 'a', ports: [{ number: 1 }] };
  expect(toCelValue(value, plain)).toBe(value);
  expect(toCelValue(value)).toBe(value);
  expect(toCelValue(null, plain)).toBeNull();
});

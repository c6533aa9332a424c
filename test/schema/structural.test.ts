import type { Schema } from '../../imports/schema';
import { check, short } from './check';

const codes = (schema: Schema, value: unknown): string[] => short(check(schema, value).findings);

describe('types', () => {
  const values = { object: {}, array: [], string: 'a', integer: 1, number: 1.5, boolean: true } as const;
  const types = ['object', 'array', 'string', 'integer', 'number', 'boolean'] as const;

  test.each(types)('a value of another type is no %s', (type) => {
    for (const other of types) {
      const fits = other === type || (type === 'number' && other === 'integer');
      expect([other, codes({ type }, values[other])]).toEqual([other, fits ? [] : ['schema/type spec']]);
    }
    expect(codes({ type }, null)).toEqual(['schema/type spec']);
    expect(codes({ type, nullable: true }, null)).toEqual([]);
  });

  test('a number with a fraction, or beyond 64 bits, is no whole number', () => {
    expect(codes({ type: 'integer' }, 1.5)).toEqual(['schema/type spec']);
    expect(codes({ type: 'integer' }, 2 ** 63)).toEqual(['schema/type spec']);
    expect(codes({ type: 'integer' }, -(2 ** 63))).toEqual([]);
    expect(codes({ type: 'integer' }, 2 ** 63 - 1024)).toEqual([]);
  });

  test('a whole number or a text fits where both may stand, and nothing else', () => {
    const schema: Schema = { intOrString: true };
    expect([1, 'http', 1.5, true, null, {}, []].map((value) => codes(schema, value).length)).toEqual([0, 0, 1, 1, 1, 1, 1]);
  });

  test('what stands under a value of the wrong type is not mentioned', () => {
    const schema: Schema = { type: 'array', items: { type: 'object', properties: { host: { type: 'string' } } } };
    expect(codes(schema, { hosts: 1, port: { number: 'x' } })).toEqual(['schema/type spec']);
  });

  test.each([
    ['integer', '50', 'write 50 without quotes'],
    ['integer', 'fifty', 'write a whole number'],
    ['boolean', 'True', 'write true without quotes'],
    ['boolean', 1, 'write true or false'],
    ['string', 15, 'put it between quotes: "15"'],
    ['string', true, 'put it between quotes: y, n, yes, no, on, off, true and false without quotes are booleans'],
    ['string', {}, 'write one text here'],
    ['array', 'a', 'write it as a list, one item per line, each after a dash'],
    ['array', {}, 'begin each item with a dash'],
    ['object', [], 'remove the dash, so that the fields stand here directly'],
    ['object', 'a', 'write its fields here, indented, one per line'],
    ['number', [], 'write a number in place of the list'],
    ['string', null, 'remove it, or give it a value'],
  ] as const)('for %s in place of %j the fix says what to write', (type, value, fix) => {
    expect(check({ type }, value).findings[0]?.fix).toBe(fix);
  });

  test('the fix for a value that is neither a whole number nor a text names both', () => {
    expect(check({ intOrString: true }, true).findings[0]).toMatchObject({
      message: 'spec must be a whole number or a text, and here is the boolean true.',
      fix: 'write a whole number or a text',
    });
  });
});

describe('objects', () => {
  const schema: Schema = {
    type: 'object',
    required: ['host', 'port'],
    properties: {
      host: { type: 'string' },
      port: { type: 'object', properties: { number: { type: 'integer' } } },
      weight: { type: 'integer', nullable: true },
    },
  };

  test('a missing field is named by its path', () => {
    expect(codes(schema, { host: 'a' })).toEqual(['schema/required spec.port']);
  });

  test('null counts as unset where it is not allowed, and stays where it is', () => {
    expect(check(schema, { host: null, port: {}, weight: null })).toMatchObject({
      kept: { port: {}, weight: null },
      findings: [{ code: 'schema/required', path: 'spec.host' }],
    });
  });

  test('an unknown field is an error and is left out of what remains', () => {
    const { kept, findings } = check(schema, { host: 'a', port: { number: 1, name: 'x' } });
    expect(kept).toEqual({ host: 'a', port: { number: 1 } });
    expect(short(findings)).toEqual(['schema/unknown-field spec.port.name']);
  });

  test('an object in which nothing has to change is not copied', () => {
    const value = { host: 'a', port: { number: 1 } };
    expect(check(schema, value).kept).toBe(value);
  });

  test('a field that is undefined is not there', () => {
    expect(codes(schema, { host: undefined, port: {}, other: undefined })).toEqual(['schema/required spec.host']);
  });

  test('any field may stand where unknown fields are kept, and known ones are still checked', () => {
    const open: Schema = { type: 'object', preserveUnknownFields: true, properties: { a: { type: 'string' } } };
    expect(check(open, { a: 1, b: null })).toMatchObject({ kept: { a: 1, b: null }, findings: [{ code: 'schema/type', path: 'spec.a' }] });
  });

  test('the keys of a map are free, and stand in brackets where a dot would mislead', () => {
    const map: Schema = { type: 'object', additionalProperties: { type: 'string' } };
    expect(codes(map, { app: 1, 'a.b/c': 2, x: null })).toEqual(['schema/type spec.app', 'schema/type spec[a.b/c]']);
    expect(check(map, { x: null }).kept).toEqual({});
  });

  test('a map has a least and a largest number of entries', () => {
    const map: Schema = { type: 'object', additionalProperties: { type: 'string' }, minProperties: 1, maxProperties: 2 };
    expect([{}, { a: '' }, { a: '', b: '' }, { a: '', b: '', c: '' }, { a: null }].map((value) => codes(map, value))).toEqual([
      ['schema/too-few spec'],
      [],
      [],
      ['schema/too-many spec'],
      ['schema/too-few spec'],
    ]);
  });

  test('defaults are filled in before anything is asked of the object', () => {
    const defaulted: Schema = {
      type: 'object',
      required: ['kind'],
      properties: { kind: { type: 'string', default: 'Service' }, to: { type: 'object', default: {}, properties: { group: { type: 'string', default: '' } } } },
    };
    expect(check(defaulted, { kind: null })).toEqual({ kept: { kind: 'Service', to: { group: '' } }, findings: [] });
    expect(check(defaulted, { kind: 'Gateway', to: { group: 'x' } }).kept).toEqual({ kind: 'Gateway', to: { group: 'x' } });
  });
});

describe('texts and numbers', () => {
  test('the length of a text is counted in characters, not in UTF-16', () => {
    expect(['', 'a', '😀😀', 'abc'].map((value) => codes({ type: 'string', minLength: 1, maxLength: 2 }, value))).toEqual([
      ['schema/too-short spec'],
      [],
      [],
      ['schema/too-long spec'],
    ]);
  });

  test('a pattern may match anywhere, and is RE2', () => {
    expect(codes({ type: 'string', pattern: 'b' }, 'abc')).toEqual([]);
    expect(codes({ type: 'string', pattern: '^(?P<all>a+)$' }, 'ab')).toEqual(['schema/pattern spec']);
  });

  test('a number lies within its bounds, which belong to it', () => {
    expect([-1, 0, 10, 11].map((value) => codes({ type: 'integer', minimum: 0, maximum: 10 }, value))).toEqual([
      ['schema/minimum spec'],
      [],
      [],
      ['schema/maximum spec'],
    ]);
  });

  test('an int32 has 32 bits', () => {
    expect([-(2 ** 31) - 1, -(2 ** 31), 2 ** 31 - 1, 2 ** 31].map((value) => codes({ type: 'integer', format: 'int32' }, value))).toEqual([
      ['schema/minimum spec'],
      [],
      [],
      ['schema/maximum spec'],
    ]);
  });

  test('a value is one of the allowed ones, with the one that was probably meant', () => {
    const schema: Schema = { type: 'string', enum: ['SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'] };
    expect(codes(schema, 'SIMPLE')).toEqual([]);
    expect(check(schema, 'istioMutual').findings).toMatchObject([{ code: 'schema/enum', fix: 'write ISTIO_MUTUAL' }]);
    expect(check(schema, 'none').findings[0]?.fix).toBe('write one of the allowed values, in exactly their spelling');
  });

  test.each([
    ['byte', ['aGk=', 'aGkx'], ['', 'a', '***', 'aGk']],
    ['date', ['2028-02-29', '2030-12-31'], ['2030-02-29', '2030-13-01', '2030-1-1', 'today']],
    [
      'date-time',
      ['2030-01-31T12:00:00Z', '2030-01-31T12:00:00.123+02:00'],
      ['2030-01-31', '2030-01-31 12:00:00Z', '2030-01-31T24:00:00Z', '2030-02-30T12:00:00Z', 'x'],
    ],
    ['ipv4', ['10.0.0.1'], ['::1', '10.0.0', '10.0.0.256']],
    ['ipv6', ['::1', 'fe80::1'], ['10.0.0.1', ':']],
    ['cidr', ['10.0.0.0/8', '::/0'], ['10.0.0.0', '10.0.0.0/33']],
    ['uuid', ['0d9f1d2c-6c0a-4b0a-9d52-0f3a6e0c7a11', '0D9F1D2C6C0A4B0A9D520F3A6E0C7A11'], ['0d9f1d2c', '']],
    ['no-such-format', ['anything'], []],
  ])('a text of the format %s', (format, right, wrong) => {
    expect(right.map((value) => codes({ type: 'string', format }, value))).toEqual(right.map(() => []));
    expect(wrong.map((value) => codes({ type: 'string', format }, value))).toEqual(wrong.map(() => ['schema/format spec']));
  });
});

describe('lists', () => {
  test('items are checked one by one, and null is no item', () => {
    expect(codes({ type: 'array', items: { type: 'string' } }, ['a', 1, null, undefined])).toEqual([
      'schema/type spec[1]',
      'schema/type spec[2]',
      'schema/type spec[3]',
    ]);
    expect(codes({ type: 'array', items: { type: 'string', nullable: true } }, ['a', null])).toEqual([]);
  });

  test('a list has a least and a largest number of items', () => {
    expect([[], [1], [1, 2], [1, 2, 3]].map((value) => codes({ type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 2 }, value))).toEqual([
      ['schema/too-few spec'],
      [],
      [],
      ['schema/too-many spec'],
    ]);
  });

  test('items of a map list differ in their keys; the second of the same is reported, further ones are not', () => {
    const schema: Schema = {
      type: 'array',
      listType: 'map',
      listMapKeys: ['name'],
      items: { type: 'object', properties: { name: { type: 'string' }, port: { type: 'integer' } } },
    };
    expect(codes(schema, [{ name: 'a' }, { name: 'b' }, { name: 'a', port: 1 }, { name: 'a', port: 2 }])).toEqual(['schema/duplicate-item spec[2]']);
    expect(codes(schema, [{ port: 1 }, { port: 2 }])).toEqual(['schema/duplicate-item spec[1]']);
    expect(codes(schema, [{ name: 'a' }, { name: 'b' }])).toEqual([]);
  });

  test('the keys of a map list count together', () => {
    const schema: Schema = { type: 'array', listType: 'map', listMapKeys: ['name', 'port'], items: { type: 'object', preserveUnknownFields: true } };
    expect(
      codes(schema, [
        { name: 'a', port: 1 },
        { name: 'a', port: 2 },
      ]),
    ).toEqual([]);
    expect(
      codes(schema, [
        { name: 'a', port: 1 },
        { name: 'a', port: 1 },
      ]),
    ).toEqual(['schema/duplicate-item spec[1]']);
  });

  test('a set holds each value once, and tells texts from numbers', () => {
    const schema: Schema = { type: 'array', listType: 'set', items: {} };
    expect(codes(schema, ['1', 1, 'a'])).toEqual([]);
    expect(codes(schema, ['a', 'b', 'a'])).toEqual(['schema/duplicate-item spec[2]']);
  });
});

describe('combinations', () => {
  const fields = { exact: { type: 'string' }, prefix: { type: 'string' }, regex: { type: 'string' } } as const;

  test('of exclusive fields only one may be there; the finding stands at the second one', () => {
    const schema: Schema = { type: 'object', properties: fields, exclusive: [['exact', 'prefix', 'regex']] };
    expect(codes(schema, {})).toEqual([]);
    expect(codes(schema, { regex: 'a' })).toEqual([]);
    expect(codes(schema, { exact: null, prefix: 'a' })).toEqual([]);
    expect(check(schema, { prefix: 'a', exact: 'b' }).findings).toMatchObject([
      { code: 'schema/exclusive', path: 'spec.exact', fix: 'keep one of prefix, exact' },
    ]);
  });

  test('groups of exclusive fields are independent of one another', () => {
    const schema: Schema = { type: 'object', properties: fields, exclusive: [['exact', 'prefix'], ['regex']] };
    expect(codes(schema, { exact: 'a', regex: 'b' })).toEqual([]);
  });

  test('oneOf wants exactly one form', () => {
    const schema: Schema = { type: 'object', properties: fields, oneOf: [{ required: ['exact'] }, { required: ['prefix'] }] };
    expect([{}, { exact: 'a' }, { exact: 'a', prefix: 'b' }].map((value) => codes(schema, value))).toEqual([
      ['schema/combination spec'],
      [],
      ['schema/combination spec'],
    ]);
  });

  test('anyOf wants a form, and several do no harm', () => {
    const schema: Schema = {
      type: 'object',
      properties: fields,
      anyOf: [{ required: ['exact'] }, { properties: { prefix: { minLength: 2 } }, required: ['prefix'] }],
    };
    expect([{}, { prefix: 'a' }, { prefix: 'ab' }, { exact: 'a', prefix: 'ab' }].map((value) => codes(schema, value))).toEqual([
      ['schema/combination spec'],
      ['schema/combination spec'],
      [],
      [],
    ]);
  });

  test('allOf reports what each part misses, and not refuses a form', () => {
    const schema: Schema = {
      type: 'object',
      properties: fields,
      allOf: [{ required: ['exact'] }, { properties: { exact: { maxLength: 1 } } }],
      not: { required: ['regex'] },
    };
    expect(codes(schema, { exact: 'ab' })).toEqual(['schema/too-long spec.exact']);
    expect(codes(schema, { prefix: 'ab' })).toEqual(['schema/required spec.exact']);
    expect(codes(schema, { exact: 'a', regex: 'b' })).toEqual(['schema/combination spec']);
  });
});

test('a type may contain itself', () => {
  const types: { readonly [name: string]: Schema } = { Tree: { type: 'object', properties: { left: { ref: 'Tree' }, value: { type: 'integer' } } } };
  expect(short(check({ ref: 'Tree' }, { left: { left: { value: 'x' } } }, types).findings)).toEqual(['schema/type spec.left.left.value']);
});

test('what stands beside a reference to a type holds as well', () => {
  const types: { readonly [name: string]: Schema } = { Name: { type: 'string', minLength: 2 } };
  const schema: Schema = { type: 'array', items: { ref: 'Name', nullable: true } };
  expect(short(check(schema, [null, 'a'], types).findings)).toEqual(['schema/too-short spec[1]']);
});

test('a reference to a type that does not exist is a mistake in the schema', () => {
  expect(() => check({ ref: 'Nobody' }, {})).toThrow('no type is named Nobody');
});

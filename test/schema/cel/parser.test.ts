import fc from 'fast-check';
import { CelSyntaxError } from '../../../src/schema/cel';
import { parse } from '../../../src/schema/cel/parser';
import { expressions } from './generator';
import { print, withoutOffsets } from './print';

function problem(expression: string): CelSyntaxError {
  try {
    parse(expression);
  } catch (error) {
    if (error instanceof CelSyntaxError) {
      return error;
    }
  }
  throw new Error(`${expression} should not parse`);
}

describe('what binds closer', () => {
  test.each([
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['a && b || c && d', '((a && b) || (c && d))'],
    ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
    ['a || b ? c : d', '((a || b) ? c : d)'],
    ['1 < 2 == true', '((1 < 2) == true)'],
    ['1 + 2 in a', '((1 + 2) in a)'],
    ['-a.b', '(-a.b)'],
    ['!a.b()', '(!a.b())'],
    ['-a * b', '((-a) * b)'],
    ['!!a', 'a'],
    ['---a', '(-a)'],
    ['1 -1', '(1 - 1)'],
    ['a.b[0].c(d)', 'a.b[0].c(d)'],
  ])('%s is %s', (written, meant) => {
    expect(withoutOffsets(parse(written))).toEqual(withoutOffsets(parse(meant)));
    expect(print(parse(written))).toBe(print(parse(meant)));
  });
});

test('comments and line breaks stand wherever a space may', () => {
  expect(withoutOffsets(parse('self // the object\n  .a\t+\r\n1'))).toEqual(withoutOffsets(parse('self.a + 1')));
});

describe('what is refused, and where', () => {
  test.each([
    ['', 1, 1, 'unexpected end of expression'],
    ['1 +', 1, 4, 'unexpected end of expression'],
    ['a b', 1, 3, 'unexpected "b"'],
    ['a.\n b c', 2, 4, 'unexpected "c"'],
    ['a & b', 1, 3, 'unexpected character "&"'],
    ["a == 'b", 1, 6, 'string literal is not closed'],
    ["'a\nb'", 1, 1, 'string literal is not closed'],
    ["'\\q'", 1, 1, 'unable to unescape \\q'],
    ["'\\ud800'", 1, 1, 'invalid unicode code point'],
    ["b'\\u0041'", 1, 1, 'unable to unescape a code point in bytes'],
    ['9223372036854775808', 1, 1, 'invalid int literal'],
    ['18446744073709551616u', 1, 1, 'invalid uint literal'],
    ['1e999', 1, 1, 'invalid double literal'],
    ['namespace', 1, 1, 'reserved identifier: namespace'],
    ['a.in', 1, 3, 'unexpected "in"'],
    ['has(a)', 1, 5, 'invalid argument to has() macro'],
    ['has(a.?b)', 1, 6, 'invalid argument to has() macro'],
    ['a.all(b.c, true)', 1, 8, 'argument must be a simple name'],
    ['a.all(x, x, true)', 1, 10, 'duplicate variable name: x'],
    ['Foo{a: 1}', 1, 1, 'message literals are not supported'],
    ['a.?b()', 1, 5, 'unexpected "("'],
  ])('%j at line %d, column %d: %s', (expression, line, column, message) => {
    const { line: foundLine, column: foundColumn, message: found } = problem(expression);
    expect([foundLine, foundColumn, found]).toEqual([line, column, `${message} (at ${line}:${column})`]);
  });

  test('what nests deeper, or is longer in a row, than the API server allows', () => {
    expect(() => parse(`${'('.repeat(249)}1${')'.repeat(249)}`)).not.toThrow();
    expect(problem(`${'('.repeat(250)}1${')'.repeat(250)}`).message).toContain('nests deeper than 250 levels');
    expect(() => parse(`1${'+1'.repeat(250)}`)).not.toThrow();
    expect(problem(`1${'+1'.repeat(251)}`).message).toContain('more than 250 operators');
    expect(problem(`a${'.b'.repeat(251)}`).message).toContain('more than 250 operators');
    expect(() => parse(`true${' && true'.repeat(5000)}`)).not.toThrow();
  });
});

test('every expression can be printed and parsed again', () => {
  fc.assert(
    fc.property(expressions(), (expression) => {
      const parsed = parse(expression);
      expect(withoutOffsets(parse(print(parsed)))).toEqual(withoutOffsets(parsed));
    }),
    { numRuns: 500 },
  );
});

test('any text either parses or is refused with a position inside it', () => {
  const tokens = [
    'self',
    '.a',
    '?',
    ':',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    '&&',
    '||',
    '!',
    '-',
    '1',
    "'",
    '"""',
    'r"',
    '\\',
    '.all(x, ',
    'has(',
    ' in ',
    '`',
    '\n',
    '//',
    '0x',
    '1.5e',
    'u',
  ];
  const texts = fc.array(fc.oneof(fc.constantFrom(...tokens), fc.string({ maxLength: 3 })), { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      try {
        parse(text);
      } catch (error) {
        expect(error).toBeInstanceOf(CelSyntaxError);
        expect((error as CelSyntaxError).offset).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 2000 },
  );
});

describe('the standard dialect', () => {
  test.each(['Message{a: 1, b: [2]}', 'a.B{}', 'a.sortBy(1, 2)', 'cel.bind(1, 2, 3)', 'a.all(1, 2, 3)', 'a.`b-c`'])('%s is an expression', (expression) => {
    expect(() => parse(expression, 'standard')).not.toThrow();
  });

  test.each(['a.?b', 'a[?b]', '[?a]', '{?a: b}', 'has(a)', 'a.all(1, b)', 'Message{1: 2}', 'a()'.repeat(2)])('%s is no expression', (expression) => {
    expect(() => parse(expression, 'standard')).toThrow(CelSyntaxError);
  });
});

test.each(['.true', '. null', '[.false]'])('%s is refused: constants are no names', (expression) => {
  expect(() => parse(expression)).toThrow(CelSyntaxError);
});

test('there are no macros behind a leading dot', () => {
  expect(parse('.has(a)')).toMatchObject({ kind: 'call', name: 'has' });
});

import fc from 'fast-check';

const INTS = ['0', '1', '-1', '7', '-12', '9007199254740993', '9223372036854775807', '-9223372036854775808'];
const DOUBLES = ['0.0', '1.5', '-2.25', '1e3', '100.0'];
const UINTS = ['0u', '3u', '18446744073709551615u'];
const STRINGS = ['""', '"a"', "'ab'", 'r"\\d"', '"é😀"', "'''a'b'''", '"\\n\\x41"', '"b.c/d-e"'];
const BYTES = ['b""', 'b"ab"', "b'\\xff'"];

/** Expressions by their type. */
interface Texts {
  readonly bool: string;
  readonly int: string;
  readonly double: string;
  readonly uint: string;
  readonly string: string;
  readonly bytes: string;
  readonly list: string;
}

/** Fills `$1`, `$2` ... of a pattern with parts. */
function pattern(text: string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...parts).map((values) => text.replace(/\$(\d)/g, (_, position: string) => values[Number(position) - 1] ?? ''));
}

/**
 * Expressions whose types are right, over variables `self` (`{ name, count, ratio, items, labels }`, whose parts may be missing) and the macros' own,
 * in the part of CEL that every implementation has.
 */
function grammar(): fc.LetrecValue<Texts> {
  return fc.letrec<Texts>((tie: fc.LetrecTypedTie<Texts>) => ({
    bool: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('true', 'false', 'has(self.name)', 'has(self.items)', 'has(self.labels.a)', 'has(self.ratio)'),
      pattern('$1 && $2', tie('bool'), tie('bool')).map((text) => `(${text})`),
      pattern('($1 || $2)', tie('bool'), tie('bool')),
      pattern('!($1)', tie('bool')),
      pattern('($1 ? $2 : $3)', tie('bool'), tie('bool'), tie('bool')),
      ...['==', '!=', '<', '<=', '>', '>='].flatMap((operator) => [
        pattern(`($1 ${operator} $2)`, tie('int'), tie('int')),
        pattern(`($1 ${operator} $2)`, tie('string'), tie('string')),
        pattern(`($1 ${operator} $2)`, tie('double'), tie('double')),
        pattern(`($1 ${operator} $2)`, tie('uint'), tie('uint')),
        pattern(`($1 ${operator} $2)`, tie('bytes'), tie('bytes')),
      ]),
      pattern('($1 == $2)', tie('list'), tie('list')),
      pattern('($1 in $2)', tie('int'), tie('list')),
      pattern('($1 in self.labels)', tie('string')),
      pattern('$1.all(x, x > $2)', tie('list'), tie('int')),
      pattern('$1.exists(x, x == $2)', tie('list'), tie('int')),
      pattern('$1.exists_one(x, x < $2)', tie('list'), tie('int')),
      pattern('$1.contains($2)', tie('string'), tie('string')),
      pattern('$1.startsWith($2)', tie('string'), tie('string')),
      pattern('$1.endsWith($2)', tie('string'), tie('string')),
      pattern('self.labels.all(k, k != $1)', tie('string')),
      pattern('$1.matches("^[a-z]*$")', tie('string')),
    ),
    int: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...INTS, 'self.count'),
      ...['+', '-', '*', '/', '%'].map((operator) => pattern(`($1 ${operator} $2)`, tie('int'), tie('int'))),
      pattern('-($1)', tie('int')),
      pattern('size($1)', tie('string')),
      pattern('$1.size()', tie('list')),
      pattern('size($1)', tie('bytes')),
      pattern('int($1)', tie('double')),
      pattern('int($1)', tie('uint')),
      pattern('($1 ? $2 : $3)', tie('bool'), tie('int'), tie('int')),
      pattern('$1[$2]', tie('list'), tie('int')),
    ),
    double: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...DOUBLES),
      // No division: it makes NaN, which implementations order differently.
      ...['+', '-', '*'].map((operator) => pattern(`($1 ${operator} $2)`, tie('double'), tie('double'))),
      pattern('double($1)', tie('int')),
    ),
    uint: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...UINTS),
      ...['+', '-', '*', '/', '%'].map((operator) => pattern(`($1 ${operator} $2)`, tie('uint'), tie('uint'))),
      pattern('uint($1)', tie('int')),
    ),
    string: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...STRINGS, 'self.name', 'self.labels.a', "self.labels['b']"),
      pattern('($1 + $2)', tie('string'), tie('string')),
      pattern('string($1)', tie('int')),
      pattern('string($1)', tie('uint')),
      pattern('($1 ? $2 : $3)', tie('bool'), tie('string'), tie('string')),
    ),
    bytes: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...BYTES),
      pattern('($1 + $2)', tie('bytes'), tie('bytes')),
      pattern('bytes($1)', tie('string')),
    ),
    list: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('[]', 'self.items', '[1, 2, 3]'),
      pattern('[$1, $2]', tie('int'), tie('int')),
      pattern('($1 + $2)', tie('list'), tie('list')),
      pattern('$1.map(x, x + $2)', tie('list'), tie('int')),
      pattern('$1.map(x, x > 0, x * $2)', tie('list'), tie('int')),
      pattern('$1.filter(x, x != $2)', tie('list'), tie('int')),
    ),
  }));
}

/** Expressions of every type. */
export function expressions(): fc.Arbitrary<string> {
  const { bool, int, double, uint, string, bytes, list } = grammar();
  return fc.oneof({ weight: 4, arbitrary: bool }, int, double, uint, string, bytes, list);
}

/** Objects for the variable `self` of these expressions. */
export function objects(): fc.Arbitrary<Record<string, unknown>> {
  const name = fc.constantFrom('', 'a', 'abc', 'é😀', 'b.c');
  return fc.record(
    {
      name,
      count: fc.integer({ min: -10, max: 10 }),
      ratio: fc.constantFrom(0.5, -1.25),
      items: fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 4 }),
      labels: fc.dictionary(fc.constantFrom('a', 'b', 'c'), name, { maxKeys: 3 }),
    },
    { requiredKeys: [] },
  );
}

import * as fc from 'fast-check';
import { durationProblem, formatDuration, parseDuration } from '../../src/manifest/duration';

/** What Go's time.ParseDuration and Duration.String give for each text. */
test.each([
  ['1h30m', 5400000000000n, '1h30m0s'],
  ['0', 0n, '0s'],
  ['-0', 0n, '0s'],
  ['0s', 0n, '0s'],
  ['1.5s', 1500000000n, '1.5s'],
  ['-1s', -1000000000n, '-1s'],
  ['+5s', 5000000000n, '5s'],
  ['1us', 1000n, '1\u00b5s'],
  ['1\u00b5s', 1000n, '1\u00b5s'],
  ['1\u03bcs', 1000n, '1\u00b5s'],
  ['.5s', 500000000n, '500ms'],
  ['5.s', 5000000000n, '5s'],
  ['1m1m', 120000000000n, '2m0s'],
  ['1.0000000001s', 1000000000n, '1s'],
  ['0.1ns', 0n, '0s'],
  ['1.00000000000000000000001h', 3600000000000n, '1h0m0s'],
  ['0.9999999999999999999999s', 1000000000n, '1s'],
  ['0.3333333333333333333h', 1200000000000n, '20m0s'],
  ['9007199254.740993ms', 9007199254740993n, '2501h59m59.254740993s'],
  ['9223372036854775807ns', 9223372036854775807n, '2562047h47m16.854775807s'],
  ['2562047h47m16.854775807s', 9223372036854775807n, '2562047h47m16.854775807s'],
  ['-9223372036854775808ns', -9223372036854775808n, '-2562047h47m16.854775808s'],
])('%s is %s nanoseconds and prints as %s', (text, nanoseconds, printed) => {
  expect(parseDuration(text)).toBe(nanoseconds);
  expect(formatDuration(nanoseconds)).toBe(printed);
  expect(durationProblem(text)).toBeUndefined();
});

test.each([
  ['', 'is empty'],
  ['5', 'ends with a number without a unit'],
  ['1h1', 'ends with a number without a unit'],
  ['1d', 'has the unknown unit "d"; the units are ns, us, ms, s, m and h'],
  ['1 s', 'has the unknown unit " s"; the units are ns, us, ms, s, m and h'],
  ['1H', 'has the unknown unit "H"; the units are ns, us, ms, s, m and h'],
  ['1e3s', 'has the unknown unit "e"; the units are ns, us, ms, s, m and h'],
  ['.s', 'is no number with a unit'],
  ['soon', 'is no number with a unit'],
  ['9223372036854775808ns', 'is longer than 64 bits of nanoseconds (292 years)'],
  ['2562048h', 'is longer than 64 bits of nanoseconds (292 years)'],
])('%j %s', (text, problem) => {
  expect(parseDuration(text)).toBeUndefined();
  expect(durationProblem(text)).toBe(problem);
});

test('what Go prints reads back as the same duration', () => {
  fc.assert(
    fc.property(fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.bigInt(-(10n ** 10n), 10n ** 10n)), (duration) => {
      // Beyond 2^53 the fraction of the seconds is still exact, because it has at most nine digits.
      expect(parseDuration(formatDuration(duration))).toBe(duration);
    }),
  );
});

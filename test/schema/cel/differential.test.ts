import { type CelInput, isCelError, isCelList, isCelUint, run } from '@bufbuild/cel';
import fc from 'fast-check';
import { CelEvaluationError, CelSyntaxError, compileRule } from '../../../src/schema/cel';
import { Bytes, Double, fromJson, Uint } from '../../../src/schema/cel/values';
import { expressions, objects } from './generator';
import { show } from './show';

/** The other implementation counts ints in bigints and takes numbers for doubles. */
function input(value: unknown): CelInput {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? BigInt(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map(input);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, input(entry)])) as CelInput;
  }
  return value as CelInput;
}

function output(value: unknown): unknown {
  if (typeof value === 'number') {
    return new Double(value);
  }
  if (isCelUint(value)) {
    return new Uint(value.value);
  }
  if (value instanceof Uint8Array) {
    return new Bytes(value);
  }
  return isCelList(value) ? Array.from(value, output) : fromJson(value);
}

function theirs(expression: string, self: unknown): string {
  const result = run(expression, { self: input(self) });
  return isCelError(result) ? 'error' : show(output(result));
}

function ours(expression: string, self: unknown): string {
  try {
    return show(compileRule(expression).evaluate({ self }));
  } catch (error) {
    if (error instanceof CelEvaluationError || error instanceof CelSyntaxError) {
      return 'error';
    }
    throw error;
  }
}

/** Where the two are known to differ; cel-go, which the API server uses, answers as we do (see the recorded answers). */
const DIFFERENCES: ReadonlyArray<readonly [reason: string, applies: (expression: string) => boolean]> = [
  ['it does not notice that the smallest int has no opposite', (expression) => /-\(|%/.test(expression) && expression.includes('922337203685477580')],
  ['it takes arithmetic on uints beyond the largest int for an overflow', (expression) => /18446744073709551615u|uint\(.*922337203685477580/.test(expression)],
];

test('an independent implementation gives the same answers', () => {
  fc.assert(
    fc.property(expressions(), objects(), (expression, self) => {
      fc.pre(!DIFFERENCES.some(([, applies]) => applies(expression)));
      expect(ours(expression, self)).toBe(theirs(expression, self));
    }),
    { numRuns: 3000 },
  );
});

import { CelSyntaxError, compileRule } from '../../../src/schema/cel';

function refusal(expression: string): string {
  try {
    compileRule(expression);
  } catch (error) {
    if (error instanceof CelSyntaxError) {
      return error.message;
    }
    throw error;
  }
  throw new Error(`${expression} should be refused`);
}

describe('what this engine does not have is refused when the rule is compiled, also where it would never be evaluated', () => {
  test.each([
    ['true || authorizer.group("").resource("pods").check("get").allowed()', "undeclared reference to 'authorizer' (at 1:9)"],
    ['true || self.check("get")', "undeclared reference to 'check' (at 1:13)"],
    ['true || google.protobuf.Timestamp{seconds: 1} == self', 'message literals are not supported (at 1:24)'],
    ['true || math.greatest(1, 2) == 2', "undeclared reference to 'math' (at 1:9)"],
    ['true || regex.replace("a", "b", "c") == ""', "undeclared reference to 'regex' (at 1:9)"],
    ['true || self.all(true)', "undeclared reference to 'all' (at 1:13)"],
    ['true || self.existsOne(true, true)', "undeclared reference to 'existsOne' (at 1:13)"],
    ['true || size(self, 1) == 1', "found no matching overload for 'size' with 2 arguments (at 1:9)"],
    ['true || self.int() == 1', "found no matching overload for 'int' with 0 arguments, called on a value (at 1:13)"],
    ['true || startsWith("a", "b")', "found no matching overload for 'startsWith' with 2 arguments (at 1:9)"],
    ['true || params.limit > 1', "undeclared reference to 'params' (at 1:9)"],
    ['true || has(self.a[0])', 'invalid argument to has() macro (at 1:19)'],
  ])('%s: %s', (expression, message) => {
    expect(refusal(expression)).toBe(message);
  });
});

describe('constants that the API server checks when a CRD is created are checked when the rule is compiled', () => {
  test.each([
    ['true || "a".matches("(?=a)")', 'invalid matches argument'],
    ['true || matches("a", "[")', 'invalid matches argument'],
    ['true || self.find("a{1001}") == ""', 'invalid find argument'],
    ['true || self.findAll("\\\\1", 2) == []', 'invalid findAll argument'],
    ['true || duration("1 hour") > self', 'invalid duration argument'],
    ['true || timestamp("yesterday") > self', 'invalid timestamp argument'],
  ])('%s: %s', (expression, message) => {
    expect(refusal(expression)).toContain(message);
  });

  test('what is no constant is an error of the evaluation', () => {
    expect(() => compileRule('"a".matches(self)').evaluate({ self: '[' })).toThrow('invalid regular expression');
  });
});

test('an expression that would exhaust the stack is refused, not run', () => {
  const chain = (inner: string): string => `(${inner}${' + 1'.repeat(240)})`;
  const expression = Array.from({ length: 200 }).reduce<string>(chain, 'self');
  expect(refusal(expression)).toContain('expression is too deep');
  const deepest = Array.from({ length: 8 }).reduce<string>(chain, 'self');
  expect(compileRule(deepest).evaluate({ self: 0 })).toBe(8 * 240);
});

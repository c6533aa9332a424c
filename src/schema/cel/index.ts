import { Compiler } from './compile';
import { parse } from './parser';
import { type Frame, Scope } from './scope';
import { fromJson } from './values';

export { CelEvaluationError, CelSyntaxError } from './errors';
export { type SchemaLike, type SchemaResolver, toCelValue } from './schema-values';
export { Optional } from './values';

/** The variables of the rules of a CRD. */
const RULE_VARIABLES: readonly string[] = ['self', 'oldSelf'];

/** An expression, compiled once to be evaluated on many objects. */
export interface CompiledRule {
  /** The text that it was compiled from. */
  readonly expression: string;
  /** Whether the rule compares with the object before a change. Such a rule does not apply to an object that is created, unless its `optionalOldSelf` is set. */
  readonly usesOldSelf: boolean;
  /**
   * Evaluates the expression; a rule holds when the result is `true`. A list is an array, a map may be a plain object or an instance of a class of this folder.
   *
   * @param variables plain JSON, or what `toCelValue` made of it. For a rule with `optionalOldSelf` on an object that is created, `oldSelf` is `Optional.none`.
   * @throws CelEvaluationError when the expression has no value for these variables
   */
  evaluate(variables: { readonly [name: string]: unknown }): unknown;
}

export interface CompileOptions {
  /** The variables that may be used. Default `self` and `oldSelf`, which is what the rules of a CRD have. */
  readonly variables?: readonly string[];
}

/**
 * Compiles an expression with the semantics that the Kubernetes API server gives to CEL: its functions, its escaped property names, RE2 regular expressions.
 * There is no type check: where the API server would refuse an expression for its types, evaluation throws instead. Costs are not limited.
 *
 * @throws CelSyntaxError with the position of whatever cannot be compiled
 */
export function compileRule(expression: string, options: CompileOptions = {}): CompiledRule {
  const scope = new Scope();
  const names = options.variables ?? RULE_VARIABLES;
  const slots = names.map((name) => scope.declare(name));
  const { evaluate } = new Compiler(expression, scope).compile(parse(expression));
  return {
    expression,
    usesOldSelf: names.some((name, i) => name === 'oldSelf' && scope.isUsed(slots[i] as number)),
    evaluate(variables) {
      const frame: Frame = new Array(scope.frameSize);
      for (let i = 0; i < slots.length; i++) {
        const value = variables[names[i] as string];
        frame[slots[i] as number] = value === undefined ? undefined : fromJson(value);
      }
      return evaluate(frame);
    },
  };
}

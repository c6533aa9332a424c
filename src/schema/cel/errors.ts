/** A rule that cannot be compiled: wrong syntax, an unknown name, or a construct that this engine does not have. A cluster would refuse the CRD that carries it. */
export class CelSyntaxError extends Error {
  /** The position in the expression, in UTF-16 units from 0. */
  readonly offset: number;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;

  constructor(problem: string, expression: string, offset: number) {
    const before = expression.slice(0, offset);
    const line = before.split('\n').length;
    const column = offset - before.lastIndexOf('\n');
    super(`${problem} (at ${line}:${column})`);
    this.name = 'CelSyntaxError';
    this.offset = offset;
    this.line = line;
    this.column = column;
  }
}

/** An expression that compiled and then met values it has no answer for. The API server counts a rule that ends so as violated. */
export class CelEvaluationError extends Error {
  constructor(problem: string) {
    // Such errors are a normal part of evaluation, most of them absorbed by `||` or `all`; a stack trace would cost twenty times the rule itself.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(problem);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'CelEvaluationError';
  }
}

/** The error of an operator or function that does not exist for the types it was given. */
export function noSuchOverload(): CelEvaluationError {
  return new CelEvaluationError('no such overload');
}

/** The error of a value that cannot become one of another type. */
export function conversionError(from: string, to: string): CelEvaluationError {
  return new CelEvaluationError(`type conversion error from '${from}' to '${to}'`);
}

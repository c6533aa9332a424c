import { fieldReader, hasField, select, selectOptionally } from './access';
import { asEvaluationError, bind, boundValue, conditional, contentOf, dispatch, type Evaluate, given, logical, not, optionalMap, orElse } from './closures';
import { comprehension } from './comprehensions';
import { MapLiteralValue } from './containers';
import { CelSyntaxError } from './errors';
import { FUNCTIONS } from './functions';
import type { Overload } from './functions/library';
import { BINARY_OPERATORS, index, indexOptionally, negate } from './operators';
import type { Frame, Scope } from './scope';
import type { Call, Comprehension, Expression, Identifier, ListLiteral, Logical, MapLiteral, Select } from './syntax';
import { TypeValue } from './values';

/** A compiled part of an expression; a constant part is evaluated when the expression is compiled. */
export interface Compiled {
  readonly evaluate: Evaluate;
  readonly constant: boolean;
}

const TYPE_NAMES: ReadonlySet<string> = new Set([
  ...['bool', 'bytes', 'double', 'int', 'list', 'map', 'null_type', 'string', 'type', 'uint', 'optional_type'],
  ...['google.protobuf.Timestamp', 'google.protobuf.Duration', 'net.IP', 'net.CIDR'],
]);

/** Functions whose constant argument the API server checks when a CRD is created: the place of the argument, and the function that tells. */
const CHECKED_CONSTANTS: ReadonlyMap<string, readonly [position: 0 | 1, check: string]> = new Map([
  ['duration', [0, 'duration']],
  ['timestamp', [0, 'timestamp']],
  ['matches', [1, 'matches']],
  ['find', [1, 'matches']],
  ['findAll', [1, 'matches']],
]);

/** Long chains inside of deep nesting could exhaust the stack, although the parser bounds each of the two. */
const MAX_DEPTH = 2000;

const EMPTY_FRAME: Frame = [];

function constantOf(value: unknown): Compiled {
  return { evaluate: () => value, constant: true };
}

/** Evaluates what has only constant parts at once. What fails stays as it is: it may stand in a branch that is never taken. */
function folded(evaluate: Evaluate, parts: readonly Compiled[]): Compiled {
  if (parts.every((part) => part.constant)) {
    try {
      return constantOf(evaluate(EMPTY_FRAME));
    } catch (error) {
      asEvaluationError(error);
    }
  }
  return { evaluate, constant: false };
}

/** The dotted name that a chain of selections spells: `google.protobuf.Timestamp`. */
function qualifiedName(expression: Expression): string | undefined {
  if (expression.kind === 'identifier') {
    return expression.name;
  }
  if (expression.kind !== 'select' || expression.optional) {
    return undefined;
  }
  const prefix = qualifiedName(expression.operand);
  return prefix === undefined ? undefined : `${prefix}.${expression.field}`;
}

function rootName(expression: Expression): string | undefined {
  return qualifiedName(expression)?.split('.')[0];
}

/** Compiles an expression into closures. Throws a `CelSyntaxError` for a name that is not declared or a function that does not exist. */
export class Compiler {
  /** The slots of `cel.bind`, which may hold an error in place of a value. */
  private readonly bound = new Set<number>();
  private depth = 0;

  constructor(
    private readonly expression: string,
    private readonly scope: Scope,
  ) {}

  compile(node: Expression): Compiled {
    if (++this.depth > MAX_DEPTH) {
      throw this.error('expression is too deep', node.offset);
    }
    const compiled = this.compileNode(node);
    this.depth--;
    return compiled;
  }

  private compileNode(node: Expression): Compiled {
    switch (node.kind) {
      case 'literal':
        return constantOf(node.value);
      case 'identifier':
        return this.identifier(node);
      case 'select':
        return this.selection(node);
      case 'has': {
        const { evaluate: operand } = this.compile(node.operand);
        const read = fieldReader(node.field);
        return { evaluate: (frame) => hasField(read, operand(frame)), constant: false };
      }
      case 'index':
        return this.binary(node.operand, node.index, node.optional ? indexOptionally : index);
      case 'call':
        return this.call(node);
      case 'list':
        return this.list(node);
      case 'map':
        return this.map(node);
      case 'unary': {
        const operand = this.compile(node.operand);
        return folded(node.operator === '-' ? (frame) => negate(operand.evaluate(frame)) : not(operand.evaluate), [operand]);
      }
      case 'binary':
        return this.binary(node.left, node.right, BINARY_OPERATORS[node.operator]);
      case 'logical':
        return this.logical(node);
      case 'conditional': {
        const parts = [node.condition, node.whenTrue, node.otherwise].map((part) => this.compile(part)) as [Compiled, Compiled, Compiled];
        return folded(conditional(...(parts.map((part) => part.evaluate) as [Evaluate, Evaluate, Evaluate])), parts);
      }
      case 'comprehension':
        return this.comprehension(node);
      case 'bind': {
        const value = this.compile(node.value).evaluate;
        return this.scope.within([node.variable], ([slot]) => {
          this.bound.add(slot as number);
          const body = this.compile(node.body).evaluate;
          return { evaluate: bind(slot as number, value, body), constant: false };
        });
      }
      case 'optional-map': {
        const target = this.compile(node.target).evaluate;
        return this.scope.within([node.variable], ([slot]) => {
          const body = this.compile(node.body).evaluate;
          return { evaluate: optionalMap(slot as number, target, body, node.flat), constant: false };
        });
      }
    }
  }

  private error(problem: string, offset: number): CelSyntaxError {
    return new CelSyntaxError(problem, this.expression, offset);
  }

  private identifier({ name, offset }: Identifier): Compiled {
    const slot = this.scope.use(name);
    if (slot !== undefined) {
      const evaluate: Evaluate = this.bound.has(slot) ? (frame) => boundValue(frame[slot]) : (frame) => given(frame[slot], name);
      return { evaluate, constant: false };
    }
    if (TYPE_NAMES.has(name)) {
      return constantOf(new TypeValue(name));
    }
    throw this.error(`undeclared reference to '${name}'`, offset);
  }

  private selection(node: Select): Compiled {
    const name = qualifiedName(node);
    if (name !== undefined && TYPE_NAMES.has(name) && this.scope.find(rootName(node) as string) === undefined) {
      return constantOf(new TypeValue(name));
    }
    const { evaluate: operand } = this.compile(node.operand);
    const { field } = node;
    const read = fieldReader(field);
    const evaluate: Evaluate = node.optional ? (frame) => selectOptionally(read, operand(frame)) : (frame) => select(read, field, operand(frame));
    return { evaluate, constant: false };
  }

  private binary(left: Expression, right: Expression, operation: (left: unknown, right: unknown) => unknown): Compiled {
    const parts = [this.compile(left), this.compile(right)] as const;
    const [{ evaluate: leftValue }, { evaluate: rightValue }] = parts;
    return folded((frame) => operation(leftValue(frame), rightValue(frame)), parts);
  }

  private call(node: Call): Compiled {
    const { target, name, offset } = node;
    const namespace = target === undefined ? undefined : qualifiedName(target);
    if (namespace !== undefined && FUNCTIONS.has(`${namespace}.${name}`) && this.scope.find(rootName(target as Expression) as string) === undefined) {
      return this.callFunction(`${namespace}.${name}`, false, node.arguments, offset);
    }
    if (target === undefined) {
      return this.callFunction(name, false, node.arguments, offset);
    }
    const [alternative, ...more] = node.arguments;
    if ((name === 'or' || name === 'orValue') && alternative !== undefined && more.length === 0) {
      return { evaluate: orElse(this.compile(target).evaluate, this.compile(alternative).evaluate, name === 'orValue'), constant: false };
    }
    return this.callFunction(name, true, [target, ...node.arguments], offset);
  }

  private callFunction(name: string, onValue: boolean, parameters: readonly Expression[], offset: number): Compiled {
    const parts = parameters.map((parameter) => this.compile(parameter));
    const argumentCount = parameters.length - (onValue ? 1 : 0);
    const overloads = FUNCTIONS.find(name, onValue, argumentCount);
    if (overloads === undefined) {
      const problem = FUNCTIONS.has(name)
        ? `found no matching overload for '${name}' with ${argumentCount} arguments${onValue ? ', called on a value' : ''}`
        : `undeclared reference to '${name}'`;
      throw this.error(problem, offset);
    }
    this.checkConstant(name, parameters, offset);
    return folded(
      dispatch(
        name,
        overloads,
        parts.map((part) => part.evaluate),
      ),
      parts,
    );
  }

  /** Refuses a constant that the API server refuses, such as a pattern that is no regular expression, wherever it stands. */
  private checkConstant(name: string, parameters: readonly Expression[], offset: number): void {
    const [position, check] = CHECKED_CONSTANTS.get(name) ?? [];
    const checked = position === undefined ? undefined : parameters[position];
    if (check === undefined || checked?.kind !== 'literal' || typeof checked.value !== 'string') {
      return;
    }
    const probe = position === 0 ? [checked] : [{ ...checked, value: '' }, checked];
    const overloads = FUNCTIONS.find(check, false, probe.length) as readonly Overload[];
    try {
      dispatch(
        check,
        overloads,
        probe.map((literal) => () => literal.value),
      )(EMPTY_FRAME);
    } catch (error) {
      throw this.error(`invalid ${name} argument: ${asEvaluationError(error).message}`, offset);
    }
  }

  private list({ elements }: ListLiteral): Compiled {
    const parts = elements.map((element) => this.compile(element.value));
    const evaluates = parts.map((part) => part.evaluate);
    if (!elements.some((element) => element.optional)) {
      return folded((frame) => evaluates.map((evaluate) => evaluate(frame)), parts);
    }
    const evaluate: Evaluate = (frame) =>
      evaluates.flatMap((evaluateElement, i) => (elements[i]?.optional ? contentOf(evaluateElement(frame)) : [evaluateElement(frame)]));
    return folded(evaluate, parts);
  }

  private map({ entries }: MapLiteral): Compiled {
    const parts = entries.map((entry) => ({ key: this.compile(entry.key), value: this.compile(entry.value), optional: entry.optional }));
    const evaluate: Evaluate = (frame) => {
      const map = new MapLiteralValue();
      for (const { key, value, optional } of parts) {
        const keyValue = key.evaluate(frame);
        for (const content of optional ? contentOf(value.evaluate(frame)) : [value.evaluate(frame)]) {
          map.set(keyValue, content);
        }
      }
      return map;
    };
    return folded(
      evaluate,
      parts.flatMap(({ key, value }) => [key, value]),
    );
  }

  private logical({ operator, terms }: Logical): Compiled {
    const parts = terms.map((term) => this.compile(term));
    const decisive = operator === '||';
    return folded(
      logical(
        parts.map((part) => part.evaluate),
        decisive,
      ),
      parts,
    );
  }

  private comprehension(node: Comprehension): Compiled {
    const range = this.compile(node.range).evaluate;
    return this.scope.within(node.variables, (slots) => {
      const filter = node.filter === undefined ? undefined : this.compile(node.filter).evaluate;
      const body = this.compile(node.body).evaluate;
      return { evaluate: comprehension(node.macro, { range, slots, filter, body }), constant: false };
    });
  }
}

/**
 * Whose CEL an expression is: Kubernetes adds macros and optional syntax; the standard, which Envoy's filters follow, has literals of messages.
 */
export type Dialect = 'kubernetes' | 'standard';

/** What every node carries: where it starts in the expression, for messages. */
interface Node {
  readonly offset: number;
}

/** A constant, held as the value that evaluation works with. */
export interface Literal extends Node {
  readonly kind: 'literal';
  readonly value: unknown;
}

export interface Identifier extends Node {
  readonly kind: 'identifier';
  readonly name: string;
}

/** `operand.field`, or `operand.?field` when optional. */
export interface Select extends Node {
  readonly kind: 'select';
  readonly operand: Expression;
  readonly field: string;
  readonly optional: boolean;
}

/** `has(operand.field)`. */
export interface Presence extends Node {
  readonly kind: 'has';
  readonly operand: Expression;
  readonly field: string;
}

/** `operand[index]`, or `operand[?index]` when optional. */
export interface Index extends Node {
  readonly kind: 'index';
  readonly operand: Expression;
  readonly index: Expression;
  readonly optional: boolean;
}

/** `name(arguments)` or `target.name(arguments)`. */
export interface Call extends Node {
  readonly kind: 'call';
  readonly target?: Expression;
  readonly name: string;
  readonly arguments: readonly Expression[];
}

/** One element of a list literal; an optional one is left out when it holds nothing. */
export interface ListElement {
  readonly value: Expression;
  readonly optional: boolean;
}

export interface ListLiteral extends Node {
  readonly kind: 'list';
  readonly elements: readonly ListElement[];
}

/** One entry of a map literal; an optional one is left out when its value holds nothing. */
export interface MapEntry {
  readonly key: Expression;
  readonly value: Expression;
  readonly optional: boolean;
}

export interface MapLiteral extends Node {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
}

export type UnaryOperator = '!' | '-';

export interface Unary extends Node {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in';

export interface Binary extends Node {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** A chain of `&&` or of `||`, flat, because long chains are common and a nested one would cost stack. */
export interface Logical extends Node {
  readonly kind: 'logical';
  readonly operator: '&&' | '||';
  readonly terms: readonly Expression[];
}

export interface Conditional extends Node {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly otherwise: Expression;
}

export type ComprehensionMacro = 'all' | 'exists' | 'exists_one' | 'map' | 'filter' | 'transformList' | 'transformMap' | 'transformMapEntry' | 'sortBy';

/** A macro that walks a list or a map; one variable takes elements or keys, two take index and element, or key and value. */
export interface Comprehension extends Node {
  readonly kind: 'comprehension';
  readonly macro: ComprehensionMacro;
  readonly range: Expression;
  readonly variables: readonly string[];
  readonly filter?: Expression;
  readonly body: Expression;
}

/** `cel.bind(variable, value, body)`. */
export interface Bind extends Node {
  readonly kind: 'bind';
  readonly variable: string;
  readonly value: Expression;
  readonly body: Expression;
}

/** `target.optMap(variable, body)`, or `optFlatMap`, whose body is an optional itself. */
export interface OptionalMap extends Node {
  readonly kind: 'optional-map';
  readonly target: Expression;
  readonly variable: string;
  readonly body: Expression;
  readonly flat: boolean;
}

/** A parsed expression, its macros expanded. */
export type Expression =
  | Literal
  | Identifier
  | Select
  | Presence
  | Index
  | Call
  | ListLiteral
  | MapLiteral
  | Unary
  | Binary
  | Logical
  | Conditional
  | Comprehension
  | Bind
  | OptionalMap;

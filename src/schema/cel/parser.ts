import { CelSyntaxError } from './errors';
import { RESERVED_WORDS } from './escaping';
import { type Token, type TokenKind, tokenize } from './lexer';
import { bytesLiteral, doubleLiteral, intLiteral, literalProblem, stringLiteral, uintLiteral } from './literals';
import { expandMacro } from './macros';
import type { BinaryOperator, Dialect, Expression, ListElement, MapEntry } from './syntax';

/** As deep as cel-go lets expressions nest, and as long as it lets chains of operators or selections become. */
const MAX_DEPTH = 250;

const RELATIONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', 'in']);
const SUMS: ReadonlySet<string> = new Set(['+', '-']);
const PRODUCTS: ReadonlySet<string> = new Set(['*', '/', '%']);

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * Parses a CEL expression and expands its macros. Throws a `CelSyntaxError` that names the position.
 *
 * @param dialect what is parsed as `standard` cannot be compiled, only checked
 */
export function parse(expression: string, dialect: Dialect = 'kubernetes'): Expression {
  return new Parser(expression, dialect).parse();
}

class Parser {
  private readonly tokens: readonly Token[];
  private position = 0;
  private depth = 0;

  constructor(
    private readonly expression: string,
    private readonly dialect: Dialect,
  ) {
    this.tokens = tokenize(expression);
  }

  parse(): Expression {
    const parsed = this.conditional();
    if (this.current.kind !== 'end') {
      throw this.unexpected();
    }
    return parsed;
  }

  private get current(): Token {
    return this.tokens[this.position] as Token;
  }

  private error(problem: string, offset: number): CelSyntaxError {
    return new CelSyntaxError(problem, this.expression, offset);
  }

  private unexpected(): CelSyntaxError {
    const { kind, text, offset } = this.current;
    return this.error(kind === 'end' ? 'unexpected end of expression' : `unexpected ${JSON.stringify(text)}`, offset);
  }

  /** Takes the next token when it is this symbol. */
  private accept(symbol: string): boolean {
    const found = this.current.kind === 'symbol' && this.current.text === symbol;
    if (found) {
      this.position++;
    }
    return found;
  }

  private expect(symbol: string): void {
    if (!this.accept(symbol)) {
      throw this.unexpected();
    }
  }

  /** Takes the question mark of optional syntax. */
  private acceptOptional(): boolean {
    const { offset } = this.current;
    const optional = this.accept('?');
    if (optional && this.dialect === 'standard') {
      throw this.error('optional syntax is not supported', offset);
    }
    return optional;
  }

  private take(kind: TokenKind): Token {
    const token = this.current;
    if (token.kind !== kind) {
      throw this.unexpected();
    }
    this.position++;
    return token;
  }

  private nested<T>(parsePart: () => T): T {
    if (++this.depth > MAX_DEPTH) {
      throw this.error(`expression nests deeper than ${MAX_DEPTH} levels`, this.current.offset);
    }
    const parsed = parsePart();
    this.depth--;
    return parsed;
  }

  private conditional(): Expression {
    return this.nested(() => {
      const condition = this.logical('||', () => this.logical('&&', () => this.relation()));
      if (!this.accept('?')) {
        return condition;
      }
      const whenTrue = this.logical('||', () => this.logical('&&', () => this.relation()));
      this.expect(':');
      return { kind: 'conditional', condition, whenTrue, otherwise: this.conditional(), offset: condition.offset };
    });
  }

  private logical(operator: '&&' | '||', parseTerm: () => Expression): Expression {
    const first = parseTerm();
    const terms = [first];
    while (this.accept(operator)) {
      terms.push(parseTerm());
    }
    return terms.length === 1 ? first : { kind: 'logical', operator, terms, offset: first.offset };
  }

  private leftAssociative(operators: ReadonlySet<string>, parseOperand: () => Expression): Expression {
    let left = parseOperand();
    for (let length = 1; operators.has(this.current.text) && (this.current.kind === 'symbol' || this.current.text === 'in'); length++) {
      const { text, offset } = this.current;
      this.position++;
      this.checkChain(length, offset);
      left = { kind: 'binary', operator: text as BinaryOperator, left, right: parseOperand(), offset };
    }
    return left;
  }

  private checkChain(length: number, offset: number): void {
    if (length > MAX_DEPTH) {
      throw this.error(`more than ${MAX_DEPTH} operators or selections in a row`, offset);
    }
  }

  private relation(): Expression {
    return this.leftAssociative(RELATIONS, () => this.leftAssociative(SUMS, () => this.leftAssociative(PRODUCTS, () => this.unary())));
  }

  private unary(): Expression {
    const { text, kind, offset } = this.current;
    if (kind !== 'symbol' || (text !== '!' && text !== '-')) {
      return this.member();
    }
    let count = 0;
    while (this.accept(text)) {
      count++;
    }
    const { kind: next } = this.current;
    if (text === '-' && (next === 'int' || next === 'double')) {
      // The sign belongs to the literal, so that the smallest int can be written; the other signs cancel out in pairs.
      const literal = this.member(true);
      return count % 2 === 1 ? literal : { kind: 'unary', operator: '-', operand: literal, offset };
    }
    const operand = this.member();
    return count % 2 === 1 ? { kind: 'unary', operator: text, operand, offset } : operand;
  }

  private member(negativeLiteral = false): Expression {
    let operand = this.primary(negativeLiteral);
    for (let length = 0; ; length++) {
      const { offset } = this.current;
      this.checkChain(length, offset);
      if (this.accept('.')) {
        operand = this.selection(operand, offset);
      } else if (this.accept('[')) {
        const optional = this.acceptOptional();
        const index = this.conditional();
        this.expect(']');
        operand = { kind: 'index', operand, index, optional, offset };
      } else if (this.current.text === '{' && this.current.kind === 'symbol' && isQualifiedName(operand)) {
        operand = this.messageLiteral(operand.offset);
      } else {
        return operand;
      }
    }
  }

  private messageLiteral(offset: number): Expression {
    if (this.dialect !== 'standard') {
      throw this.error('message literals are not supported', offset);
    }
    this.expect('{');
    const entries = this.commaSeparated('}', () => {
      const field = this.take('identifier');
      this.expect(':');
      return { optional: false, key: { kind: 'literal', value: field.text, offset: field.offset } as const, value: this.conditional() };
    });
    return { kind: 'map', entries, offset };
  }

  private selection(operand: Expression, offset: number): Expression {
    const optional = this.acceptOptional();
    if (this.current.kind === 'quoted-identifier') {
      return { kind: 'select', operand, field: this.take('quoted-identifier').text.slice(1, -1), optional, offset };
    }
    const { text: field } = this.take('identifier');
    if (CONSTANTS.has(field) || field === 'in') {
      throw this.error(`unexpected ${JSON.stringify(field)}`, offset + 1);
    }
    if (!optional && this.accept('(')) {
      return this.call(field, offset, operand);
    }
    return { kind: 'select', operand, field, optional, offset };
  }

  /** A call whose opening parenthesis has been read. */
  private call(name: string, offset: number, target?: Expression, absolute = false): Expression {
    const parameters: Expression[] = [];
    if (!this.accept(')')) {
      do {
        parameters.push(this.conditional());
      } while (this.accept(','));
      this.expect(')');
    }
    const call = { kind: 'call', name, arguments: parameters, offset, ...(target === undefined ? {} : { target }) } as const;
    if (absolute) {
      return call;
    }
    return expandMacro(call, this.dialect, (problem, at) => this.error(problem, at)) ?? call;
  }

  private primary(negativeLiteral: boolean): Expression {
    const { kind, text, offset } = this.current;
    switch (kind) {
      case 'identifier':
        return this.identifier();
      case 'int':
      case 'uint':
      case 'double':
      case 'string':
      case 'bytes':
        this.position++;
        return { kind: 'literal', value: this.literal(kind, text, negativeLiteral, offset), offset };
      default:
        if (this.accept('(')) {
          const inner = this.conditional();
          this.expect(')');
          return inner;
        }
        if (this.accept('[')) {
          return { kind: 'list', elements: this.listElements(), offset };
        }
        if (this.accept('{')) {
          return { kind: 'map', entries: this.mapEntries(), offset };
        }
        if (this.accept('.') && !CONSTANTS.has(this.current.text)) {
          return this.identifier(true);
        }
        throw this.unexpected();
    }
  }

  /** @param absolute whether a dot stood before it, behind which there are no macros */
  private identifier(absolute = false): Expression {
    const { text: name, offset } = this.take('identifier');
    if (CONSTANTS.has(name)) {
      return { kind: 'literal', value: CONSTANTS.get(name), offset };
    }
    if (RESERVED_WORDS.has(name)) {
      throw this.error(`reserved identifier: ${name}`, offset);
    }
    return this.accept('(') ? this.call(name, offset, undefined, absolute) : { kind: 'identifier', name, offset };
  }

  private literal(kind: TokenKind, text: string, negative: boolean, offset: number): unknown {
    try {
      switch (kind) {
        case 'int':
          return intLiteral(text, negative);
        case 'uint':
          return uintLiteral(text);
        case 'double':
          return doubleLiteral(text, negative);
        case 'bytes':
          return bytesLiteral(text);
        default:
          return stringLiteral(text);
      }
    } catch (error) {
      throw this.error(literalProblem(error), offset);
    }
  }

  private listElements(): ListElement[] {
    return this.commaSeparated(']', () => ({ optional: this.acceptOptional(), value: this.conditional() }));
  }

  private mapEntries(): MapEntry[] {
    return this.commaSeparated('}', () => {
      const optional = this.acceptOptional();
      const key = this.conditional();
      this.expect(':');
      return { optional, key, value: this.conditional() };
    });
  }

  /** Parts up to a closing symbol, which may follow a last comma, even one that follows nothing. */
  private commaSeparated<T>(closing: string, parsePart: () => T): T[] {
    const parts: T[] = [];
    if (this.accept(',')) {
      this.expect(closing);
      return parts;
    }
    while (!this.accept(closing)) {
      parts.push(parsePart());
      if (!this.accept(',')) {
        this.expect(closing);
        break;
      }
    }
    return parts;
  }
}

function isQualifiedName(expression: Expression): boolean {
  return expression.kind === 'identifier' || (expression.kind === 'select' && !expression.optional && isQualifiedName(expression.operand));
}

import { CelSyntaxError } from './errors';

export type TokenKind = 'identifier' | 'quoted-identifier' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'symbol' | 'end';

/** One token; `text` is the source as written, literals included. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly offset: number;
}

const SPACE_OR_COMMENT = /(?:[\t\n\f\r ]+|\/\/[^\n]*)*/y;
/** The tokens that are not strings; the first pattern that fits decides. */
const PATTERNS: ReadonlyArray<readonly [TokenKind, RegExp]> = [
  ['uint', /(?:0x[0-9a-fA-F]+|[0-9]+)[uU]/y],
  ['int', /0x[0-9a-fA-F]+/y],
  ['double', /[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|\.[0-9]+(?:[eE][+-]?[0-9]+)?/y],
  ['int', /[0-9]+/y],
  ['identifier', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['quoted-identifier', /`[A-Za-z0-9_./ -]+`/y],
  ['symbol', /==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]{}]/y],
];
const STRING_START = /[bB]?[rR]?(?:"""|'''|"|')/y;
function match(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

/** Finds the end of a string literal whose prefix and opening quotes end at `from`. */
function endOfString(expression: string, start: number, opening: string): number {
  const quote = opening.endsWith('"""') || opening.endsWith("'''") ? opening.slice(-3) : opening.slice(-1);
  const raw = /[rR]/.test(opening);
  for (let i = start + opening.length; i < expression.length; i++) {
    if (expression.startsWith(quote, i)) {
      return i + quote.length;
    }
    if (expression[i] === '\\' && !raw) {
      i++;
    } else if (quote.length === 1 && (expression[i] === '\n' || expression[i] === '\r')) {
      break;
    }
  }
  throw new CelSyntaxError('string literal is not closed', expression, start);
}

function nextToken(expression: string, offset: number): Token {
  const opening = match(STRING_START, expression, offset);
  if (opening !== undefined) {
    const text = expression.slice(offset, endOfString(expression, offset, opening));
    return { kind: /^[bB]/.test(opening) ? 'bytes' : 'string', text, offset };
  }
  for (const [kind, pattern] of PATTERNS) {
    const text = match(pattern, expression, offset);
    if (text !== undefined) {
      return { kind, text, offset };
    }
  }
  const character = String.fromCodePoint(expression.codePointAt(offset) as number);
  throw new CelSyntaxError(`unexpected character ${JSON.stringify(character)}`, expression, offset);
}

/** Cuts an expression into tokens; the last one is of kind `end`. */
export function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  for (;;) {
    offset += (match(SPACE_OR_COMMENT, expression, offset) as string).length;
    if (offset >= expression.length) {
      tokens.push({ kind: 'end', text: '', offset });
      return tokens;
    }
    const token = nextToken(expression, offset);
    tokens.push(token);
    offset += token.text.length;
  }
}

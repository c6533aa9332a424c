import { CelSyntaxError } from './errors';

export type TokenKind = 'identifier' | 'quoted-identifier' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'symbol' | 'end';

/** One token; `text` is the source as written, literals included. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly offset: number;
}

const SPACE_OR_COMMENT = /(?:[\t\n\f\r ]+|\/\/[^\n]*)*/y;

/** What a token begins with; the first pattern that fits decides. Of strings and bytes it is only the prefix and the opening quotes. */
const PATTERNS: ReadonlyArray<readonly [TokenKind, RegExp]> = [
  ['bytes', /[bB][rR]?(?:"""|'''|"|')/],
  ['string', /[rR]?(?:"""|'''|"|')/],
  ['identifier', /[A-Za-z_][A-Za-z0-9_]*/],
  ['uint', /(?:0x[0-9a-fA-F]+|[0-9]+)[uU]/],
  ['int', /0x[0-9a-fA-F]+/],
  ['double', /[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|\.[0-9]+(?:[eE][+-]?[0-9]+)?/],
  ['int', /[0-9]+/],
  ['symbol', /==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]{}]/],
  ['quoted-identifier', /`[A-Za-z0-9_./ -]+`/],
];

/** All patterns in one: a match per pattern and token would make parsing several times slower. */
const TOKEN = new RegExp(PATTERNS.map(([, pattern]) => `(${pattern.source})`).join('|'), 'y');

/** Finds the end of a string literal from its start and its prefix with the opening quotes. */
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
  TOKEN.lastIndex = offset;
  const found = TOKEN.exec(expression);
  if (found === null) {
    const character = String.fromCodePoint(expression.codePointAt(offset) as number);
    throw new CelSyntaxError(`unexpected character ${JSON.stringify(character)}`, expression, offset);
  }
  const [text] = found;
  const [kind] = PATTERNS[found.indexOf(text, 1) - 1] as readonly [TokenKind, RegExp];
  const isQuoted = kind === 'string' || kind === 'bytes';
  return { kind, text: isQuoted ? expression.slice(offset, endOfString(expression, offset, text)) : text, offset };
}

/** Cuts an expression into tokens; the last one is of kind `end`. */
export function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  for (;;) {
    SPACE_OR_COMMENT.lastIndex = offset;
    offset += (SPACE_OR_COMMENT.exec(expression) as RegExpExecArray)[0].length;
    if (offset >= expression.length) {
      tokens.push({ kind: 'end', text: '', offset });
      return tokens;
    }
    const token = nextToken(expression, offset);
    tokens.push(token);
    offset += token.text.length;
  }
}

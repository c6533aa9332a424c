import { Bytes, Double, Uint } from './values';

const INT_MAX = 2n ** 63n - 1n;
const INT_MIN = -(2n ** 63n);
const UINT_MAX = 2n ** 64n - 1n;

const SIMPLE_ESCAPES: Readonly<Record<string, number>> = {
  a: 0x07,
  b: 0x08,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  v: 0x0b,
  '\\': 0x5c,
  '?': 0x3f,
  '"': 0x22,
  "'": 0x27,
  '`': 0x60,
};

const ESCAPE = /\\(?:([abfnrtv\\?"'`])|[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/y;

/** Reads an `int` literal, with its sign where it has one; throws a `RangeError` when it does not fit into 64 bits. */
export function intLiteral(text: string, negative: boolean): number | bigint {
  const magnitude = BigInt(text);
  const value = negative ? -magnitude : magnitude;
  if (value > INT_MAX || value < INT_MIN) {
    throw new RangeError('invalid int literal');
  }
  const narrow = Number(value);
  return Number.isSafeInteger(narrow) ? narrow : value;
}

/** Reads a `uint` literal with its suffix; throws a `RangeError` when it does not fit into 64 bits. */
export function uintLiteral(text: string): Uint {
  const value = BigInt(text.slice(0, -1));
  if (value > UINT_MAX) {
    throw new RangeError('invalid uint literal');
  }
  return new Uint(value);
}

/** Reads a `double` literal; throws a `RangeError` when it is beyond every double. */
export function doubleLiteral(text: string, negative: boolean): Double {
  const value = Number(text);
  if (!Number.isFinite(value)) {
    throw new RangeError('invalid double literal');
  }
  return new Double(negative ? -value : value);
}

/** The parts between quotes, cut into plain text and escapes; `bytes` decides what an escape means. */
function unquote(source: string, onText: (text: string) => void, onEscape: (code: number, octet: boolean) => void): void {
  const opening = /^[bB]?([rR]?)("""|'''|"|')/.exec(source) as RegExpExecArray as unknown as [string, string, string];
  const body = source.slice(opening[0].length, source.length - opening[2].length).replace(/\r\n?/g, '\n');
  if (opening[1] !== '' || !body.includes('\\')) {
    onText(body);
    return;
  }
  let from = 0;
  for (let at = body.indexOf('\\'); at >= 0; at = body.indexOf('\\', from)) {
    onText(body.slice(from, at));
    ESCAPE.lastIndex = at;
    const found = ESCAPE.exec(body);
    if (found === null) {
      throw new RangeError(`unable to unescape ${body.slice(at, at + 2)}`);
    }
    const [whole, simple, hex, short, long, octal] = found;
    if (simple !== undefined) {
      onEscape(SIMPLE_ESCAPES[simple] as number, true);
    } else if (short !== undefined || long !== undefined) {
      onEscape(Number.parseInt((short ?? long) as string, 16), false);
    } else {
      onEscape(hex === undefined ? Number.parseInt(octal as string, 8) : Number.parseInt(hex, 16), true);
    }
    from = at + whole.length;
  }
  onText(body.slice(from));
}

/** Reads a string literal, quotes and prefix included; throws a `RangeError` for an escape that CEL does not have. */
export function stringLiteral(source: string): string {
  let text = '';
  unquote(
    source,
    (plain) => {
      text += plain;
    },
    (code) => {
      if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
        throw new RangeError('invalid unicode code point');
      }
      text += String.fromCodePoint(code);
    },
  );
  return text;
}

/** Reads a bytes literal; octal and hexadecimal escapes are single bytes, escapes of code points are not allowed. */
export function bytesLiteral(source: string): Bytes {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  unquote(
    source,
    (plain) => {
      bytes.push(...encoder.encode(plain));
    },
    (code, octet) => {
      if (!octet) {
        throw new RangeError('unable to unescape a code point in bytes');
      }
      bytes.push(code);
    },
  );
  return new Bytes(Uint8Array.from(bytes));
}

/** Turns a problem of a literal into the message that the parser reports. */
export function literalProblem(error: unknown): string {
  if (error instanceof RangeError) {
    return error.message;
  }
  throw error;
}

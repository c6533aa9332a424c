import { listElements } from '../containers';
import { CelEvaluationError } from '../errors';
import type { CelInt } from '../integers';
import { characters, stringSize } from '../text';
import { fromJson } from '../values';
import type { Library } from './library';
import { format } from './string-format';

function slice(text: string, start: number, end?: number): string {
  const units = characters(text);
  return typeof units === 'string' ? units.slice(start, end) : units.slice(start, end).join('');
}

function outOfRange(index: CelInt): CelEvaluationError {
  return new CelEvaluationError(`index out of range: ${index}`);
}

function charAt(text: string, index: CelInt): string {
  const units = characters(text);
  if (index < 0 || index > units.length) {
    throw outOfRange(index);
  }
  return units[Number(index)] ?? '';
}

/** Where a part begins at or after a position, counted in code points; -1 when nowhere. */
function positionFrom(text: string, part: string, from: number): number {
  const units = characters(text);
  if (typeof units === 'string') {
    return units.indexOf(part, from);
  }
  const start = units.slice(0, from).join('').length;
  const found = text.indexOf(part, start);
  return found < 0 ? -1 : stringSize(text.slice(0, found));
}

function indexOf(text: string, part: string, offset: CelInt): CelInt {
  if (part === '') {
    return offset;
  }
  if (offset < 0) {
    throw outOfRange(offset);
  }
  return offset >= stringSize(text) ? -1 : positionFrom(text, part, Number(offset));
}

function lastIndexOf(text: string, part: string, offset: CelInt): CelInt {
  if (part === '') {
    return offset;
  }
  if (offset < 0) {
    throw outOfRange(offset);
  }
  if (offset >= stringSize(text)) {
    return -1;
  }
  const found = text.lastIndexOf(part, slice(text, 0, Number(offset)).length);
  return found < 0 ? -1 : stringSize(text.slice(0, found));
}

function substring(text: string, start: CelInt, end?: CelInt): string {
  const length = stringSize(text);
  if (end !== undefined && start > end) {
    throw new CelEvaluationError(`invalid substring range. start: ${start}, end: ${end}`);
  }
  if (start < 0 || start > length) {
    throw outOfRange(start);
  }
  if (end !== undefined && (end < 0 || end > length)) {
    throw outOfRange(end);
  }
  return slice(text, Number(start), end === undefined ? undefined : Number(end));
}

/** Splits into at most `limit` parts, the last of which keeps the rest; a negative limit is none. */
function split(text: string, separator: string, limit: CelInt): readonly string[] {
  const parts = separator === '' ? Array.from(text) : text.split(separator);
  if (limit < 0 || parts.length <= limit) {
    return parts;
  }
  const kept = Math.max(Number(limit) - 1, 0);
  return limit === 0 ? [] : [...parts.slice(0, kept), parts.slice(kept).join(separator)];
}

/** Replaces the first `limit` occurrences; a negative limit is none. An empty text occurs before every code point and at the end. */
function replace(text: string, old: string, replacement: string, limit: CelInt): string {
  if (limit === 0) {
    return text;
  }
  const pieces = old === '' ? ['', ...Array.from(text), ''] : text.split(old);
  const count = limit < 0 ? pieces.length - 1 : Math.min(Number(limit), pieces.length - 1);
  return (
    pieces.slice(0, count + 1).join(replacement) +
    pieces
      .slice(count + 1)
      .map((piece) => old + piece)
      .join('')
  );
}

function join(list: unknown, separator: string): string {
  return (listElements(list) as readonly unknown[])
    .map((element) => {
      const value = fromJson(element);
      if (typeof value !== 'string') {
        throw new CelEvaluationError('join: invalid input');
      }
      return value;
    })
    .join(separator);
}

const WHITE_SPACE_AROUND =
  /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;

const QUOTE_ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that have an escape
  return `"${text.replace(/[\x07\b\f\n\r\t\v\\"]/g, (character) => QUOTE_ESCAPES[character] as string)}"`;
}

/** Functions on strings: those of CEL itself and of its strings extension. */
export const STRINGS: Library = {
  'string.contains(string)': (text: string, part: string) => text.includes(part),
  'string.startsWith(string)': (text: string, part: string) => text.startsWith(part),
  'string.endsWith(string)': (text: string, part: string) => text.endsWith(part),
  'string.charAt(int)': charAt,
  'string.indexOf(string)': (text: string, part: string) => indexOf(text, part, 0),
  'string.indexOf(string, int)': indexOf,
  'string.lastIndexOf(string)': (text: string, part: string) =>
    part === '' ? stringSize(text) : text === '' ? -1 : lastIndexOf(text, part, stringSize(text) - 1),
  'string.lastIndexOf(string, int)': lastIndexOf,
  'string.lowerAscii()': (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
  'string.upperAscii()': (text: string) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
  'string.replace(string, string)': (text: string, old: string, replacement: string) => replace(text, old, replacement, -1),
  'string.replace(string, string, int)': replace,
  'string.split(string)': (text: string, separator: string) => split(text, separator, -1),
  'string.split(string, int)': split,
  'string.substring(int)': (text: string, start: CelInt) => substring(text, start),
  'string.substring(int, int)': substring,
  'string.trim()': (text: string) => text.replace(WHITE_SPACE_AROUND, ''),
  'string.reverse()': (text: string) => Array.from(text).reverse().join(''),
  'string.format(list)': format,
  'list.join()': (list: unknown) => join(list, ''),
  'list.join(string)': join,
  'strings.quote(string)': quote,
};

import type { YamlProblem } from './yaml-problem';

/** A piece of a file that kubectl reads on its own. */
export interface YamlPiece {
  readonly text: string;
  /** Where it begins in the file, in UTF-16 code units. */
  readonly start: number;
  /** The line of its first character, counted from 1. */
  readonly line: number;
  /** The column of its first character, counted from 1. */
  readonly column: number;
  /** Why it cannot be read, when the line that separates it already tells. */
  readonly problem?: YamlProblem;
}

/**
 * Cuts a file into documents as kubectl does: at every line that begins with `---`, before the YAML in between is looked at. JSON objects that follow one
 * another without a separator, as `jq` prints them, are documents of their own.
 */
export function splitDocuments(text: string): YamlPiece[] {
  const pieces: YamlPiece[] = [];
  let start = 0;
  let line = 1;
  let problem: YamlProblem | undefined;
  while (start <= text.length) {
    const separator = text.startsWith('---', start) ? start : text.indexOf('\n---', start) + 1 || text.length;
    if (separator > start) {
      const piece = text.slice(start, separator);
      if (/\S/.test(piece)) {
        pieces.push(...splitJson({ text: piece, start, line, column: 1, ...(problem ? { problem } : {}) }));
        problem = undefined;
      }
      line += countLines(text, start, separator);
    }
    if (separator >= text.length) {
      break;
    }
    const end = text.indexOf('\n', separator) + 1 || text.length;
    const rest = text.slice(separator + 3, end).trim();
    if (rest !== '' && !rest.startsWith('#')) {
      problem = afterSeparator(rest);
      pieces.push({ text: text.slice(separator, end), start: separator, line, column: 1, problem });
      problem = undefined;
    }
    line += 1;
    start = end;
    if (end === text.length) {
      break;
    }
  }
  return pieces;
}

function afterSeparator(rest: string): YamlProblem {
  return {
    code: 'yaml/separator',
    severity: 'error',
    path: '',
    offset: 3,
    message: `kubectl refuses a file in which anything but a comment follows --- on its line; here it is ${JSON.stringify(rest.length > 40 ? `${rest.slice(0, 37)}...` : rest)}.`,
    fix: 'begin the document on the line below ---; a line of text that begins with --- has to be indented or quoted',
  };
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let position = text.indexOf('\n', from); position >= 0 && position < to; position = text.indexOf('\n', position + 1)) {
    lines += 1;
  }
  return lines;
}

/** Cuts a piece that holds JSON objects one after the other. */
function splitJson(piece: YamlPiece): YamlPiece[] {
  const { text } = piece;
  let start = skipBlanks(text, 0);
  if (text[start] !== '{') {
    return [piece];
  }
  const cuts: number[] = [];
  for (;;) {
    const end = endOfJson(text, start);
    if (end === undefined) {
      break;
    }
    const next = skipBlanks(text, end);
    if (text[next] !== '{') {
      break;
    }
    cuts.push(next);
    start = next;
  }
  let line = piece.line;
  return [0, ...cuts].map((from, index) => {
    const to = cuts[index] ?? text.length;
    const lineStart = text.lastIndexOf('\n', from - 1) + 1;
    const part = { ...piece, text: text.slice(from, to), start: piece.start + from, line, column: from - lineStart + (lineStart === 0 ? piece.column : 1) };
    line += countLines(text, from, to);
    return part;
  });
}

function skipBlanks(text: string, from: number): number {
  let position = from;
  while (position < text.length && ' \t\r\n'.includes(text[position] as string)) {
    position += 1;
  }
  return position;
}

/** The offset behind the brace that closes the object opened at `start`, or nothing when it is never closed. */
function endOfJson(text: string, start: number): number | undefined {
  const marks = /["{}]/g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === '"') {
      let end = mark.index + 1;
      while (end < text.length && text[end] !== '"') {
        end += text[end] === '\\' ? 2 : 1;
      }
      marks.lastIndex = end + 1;
    } else {
      depth += mark[0] === '{' ? 1 : -1;
      if (depth === 0) {
        return mark.index + 1;
      }
    }
  }
  return undefined;
}

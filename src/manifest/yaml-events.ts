import { EVENT_ID, type Event, parseEvents, YAMLException } from 'js-yaml';
import { unreadable } from './yaml-problem';

/** The events of one YAML document or of several that only `...` separates, with the way back from their offsets to the author's text. */
export interface YamlEvents {
  readonly events: readonly Event[];
  /** The text that the offsets of the events count in. */
  readonly source: string;
  /** Turns an offset of `source` into one of the text as it was written. */
  original(offset: number): number;
}

/** Deeper documents are refused: no configuration needs them, and everything that walks an object may recurse. */
export const deepestNesting = 1000;

/** How many lines of one document may need the repair below, and how many characters may be read again for it. */
const repairs = { lines: 2000, characters: 50_000_000 };

/**
 * Reads the events of a document.
 *
 * kubectl does not care how far the lines inside brackets and quotes are indented, while the parser demands what YAML 1.2 says. Blanks at the start of such
 * a line mean nothing, so the line is moved to the right and read again.
 */
export function readEvents(text: string): YamlEvents {
  const moved: MovedLine[] = [];
  let source = text;
  let first: YAMLException | undefined;
  for (let budget = repairs.characters; ; budget -= source.length) {
    try {
      const events = parseEvents(source, { maxDepth: deepestNesting });
      return { events, source, original: (offset) => originalOffset(moved, offset) };
    } catch (error) {
      if (!(error instanceof YAMLException)) {
        throw error;
      }
      first ??= error;
      const repairable = error.reason === 'deficient indentation';
      const affordable = budget > 0 && moved.length < repairs.lines;
      const repaired = repairable && affordable ? moveLine(source, error, moved) : undefined;
      if (repaired === undefined) {
        return refuse(text, moved.length > 0 ? first : error, affordable);
      }
      source = repaired;
    }
  }
}

interface MovedLine {
  /** Where the blanks were inserted, counted in the text with all earlier insertions. */
  readonly at: number;
  readonly blanks: number;
}

function moveLine(source: string, error: YAMLException, moved: MovedLine[]): string | undefined {
  const position = error.mark?.position ?? 0;
  const lineStart = Math.max(source.lastIndexOf('\n', position - 1), source.lastIndexOf('\r', position - 1)) + 1;
  let contentStart = position;
  while (contentStart > lineStart && (source[contentStart - 1] === ' ' || source[contentStart - 1] === '\t')) {
    contentStart -= 1;
  }
  if (contentStart > lineStart) {
    // Something stands before it on the line, so a tab in between is what the parser dislikes.
    const between = source.slice(contentStart, position);
    return between.includes('\t') ? source.slice(0, contentStart) + ' '.repeat(between.length) + source.slice(position) : undefined;
  }
  const blanks = 200;
  moved.push({ at: lineStart, blanks });
  return source.slice(0, lineStart) + ' '.repeat(blanks) + source.slice(lineStart);
}

function originalOffset(moved: readonly MovedLine[], offset: number): number {
  let result = offset;
  for (let index = moved.length - 1; index >= 0; index -= 1) {
    const { at, blanks } = moved[index] as MovedLine;
    if (result >= at + blanks) {
      result -= blanks;
    } else if (result > at) {
      result = at;
    }
  }
  return result;
}

/**
 * Turns the parser's reason into what is wrong and what to do about it.
 *
 * @param certain false when only the repair of indentation was given up, so that nothing needs to be missing
 */
function refuse(text: string, error: YAMLException, certain: boolean): never {
  const { reason } = error;
  const stopped = Math.min(error.mark?.position ?? 0, text.length);
  // This one is noticed only behind the line that is wrong.
  const offset = /multiline key|^end of the stream or/.test(reason) ? startOfLineBefore(text, stopped) : stopped;
  if (reason.startsWith('nesting exceeded')) {
    return unreadable({
      code: 'yaml/too-deep',
      path: '',
      offset,
      message: `This document nests deeper than ${deepestNesting} levels, so it is not read.`,
      fix: 'check for brackets that are opened again and again without being closed',
    });
  }
  const opener = certain && /unexpected end of the|deficient indentation|missed comma/.test(reason) ? unclosed(text, reason, offset) : undefined;
  // Where the bracket is closed further down, the comma is what is missing.
  if (opener !== undefined && !(reason.startsWith('missed comma') && text.includes(opener.closer, offset))) {
    return unreadable({
      code: 'yaml/syntax',
      path: '',
      offset: opener.offset,
      message: `The ${opener.what} opened here is never closed, so the document cannot be read.`,
      fix: `add the closing ${opener.closer}`,
      related: { message: 'the text makes no sense from here on, because it still counts as part of it', offset },
    });
  }
  const advice = adviceForText(text, offset) ?? advices.find(({ when }) => when.test(reason));
  return unreadable({
    code: 'yaml/syntax',
    path: '',
    offset,
    message: `${advice?.says ?? `This is not YAML: ${reason}.`} The document cannot be read.`,
    fix: advice?.fix ?? 'compare this line and the one above it with a document that works: indentation, colons, quotes and brackets',
  });
}

/** Where the content of the line begins, or of the last line before that has any. */
function startOfLineBefore(text: string, offset: number): number {
  const before = text.slice(0, offset).trimEnd();
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return before.length - line.trimStart().length;
}

interface Advice {
  readonly says: string;
  readonly fix: string;
}

/** Some slips are known by what stands there, whatever the parser says of them. */
function adviceForText(text: string, offset: number): Advice | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const line = text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd).slice(0, 1000);
  const above = text.slice(0, Math.max(0, lineStart - 1)).slice(-1000);
  if (line.includes('{{')) {
    return {
      says: 'A template expression ({{ ... }}) stands here unrendered.',
      fix: 'render the chart first (helm template), or put quotes around a value that is meant to contain {{',
    };
  }
  if ('@`%'.includes(text[offset] ?? ' ')) {
    return { says: `An unquoted value cannot begin with ${text[offset]}.`, fix: 'put quotes around the value' };
  }
  if (/["']$/.test(text.slice(lineStart, offset).trimEnd())) {
    return {
      says: 'Text follows a closing quote.',
      fix: "put everything between the quotes; inside single quotes, write a quote twice ('')",
    };
  }
  if (/(?:^|\n)[ -]*[A-Za-z0-9_.-]+:[^\s:/][^\n]*$/.test(above)) {
    return {
      says: 'The line above this one has no space after its colon, so it is text and no field.',
      fix: 'write "key: value", with a space after the colon',
    };
  }
  return undefined;
}

const advices: readonly (Advice & { readonly when: RegExp })[] = [
  {
    when: /^tab characters/,
    says: 'A tab indents this line; YAML allows only spaces for indentation.',
    fix: 'replace the tab with spaces',
  },
  {
    when: /^bad indentation of a mapping entry/,
    says: 'This line does not fit the indentation above it, or a second ": " stands in an unquoted value.',
    fix: 'align the key with its siblings, and put quotes around a value that contains ": "',
  },
  {
    when: /^bad indentation of a sequence entry/,
    says: 'This line is not aligned with the list above it.',
    fix: 'give all "-" of one list the same column, and indent what belongs to an item like its first field',
  },
  {
    when: /^deficient indentation/,
    says: 'This line is indented less than the quoted text or the brackets that it belongs to.',
    fix: 'close the quote or bracket that was opened above, or indent this line further',
  },
  {
    when: /^unexpected end/,
    says: 'The text ends within quotes or brackets.',
    fix: 'close every quote and bracket that is opened',
  },
  {
    when: /^missed comma/,
    says: 'Two entries between brackets are not separated by a comma.',
    fix: 'put a comma between the entries, or close the bracket that was opened before',
  },
  {
    when: /multiline key|^expected ':' after a mapping key/,
    says: 'A key without a colon stands here.',
    fix: 'write "key: value", with a space after the colon; put quotes around text that is meant to continue the line above',
  },
  {
    when: /^a whitespace character is expected after the key-value separator/,
    says: 'The colon after a key needs a space behind it.',
    fix: 'write "key: value", with a space after the colon',
  },
  {
    when: /^end of the stream or a document separator/,
    says: 'The document ends before this line, which belongs to nothing.',
    fix: 'indent the line like its siblings, put quotes around values that contain ": " or begin with one of {[*&!|>%@`, or start a new document with ---',
  },
  {
    when: /non-printable|valid JSON character/,
    says: 'The text contains a control character.',
    fix: 'remove the character, or write it as \\uXXXX between double quotes',
  },
  {
    when: /escape sequence|hexadecimal/,
    says: 'A backslash between double quotes starts an escape that YAML does not know.',
    fix: 'double the backslash, or use single quotes, in which a backslash is an ordinary character',
  },
  {
    when: /anchor|alias/,
    says: 'A name must follow & and * directly.',
    fix: 'name the anchor (&name, *name), or put quotes around text that begins with & or *',
  },
  {
    when: /tag/,
    says: 'Text that begins with ! is a tag in YAML, and this is none.',
    fix: 'put quotes around text that begins with !',
  },
  {
    when: /directive/,
    says: 'A line that begins with % is a directive in YAML, and this is none.',
    fix: 'put quotes around text that begins with %, or remove the line',
  },
];

const closers: readonly (readonly [closer: string, what: string])[] = [
  ['"', 'double quote'],
  ["'", 'single quote'],
  [']', 'bracket'],
  ['}', 'brace'],
  ['"]', 'double quote'],
  ["']", 'single quote'],
  ['"}', 'double quote'],
  ["'}", 'single quote'],
  [']}', 'bracket'],
  ['}]', 'brace'],
  [']]', 'bracket'],
  ['}}', 'brace'],
];

/** Finds the quote or bracket that is still open where the parser gave up: the one whose closing makes the text before that place readable. */
function unclosed(text: string, reason: string, offset: number): { offset: number; what: string; closer: string } | undefined {
  const atEnd = reason.startsWith('unexpected end');
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = (atEnd ? text.slice(0, offset) : text.slice(0, lineStart)).trimEnd();
  if (before.length > 1_000_000) {
    return undefined;
  }
  for (const [closer, what] of closers) {
    try {
      const events = parseEvents(`${before}\n${' '.repeat(200)}${closer}`, { maxDepth: deepestNesting });
      const start = what.endsWith('quote') ? lastQuote(events) : bracketClosedBy(events, before, closer.length);
      return start < 0 ? undefined : { offset: start, what, closer: closer[0] as string };
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

function lastQuote(events: readonly Event[]): number {
  return events.reduce((found, event) => (event.type === EVENT_ID.SCALAR && event.valueStart > 0 ? event.valueStart - 1 : found), -1);
}

/** The bracket that the first of the last `count` closing ones belongs to. */
function bracketClosedBy(events: readonly Event[], text: string, count: number): number {
  const open: number[] = [];
  const closed: number[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      open.push('[{'.includes(text[event.start] as string) ? event.start : -1);
    } else if (event.type === EVENT_ID.DOCUMENT) {
      open.push(-1);
    } else if (event.type === EVENT_ID.POP) {
      closed.push(open.pop() ?? -1);
    }
  }
  return closed.filter((start) => start >= 0).at(-count) ?? -1;
}

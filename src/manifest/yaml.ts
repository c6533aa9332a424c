import type { Diagnostic, SourceLocation } from './diagnostic';
import { identityOf, type KubernetesObject, type Manifest } from './manifest';
import { formatPath, type PathSegment } from './path';
import { type ComposedDocument, composeDocuments, eventOffset } from './yaml-compose';
import { splitDocuments, type YamlPiece } from './yaml-documents';
import { readEvents, type YamlEvents } from './yaml-events';
import { documentLocator } from './yaml-locate';
import { UnreadableYaml, type YamlProblem } from './yaml-problem';
import { refuseTabs } from './yaml-tabs';

/** What a text holds: the objects that could be read, and findings about everything else. */
export interface YamlReading {
  readonly manifests: Manifest[];
  readonly diagnostics: Diagnostic[];
}

/**
 * Reads Kubernetes manifests from YAML or JSON exactly as kubectl does: YAML 1.1 scalars, documents cut at `---`, the items of Lists as objects of their own.
 * Never throws: whatever cannot be read becomes a diagnostic, and the other documents of the text are read all the same.
 *
 * Positions cost a second reading of the one document concerned, when a field of it is first looked for.
 *
 * @param text the whole file
 * @param file how positions name it, default `<text>`
 */
export function readYaml(text: string, file = '<text>'): YamlReading {
  const manifests: Manifest[] = [];
  const diagnostics: Diagnostic[] = [];
  eachDocument(text, file, diagnostics, (document) => addObjects(document.value, [], document.location, document));

  function addObjects(object: unknown, within: readonly PathSegment[], location: SourceLocation, document: YamlDocument): void {
    if (!isObject(object)) {
      const { code, severity, message, fix } = notAnObject(object);
      diagnostics.push({ code, severity, path: formatPath(within), message, location: document.locate('', within), fix });
      return;
    }
    const items = itemsOf(object);
    if (items === undefined) {
      manifests.push({ object, origin: { location, locate: (path) => document.locate(path, within) } });
      return;
    }
    items.forEach((item, position) => {
      const inside = [...within, 'items', position];
      addObjects(item, inside, document.locate('', inside), document);
    });
  }

  return { manifests, diagnostics };
}

/** One document as plain data, whatever it holds. */
export interface YamlDocument {
  readonly value: unknown;
  /** Where it begins. */
  readonly location: SourceLocation;
  /** Finds the place of a field, or of the nearest parent that exists; `within` leads to the object that the path begins at. */
  locate(path: string, within?: readonly PathSegment[]): SourceLocation;
}

/** Reads the documents of a text as `readYaml` does, and leaves it to the reader what they should hold. Empty ones are passed over. */
export function readDocuments(text: string, file = '<text>'): { readonly documents: YamlDocument[]; readonly diagnostics: Diagnostic[] } {
  const documents: YamlDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  eachDocument(text, file, diagnostics, (document) => documents.push(document));
  return { documents, diagnostics };
}

/** What cannot be read is said in between, so that findings stay in the order of the text. */
function eachDocument(text: string, file: string, diagnostics: Diagnostic[], visit: (document: YamlDocument) => void): void {
  const content = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (isBinary(content)) {
    diagnostics.push({
      code: 'yaml/binary',
      severity: 'error',
      path: '',
      message: 'This is no text in UTF-8 (a binary, compressed or UTF-16 file), so nothing in it can be read.',
      fix: 'leave the file out, or save it as UTF-8',
      location: { file, line: 1, column: 1 },
    });
    return;
  }
  for (const piece of splitDocuments(content)) {
    readPiece(piece, file, diagnostics, visit);
  }
}

const controlCharacter = /(?![\t\n\r\u0085])\p{Cc}|[\ufffe\uffff]/u;

/** A null byte, or a beginning full of characters that no text has. */
function isBinary(text: string): boolean {
  const beginning = text.slice(0, 4096);
  const strange = beginning.match(/(?![\t\n\r\u0085])\p{Cc}|\ufffd/gu)?.length ?? 0;
  return text.includes('\0') || (strange > 4 && strange * 10 > beginning.length);
}

function readPiece(piece: YamlPiece, file: string, diagnostics: Diagnostic[], visit: (document: YamlDocument) => void): void {
  const { text } = piece;
  const locate = pieceLocator(piece, file);
  if (piece.problem !== undefined) {
    diagnostics.push(toDiagnostic(piece.problem, locate));
    return;
  }
  let parsed: YamlEvents;
  let documents: ComposedDocument[];
  try {
    refuseWhatOnlyKubectlRefuses(text);
    parsed = readEvents(text);
    refuseTabs(parsed);
    documents = composeDocuments(parsed);
  } catch (error) {
    if (error instanceof UnreadableYaml) {
      diagnostics.push(toDiagnostic(error.problem, locate));
      return;
    }
    throw error;
  }
  let kept: YamlEvents | undefined;
  const eventsAgain = (): YamlEvents => {
    kept ??= readEvents(text);
    return kept;
  };
  documents.forEach(({ value, root, problems }, index) => {
    if (value === null && problems.length === 0) {
      return;
    }
    const start = parsed.original(eventOffset(parsed.events[root] as never));
    if (index > 0) {
      diagnostics.push(toDiagnostic({ ...afterEnd, offset: start }, locate));
    }
    let find: ReturnType<typeof documentLocator> | undefined;
    const findOffset = (path: string, within: readonly PathSegment[]): number => {
      find ??= documentLocator(eventsAgain(), root);
      return find(path, within);
    };
    const identity = isObject(value) ? identityOf(value) : undefined;
    for (const problem of problems) {
      diagnostics.push({ ...toDiagnostic(problem, locate), ...(identity ? { object: identity } : {}) });
    }
    visit({ value, location: locate(start), locate: (path, within = []) => locate(findOffset(path, within)) });
  });
}

/** Positions within a piece; the lines are counted once, from the first position that is asked for onwards. */
function pieceLocator({ text, line, column }: YamlPiece, file: string): (offset: number) => SourceLocation {
  let lineStarts: number[] | undefined;
  let asked = 0;
  return (offset) => {
    asked += 1;
    if (lineStarts === undefined && asked > 2) {
      lineStarts = [0];
      for (let position = text.indexOf('\n'); position >= 0; position = text.indexOf('\n', position + 1)) {
        lineStarts.push(position + 1);
      }
    }
    let before = 0;
    let start = 0;
    if (lineStarts === undefined) {
      for (let position = text.indexOf('\n'); position >= 0 && position < offset; position = text.indexOf('\n', position + 1)) {
        before += 1;
        start = position + 1;
      }
    } else {
      let low = 0;
      let high = lineStarts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((lineStarts[middle] as number) <= offset) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      before = low;
      start = lineStarts[low] as number;
    }
    return { file, line: line + before, column: offset - start + (before === 0 ? column : 1) };
  };
}

function toDiagnostic(problem: YamlProblem, locate: (offset: number) => SourceLocation): Diagnostic {
  const { code, severity, path, message, fix, related } = problem;
  return {
    code,
    severity,
    path,
    message,
    location: locate(problem.offset),
    ...(related === undefined ? {} : { related: [{ message: related.message, location: locate(related.offset) }] }),
    fix,
  };
}

/** What is YAML and yet stops kubectl: a directive, because the file is cut at the `---` that must follow it, and control characters, comments included. */
function refuseWhatOnlyKubectlRefuses(text: string): void {
  const directive = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*%/.exec(text);
  if (directive !== null) {
    throw new UnreadableYaml({
      code: 'yaml/directive',
      severity: 'error',
      path: '',
      offset: directive[0].length - 1,
      message: 'kubectl cannot read YAML directives such as %YAML 1.2: it cuts the file at --- before it looks at them, and refuses what is left.',
      fix: 'remove the line',
    });
  }
  const control = controlCharacter.exec(text);
  if (control !== null) {
    const number = (control[0].codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
    throw new UnreadableYaml({
      code: 'yaml/syntax',
      severity: 'error',
      path: '',
      offset: control.index,
      message: `The control character U+${number} stands here, and YAML may not contain it. The document cannot be read.`,
      fix: `remove the character, or write it as \\u${number} between double quotes`,
    });
  }
}

const afterEnd: Omit<YamlProblem, 'offset'> = {
  code: 'yaml/ignored-document',
  severity: 'warning',
  path: '',
  message: 'kubectl reads nothing between ... and the next ---, so this document would never reach the cluster.',
  fix: 'put --- before the document',
};

function notAnObject(value: unknown): Pick<YamlProblem, 'code' | 'severity' | 'message' | 'fix'> {
  const what = Array.isArray(value) ? 'a list' : value === null ? 'empty' : `only ${JSON.stringify(value)}`.slice(0, 60);
  return {
    code: 'yaml/not-an-object',
    severity: 'error',
    message: `A Kubernetes object (apiVersion, kind, metadata, ...) is expected here, and this is ${what}, so kubectl refuses it.`,
    fix: Array.isArray(value)
      ? 'separate the objects with ---, or put them under "items" of a "kind: List"'
      : 'remove it, or indent it under the object that it belongs to',
  };
}

/** The items of a List, each with the kind that a typed list (`VirtualServiceList`) implies. */
function itemsOf(object: KubernetesObject): unknown[] | undefined {
  const { kind, apiVersion, items } = object;
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) {
    return undefined;
  }
  const implied = kind.slice(0, -'List'.length);
  return items.map((item) => (implied !== '' && isObject(item) && item.kind === undefined ? { apiVersion, kind: implied, ...item } : item));
}

function isObject(value: unknown): value is KubernetesObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

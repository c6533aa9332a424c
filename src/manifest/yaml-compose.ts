import { EVENT_ID, type Event, getScalarValue, type MappingEvent, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { formatPath, type PathSegment } from './path';
import { deepestNesting, type YamlEvents } from './yaml-events';
import { unreadable, type YamlProblem } from './yaml-problem';
import { keyText, plainScalar, plainValue, taggedValue } from './yaml-scalars';

/** One document as plain data, with what it says twice or misleadingly. */
export interface ComposedDocument {
  readonly value: unknown;
  /** The index of the event of its root node. */
  readonly root: number;
  readonly problems: readonly YamlProblem[];
}

type Mapping = Record<string, unknown>;

/** What may follow & and *. */
const anchorName = /^[A-Za-z0-9_-]+$/;

/**
 * Builds plain data out of the events of every document in them, as kubectl does: aliases are copied, keys become text, and a merge key (`<<`) takes effect
 * where it stands. Throws UnreadableYaml.
 */
export function composeDocuments({ events, source, original }: YamlEvents): ComposedDocument[] {
  let cursor = 0;
  let problems: YamlProblem[] = [];
  const path: PathSegment[] = [];
  /** Anchors as far as they are known, and for every alias met the event that its anchor stood for there. */
  let anchors = new Map<string, number>();
  const targets = new Map<number, number>();
  const expanding = new Set<number>();
  let nodes = 0;
  let copies = 0;
  let depth = 0;

  const place = (event: Event): number => original(eventOffset(event));

  function count(event: Event): void {
    nodes += 1;
    if (expanding.size > 0) {
      copies += 1;
      if (copies > 100 && nodes > 1000 && copies / nodes > allowedCopies(nodes)) {
        unreadable({
          code: 'yaml/alias-bomb',
          path: formatPath(path),
          offset: place(event),
          message: 'Aliases (*name) blow this document up beyond what kubectl reads, so it is refused.',
          fix: 'write the repeated parts out, or use fewer aliases to values that contain aliases themselves',
        });
      }
    }
  }

  function node(): unknown {
    const index = cursor;
    const event = events[index] as Event;
    cursor += 1;
    count(event);
    switch (event.type) {
      case EVENT_ID.SCALAR:
        remember(event, index);
        return scalar(event);
      case EVENT_ID.MAPPING:
        remember(event, index);
        descend(event);
        return mapping(event);
      case EVENT_ID.SEQUENCE:
        remember(event, index);
        descend(event);
        return sequence();
      case EVENT_ID.ALIAS:
        return alias(index);
      default:
        throw new Error(`a node is expected, not event ${event.type}`);
    }
  }

  function remember(event: ScalarEvent | Extract<Event, { start: number }>, index: number): void {
    if (event.anchorStart >= 0 && expanding.size === 0) {
      const name = source.slice(event.anchorStart, event.anchorEnd);
      if (!anchorName.test(name)) {
        unreadable({
          code: 'yaml/syntax',
          path: '',
          offset: original(event.anchorStart),
          message: `kubectl refuses the anchor name ${JSON.stringify(shorten(name))}: it may hold only letters, digits, "_" and "-". The document cannot be read.`,
          fix: 'rename the anchor and its aliases, or put quotes around text that begins with &',
        });
      }
      anchors.set(name, index);
    }
  }

  function descend(event: Event): void {
    depth += 1;
    if (depth > deepestNesting) {
      unreadable({
        code: 'yaml/too-deep',
        path: '',
        offset: place(event),
        message: `With its aliases written out, this document nests deeper than ${deepestNesting} levels, so it is not read.`,
        fix: 'do not let aliases contain one another',
      });
    }
  }

  /** The event that an alias stands for; an alias inside a copied part keeps the meaning it had where it was written. */
  function target(index: number): number {
    const known = targets.get(index);
    if (known !== undefined) {
      return known;
    }
    const event = events[index] as Extract<Event, { type: 5 }>;
    const name = source.slice(event.anchorStart, event.anchorEnd);
    const found = anchors.get(name);
    if (found === undefined) {
      return unreadable({
        code: 'yaml/unknown-anchor',
        path: formatPath(path),
        offset: place(event),
        ...(anchorName.test(name)
          ? {
              message: `*${name} refers to an anchor that this document does not define above this line, so it cannot be read.`,
              fix: `define it as &${name} before its first use, or put quotes around the text; anchors do not reach from one document into the next`,
            }
          : {
              message: `An unquoted * begins a reference to an anchor, and ${JSON.stringify(shorten(name))} is none, so the document cannot be read.`,
              fix: `put quotes around it: "*${shorten(name)}"`,
            }),
      });
    }
    targets.set(index, found);
    return found;
  }

  function alias(index: number): unknown {
    const anchor = target(index);
    if (expanding.has(index)) {
      return unreadable({
        code: 'yaml/alias-bomb',
        path: formatPath(path),
        offset: place(events[index] as Event),
        message: 'This alias stands inside the very value that it refers to, so the value would never end.',
        fix: 'refer to an anchor whose value ends before the alias',
      });
    }
    const after = cursor;
    expanding.add(index);
    cursor = anchor;
    const value = node();
    expanding.delete(index);
    cursor = after;
    return value;
  }

  function scalar(event: ScalarEvent): unknown {
    const text = getScalarValue(source, event);
    if (event.tagStart >= 0) {
      return jsonValue(event, tagged(event, text));
    }
    if (event.style !== SCALAR_STYLE.PLAIN) {
      return text;
    }
    const value = plainValue(text);
    return typeof value === 'number' && !Number.isFinite(value) ? jsonValue(event, value) : value;
  }

  function tagged(event: ScalarEvent, text: string): unknown {
    const tag = tagName(source.slice(event.tagStart, event.tagEnd));
    const result = taggedValue(tag, text);
    if (result === undefined) {
      return unreadable({
        code: 'yaml/tag',
        path: formatPath(path),
        offset: place(event),
        message: `The tag !!${tag} does not suit ${JSON.stringify(shorten(text))}, so the document cannot be read.`,
        fix: tag === 'binary' ? 'give the base64 text as a plain string, without the tag' : 'remove the tag',
      });
    }
    return result.type === 'int' ? Number(result.value) : result.value;
  }

  function jsonValue(event: ScalarEvent, value: unknown): unknown {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return unreadable({
        code: 'yaml/not-json',
        path: formatPath(path),
        offset: place(event),
        message: `${getScalarValue(source, event)} is a number in YAML that JSON cannot hold, and Kubernetes stores JSON.`,
        fix: 'write a finite number, or put quotes around it where text is meant',
      });
    }
    return value;
  }

  function sequence(): unknown[] {
    const items: unknown[] = [];
    while ((events[cursor] as Event).type !== EVENT_ID.POP) {
      path.push(items.length);
      items.push(node());
      path.pop();
    }
    cursor += 1;
    depth -= 1;
    return items;
  }

  function mapping(start: MappingEvent): Mapping {
    const result: Mapping = {};
    /** Keys that came in by a merge and may be set once more without being duplicates. */
    let merged: Set<string> | undefined;
    while ((events[cursor] as Event).type !== EVENT_ID.POP) {
      const event = events[cursor] as Event;
      if (event.type === EVENT_ID.SCALAR && isMerge(event)) {
        cursor += 1;
        merged ??= new Set();
        merge(event, result, merged);
        continue;
      }
      const key = keyOf(event);
      path.push(key);
      if (Object.hasOwn(result, key) && merged?.has(key) !== true) {
        duplicate(start, event, key);
      }
      merged?.delete(key);
      assign(result, key, node());
      path.pop();
    }
    cursor += 1;
    depth -= 1;
    return result;
  }

  function isMerge(event: ScalarEvent): boolean {
    if (event.valueEnd - event.valueStart !== 2 || source.slice(event.valueStart, event.valueEnd) !== '<<') {
      return false;
    }
    return event.tagStart < 0 ? event.style === SCALAR_STYLE.PLAIN : tagName(source.slice(event.tagStart, event.tagEnd)) === 'merge';
  }

  function merge(key: ScalarEvent, into: Mapping, merged: Set<string>): void {
    const sources = mergedMappings(key);
    for (const from of sources.reverse()) {
      for (const name of Object.keys(from)) {
        if (Object.hasOwn(into, name) && !merged.has(name)) {
          report({
            code: 'yaml/merge-order',
            severity: 'warning',
            path: formatPath([...path, name]),
            offset: place(key),
            message: `The merge key stands below ${JSON.stringify(name)} and replaces it: kubectl takes the merged value, other tools the written one.`,
            fix: 'move << above the keys that are meant to override it',
          });
        }
        assign(into, name, from[name]);
        merged.add(name);
      }
    }
  }

  function mergedMappings(key: ScalarEvent): Mapping[] {
    const event = events[cursor] as Event;
    if (event.type === EVENT_ID.SEQUENCE) {
      cursor += 1;
      const result: Mapping[] = [];
      while ((events[cursor] as Event).type !== EVENT_ID.POP) {
        result.push(mergedMapping(key));
      }
      cursor += 1;
      return result;
    }
    return [mergedMapping(key)];
  }

  function mergedMapping(key: ScalarEvent): Mapping {
    const event = events[cursor] as Event;
    const meant = event.type === EVENT_ID.ALIAS ? (events[target(cursor)] as Event) : event;
    if (meant.type !== EVENT_ID.MAPPING) {
      return unreadable({
        code: 'yaml/merge',
        path: formatPath(path),
        offset: place(key),
        message: 'The merge key << needs a mapping, or a list of mappings, as its value.',
        fix: 'write <<: *name with an anchor on a mapping, or put quotes around "<<" where it is meant as an ordinary key',
      });
    }
    return node() as Mapping;
  }

  /** Reads a key and leaves the cursor at its value. */
  function keyOf(event: Event): string {
    if (event.type === EVENT_ID.SCALAR && event.tagStart < 0 && event.anchorStart < 0) {
      cursor += 1;
      count(event);
      const text = getScalarValue(source, event);
      if (event.style !== SCALAR_STYLE.PLAIN) {
        return text;
      }
      return keyText(plainScalar(text)) ?? badKey(event);
    }
    const value = node();
    switch (typeof value) {
      case 'string':
        return value;
      case 'number':
        return keyText(plainScalar(String(value))) ?? badKey(event);
      case 'boolean':
        return String(value);
      default:
        return badKey(event);
    }
  }

  function badKey(event: Event): never {
    return unreadable({
      code: 'yaml/key',
      path: formatPath(path),
      offset: place(event),
      message: 'This key is no text: JSON, which Kubernetes stores, cannot hold null, a list, a mapping or a number beyond 63 bits as a key.',
      fix: 'put quotes around the key; {{ ... }} left over from a template has to be rendered first',
    });
  }

  /** Copies made by aliases repeat what was reported where it is written. */
  function report(problem: YamlProblem): void {
    if (expanding.size === 0) {
      problems.push(problem);
    }
  }

  function duplicate(start: MappingEvent, event: Event, key: string): void {
    const first = firstKey(start, key);
    report({
      code: 'yaml/duplicate-key',
      severity: 'error',
      path: formatPath(path),
      offset: place(event),
      message: `The key ${JSON.stringify(shorten(key))} stands twice in this mapping, and only one of the two values would take effect.`,
      fix: 'keep one of them, or merge their contents under one key',
      ...(first === undefined ? {} : { related: { message: 'first written here', offset: first } }),
    });
  }

  /** Where a key stood first: looked up again only when a duplicate is reported. */
  function firstKey(start: MappingEvent, key: string): number | undefined {
    let level = 0;
    let expectsKey = true;
    for (let index = events.indexOf(start) + 1; index < events.length; index += 1) {
      const event = events[index] as Event;
      if (event.type === EVENT_ID.POP) {
        level -= 1;
        if (level < 0) {
          return undefined;
        }
      }
      if (level === 0 && event.type === EVENT_ID.SCALAR && expectsKey) {
        const text = getScalarValue(source, event);
        if ((event.style === SCALAR_STYLE.PLAIN ? keyText(plainScalar(text)) : text) === key) {
          return place(event);
        }
      }
      if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
        level += 1;
      } else if (level === 0) {
        expectsKey = !expectsKey;
      }
    }
    return undefined;
  }

  const documents: ComposedDocument[] = [];
  while (cursor < events.length) {
    // The event that opens the document, its root node, and the event that closes it.
    const root = cursor + 1;
    cursor = root;
    problems = [];
    anchors = new Map();
    nodes = 1;
    copies = 0;
    const value = node();
    cursor += 1;
    documents.push({ value, root, problems });
  }
  return documents;
}

/**
 * The share of nodes that may come from aliases, as go-yaml limits it: nearly all of a small document, a tenth of a huge one.
 */
function allowedCopies(nodes: number): number {
  const [low, high] = [400_000, 4_000_000];
  if (nodes <= low) {
    return 0.99;
  }
  return nodes >= high ? 0.1 : 0.99 - 0.89 * ((nodes - low) / (high - low));
}

/** Where a node begins that carries neither text nor brackets is where its tag or anchor begins; without these it has no place of its own. */
export function eventOffset(event: Event): number {
  if (event.type === EVENT_ID.SCALAR && event.valueStart >= 0) {
    return event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED ? event.valueStart - 1 : event.valueStart;
  }
  if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
    return event.start;
  }
  if (event.type === EVENT_ID.ALIAS) {
    return event.anchorStart - 1;
  }
  return event.type === EVENT_ID.SCALAR ? Math.max(event.tagStart, event.anchorStart, 0) : 0;
}

/** The name behind `!!`, also when written out; other tags have none that matters. */
function tagName(raw: string): string {
  return /^(?:!!|!<tag:yaml\.org,2002:)([^>]*)>?$/.exec(raw)?.[1] ?? '';
}

function assign(target: Mapping, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

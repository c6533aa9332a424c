import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import { keyPath, type PathSegment, pathSteps } from './path';
import { eventOffset } from './yaml-compose';
import type { YamlEvents } from './yaml-events';
import { keyText, plainScalar } from './yaml-scalars';

/** A field of a mapping: where its key stands and which event its value begins with. */
interface Entry {
  readonly key: number;
  readonly value: number;
}

/**
 * Finds where fields stand in one document. A field is found by its key, a list item by its first character; for a field that is missing the place of the
 * nearest parent that exists is given, for the root the place where the document begins.
 *
 * @param root the event of the root node
 * @returns a function from a path (and the path of the object within the document, for items of a List) to an offset of the text as written
 */
export function documentLocator({ events, source, original }: YamlEvents, root: number): (path: string, within?: readonly PathSegment[]) => number {
  const ends = endsOf(events);
  const anchors = anchorsOf(events, source, root);
  const mappings = new Map<number, Map<string, Entry>>();
  const sequences = new Map<number, readonly number[]>();

  /** The node itself, or what an alias stands for. */
  function resolve(index: number): number {
    const event = events[index] as Event;
    return event.type === EVENT_ID.ALIAS ? (anchors.get(index) ?? index) : index;
  }

  function entries(index: number): Map<string, Entry> {
    const known = mappings.get(index);
    if (known !== undefined) {
      return known;
    }
    const found = new Map<string, Entry>();
    mappings.set(index, found);
    for (let position = index + 1; (events[position] as Event).type !== EVENT_ID.POP; ) {
      const value = ends[position] as number;
      const name = keyOf(position);
      if (name === '<<') {
        for (const from of mergedFrom(resolve(value))) {
          for (const [key, entry] of entries(from)) {
            found.set(key, entry);
          }
        }
      } else if (name !== undefined) {
        found.set(name, { key: position, value });
      }
      position = ends[value] as number;
    }
    return found;
  }

  /** The mappings of a merge key, those that win last. */
  function mergedFrom(index: number): number[] {
    const type = (events[index] as Event).type;
    if (type === EVENT_ID.SEQUENCE) {
      return items(index).map(resolve).reverse();
    }
    return type === EVENT_ID.MAPPING ? [index] : [];
  }

  function keyOf(index: number): string | undefined {
    const event = events[resolve(index)] as Event;
    if (event.type !== EVENT_ID.SCALAR) {
      return undefined;
    }
    const text = getScalarValue(source, event);
    return event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0 ? keyText(plainScalar(text)) : text;
  }

  function items(index: number): readonly number[] {
    const known = sequences.get(index);
    if (known !== undefined) {
      return known;
    }
    const found: number[] = [];
    for (let position = index + 1; (events[position] as Event).type !== EVENT_ID.POP; position = ends[position] as number) {
      found.push(position);
    }
    sequences.set(index, found);
    return found;
  }

  function child(parent: number, segment: PathSegment): Entry | undefined {
    const index = resolve(parent);
    const type = (events[index] as Event).type;
    if (type === EVENT_ID.MAPPING) {
      return entries(index).get(String(segment));
    }
    const item = type === EVENT_ID.SEQUENCE && typeof segment === 'number' ? items(index)[segment] : undefined;
    return item === undefined ? undefined : { key: item, value: item };
  }

  /** Keys may contain dots and brackets that a path does not quote, so what the segments do not find is looked for by its text. */
  function childByText(parent: number, rest: string): { entry: Entry; rest: string } | undefined {
    const index = resolve(parent);
    if (rest === '' || (events[index] as Event).type !== EVENT_ID.MAPPING) {
      return undefined;
    }
    let best: { entry: Entry; rest: string } | undefined;
    for (const [key, entry] of entries(index)) {
      for (const written of [key, `.${key}`, keyPath('', key)]) {
        const left = rest.slice(written.length);
        if (rest.startsWith(written) && (left === '' || left[0] === '.' || left[0] === '[') && (best === undefined || left.length < best.rest.length)) {
          best = { entry, rest: left };
        }
      }
    }
    return best;
  }

  return (path, within = []) => {
    let place = root;
    let node = root;
    const enter = (entry: Entry | undefined): boolean => {
      place = entry?.key ?? place;
      node = entry?.value ?? node;
      return entry !== undefined;
    };
    if (!within.every((segment) => enter(child(node, segment)))) {
      return offsetOf(place);
    }
    let rest = path;
    for (const { segment, end } of pathSteps(path)) {
      if (!enter(child(node, segment))) {
        break;
      }
      rest = path.slice(end);
    }
    for (let found = childByText(node, rest); found !== undefined; found = childByText(node, found.rest)) {
      enter(found.entry);
    }
    return offsetOf(place);
  };

  /** A node without text of its own (a value left empty) stands where the node before it ends, so the nearest one before it that has a place is taken. */
  function offsetOf(index: number): number {
    for (let position = index; position >= 0; position -= 1) {
      const event = events[position] as Event;
      const offset = eventOffset(event);
      if (offset > 0 || event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE || (event.type === EVENT_ID.SCALAR && event.valueStart === 0)) {
        return original(offset);
      }
    }
    return 0;
  }
}

/** For every event that begins a node, the index behind the node. */
function endsOf(events: readonly Event[]): number[] {
  const ends: number[] = new Array(events.length);
  const open: number[] = [];
  events.forEach((event, index) => {
    if (event.type === EVENT_ID.POP) {
      ends[open.pop() as number] = index + 1;
    } else if (event.type === EVENT_ID.SCALAR || event.type === EVENT_ID.ALIAS) {
      ends[index] = index + 1;
    } else {
      open.push(index);
    }
  });
  return ends;
}

/** For every alias of the document that begins at `root`, the node that it stands for. */
function anchorsOf(events: readonly Event[], source: string, root: number): Map<number, number> {
  const names = new Map<string, number>();
  const targets = new Map<number, number>();
  for (let index = root; index < events.length && (events[index] as Event).type !== EVENT_ID.DOCUMENT; index += 1) {
    const event = events[index] as Event;
    if (event.type === EVENT_ID.ALIAS) {
      const target = names.get(source.slice(event.anchorStart, event.anchorEnd));
      if (target !== undefined) {
        targets.set(index, target);
      }
    } else if ('anchorStart' in event && event.anchorStart >= 0) {
      names.set(source.slice(event.anchorStart, event.anchorEnd), index);
    }
  }
  return targets;
}

import { asEvaluationError, type Evaluate } from './closures';
import { findEntry, isMap, listElements, MapLiteralValue, mapKeys } from './containers';
import { CelEvaluationError, noSuchOverload } from './errors';
import { sortByKeys } from './functions/lists';
import type { Frame } from './scope';
import type { ComprehensionMacro } from './syntax';
import { fromJson, typeName } from './values';

/** The compiled parts of a comprehension. */
export interface ComprehensionParts {
  readonly range: Evaluate;
  /** The slots of its variables: element or key; or index and element, key and value. */
  readonly slots: readonly number[];
  readonly filter: Evaluate | undefined;
  readonly body: Evaluate;
}

/** Sets the variables of one step. */
type Step = (frame: Frame, position: number) => void;

interface Iteration {
  readonly length: number;
  readonly step: Step;
}

function iterate(range: unknown, slots: readonly number[]): Iteration {
  const [first, second] = slots as readonly [number, number | undefined];
  const elements = listElements(range);
  if (elements !== undefined) {
    const step: Step =
      second === undefined
        ? (frame, i) => {
            frame[first] = fromJson(elements[i]);
          }
        : (frame, i) => {
            frame[first] = i;
            frame[second] = fromJson(elements[i]);
          };
    return { length: elements.length, step };
  }
  if (!isMap(range)) {
    throw new CelEvaluationError(`got '${typeName(range)}', expected iterable type`);
  }
  const keys = mapKeys(range);
  const step: Step = (frame, i) => {
    frame[first] = keys[i];
    if (second !== undefined) {
      frame[second] = findEntry(range, keys[i]);
    }
  };
  return { length: keys.length, step };
}

function asBoolean(value: unknown): boolean {
  if (typeof value !== 'boolean') {
    throw noSuchOverload();
  }
  return value;
}

/** `all` and `exists`: one element that decides makes errors of all others irrelevant. */
function quantifier({ range, slots, body }: ComprehensionParts, decisive: boolean): Evaluate {
  return (frame) => {
    const { length, step } = iterate(range(frame), slots);
    let failure: CelEvaluationError | undefined;
    for (let i = 0; i < length; i++) {
      step(frame, i);
      try {
        if (asBoolean(body(frame)) === decisive) {
          return decisive;
        }
      } catch (error) {
        failure ??= asEvaluationError(error);
      }
    }
    if (failure !== undefined) {
      throw failure;
    }
    return !decisive;
  };
}

/** Calls `visit` for every step that the filter lets through. */
function forEach({ range, slots, filter }: ComprehensionParts, frame: Frame, visit: () => void): void {
  const { length, step } = iterate(range(frame), slots);
  for (let i = 0; i < length; i++) {
    step(frame, i);
    if (filter === undefined || asBoolean(filter(frame))) {
      visit();
    }
  }
}

function existsOne(parts: ComprehensionParts): Evaluate {
  return (frame) => {
    let count = 0;
    forEach(parts, frame, () => {
      count += asBoolean(parts.body(frame)) ? 1 : 0;
    });
    return count === 1;
  };
}

function collect(parts: ComprehensionParts): Evaluate {
  return (frame) => {
    const collected: unknown[] = [];
    forEach(parts, frame, () => {
      collected.push(parts.body(frame));
    });
    return collected;
  };
}

function filtered(parts: ComprehensionParts): Evaluate {
  const slot = parts.slots[0] as number;
  return (frame) => {
    const kept: unknown[] = [];
    forEach(parts, frame, () => {
      const element = frame[slot];
      if (asBoolean(parts.body(frame))) {
        kept.push(element);
      }
    });
    return kept;
  };
}

function sortBy(parts: ComprehensionParts): Evaluate {
  const slot = parts.slots[0] as number;
  return (frame) => {
    const values: unknown[] = [];
    const keys: unknown[] = [];
    forEach(parts, frame, () => {
      values.push(frame[slot]);
      keys.push(parts.body(frame));
    });
    return sortByKeys(values, keys);
  };
}

function transformMap(parts: ComprehensionParts): Evaluate {
  const slot = parts.slots[0] as number;
  return (frame) => {
    const map = new MapLiteralValue();
    forEach(parts, frame, () => {
      map.insert(frame[slot], parts.body(frame));
    });
    return map;
  };
}

function transformMapEntry(parts: ComprehensionParts): Evaluate {
  return (frame) => {
    const map = new MapLiteralValue();
    forEach(parts, frame, () => {
      const entry = parts.body(frame);
      if (!isMap(entry)) {
        throw noSuchOverload();
      }
      for (const key of mapKeys(entry)) {
        map.insert(key, findEntry(entry, key));
      }
    });
    return map;
  };
}

const MACROS: Readonly<Record<ComprehensionMacro, (parts: ComprehensionParts) => Evaluate>> = {
  all: (parts) => quantifier(parts, false),
  exists: (parts) => quantifier(parts, true),
  exists_one: existsOne,
  map: collect,
  transformList: collect,
  filter: filtered,
  sortBy,
  transformMap,
  transformMapEntry,
};

/** Compiles a comprehension from its compiled parts. */
export function comprehension(macro: ComprehensionMacro, parts: ComprehensionParts): Evaluate {
  return MACROS[macro](parts);
}

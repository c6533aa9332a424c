import { isMap, listElements } from '../containers';
import { CelEvaluationError } from '../errors';
import { CelValue, typeName } from '../values';

/**
 * Functions by their signature: `size(list)`, `string.contains(string)` for one that is called on a value, `sets.contains(list, list)` for one with a namespace.
 * The types are those of CEL; `any` takes every value. Several signatures of one name are overloads, tried in order.
 */
export type Library = Readonly<Record<string, (...parameters: never[]) => unknown>>;

/** One overload, ready to be called. */
export interface Overload {
  readonly parameters: ReadonlyArray<(value: unknown) => boolean>;
  readonly implementation: (...parameters: unknown[]) => unknown;
}

const ofType = (name: string) => (value: unknown) => value instanceof CelValue && value.type === name;

const TYPE_CHECKS: Readonly<Record<string, (value: unknown) => boolean>> = {
  any: () => true,
  null: (value) => value === null,
  bool: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  int: (value) => typeof value === 'number' || typeof value === 'bigint',
  uint: ofType('uint'),
  double: ofType('double'),
  bytes: ofType('bytes'),
  list: (value) => listElements(value) !== undefined,
  map: isMap,
  type: ofType('type'),
  Optional: ofType('optional_type'),
  timestamp: ofType('google.protobuf.Timestamp'),
  duration: ofType('google.protobuf.Duration'),
  URL: ofType('kubernetes.URL'),
  IP: ofType('net.IP'),
  CIDR: ofType('net.CIDR'),
  Quantity: ofType('kubernetes.Quantity'),
  Semver: ofType('kubernetes.Semver'),
  Format: ofType('kubernetes.NamedFormat'),
};

interface Signature {
  /** Empty for a function that is not called on a value. */
  readonly receiver: string;
  readonly name: string;
  readonly parameters: readonly string[];
}

function parseSignature(signature: string): Signature {
  const [, path = '', list = ''] = /^([\w.]+)\(([\w, ]*)\)$/.exec(signature) ?? [];
  const parameters = list === '' ? [] : list.split(', ');
  const dot = path.lastIndexOf('.');
  const prefix = path.slice(0, Math.max(dot, 0));
  return Object.hasOwn(TYPE_CHECKS, prefix) ? { receiver: prefix, name: path.slice(dot + 1), parameters } : { receiver: '', name: path, parameters };
}

/** All functions of some libraries, found by name, style and number of arguments. */
export class FunctionTable {
  private readonly overloads = new Map<string, Overload[]>();
  private readonly names = new Set<string>();

  constructor(libraries: readonly Library[]) {
    for (const library of libraries) {
      for (const [text, implementation] of Object.entries(library)) {
        const { receiver, name, parameters } = parseSignature(text);
        const types = receiver === '' ? parameters : [receiver, ...parameters];
        const key = `${receiver === '' ? '' : '.'}${name}/${parameters.length}`;
        const overload = {
          parameters: types.map((type) => TYPE_CHECKS[type] as (value: unknown) => boolean),
          implementation: implementation as Overload['implementation'],
        };
        this.overloads.set(key, [...(this.overloads.get(key) ?? []), overload]);
        this.names.add(name);
      }
    }
  }

  /** Whether any function has this name. */
  has(name: string): boolean {
    return this.names.has(name);
  }

  /** The overloads of a function; the value that it is called on counts as none of the arguments. */
  find(name: string, onValue: boolean, argumentCount: number): readonly Overload[] | undefined {
    return this.overloads.get(`${onValue ? '.' : ''}${name}/${argumentCount}`);
  }
}

/** The error of a call whose arguments fit no overload. */
export function noMatchingOverload(name: string, parameters: readonly unknown[]): CelEvaluationError {
  return new CelEvaluationError(`no such overload: ${name}(${parameters.map(typeName).join(', ')})`);
}

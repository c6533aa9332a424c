import type { CelInt } from './integers';

/**
 * How CEL's values are held:
 *
 * | CEL                | here                                                                          |
 * |--------------------|-------------------------------------------------------------------------------|
 * | null, bool, string | `null`, `boolean`, `string`                                                   |
 * | int                | a safe integer as `number`, anything else as `bigint` (see `integers.ts`)     |
 * | list               | an array, or a `ListValue` for arrays whose schema changes their meaning      |
 * | map                | a plain object (from JSON), or a `MapValue`                                   |
 * | everything else    | an instance of a class below                                                  |
 *
 * JSON is never copied for evaluation: arrays and plain objects are used as they are, and `fromJson` is applied to what is read from them.
 */
export abstract class CelValue {
  /** The name of the CEL type, as `type()` prints it. */
  abstract readonly type: string;
}

export class Uint extends CelValue {
  constructor(readonly value: bigint) {
    super();
  }

  get type(): string {
    return 'uint';
  }
}

export class Double extends CelValue {
  constructor(readonly value: number) {
    super();
  }

  get type(): string {
    return 'double';
  }
}

export class Bytes extends CelValue {
  constructor(readonly data: Uint8Array) {
    super();
  }

  get type(): string {
    return 'bytes';
  }
}

/** A moment between the years 1 and 9999. */
export class Timestamp extends CelValue {
  /**
   * @param seconds since 1970 in UTC
   * @param nanoseconds 0 to 999,999,999, counted forward also before 1970
   * @param offset the seconds east of UTC with which it was written, kept for printing
   */
  constructor(
    readonly seconds: number,
    readonly nanoseconds: number,
    readonly offset = 0,
  ) {
    super();
  }

  get type(): string {
    return 'google.protobuf.Timestamp';
  }
}

export class Duration extends CelValue {
  constructor(readonly nanoseconds: CelInt) {
    super();
  }

  get type(): string {
    return 'google.protobuf.Duration';
  }
}

/** A type as a value: `int`, `type(self)`. */
export class TypeValue extends CelValue {
  constructor(readonly name: string) {
    super();
  }

  get type(): string {
    return 'type';
  }
}

/** A value that may be missing: the result of `a.?b`, `optional.of(x)`, `optional.none()`. */
export class Optional extends CelValue {
  static readonly none = new Optional(undefined);

  static of(value: unknown): Optional {
    return new Optional(value);
  }

  /** @param value `undefined` means that there is none. */
  private constructor(readonly value: unknown) {
    super();
  }

  get type(): string {
    return 'optional_type';
  }
}

/** A value of a type that Kubernetes adds; it can be compared for equality and handed to functions, nothing else. */
export abstract class OpaqueValue extends CelValue {
  abstract equals(other: OpaqueValue): boolean;
}

/** A list that is more than a plain array. */
export abstract class ListValue extends CelValue {
  get type(): string {
    return 'list';
  }

  /** The elements, to be read through `fromJson`. */
  abstract readonly elements: readonly unknown[];

  /** Equality with another list, where the order does not always count. */
  abstract equals(other: readonly unknown[]): boolean;

  /** The union or concatenation that `+` makes. */
  abstract concatenate(other: readonly unknown[]): unknown;
}

/** A map that is no plain object. */
export abstract class MapValue extends CelValue {
  get type(): string {
    return 'map';
  }

  abstract readonly size: number;

  /** The value under a key, `undefined` when there is none; throws for a key of an impossible type. */
  abstract find(key: unknown): unknown;

  abstract keys(): readonly unknown[];
}

/** A JSON object. */
export type PlainObject = { readonly [key: string]: unknown };

export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof CelValue);
}

/** The CEL type name of a value. */
export function typeName(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
    case 'bigint':
      return 'int';
    default:
      if (value instanceof CelValue) {
        return value.type;
      }
      if (Array.isArray(value)) {
        return 'list';
      }
      return value === null || value === undefined ? 'null_type' : 'map';
  }
}

/**
 * Reads a value that came out of JSON: whole numbers are `int`, all others `double`, which is how the API server decodes numbers that no schema describes.
 * CEL values pass unchanged.
 */
export function fromJson(value: unknown): unknown {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? value + 0 : largeOrFractional(value);
  }
  if (typeof value === 'bigint') {
    const narrow = Number(value);
    return Number.isSafeInteger(narrow) ? narrow : value;
  }
  return value === undefined ? null : value;
}

function largeOrFractional(value: number): unknown {
  const fitsInt64 = Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63;
  return fitsInt64 ? BigInt(value) : new Double(value);
}

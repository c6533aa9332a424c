import { types } from '../../imports';
import type { Schema } from '../../imports/schema';
import { durationProblem } from '../manifest/duration';
import { pathSteps } from '../manifest/path';
import type { Rule } from '../manifest/rule';
import { suggest } from '../manifest/suggest';
import type { DecodedObject, DecodedValue, Report } from './context';
import { isDurationField, numericMapKeys } from './decode-facts';
import { decodeRules as rules } from './rules/decode';

/** A spec as istiod sees it. */
export interface Decoded {
  readonly value: DecodedObject;
  /** Whether all of it could be read. Where not, istiod refuses the object and checks nothing else; unreadable fields are missing from `value`. */
  readonly complete: boolean;
  /** Turns a path of the decoded spec into the path as it was written, where a name was written in snake_case. */
  readonly pathOf: (path: string) => string;
}

/**
 * Decodes a spec as istiod does: fields by their names in camelCase or snake_case (camelCase wins), numbers also as texts, enums also as integers, null as
 * unset, `null` in a list as an empty message, an empty list as unset, the last one of several exclusive fields. Unknown fields are ignored; the schema is
 * what refuses them.
 *
 * @param spec the raw value of `spec`
 * @param typeName the type of the spec in the type table, such as `VirtualServiceSpec`
 */
export function decode(spec: unknown, typeName: string, report: Report): Decoded {
  let complete = true;
  const state: State = {
    path: ['spec'],
    fail(rule, message, fix) {
      complete = false;
      report(rule, state.path.join(''), message, fix);
      return undefined;
    },
  };
  const value = spec === undefined || spec === null ? {} : decoderOfType(typeName)(spec, state);
  return { value: (value ?? {}) as DecodedObject, complete, pathOf: (path) => writtenPath(path, spec) };
}

interface State {
  /** The written path of the value at hand, in pieces. */
  readonly path: string[];
  /** Reports the value at hand, and stands for the unset value that takes its place. */
  fail(rule: Rule, message: string, fix?: string): undefined;
}

type Decoder = (value: unknown, state: State) => DecodedValue | undefined;

const decoders = new Map<string, Decoder>();

function decoderOfType(name: string): Decoder {
  let decoder = decoders.get(name);
  if (decoder === undefined) {
    const schema = types[name];
    if (schema === undefined) {
      throw new Error(`the type table has no type ${name}`);
    }
    // Types may contain themselves, so the decoder has to be known before those of its fields are made.
    let made: Decoder | undefined;
    decoder = (value, state) => {
      made ??= messageDecoder(schema, name);
      return made(value, state);
    };
    decoders.set(name, decoder);
  }
  return decoder;
}

function decoderOf(schema: Schema, typeName: string, field: string): Decoder {
  if (schema.ref !== undefined) {
    return decoderOfType(schema.ref);
  }
  if (schema.preserveUnknownFields) {
    return (value, state) => (isObject(value) ? (value as DecodedObject) : wrongType('an object', value, state));
  }
  if (schema.enum !== undefined) {
    return enumDecoder(schema.enum);
  }
  switch (schema.type) {
    case 'array':
      return listDecoder(schema.items ?? {}, typeName, field);
    case 'object':
      return schema.additionalProperties === undefined ? messageDecoder(schema, typeName) : mapDecoder(schema.additionalProperties, typeName, field);
    case 'boolean':
      return (value, state) => (typeof value === 'boolean' ? value : wrongType('true or false', value, state));
    case 'integer':
      return integerDecoder(schema);
    case 'number':
      return decodeFloat;
    default:
      return schema.format === 'byte' ? decodeBytes : isDurationField(schema, typeName, field) ? decodeDuration : decodeText;
  }
}

function messageDecoder({ properties = {}, exclusive = [] }: Schema, typeName: string): Decoder {
  const fields = new Map<string, Decoder>();
  for (const [field, schema] of Object.entries(properties)) {
    // The schema lists such a field under both of its names; to istiod they are the same one.
    if (!Object.hasOwn(properties, camelCase(field)) || camelCase(field) === field) {
      fields.set(field, decoderOf(schema, typeName, field));
    }
  }
  return (value, state) => {
    if (!isObject(value)) {
      return wrongType('an object', value, state);
    }
    // Most messages are what istiod sees already; only one that differs is copied.
    let changed: { [field: string]: DecodedValue | undefined } | undefined;
    const copy = (): { [field: string]: DecodedValue | undefined } => {
      changed ??= { ...value } as { [field: string]: DecodedValue | undefined };
      return changed;
    };
    for (const written of Object.keys(value)) {
      const raw = value[written];
      const field = fields.has(written) ? written : camelCase(written);
      const decoder = fields.get(field);
      if (decoder === undefined || raw === null || raw === undefined || (field !== written && Object.hasOwn(value, field))) {
        delete copy()[written];
        continue;
      }
      state.path.push('.', written);
      const decoded = decoder(raw, state);
      state.path.length -= 2;
      if (field !== written || decoded === undefined) {
        delete copy()[written];
      }
      if (decoded !== undefined && (field !== written || decoded !== raw)) {
        copy()[field] = decoded;
      }
    }
    for (const group of exclusive) {
      if (countPresent(changed ?? value, group) > 1) {
        keepLast(copy(), group);
      }
    }
    return (changed ?? value) as DecodedObject;
  };
}

function countPresent(message: { readonly [field: string]: unknown }, group: readonly string[]): number {
  let count = 0;
  for (const field of group) if (message[field] !== undefined) count += 1;
  return count;
}

/** Of several fields that exclude one another istiod keeps the last one, in the order of the definition. */
function keepLast(message: { [field: string]: DecodedValue | undefined }, group: readonly string[]): void {
  const present = group.filter((field) => message[field] !== undefined);
  for (const field of present.slice(0, -1)) {
    delete message[field];
  }
}

function listDecoder(items: Schema, typeName: string, field: string): Decoder {
  const decoder = decoderOf(items, typeName, field);
  const empty = emptyItem(items);
  return (value, state) => {
    if (!Array.isArray(value)) {
      return wrongType('a list', value, state);
    }
    if (value.length === 0) {
      return undefined;
    }
    let changed: DecodedValue[] | undefined;
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      let decoded: DecodedValue | undefined;
      if (item !== null && item !== undefined) {
        state.path.push(`[${index}]`);
        decoded = decoder(item, state);
        state.path.length -= 1;
      }
      if (decoded !== item || decoded === undefined) {
        changed ??= [...value] as DecodedValue[];
        // What could not be read keeps its place, so that the paths of the others stay right.
        changed[index] = decoded ?? empty;
      }
    }
    return changed ?? (value as DecodedValue[]);
  };
}

/** What `null` in a list stands for. */
function emptyItem({ ref, type }: Schema): DecodedValue {
  if (ref !== undefined || type === 'object') {
    return {};
  }
  return type === 'integer' || type === 'number' ? 0 : '';
}

function mapDecoder(values: Schema, typeName: string, field: string): Decoder {
  const decoder = decoderOf(values, typeName, field);
  const numericKeys = numericMapKeys.has(`${typeName}.${field}`);
  return (value, state) => {
    if (!isObject(value)) {
      return wrongType('a map', value, state);
    }
    let changed: { [key: string]: DecodedValue } | undefined;
    for (const key of Object.keys(value)) {
      const item = value[key];
      let decoded: DecodedValue | undefined;
      if (item !== null && item !== undefined) {
        state.path.push(`[${key}]`);
        decoded = decoder(item, state);
        if (numericKeys && !isUnsigned(key.trim(), 2 ** 32)) {
          state.fail(rules.mapKey, `"${key}" is no number; the keys of this map are ports.`);
        }
        state.path.length -= 1;
      }
      if (decoded === item && decoded !== undefined) {
        continue;
      }
      changed ??= { ...value } as { [key: string]: DecodedValue };
      // A key such as __proto__ must stay a key.
      if (decoded === undefined) delete changed[key];
      else Object.defineProperty(changed, key, { value: decoded, enumerable: true, configurable: true, writable: true });
    }
    return changed ?? (value as DecodedObject);
  };
}

function enumDecoder(names: readonly string[]): Decoder {
  return (value, state) => {
    if (typeof value === 'string' && names.includes(value)) {
      return value;
    }
    if (typeof value === 'number' && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31) {
      // istiod takes numbers that have no name too.
      return names[value] ?? value;
    }
    if (typeof value !== 'string') {
      return wrongType(`one of ${names.join(', ')}`, value, state);
    }
    const meant = suggest(value, names);
    return state.fail(rules.enum, `"${value}" is none of ${names.join(', ')}.`, meant === undefined ? undefined : `write ${meant}`);
  };
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
const jsonInteger = /^-?(?:0|[1-9]\d*)$/;

/** istiod takes the quotation marks off a number and reads what is left as JSON, so the text "null" is no number and passes for 0. */
function isQuotedNull(text: string): boolean {
  return text.trim() === 'null';
}

function integerDecoder({ format, minimum, maximum }: Schema): Decoder {
  const unsigned = format === undefined && minimum !== undefined;
  // Schemas may ask for less than the type can hold; that is not a matter of decoding.
  const [low, high] = !unsigned ? [-(2 ** 31), 2 ** 31] : [0, maximum === undefined ? 2 ** 64 : 2 ** 32];
  return (value, state) => {
    if (typeof value === 'string' && isQuotedNull(value)) {
      return 0;
    }
    const number = typeof value === 'string' && jsonInteger.test(value.trim()) && !(unsigned && value.includes('-')) ? Number(value) : value;
    if (typeof number !== 'number') {
      return typeof value === 'string' ? state.fail(rules.number, `"${value}" is no whole number.`) : wrongType('a whole number', value, state);
    }
    if (!Number.isInteger(number) || number < low || number >= high) {
      return state.fail(rules.number, `${number} is no whole number ${unsigned ? 'from 0' : `from ${low}`} to ${maximum ?? high - 1}.`);
    }
    return number;
  };
}

function isUnsigned(text: string, limit: number): boolean {
  return jsonInteger.test(text) && !text.startsWith('-') && Number(text) < limit;
}

const decodeFloat: Decoder = (value, state) => {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value !== 'string') {
    return wrongType('a number', value, state);
  }
  if (isQuotedNull(value)) {
    return 0;
  }
  const readable = value === 'NaN' || value === 'Infinity' || value === '-Infinity' || jsonNumber.test(value.trim());
  return readable ? Number(value) : state.fail(rules.number, `"${value}" is no number.`);
};

const decodeText: Decoder = (value, state) => (typeof value === 'string' ? value : wrongType('a text', value, state));

const decodeDuration: Decoder = (value, state) => {
  if (typeof value !== 'string') {
    return wrongType('a duration such as 1.5s', value, state);
  }
  const problem = durationProblem(value);
  return problem === undefined ? value : state.fail(rules.duration, `The duration "${value}" ${problem}.`);
};

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const decodeBytes: Decoder = (value, state) => {
  if (typeof value !== 'string') {
    return wrongType('base64', value, state);
  }
  return base64.test(value.replace(/[\r\n]/g, '')) ? value : state.fail(rules.bytes, 'The value is no base64.');
};

function wrongType(expected: string, value: unknown, state: State): undefined {
  return state.fail(rules.type, `${describe(value)} stands where ${expected} belongs.`, `write ${expected}`);
}

function describe(value: unknown): string {
  if (typeof value === 'string') {
    return `The text "${value.length > 40 ? `${value.slice(0, 37)}...` : value}"`;
  }
  if (Array.isArray(value)) {
    return 'A list';
  }
  return typeof value === 'object' ? 'An object' : String(value);
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `exact_match` as JSON names it: `exactMatch`. */
function camelCase(name: string): string {
  return name.includes('_') ? name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) : name;
}

/** Follows a decoded path through the raw spec and puts the names back that were written in snake_case. */
function writtenPath(path: string, spec: unknown): string {
  let value: unknown = { spec };
  let start = 0;
  let written = '';
  for (const { segment, end } of pathSteps(path)) {
    let piece = path.slice(start, end);
    start = end;
    if (isObject(value)) {
      const parent = value;
      let key = String(segment);
      if (!piece.startsWith('[') && !Object.hasOwn(parent, key)) {
        const snakeCase = Object.keys(parent).find((name) => camelCase(name) === segment);
        piece = snakeCase === undefined ? piece : piece.replace(key, snakeCase);
        key = snakeCase ?? key;
      }
      value = Object.hasOwn(parent, key) ? parent[key] : undefined;
    } else {
      value = Array.isArray(value) && typeof segment === 'number' ? value[segment] : undefined;
    }
    written += piece;
  }
  return written;
}

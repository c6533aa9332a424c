import { durationProblem } from '../../manifest/duration';
import { itemPath, keyPath } from '../../manifest/path';
import { suggest } from '../../manifest/suggest';
import { entryPath } from '../../schema/run';
import { type FieldDescriptor, findMessage, jsonName, type MessageDescriptor } from './descriptors';
import { isInteger, isTimestamp, readNumber } from './scalars';

/** A message of Envoy as far as its messages reach: the fields that are set, and what stands in them where that is a single message. */
export interface EnvoyMessage {
  readonly descriptor: MessageDescriptor;
  readonly path: string;
  /** By the names of the definition. */
  readonly fields: ReadonlyMap<string, EnvoyMessage | undefined>;
}

/** What is wrong with a piece of Envoy's configuration. */
export interface EnvoyProblem {
  readonly kind: 'value' | 'unknown-type' | 'unknown-field';
  readonly path: string;
  readonly message: string;
  readonly fix?: string;
}

/**
 * Reads a piece of Envoy's configuration as istiod does: names in snake_case or camelCase, numbers also as texts, enums also as numbers, null as unset.
 *
 * @param value plain JSON
 * @param type the full name of the message that it must be
 */
export function decodeEnvoy(
  value: unknown,
  type: string,
  path: string,
): { readonly message: EnvoyMessage | undefined; readonly problems: readonly EnvoyProblem[] } {
  const problems: EnvoyProblem[] = [];
  return { message: decodeMessage(value, type, path, problems), problems };
}

type Json = { readonly [key: string]: unknown };

/** The messages that have a form of their own in JSON. */
const wellKnown: { readonly [name: string]: (value: unknown, path: string, problems: EnvoyProblem[]) => void } = {
  'google.protobuf.Any': decodeAny,
  'google.protobuf.BoolValue': (value, path, problems) => decodeScalar(value, 'b', path, problems),
  'google.protobuf.BytesValue': (value, path, problems) => decodeScalar(value, 'y', path, problems),
  'google.protobuf.StringValue': (value, path, problems) => decodeScalar(value, 's', path, problems),
  'google.protobuf.Int32Value': (value, path, problems) => decodeScalar(value, 'i', path, problems),
  'google.protobuf.UInt32Value': (value, path, problems) => decodeScalar(value, 'u', path, problems),
  'google.protobuf.Int64Value': (value, path, problems) => decodeScalar(value, 'l', path, problems),
  'google.protobuf.UInt64Value': (value, path, problems) => decodeScalar(value, 'm', path, problems),
  'google.protobuf.FloatValue': (value, path, problems) => decodeScalar(value, 'f', path, problems),
  'google.protobuf.DoubleValue': (value, path, problems) => decodeScalar(value, 'f', path, problems),
  'google.protobuf.Duration': (value, path, problems) => {
    const problem = typeof value === 'string' ? durationProblem(value) : 'is no text';
    if (problem !== undefined) {
      problems.push({ kind: 'value', path, message: `The duration ${JSON.stringify(value)} ${problem}`, fix: 'write a duration such as 1.5s' });
    }
  },
  'google.protobuf.Timestamp': (value, path, problems) => {
    if (typeof value !== 'string' || !isTimestamp(value)) {
      refuse('a time such as 2026-01-31T12:00:00Z', value, path, problems);
    }
  },
  'google.protobuf.Value': () => undefined,
  'google.protobuf.Struct': (value, path, problems) => {
    if (!isJson(value)) {
      refuse('an object', value, path, problems);
    }
  },
  'google.protobuf.ListValue': (value, path, problems) => {
    if (!Array.isArray(value)) {
      refuse('a list', value, path, problems);
    }
  },
};

function decodeMessage(value: unknown, type: string, path: string, problems: EnvoyProblem[]): EnvoyMessage | undefined {
  if (value === null) {
    return undefined;
  }
  const descriptor = findMessage(type) as MessageDescriptor;
  const special = Object.hasOwn(wellKnown, type) ? wellKnown[type] : undefined;
  if (special !== undefined) {
    special(value, path, problems);
    return { descriptor, path, fields: new Map() };
  }
  if (!isJson(value)) {
    refuse(`an object (${type})`, value, path, problems);
    return undefined;
  }
  const fields = new Map<string, EnvoyMessage | undefined>();
  let grouped = 0;
  for (const [written, item] of Object.entries(value)) {
    const field = descriptor.fields.get(written);
    const fieldPath = entryPath(path, written);
    if (field === undefined) {
      const meant = suggest(written, new Set([...descriptor.fields.values()].map(({ name }) => name)));
      const fix = meant === undefined ? {} : { fix: `write ${meant}` };
      problems.push({ kind: 'unknown-field', path: fieldPath, message: `${type} has no field ${written}`, ...fix });
    } else if (item !== null && !(written !== jsonName(written) && Object.hasOwn(value, jsonName(written)))) {
      const inner = decodeField(item, field, fieldPath, problems);
      if (!Array.isArray(item) || item.length > 0) {
        fields.set(field.name, inner);
        grouped += field.group === undefined ? 0 : 1;
      }
    }
  }
  if (grouped > 1) {
    keepLast(fields, descriptor);
  }
  return { descriptor, path, fields };
}

/** Of several fields that exclude one another the last one counts, in the order of the definition. */
function keepLast(fields: Map<string, EnvoyMessage | undefined>, descriptor: MessageDescriptor): void {
  const last = new Map<string, string>();
  for (const { name, group } of descriptor.fields.values()) {
    if (group !== undefined && fields.has(name)) {
      const other = last.get(group);
      if (other !== undefined && other !== name) {
        fields.delete(other);
      }
      last.set(group, name);
    }
  }
}

function decodeField(value: unknown, field: FieldDescriptor, path: string, problems: EnvoyProblem[]): EnvoyMessage | undefined {
  if (field.repeated) {
    if (!Array.isArray(value)) {
      refuse('a list', value, path, problems);
      return undefined;
    }
    for (const [index, item] of value.entries()) {
      decodeItem(item, field, itemPath(path, index), problems);
    }
    return undefined;
  }
  if (field.keyType !== undefined) {
    if (!isJson(value)) {
      refuse('an object', value, path, problems);
      return undefined;
    }
    for (const [key, item] of Object.entries(value)) {
      const keyedPath = keyPath(path, key);
      if (field.keyType !== 's' && !isMapKey(key, field.keyType)) {
        refuse('a number as key', key, keyedPath, problems);
      }
      decodeItem(item, field, keyedPath, problems);
    }
    return undefined;
  }
  return decodeItem(value, field, path, problems);
}

function isMapKey(key: string, type: string): boolean {
  return type === 'b' ? key === 'true' || key === 'false' : isInteger(readNumber(key), type);
}

function decodeItem(value: unknown, field: FieldDescriptor, path: string, problems: EnvoyProblem[]): EnvoyMessage | undefined {
  if (field.message !== undefined) {
    return decodeMessage(value, field.message, path, problems);
  }
  if (field.values === undefined) {
    decodeScalar(value, field.type, path, problems);
  } else if (typeof value === 'string' ? !field.values.includes(value) : value !== null && !isInteger(value, 'i')) {
    const meant = typeof value === 'string' ? suggest(value, field.values) : undefined;
    const fix = meant === undefined ? {} : { fix: `write ${meant}` };
    problems.push({ kind: 'value', path, message: `${JSON.stringify(value)} is none of ${field.values.join(', ')}`, ...fix });
  }
  return undefined;
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function isBytes(value: unknown): boolean {
  if (Array.isArray(value)) {
    // Nobody writes bytes as a list of numbers, but Go reads them.
    return value.every((byte) => byte === null || (isInteger(byte, 'u') && byte < 256));
  }
  return typeof value === 'string' && base64.test(value.replace(/[\r\n]/g, ''));
}

/** What each scalar type takes. */
const scalars: { readonly [type: string]: { readonly expected: string; readonly accepts: (value: unknown) => boolean } } = {
  s: { expected: 'a text', accepts: (value) => typeof value === 'string' },
  b: { expected: 'true or false', accepts: (value) => typeof value === 'boolean' },
  y: { expected: 'base64', accepts: isBytes },
  f: { expected: 'a number', accepts: (value) => readNumber(value, true) !== undefined },
  i: { expected: 'a whole number', accepts: (value) => isInteger(readNumber(value), 'i') },
  l: { expected: 'a whole number', accepts: (value) => isInteger(readNumber(value), 'l') },
  u: { expected: 'a whole number from 0', accepts: (value) => isInteger(readNumber(value), 'u') },
  m: { expected: 'a whole number from 0', accepts: (value) => isInteger(readNumber(value), 'm') },
};

function decodeScalar(value: unknown, type: string, path: string, problems: EnvoyProblem[]): void {
  const scalar = scalars[type];
  if (value !== null && scalar?.accepts(value) === false) {
    refuse(scalar.expected, value, path, problems);
  }
}

function decodeAny(value: unknown, path: string, problems: EnvoyProblem[]): void {
  if (!isJson(value)) {
    refuse('an object with @type', value, path, problems);
    return;
  }
  const url = value['@type'];
  const urlPath = keyPath(path, '@type');
  if (typeof url !== 'string') {
    const what = url === undefined ? 'The type (@type) is missing' : `The type (@type) is ${JSON.stringify(url)}, which is no text`;
    problems.push({
      kind: 'value',
      path: url === undefined ? path : urlPath,
      message: what,
      fix: 'write "@type": type.googleapis.com/ and the name of a message',
    });
    return;
  }
  const name = url.slice(url.lastIndexOf('/') + 1);
  if (findMessage(name) === undefined) {
    const fix = url.includes('.v2.') ? { fix: 'use the type of version 3 of the same name' } : {};
    problems.push({ kind: 'unknown-type', path: urlPath, message: `istiod knows no type ${url}`, ...fix });
    return;
  }
  if (!Object.hasOwn(wellKnown, name)) {
    const { '@type': _, ...fields } = value;
    decodeMessage(fields, name, path, problems);
  } else if (Object.hasOwn(value, 'value')) {
    decodeMessage(value.value, name, `${path}.value`, problems);
  } else {
    problems.push({ kind: 'value', path, message: `${name} has its content in the field value, which is missing` });
  }
}

function refuse(expected: string, value: unknown, path: string, problems: EnvoyProblem[]): void {
  const text = JSON.stringify(value);
  const shown = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  problems.push({ kind: 'value', path, message: `${shown} stands where ${expected} belongs` });
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

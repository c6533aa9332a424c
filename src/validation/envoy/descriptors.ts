import { envoyEnums, envoyMessages } from './messages';

/** A field of one of Envoy's messages. */
export interface FieldDescriptor {
  /** As the definition has it, in snake_case. */
  readonly name: string;
  /** The letter of a scalar type, `=` for an enum, `#` for a message; see messages.ts. */
  readonly type: string;
  readonly repeated: boolean;
  /** The type of the keys, if the field is a map. */
  readonly keyType?: string;
  /** The names of the values, if the type is an enum. */
  readonly values?: readonly string[];
  /** The full name of the message, if the type is one. */
  readonly message?: string;
  /** Of the fields of a message with the same group only one can be set. */
  readonly group?: string;
}

/** One of Envoy's messages. */
export interface MessageDescriptor {
  /** The full name, `envoy.config.cluster.v3.Cluster`. */
  readonly name: string;
  /** The fields by both of their names, `connect_timeout` and `connectTimeout`. */
  readonly fields: ReadonlyMap<string, FieldDescriptor>;
}

interface Index {
  /** The full names, in the order in which the types of fields count them. */
  readonly names: readonly string[];
  /** What follows the name of a message in its line. */
  readonly lines: ReadonlyMap<string, string>;
  readonly enums: readonly string[];
}

// Most programs meet no EnvoyFilter, so nothing is read before it is asked for.
let index: Index | undefined;
const descriptors = new Map<string, MessageDescriptor>();

function readIndex(): Index {
  const lines = new Map<string, string>();
  let owner = '';
  for (const line of envoyMessages.trimEnd().split('\n')) {
    if (line.startsWith('@')) {
      owner = line.slice(1);
    } else {
      const space = line.indexOf(' ');
      const name = space < 0 ? line : line.slice(0, space);
      lines.set(`${owner}.${name}`, space < 0 ? '' : line.slice(space + 1));
    }
  }
  return { names: [...lines.keys()], lines, enums: envoyEnums.trimEnd().split('\n') };
}

/** The message of a full name, or nothing where istiod knows none of that name. */
export function findMessage(name: string): MessageDescriptor | undefined {
  const known = descriptors.get(name);
  if (known !== undefined) {
    return known;
  }
  index ??= readIndex();
  const line = index.lines.get(name);
  if (line === undefined) {
    return undefined;
  }
  const fields = new Map<string, FieldDescriptor>();
  for (const text of line === '' ? [] : line.split(' ')) {
    const field = readField(text, index);
    fields.set(field.name, field);
    fields.set(jsonName(field.name), field);
  }
  const descriptor = { name, fields };
  descriptors.set(name, descriptor);
  return descriptor;
}

const fieldForm = /^(?<name>\w+):(?:(?<list>\*)|\{(?<keyType>.))?(?<type>.)(?<place>\w*)(?:\/(?<group>\d+))?$/;

function readField(text: string, { names, enums }: Index): FieldDescriptor {
  const { name, list, keyType, type, place, group } = (fieldForm.exec(text) as RegExpExecArray).groups as { readonly [part: string]: string | undefined };
  const at = Number.parseInt(place || '0', 36);
  return {
    name: name as string,
    type: type as string,
    repeated: list !== undefined,
    ...(keyType === undefined ? {} : { keyType }),
    ...(type === '=' ? { values: (enums[at] as string).split(' ') } : {}),
    ...(type === '#' ? { message: names[at] as string } : {}),
    ...(group === undefined ? {} : { group }),
  };
}

/** `connect_timeout` as JSON has it: `connectTimeout`. */
export function jsonName(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

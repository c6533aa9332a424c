import type { Schema } from '../../imports/schema';

/** A value as a sentence names it: `the text "50"`, `a list`, `null`. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value === '' ? 'an empty text' : `the text ${quoted(value)}`;
    case 'number':
      return `the number ${value}`;
    case 'boolean':
      return `the boolean ${value}`;
    default:
      if (value === null) {
        return 'null';
      }
      return Array.isArray(value) ? 'a list' : 'an object';
  }
}

/** What a schema wants, as a sentence names it: `a whole number`, `a list`. */
export function describeType({ type, intOrString }: Schema): string {
  if (intOrString) {
    return 'a whole number or a text';
  }
  return type === undefined ? 'a value' : typeNames[type];
}

const typeNames = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
} as const;

/** How to turn a value of the wrong type into one of the right type. */
export function typeFix({ type, rules }: Schema, value: unknown): string {
  if (value === null) {
    return 'remove it, or give it a value';
  }
  if (Array.isArray(value)) {
    return type === 'object' ? 'remove the dash, so that the fields stand here directly' : `write ${typeNames[type ?? 'string']} in place of the list`;
  }
  switch (type) {
    case 'array':
      return typeof value === 'object' ? 'begin each item with a dash' : 'write it as a list, one item per line, each after a dash';
    case 'string':
      if (typeof value === 'object') {
        return 'write one text here';
      }
      if (typeof value === 'number' && rules?.some(({ rule }) => rule.includes('duration(self)'))) {
        return `write it with its unit, "${value}s" for seconds`;
      }
      return typeof value === 'boolean'
        ? 'put it between quotes: y, n, yes, no, on, off, true and false without quotes are booleans'
        : `put it between quotes: "${value}"`;
    case 'integer':
    case 'number':
      return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
        ? `write ${Number(value)} without quotes`
        : `write ${typeNames[type]}`;
    case 'boolean':
      return typeof value === 'string' && /^(?:true|false)$/i.test(value) ? `write ${value.toLowerCase()} without quotes` : 'write true or false';
    case 'object':
      return 'write its fields here, indented, one per line';
    default:
      return 'write a whole number or a text';
  }
}

/** A text between quotes, cut where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** The last step of a path, which is what the author sees: `hosts` of `spec.hosts`, `item 3 of hosts` of `spec.hosts[2]`. */
export function fieldName(path: string): string {
  const item = /^(.*)\[(\d+)\]$/.exec(path);
  if (item !== null) {
    return `item ${Number(item[2]) + 1} of ${fieldName(item[1] as string)}`;
  }
  const key = /\[([^[\]]*)\]$/.exec(path);
  return key === null ? path.slice(path.lastIndexOf('.') + 1) : (key[1] as string);
}

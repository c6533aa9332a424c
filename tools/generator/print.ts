/** How wide the lines of generated files are. */
export const WIDTH = 160;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** How every generated file begins. */
export const HEADER = '// Generated from the CustomResourceDefinitions';

/** Whether a text is that of a generated file. */
export const isGenerated = (text: string): boolean => text.startsWith(HEADER);

/** A string as TypeScript source, in single quotes. */
export const quote = (text: string): string =>
  `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}'`;

/** A property name as TypeScript source. */
export const propertyName = (name: string): string => (IDENTIFIER.test(name) ? name : quote(name));

/** Source text that is printed as it stands, for example the name of a constant. */
export class Source {
  constructor(readonly text: string) {}
}

/** Prints a plain value as a TypeScript literal; what fits on a line stays on it. */
export function printLiteral(value: unknown, indent = 0, taken = 0): string {
  if (value instanceof Source) return value.text;
  if (typeof value === 'string') return printString(value, indent, taken);
  if (Array.isArray(value))
    return printItems(
      '[',
      value.map((item) => ({ key: '', item: item as unknown })),
      ']',
      indent,
      taken,
    );
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return printItems(
      '{',
      entries.map(([key, item]) => ({ key: `${propertyName(key)}: `, item: item as unknown })),
      '}',
      indent,
      taken,
    );
  }
  return JSON.stringify(value);
}

function printItems(open: string, items: readonly { key: string; item: unknown }[], close: string, indent: number, taken: number): string {
  const padding = open === '{' ? ' ' : '';
  if (items.length === 0) return open + close;
  const flat = open + padding + items.map(({ key, item }) => key + printLiteral(item, 0, Number.NEGATIVE_INFINITY)).join(', ') + padding + close;
  if (indent + taken + flat.length <= WIDTH && !flat.includes('\n')) return flat;
  const inner = ' '.repeat(indent + 2);
  const lines = items.map(({ key, item }) => `${inner}${key}${printLiteral(item, indent + 2, key.length)},`);
  return `${open}\n${lines.join('\n')}\n${' '.repeat(indent)}${close}`;
}

/** A long string becomes a sum of pieces, so that no line of a generated file is longer than a screen. */
function printString(text: string, indent: number, taken: number): string {
  const whole = quote(text);
  if (indent + taken + whole.length <= WIDTH + 20) return whole;
  const size = WIDTH - indent - 30;
  const pieces: string[] = [];
  for (let start = 0; start < text.length; start += size) pieces.push(quote(text.slice(start, start + size)));
  return pieces.join(` +\n${' '.repeat(indent + 2)}`);
}

/** The same layout as JSON, for files that people review. */
export function printJson(value: unknown, indent = 0, taken = 0): string {
  const flat = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent + taken + flat.length <= WIDTH) return flat;
  const inner = ' '.repeat(indent + 2);
  const entries = Array.isArray(value)
    ? value.map((item: unknown) => inner + printJson(item, indent + 2))
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${printJson(item, indent + 2, key.length + 4)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${entries.join(',\n')}\n${' '.repeat(indent)}${close}`;
}

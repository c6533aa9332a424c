/** Words that are no identifiers in CEL; a property of such a name is written between double underscores. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
  ...['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let'],
  ...['loop', 'package', 'namespace', 'return', 'var', 'void', 'while'],
]);

const ESCAPES: Readonly<Record<string, string>> = { __: '__underscores__', '.': '__dot__', '-': '__dash__', '/': '__slash__' };
const UNESCAPES = new Map(Object.entries(ESCAPES).map(([plain, escaped]) => [escaped.slice(2, -2), plain]));

/** The name under which CEL sees a property of an object; `undefined` for one that no escape can express, which CEL cannot see. */
export function escapeProperty(name: string): string | undefined {
  if (RESERVED_WORDS.has(name)) {
    return `__${name}__`;
  }
  if (!/^[A-Za-z_./-][A-Za-z0-9_./-]*$/.test(name)) {
    return undefined;
  }
  return name.replace(/__|[-./]/g, (part) => ESCAPES[part] as string);
}

/** The property that an escaped name means; `undefined` for an escape that does not exist. */
export function unescapeProperty(escaped: string): string | undefined {
  let valid = true;
  const name = escaped.replace(/__([^_]+)__/g, (whole, content: string) => {
    const plain = UNESCAPES.get(content);
    if (plain !== undefined) {
      return plain;
    }
    valid &&= RESERVED_WORDS.has(content) && whole.length === escaped.length;
    return content;
  });
  return valid ? name : undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what is looked for
const controlCharacter = /[\u0000-\u0008\u000A-\u001F\u007F]/;

/**
 * What Envoy cannot read in the value of a header, as the end of a sentence, or nothing. A value holds text, `%%` for a percent sign, and variables:
 * `%START_TIME%`, `%REQ(x-id)%`, `%UPSTREAM_METADATA(["namespace", "key"])%`.
 */
export function headerValueProblem(value: string): string | undefined {
  if (controlCharacter.test(value)) {
    return 'holds a control character';
  }
  let position = 0;
  for (;;) {
    const percent = value.indexOf('%', position);
    if (percent < 0) {
      return undefined;
    }
    if (percent === value.length - 1) {
      return 'ends with a single %; write %% for a percent sign';
    }
    if (value[percent + 1] === '%') {
      position = percent + 2;
      continue;
    }
    const end = variableEnd(value, percent + 1);
    if (typeof end === 'string') {
      return end;
    }
    position = end;
  }
}

/** Where the text goes on after a variable, or what is wrong with it. */
function variableEnd(value: string, start: number): number | string {
  const open = `holds a variable that is not closed: ${value.slice(start - 1)}`;
  const name = /[%(]/.exec(value.slice(start));
  if (name === null) {
    return open;
  }
  const afterName = start + name.index + 1;
  return name[0] === '%' ? afterName : argumentsEnd(value, afterName, open);
}

function argumentsEnd(value: string, start: number, open: string): number | string {
  let position = skipSpaces(value, start);
  if (position >= value.length) {
    return open;
  }
  // The first character decides: a list of quoted texts, or anything up to a bracket. It is never looked at again, so "()" does not close at once.
  const isList = value[position] === '[';
  position += 1;
  if (isList) {
    position = skipSpaces(value, position);
    if (position < value.length && value[position] !== '"') {
      return 'holds a list of arguments whose items are not in double quotes';
    }
    position += 1;
  }
  for (;;) {
    const stop = textEnd(value, position);
    if (typeof stop === 'string') {
      return stop;
    }
    if (stop >= value.length) {
      return open;
    }
    if (value[stop] === ')') {
      return closingPercent(value, stop + 1, open);
    }
    // A quotation mark ends an item even outside a list, as in Envoy.
    const next = skipSpaces(value, stop + 1);
    if (next >= value.length) {
      return open;
    }
    if (value[next] === ']') {
      const bracket = skipSpaces(value, next + 1);
      if (bracket >= value.length) {
        return open;
      }
      return value[bracket] === ')' ? closingPercent(value, bracket + 1, open) : 'holds arguments that no ")" closes';
    }
    if (value[next] !== ',') {
      return 'holds arguments without a comma between them';
    }
    const quote = skipSpaces(value, next + 1);
    if (quote >= value.length) {
      return open;
    }
    if (value[quote] !== '"') {
      return 'holds a list of arguments whose items are not in double quotes';
    }
    position = quote + 1;
  }
}

/** The position of the `)` or `"` that ends an argument; a backslash takes the meaning from the character behind it. */
function textEnd(value: string, start: number): number | string {
  let position = start;
  while (position < value.length && value[position] !== ')' && value[position] !== '"') {
    if (value[position] === '\\') {
      if (position === value.length - 1) {
        return 'ends with a backslash within an argument';
      }
      position += 1;
    }
    position += 1;
  }
  return position;
}

function closingPercent(value: string, start: number, open: string): number | string {
  const position = skipSpaces(value, start);
  if (position >= value.length) {
    return open;
  }
  return value[position] === '%' ? position + 1 : 'holds a variable without a % after its arguments';
}

function skipSpaces(value: string, start: number): number {
  let position = start;
  while (value[position] === ' ') {
    position += 1;
  }
  return position;
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
const special: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity']);

/** A number, or a text that holds one; nothing for what is neither. */
export function readNumber(value: unknown, allowSpecial = false): number | undefined {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value !== 'string') {
    return undefined;
  }
  const text = value.trim();
  if (text === 'null') {
    // Go takes the quotation marks away, and null leaves the number unset.
    return 0;
  }
  if (allowSpecial) {
    return special.has(value) || jsonNumber.test(text) ? Number(text) : undefined;
  }
  // Even a fraction of zero makes a text no integer.
  return /^-?(?:0|[1-9]\d*)$/.test(text) ? Number(text) : undefined;
}

/** The smallest value, and the first one that is too large, of each type of integers. */
const ranges: { readonly [type: string]: readonly [number, number] } = {
  i: [-(2 ** 31), 2 ** 31],
  u: [0, 2 ** 32],
  l: [-(2 ** 63), 2 ** 63],
  m: [0, 2 ** 64],
};

/** Whether a value is an integer of a type, in the letters of messages.ts. */
export function isInteger(value: unknown, type: string): boolean {
  const [low, high] = ranges[type] as readonly [number, number];
  return typeof value === 'number' && Number.isInteger(value) && value >= low && value < high;
}

/** Whether a text is a time of RFC 3339. */
export function isTimestamp(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text));
}

/**
 * What an unquoted or tagged YAML scalar means to kubectl. It reads YAML 1.1 through go-yaml, which differs from the specification in ways that decide
 * verdicts: `y`, `n`, `on` and `off` are booleans, `0755` is octal, `1:30` is no number and dates stay text.
 */
export type Scalar =
  | { readonly type: 'null'; readonly value: null }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'string'; readonly value: string };

const words = new Map<string, null | boolean | number>();
for (const [value, spellings] of [
  [null, ['', '~', 'null', 'Null', 'NULL']],
  [true, ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']],
  [false, ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']],
  [Number.NaN, ['.nan', '.NaN', '.NAN']],
  [Number.POSITIVE_INFINITY, ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF']],
  [Number.NEGATIVE_INFINITY, ['-.inf', '-.Inf', '-.INF']],
] as const) {
  for (const spelling of spellings) {
    words.set(spelling, value);
  }
}

const decimal = /^[-+]?(?:0|[1-9][0-9]*)$/;
const integer = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const fraction = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/;
const largestUnsigned = 2n ** 64n - 1n;
const smallestSigned = -(2n ** 63n);

/** The characters with which a scalar that is no text can begin: signs, digits, a point, and the first letters of the words. */
const special = new Uint8Array(128);
for (const character of '+-.0123456789yYnNtTfFoO~') {
  special[character.charCodeAt(0)] = 1;
}

/**
 * The value of an unquoted scalar, as JSON holds it. Integers beyond 2^53 are rounded, as everything that reads JSON in JavaScript rounds them; NaN and the
 * infinities come back as such and are for the caller to refuse.
 */
export function plainValue(text: string): null | boolean | number | string {
  if (text !== '' && special[text.charCodeAt(0)] !== 1) {
    return text;
  }
  const word = words.get(text);
  if (word !== undefined) {
    return word;
  }
  if (text.length < 16 && decimal.test(text)) {
    // An integer has no negative zero.
    return Number(text) + 0;
  }
  const scalar = plainScalar(text);
  return scalar.type === 'int' ? Number(scalar.value) : scalar.value;
}

/** The value of an unquoted scalar together with its type. */
export function plainScalar(text: string): Scalar {
  const word = words.get(text);
  if (word !== undefined) {
    if (word === null) {
      return { type: 'null', value: word };
    }
    return typeof word === 'boolean' ? { type: 'bool', value: word } : { type: 'float', value: word };
  }
  const first = text.charCodeAt(0);
  if (first === 0x2e) {
    return (fraction.test(text) && finiteFloat(text)) || { type: 'string', value: text };
  }
  if (first === 0x2b || first === 0x2d || (first >= 0x30 && first <= 0x39)) {
    const digits = text.includes('_') ? text.replaceAll('_', '') : text;
    return integerOf(digits) ?? ((float.test(digits) && finiteFloat(digits)) || { type: 'string', value: text });
  }
  return { type: 'string', value: text };
}

function integerOf(digits: string): Scalar | undefined {
  if (!integer.test(digits)) {
    return undefined;
  }
  const signed = digits[0] === '-' || digits[0] === '+';
  const magnitude = signed ? digits.slice(1) : digits;
  const octal = /^0[0-7]/.test(magnitude) ? `0o${magnitude.slice(1)}` : magnitude.toLowerCase();
  const value = digits[0] === '-' ? -BigInt(octal) : BigInt(octal);
  // What fits no 64-bit integer is tried as a float; an explicit sign rules out the unsigned reading.
  return value < smallestSigned || value > (signed ? largestUnsigned / 2n : largestUnsigned) ? undefined : { type: 'int', value };
}

function finiteFloat(digits: string): Scalar | false {
  const value = Number(digits);
  return Number.isFinite(value) && { type: 'float', value };
}

const timestamp = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:[Zz]|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/;

/**
 * The value of a scalar with an explicit tag (`int`, `str`, `binary`, ...; the name after `!!`). A tag that YAML does not define for scalars leaves the text as
 * it is. `undefined` when the text does not suit the tag.
 */
export function taggedValue(tag: string, text: string): Scalar | undefined {
  switch (tag) {
    case 'binary':
      return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/[\r\n]/g, ''))
        ? { type: 'string', value: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(text)) }
        : undefined;
    case 'timestamp':
      return timestamp.test(text) ? { type: 'string', value: text } : undefined;
    case 'null':
    case 'bool':
    case 'int':
    case 'float': {
      const scalar = plainScalar(text);
      if (tag === 'float' && scalar.type === 'int') {
        return { type: 'float', value: Number(scalar.value) };
      }
      return scalar.type === tag ? scalar : undefined;
    }
    default:
      return { type: 'string', value: text };
  }
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64.replace(/[\r\n]/g, '')), (character) => character.charCodeAt(0));
}

/** The text that a scalar becomes as the key of a JSON object; `undefined` for what JSON cannot have as a key (null, integers beyond 63 bits). */
export function keyText(scalar: Scalar): string | undefined {
  switch (scalar.type) {
    case 'string':
      return scalar.value;
    case 'bool':
      return String(scalar.value);
    case 'int':
      return scalar.value > largestUnsigned / 2n ? undefined : String(scalar.value);
    case 'float':
      return floatKeyText(scalar.value);
    default:
      return undefined;
  }
}

/** Floats as keys pass through 32 bits on their way into JSON, with Go's choice between plain and exponent notation. */
function floatKeyText(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) {
    return '.nan';
  }
  if (!Number.isFinite(single)) {
    return single > 0 ? '.inf' : '-.inf';
  }
  let precision = 1;
  while (precision < 9 && Math.fround(Number(single.toPrecision(precision))) !== single) {
    precision += 1;
  }
  const [digits, exponent] = single.toExponential(precision - 1).split('e') as [string, string];
  const power = Number(exponent);
  const sign = Object.is(single, -0) ? '-' : '';
  if (power < -4 || power >= 6) {
    return `${sign}${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  return sign + Number(`${digits}e${exponent}`).toString();
}

import { parseBase64 } from './base64';
import { isCertificate } from './certificate';

/** The outcome of reading a set of JSON Web Keys. */
export type KeySet =
  | { readonly problem: string }
  | {
      readonly problem?: undefined;
      /** Which of the keys hold what must stay secret, counted from 0. */
      readonly secretKeys: readonly number[];
    };

type Fields = { readonly [field: string]: unknown };
type FieldCheck = (value: unknown) => boolean;

/** `null` counts as empty wherever a text belongs. */
const isText: FieldCheck = (value) => value === null || typeof value === 'string';
const isBytes: FieldCheck = (value) => value === null || (typeof value === 'string' && parseBase64(value) !== undefined);
const isTextList: FieldCheck = (value) => value === null || (Array.isArray(value) && value.every(isText));
const isCertificateList: FieldCheck = (value) =>
  value === null || (Array.isArray(value) && value.every((item) => typeof item === 'string' && isCertificate(parseBase64(item) ?? new Uint8Array())));

const common: { readonly [field: string]: FieldCheck } = {
  kty: isText,
  alg: isText,
  kid: isText,
  use: isText,
  key_ops: isTextList,
  x5c: isCertificateList,
  x5t: isText,
  'x5t#S256': isText,
  // istiod's library looks for x5u under this name; x5u itself may be anything.
  x58: isText,
};

interface KeyType {
  /** The fields of a public key, all of them needed. */
  readonly fields: { readonly [field: string]: FieldCheck };
  /** What a private key may have besides `d`; a key of bytes is always secret. */
  readonly privateFields?: { readonly [field: string]: FieldCheck };
}

const keyTypes: ReadonlyMap<unknown, KeyType> = new Map<unknown, KeyType>([
  ['RSA', { fields: { n: isBytes, e: isBytes }, privateFields: { p: isBytes, q: isBytes, dp: isBytes, dq: isBytes, qi: isBytes } }],
  ['EC', { fields: { crv: isText, x: isBytes, y: isBytes }, privateFields: {} }],
  ['OKP', { fields: { crv: isText, x: isBytes }, privateFields: {} }],
  ['oct', { fields: { k: isBytes } }],
]);

/** Reads a set of JSON Web Keys, or a single key, as text. Whether the numbers in it make a usable key is not looked at; istiod does not either. */
export function readKeySet(text: string): KeySet {
  let set: unknown;
  try {
    set = JSON.parse(firstObject(text));
  } catch (error) {
    return { problem: `is no JSON (${(error as Error).message})` };
  }
  if (!isFields(set)) {
    return { problem: 'is no JSON object' };
  }
  if (!Object.hasOwn(set, 'keys')) {
    return keySet([set], () => 'is neither a set of keys nor a key: it');
  }
  if (set.keys !== null && !Array.isArray(set.keys)) {
    return { problem: 'has "keys" that are no list' };
  }
  return keySet((set.keys as unknown[] | null) ?? [], (index) => `has a key (number ${index} from 0) that`);
}

/** The first object of a text; istiod does not look at what follows it. */
function firstObject(text: string): string {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    depth += token === '{' ? 1 : token === '}' ? -1 : 0;
    if (depth === 0) {
      return text.slice(0, index + token.length);
    }
  }
  return text;
}

function keySet(keys: readonly unknown[], subject: (index: number) => string): KeySet {
  const secretKeys: number[] = [];
  for (const [index, key] of keys.entries()) {
    const problem = isFields(key) ? keyProblem(key) : 'is no JSON object';
    if (problem !== undefined) {
      return { problem: `${subject(index)} ${problem}` };
    }
    if (isSecret(key as Fields)) {
      secretKeys.push(index);
    }
  }
  return { secretKeys };
}

/** The case of these two names does not matter when the type of a key is found out, as everywhere in Go's JSON. */
function typeOf(key: Fields): unknown {
  return Object.entries(key)
    .filter(([field, value]) => field.toLowerCase() === 'kty' && value !== null)
    .at(-1)?.[1];
}

function isPrivate(key: Fields): boolean {
  return Object.keys(key).some((field) => field.toLowerCase() === 'd');
}

function isSecret(key: Fields): boolean {
  return typeOf(key) === 'oct' || isPrivate(key);
}

function keyProblem(key: Fields): string | undefined {
  const name = typeOf(key);
  const type = keyTypes.get(name);
  if (type === undefined) {
    return name === undefined ? 'has no type (kty)' : `has the unknown type ${JSON.stringify(name)}`;
  }
  if (Object.hasOwn(key, 'kty') && key.kty !== name) {
    return 'has two types (kty)';
  }
  const privateFields = isPrivate(key) && type.privateFields !== undefined ? { d: isBytes, ...type.privateFields } : undefined;
  const missing = [...Object.keys(type.fields), ...(privateFields === undefined ? [] : ['d'])].find((field) => !Object.hasOwn(key, field));
  if (missing !== undefined) {
    return `lacks "${missing}", which a key of the type ${String(name)} needs`;
  }
  const checks: { readonly [field: string]: FieldCheck } = { ...common, ...type.fields, ...privateFields };
  const wrong = Object.keys(key).find((field) => Object.hasOwn(checks, field) && !checks[field]?.(key[field]));
  return wrong === undefined ? undefined : `has a malformed "${wrong}"`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

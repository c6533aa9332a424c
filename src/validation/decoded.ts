import { itemPath, keyPath } from '../manifest/path';
import type { DecodedObject, DecodedValue } from './context';

/** Readers for decoded specs: what is absent reads as protobuf's default, so that a check need not ask twice. */

/** A nested message, or nothing where it is unset. */
export function message(value: DecodedValue | undefined): DecodedObject | undefined {
  return typeof value === 'object' && !Array.isArray(value) ? (value as DecodedObject) : undefined;
}

/** A list of messages; unset is empty. */
export function messages(value: DecodedValue | undefined): readonly DecodedObject[] {
  return Array.isArray(value) ? value : [];
}

/** A list of texts; unset is empty. */
export function texts(value: DecodedValue | undefined): readonly string[] {
  return Array.isArray(value) ? value : [];
}

/** A text; unset is empty. */
export function text(value: DecodedValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A number; unset is 0. */
export function number(value: DecodedValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}

/** The entries of a map of texts. */
export function textEntries(value: DecodedValue | undefined): readonly [string, string][] {
  return Object.entries(message(value) ?? {}) as [string, string][];
}

/** The entries of a map of messages. */
export function messageEntries(value: DecodedValue | undefined): readonly [string, DecodedObject][] {
  return Object.entries(message(value) ?? {}) as [string, DecodedObject][];
}

/** Calls a check for each message of a list, with the path of the item. */
export function eachMessage(value: DecodedValue | undefined, path: string, check: (item: DecodedObject, path: string, index: number) => void): void {
  for (const [index, item] of messages(value).entries()) {
    check(item, itemPath(path, index), index);
  }
}

/** Calls a check for each text of a list, with the path of the item. */
export function eachText(value: DecodedValue | undefined, path: string, check: (item: string, path: string, index: number) => void): void {
  for (const [index, item] of texts(value).entries()) {
    check(item, itemPath(path, index), index);
  }
}

/** Calls a check for each entry of a map of texts, with the path of the entry. */
export function eachTextEntry(value: DecodedValue | undefined, path: string, check: (key: string, item: string, path: string) => void): void {
  for (const [key, item] of textEntries(value)) {
    check(key, item, keyPath(path, key));
  }
}

/** Calls a check for each entry of a map of messages, with the path of the entry. */
export function eachMessageEntry(value: DecodedValue | undefined, path: string, check: (key: string, item: DecodedObject, path: string) => void): void {
  for (const [key, item] of messageEntries(value)) {
    check(key, item, keyPath(path, key));
  }
}

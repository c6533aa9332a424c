import type { MeshModel } from './model';

/** The texts that Go reads as true. */
const trueTexts: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const falseTexts: ReadonlySet<string> = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/** Reads a text as Go reads a boolean; nothing for a text that is none. */
export function parseBoolean(text: string): boolean | undefined {
  return trueTexts.has(text) ? true : falseTexts.has(text) ? false : undefined;
}

/** Whether a feature of istiod is switched on, by the environment of istiod or else by default. */
export function hasFeature({ facts }: MeshModel, name: string, byDefault: boolean): boolean {
  const text = facts.env?.[name];
  return (text === undefined ? undefined : parseBoolean(text)) ?? byDefault;
}

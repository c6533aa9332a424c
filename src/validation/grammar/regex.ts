import { RE2JS } from 're2js';
import { utf8Length } from './text';

/** More than this Envoy may refuse to compile. */
const MAX_BYTES = 1024;

/** The same few patterns come again and again; the bound guards against texts that are made of data. */
const MAX_REMEMBERED = 1000;
const remembered = new Map<string, string | undefined>();

/** What is wrong with a regular expression (RE2 syntax, at most 1024 bytes), as the end of a sentence, or nothing. */
export function regexProblem(pattern: string): string | undefined {
  if (utf8Length(pattern) > MAX_BYTES) {
    return `is longer than ${MAX_BYTES} bytes`;
  }
  if (!remembered.has(pattern)) {
    if (remembered.size >= MAX_REMEMBERED) {
      remembered.clear();
    }
    remembered.set(pattern, compileProblem(pattern));
  }
  return remembered.get(pattern);
}

function compileProblem(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    const reason = (error as Error).message.replace(/^error parsing regexp: /, '');
    return `is not valid in the RE2 syntax (${reason})`;
  }
}

import { RE2JS } from 're2js';
import { CelEvaluationError } from '../errors';
import type { CelInt } from '../integers';
import type { Library } from './library';

/** Patterns are almost always constants of a rule, so each is compiled once; the bound only guards against patterns that are made of data. */
const MAX_REMEMBERED = 1000;
const remembered = new Map<string, RE2JS>();

function compiled(pattern: string): RE2JS {
  let regex = remembered.get(pattern);
  if (regex === undefined) {
    try {
      regex = RE2JS.compile(pattern);
    } catch (error) {
      throw new CelEvaluationError(`invalid regular expression: ${(error as Error).message}`);
    }
    if (remembered.size >= MAX_REMEMBERED) {
      remembered.clear();
    }
    remembered.set(pattern, regex);
  }
  return regex;
}

function findAll(text: string, pattern: string, limit: CelInt): readonly string[] {
  const matcher = compiled(pattern).matcher(text);
  const found: string[] = [];
  let previousEnd = -1;
  while ((limit < 0 || found.length < limit) && matcher.find()) {
    // An empty match right after another one does not count.
    if (matcher.end() > matcher.start() || matcher.start() !== previousEnd) {
      found.push(matcher.group() ?? '');
    }
    previousEnd = matcher.end();
  }
  return found;
}

/** Functions on RE2 regular expressions; a pattern matches anywhere unless it is anchored. */
export const REGULAR_EXPRESSIONS: Library = {
  'matches(string, string)': (text: string, pattern: string) => compiled(pattern).test(text),
  'string.matches(string)': (text: string, pattern: string) => compiled(pattern).test(text),
  'string.find(string)': (text: string, pattern: string) => findAll(text, pattern, 1)[0] ?? '',
  'string.findAll(string)': (text: string, pattern: string) => findAll(text, pattern, -1),
  'string.findAll(string, int)': findAll,
};

import { RE2JS } from 're2js';

/** Patterns come from configuration, so each is compiled once; the bound guards against meshes that come and go within one process. */
const MAX_REMEMBERED = 10_000;
const remembered = new Map<string, RE2JS | undefined>();

/** Whether a regular expression matches a whole text. One that RE2 cannot read matches nothing. */
export function fullyMatches(pattern: string, text: string): boolean {
  return compiled(pattern)?.testExact(text) ?? false;
}

/** Replaces every match in a text; `\1` to `\9` in the substitution stand for groups, `\0` for all of the match, `\\` for a backslash. */
export function replaceMatches(pattern: string, text: string, substitution: string): string {
  const matcher = compiled(pattern)?.matcher(text);
  if (matcher === undefined) return text;
  let replaced = '';
  let position = 0;
  let lastEnd = -1;
  while (position <= text.length && matcher.find(position)) {
    const start = matcher.start();
    const end = matcher.end();
    replaced += text.slice(position, start);
    if (start === end && start === lastEnd) {
      // An empty match right behind another one does not count.
      replaced += text.slice(start, start + 1);
      position = start + 1;
      continue;
    }
    replaced += substitution.replace(/\\(\d|\\)/g, (_, key) =>
      key === '\\' ? '\\' : Number(key) <= matcher.groupCount() ? (matcher.group(Number(key)) ?? '') : '',
    );
    position = end;
    lastEnd = end;
  }
  return replaced + text.slice(position);
}

function compiled(pattern: string): RE2JS | undefined {
  if (remembered.has(pattern)) return remembered.get(pattern);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  let regex: RE2JS | undefined;
  try {
    regex = RE2JS.compile(pattern);
  } catch {
    regex = undefined;
  }
  remembered.set(pattern, regex);
  return regex;
}

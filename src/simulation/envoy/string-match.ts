import { fullyMatches } from './regex';
import type { StringMatcher } from './route';

/** Whether a value that is there is what a matcher asks for. */
export function matchesString(matcher: StringMatcher, value: string): boolean {
  switch (matcher.kind) {
    case 'present':
      return true;
    case 'regex':
      return fullyMatches(matcher.value, value);
    case 'exact':
      return value === matcher.value;
    case 'prefix':
      return value.startsWith(matcher.value);
  }
}

/** What a value would have to do, as the end of a sentence that begins with it: `does not begin with "/a"`. */
export function missOfString(matcher: StringMatcher): string {
  switch (matcher.kind) {
    case 'present':
      return 'is absent';
    case 'exact':
      return `is not ${JSON.stringify(matcher.value)}`;
    case 'prefix':
      return `does not begin with ${JSON.stringify(matcher.value)}`;
    case 'regex':
      return `does not match ${matcher.value}`;
  }
}

/** What a value does that it must not do. */
export function hitOfString(matcher: StringMatcher): string {
  switch (matcher.kind) {
    case 'present':
      return 'is present';
    case 'exact':
      return `is ${JSON.stringify(matcher.value)}`;
    case 'prefix':
      return `begins with ${JSON.stringify(matcher.value)}`;
    case 'regex':
      return `matches ${matcher.value}`;
  }
}

import type { Rule } from '../manifest/rule';
import { fieldName } from './describe';
import type { Run } from './run';

/** Something to check of a value whose type is right. */
export type Assertion = (value: never, path: string, run: Run) => void;

/** An assertion that reports a rule where a condition holds. */
export function violation<Value>(rule: Rule, isViolated: (value: Value) => boolean, message: (value: Value, path: string) => string): Assertion {
  return (value: Value, path, { report }) => {
    if (isViolated(value)) {
      report(rule, path, message(value, path));
    }
  };
}

/** How a message begins when it speaks of a field. */
export function subject(path: string): string {
  return path === '' ? 'The object' : fieldName(path);
}

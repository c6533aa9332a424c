import type { Schema } from '../../imports/schema';
import { subject } from './assertion';
import { rules } from './rules';
import type { Check, Compile, Run } from './run';

type Combination = (value: unknown, path: string, run: Run) => void;

/** What `allOf`, `anyOf`, `oneOf`, `not` and groups of exclusive fields ask of a value. */
export function combinationChecks({ exclusive = [], allOf = [], anyOf, oneOf, not }: Schema, compile: Compile): readonly Combination[] {
  const checks: Combination[] = exclusive.filter((group) => group.length > 1).map(exclusiveCheck);
  for (const schema of allOf) {
    const check = compile(schema, true);
    checks.push((value, path, run) => void check(value, path, run));
  }
  if (anyOf !== undefined) {
    const forms = anyOf.map((schema) => compile(schema, true));
    checks.push((value, path, run) => {
      if (!forms.some((form) => holds(form, value, run))) {
        run.report(rules.combination, path, `${subject(path)} has none of the ${forms.length} forms that it may have.`);
      }
    });
  }
  if (oneOf !== undefined) {
    const forms = oneOf.map((schema) => compile(schema, true));
    checks.push((value, path, run) => {
      const matching = forms.filter((form) => holds(form, value, run)).length;
      if (matching !== 1) {
        const has = matching === 0 ? 'none' : `${matching}`;
        run.report(rules.combination, path, `${subject(path)} must have exactly one of ${forms.length} forms, and has ${has} of them.`);
      }
    });
  }
  if (not !== undefined) {
    const form = compile(not, true);
    checks.push((value, path, run) => {
      if (holds(form, value, run)) {
        run.report(rules.combination, path, `${subject(path)} has a form that it may not have.`);
      }
    });
  }
  return checks;
}

function holds(form: Check, value: unknown, run: Run): boolean {
  const violated: unknown[] = [];
  form(value, '', { ...run, report: (rule) => violated.push(rule) });
  return violated.length === 0;
}

/** At most one field of a group may be there. The finding stands at the second one, in the author's order. */
function exclusiveCheck(group: readonly string[]): Combination {
  const members = new Set(group);
  return (value, path, { report }) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return;
    }
    let first: string | undefined;
    for (const key in value) {
      if (members.has(key) && (value as Record<string, unknown>)[key] !== undefined) {
        if (first !== undefined) {
          const present = Object.keys(value).filter((field) => members.has(field));
          const message = `${subject(path)} may have only one of ${group.join(', ')}, and has ${present.slice(0, -1).join(', ')} and ${present.at(-1)}.`;
          report(rules.exclusive, `${path}.${key}`, message, `keep one of ${present.join(', ')}`);
          return;
        }
        first = key;
      }
    }
  };
}

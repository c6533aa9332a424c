import { RE2JS } from 're2js';
import type { Schema } from '../../imports/schema';
import { suggest } from '../manifest/suggest';
import { type Assertion, subject, violation } from './assertion';
import { combinationChecks } from './combinations';
import { describe, describeType, quoted, typeFix } from './describe';
import { integerRange, stringFormats } from './formats';
import { listAssertions } from './lists';
import { objectCheck } from './objects';
import { rules } from './rules';
import { type Check, type Compile, type Run, resolved, type Types } from './run';

/**
 * Compiles schemas into closures, each named type once. What a schema does not say costs nothing when objects are checked.
 *
 * @returns a function from a schema to its check; `nested` schemas stand in combinations and say nothing of which fields exist
 */
export function structuralCompiler(types: Types): Compile {
  const named = new Map<string, Check>();

  function compile(schema: Schema, nested = false): Check {
    const isPlainReference = schema.ref !== undefined && Object.keys(schema).every((key) => key === 'ref' || key === 'reference');
    if (!isPlainReference || nested) {
      return compileNode(resolved(schema, types), nested, compile);
    }
    const name = schema.ref as string;
    // Looked up when it is first used, because a type may contain itself.
    let check = named.get(name);
    return (value, path, run) => {
      if (check === undefined) {
        check = named.get(name) ?? compileNode(resolved(schema, types), false, compile);
        named.set(name, check);
      }
      return check(value, path, run);
    };
  }
  return compile;
}

function compileNode(schema: Schema, nested: boolean, compile: Compile): Check {
  const check = typedCheck(schema, nested, compile);
  const combinations = combinationChecks(schema, compile);
  const { nullable } = schema;
  return (value, path, run) => {
    if (value === null && nullable) {
      return value;
    }
    const kept = check(value, path, run);
    for (const combination of combinations) {
      combination(kept, path, run);
    }
    return kept;
  };
}

function typedCheck(schema: Schema, nested: boolean, compile: Compile): Check {
  switch (schema.type) {
    case 'object':
      return guarded(schema, isObject, objectCheck(schema, nested, compile));
    case 'array':
      return guarded(schema, Array.isArray, arrayCheck(schema, nested, compile));
    case 'string':
      return guarded(schema, isString, asserted(stringAssertions(schema)));
    case 'boolean':
      return guarded(schema, isBoolean, asserted(enumAssertion(schema)));
    case 'integer':
      return guarded(schema, isInteger, asserted(numberAssertions(schema)));
    case 'number':
      return guarded(schema, isNumber, asserted(numberAssertions(schema)));
    default:
      return untypedCheck(schema, nested, compile);
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const isString = (value: unknown): boolean => typeof value === 'string';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isNumber = (value: unknown): boolean => typeof value === 'number';
const isInteger = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= -(2 ** 63) && (value as number) < 2 ** 63;

function guarded(schema: Schema, hasType: (value: unknown) => boolean, check: Check): Check {
  return (value, path, run) => {
    if (hasType(value)) {
      return check(value, path, run);
    }
    reportType(schema, value, path, run);
    return value;
  };
}

function reportType(schema: Schema, value: unknown, path: string, { report }: Run): void {
  report(rules.type, path, `${subject(path)} must be ${describeType(schema)}, and here is ${describe(value)}.`, typeFix(schema, value));
}

/** Without a type each kind of value is held to what the schema says of its kind. */
function untypedCheck(schema: Schema, nested: boolean, compile: Compile): Check {
  const ofObject = objectCheck(schema, nested || schema.properties === undefined, compile);
  const ofArray = arrayCheck(schema, nested, compile);
  const ofString = asserted(stringAssertions(schema));
  const ofNumber = asserted(numberAssertions({ ...schema, type: 'number' }));
  return (value, path, run) => {
    if (schema.intOrString && !isString(value) && !isInteger(value)) {
      reportType(schema, value, path, run);
      return value;
    }
    switch (typeof value) {
      case 'string':
        return ofString(value, path, run);
      case 'number':
        return ofNumber(value, path, run);
      case 'object':
        if (value === null) {
          return value;
        }
        return Array.isArray(value) ? ofArray(value, path, run) : ofObject(value, path, run);
      default:
        return value;
    }
  };
}

function asserted(assertions: readonly Assertion[]): Check {
  if (assertions.length === 0) {
    return (value) => value;
  }
  return (value, path, run) => {
    for (const assertion of assertions) {
      assertion(value as never, path, run);
    }
    return value;
  };
}

function arrayCheck(schema: Schema, nested: boolean, compile: Compile): Check {
  const item = schema.items === undefined ? undefined : compile(schema.items, nested);
  const assertions = listAssertions(schema);
  return (value, path, run) => {
    const items = value as readonly unknown[];
    for (const assertion of assertions) {
      assertion(items as never, path, run);
    }
    if (item === undefined) {
      return items;
    }
    let kept: unknown[] | undefined;
    for (let index = 0; index < items.length; index += 1) {
      const before = items[index] === undefined ? null : items[index];
      const after = item(before, `${path}[${index}]`, run);
      if (after !== items[index]) {
        kept ??= [...items];
        kept[index] = after;
      }
    }
    return kept ?? items;
  };
}

function stringAssertions({ enum: allowed, minLength, maxLength, pattern, format }: Schema): Assertion[] {
  const assertions = enumAssertion({ enum: allowed });
  if (minLength !== undefined) {
    assertions.push(
      violation(
        rules.tooShort,
        (value: string) => value.length < minLength || codePoints(value) < minLength,
        (value, path) =>
          value === ''
            ? `${subject(path)} must not be empty.`
            : `${subject(path)} must have at least ${minLength} characters, and ${quoted(value)} has ${codePoints(value)}.`,
      ),
    );
  }
  if (maxLength !== undefined) {
    assertions.push(
      violation(
        rules.tooLong,
        (value: string) => value.length > maxLength && codePoints(value) > maxLength,
        (value, path) => `${subject(path)} may have at most ${maxLength} characters, and this text has ${codePoints(value)}.`,
      ),
    );
  }
  if (pattern !== undefined) {
    const expression = RE2JS.compile(pattern);
    assertions.push(
      violation(
        rules.pattern,
        (value: string) => !expression.test(value),
        (value, path) => `${subject(path)} must match ${pattern}, and ${quoted(value)} does not.`,
      ),
    );
  }
  const known = format === undefined ? undefined : stringFormats[format];
  if (known !== undefined) {
    assertions.push(
      violation(
        rules.format,
        (value: string) => !known.holds(value),
        (value, path) => `${subject(path)} must be ${known.name}, and ${quoted(value)} is not.`,
      ),
    );
  }
  return assertions;
}

function numberAssertions({ type, minimum, maximum, format, enum: allowed }: Schema): Assertion[] {
  const assertions = enumAssertion({ enum: allowed });
  if (minimum !== undefined) {
    assertions.push(
      violation(
        rules.minimum,
        (value: number) => value < minimum,
        (value, path) => `${subject(path)} must be at least ${minimum}, and here is ${value}.`,
      ),
    );
  }
  if (maximum !== undefined) {
    assertions.push(
      violation(
        rules.maximum,
        (value: number) => value > maximum,
        (value, path) => `${subject(path)} must be at most ${maximum}, and here is ${value}.`,
      ),
    );
  }
  if (type === 'integer' && format === 'int32') {
    const { smallest, beyond, bits } = integerRange(format);
    const message = (value: number, path: string): string => `${subject(path)} must fit into ${bits} bits, and ${value} does not.`;
    assertions.push(violation(rules.minimum, (value: number) => value < smallest, message));
    assertions.push(violation(rules.maximum, (value: number) => value >= beyond, message));
  }
  return assertions;
}

function enumAssertion({ enum: allowed }: Schema): Assertion[] {
  if (allowed === undefined) {
    return [];
  }
  const values: ReadonlySet<unknown> = new Set(allowed);
  return [
    (value, path, { report }) => {
      if (!values.has(value)) {
        const meant = suggest(String(value), allowed);
        const message = `${subject(path)} cannot be ${describe(value)}: it is one of ${allowed.map((one) => (one === '' ? '""' : one)).join(', ')}.`;
        report(rules.enumeration, path, message, meant === undefined ? undefined : `write ${meant}`);
      }
    },
  ];
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) {
    count += 1;
  }
  return count;
}

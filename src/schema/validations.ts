import type { Schema, ValidationRule } from '../../imports/schema';
import { durationProblem } from '../manifest/duration';
import { fieldPath } from '../manifest/path';
import type { Report, Rule } from '../manifest/rule';
import { subject } from './assertion';
import { CelEvaluationError, CelSyntaxError, type CompiledRule, compileRule, Optional, toCelValue } from './cel';
import { celRules } from './cel-rules';
import { describe, quoted } from './describe';
import { rules } from './rules';
import { resolved, type Types } from './run';

/** Evaluates the CEL rules of a value and of everything in it. */
export type Validation = (value: unknown, path: string, report: Report) => void;

const compiledRules = new Map<string, CompiledRule | CelSyntaxError>();

/** Every rule text is compiled once, however many schemas have it. */
function compiled(expression: string): CompiledRule | CelSyntaxError {
  let rule = compiledRules.get(expression);
  if (rule === undefined) {
    try {
      rule = compileRule(expression);
    } catch (error) {
      if (!(error instanceof CelSyntaxError)) {
        throw error;
      }
      rule = error;
    }
    compiledRules.set(expression, rule);
  }
  return rule;
}

/**
 * Compiles the CEL rules of schemas, each named type once.
 *
 * @returns a function from a schema to its validation, or to nothing where neither the schema nor anything in it has a rule
 */
export function validationCompiler(types: Types): (schema: Schema) => Validation | undefined {
  const named = new Map<string, Validation | undefined>();
  const resolver = (name: string): Schema | undefined => types[name];

  function compile(schema: Schema): Validation | undefined {
    const { ref } = schema;
    if (ref === undefined || schema.rules !== undefined) {
      return compileNode(resolved(schema, types));
    }
    if (!named.has(ref)) {
      // A type that contains itself finds this placeholder, which looks the validation up when it is used.
      named.set(ref, (value, path, report) => named.get(ref)?.(value, path, report));
      named.set(ref, compileNode(resolved(schema, types)));
    }
    return named.get(ref);
  }

  function compileNode(schema: Schema): Validation | undefined {
    const own = (schema.rules ?? []).map((rule) => ruleCheck(rule, schema));
    const properties = new Map<string, Validation>();
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const validation = compile(property);
      if (validation !== undefined) {
        properties.set(name, validation);
      }
    }
    const entry = schema.additionalProperties && compile(schema.additionalProperties);
    const item = schema.items && compile(schema.items);
    const parts = (schema.allOf ?? []).map(compile).filter((part) => part !== undefined);
    if (own.length + properties.size + parts.length === 0 && entry === undefined && item === undefined) {
      return undefined;
    }
    return (value, path, report) => {
      if (value === null || value === undefined) {
        return;
      }
      if (own.length > 0) {
        const self = toCelValue(value, schema, resolver);
        for (const check of own) {
          check(self, value, path, report);
        }
      }
      for (const part of parts) {
        part(value, path, report);
      }
      if (Array.isArray(value)) {
        if (item !== undefined) {
          for (let index = 0; index < value.length; index += 1) {
            item(value[index], `${path}[${index}]`, report);
          }
        }
      } else if (typeof value === 'object' && (entry !== undefined || properties.size > 0)) {
        for (const key of Object.keys(value)) {
          const field = (value as Record<string, unknown>)[key];
          const property = properties.get(key);
          if (property !== undefined) {
            property(field, fieldPath(path, key), report);
          } else if (entry !== undefined) {
            entry(field, `${path}[${key}]`, report);
          }
        }
      }
    };
  }
  return compile;
}

type RuleCheck = (self: unknown, value: unknown, path: string, report: Report) => void;

function ruleCheck(validation: ValidationRule, schema: Schema): RuleCheck {
  const rule = ruleOf(validation);
  const expression = compiled(validation.rule);
  if (expression instanceof CelSyntaxError) {
    return (_, __, path, report) => report(rules.celError, path, `The rule ${shown(validation)} cannot be read: ${expression.message}.`);
  }
  if (expression.usesOldSelf && !validation.optionalOldSelf) {
    // A rule about changes does not apply to an object that is created.
    return () => {};
  }
  const variables = expression.usesOldSelf ? (self: unknown) => ({ self, oldSelf: Optional.none }) : (self: unknown) => ({ self });
  return (self, value, path, report) => {
    let reason = '';
    try {
      if (expression.evaluate(variables(self)) === true) {
        return;
      }
    } catch (error) {
      if (!(error instanceof CelEvaluationError)) {
        report(rules.celError, path, `The rule ${shown(validation)} cannot be evaluated: ${(error as Error).message}.`);
        return;
      }
      // For the API server, and so here, a rule without an answer does not hold.
      reason = ` (${error.message})`;
    }
    const at = validation.fieldPath === undefined ? path : `${path}${validation.fieldPath}`;
    if (rule.code === rules.celRule.code) {
      report(
        rule,
        at,
        `${subject(path)} breaks a rule: ${computedMessage(validation, variables(self)) ?? validation.message?.trim() ?? validation.rule}${reason}.`,
      );
    } else {
      report(rule, at, message(rule, value, path, schema));
    }
  };
}

/** The rule of the table for a rule of a CustomResourceDefinition, with the release that brought it. */
function ruleOf({ message = '', since }: ValidationRule): Rule {
  const rule = (celRules as { readonly [message: string]: Rule })[message.trim()] ?? rules.celRule;
  return since === undefined ? rule : { ...rule, since };
}

function message(rule: Rule, value: unknown, path: string, { type }: Schema): string {
  if (rule.code === celRules['must be a valid duration greater than 1ms'].code) {
    return `The duration ${quoted(String(value))} ${durationProblem(String(value)) ?? 'is shorter than a millisecond'}.`;
  }
  return type === 'object' || type === 'array' ? rule.title : `${rule.title.slice(0, -1)}: ${subject(path)} is ${describe(value)}.`;
}

function computedMessage({ messageExpression }: ValidationRule, variables: { readonly [name: string]: unknown }): string | undefined {
  const expression = messageExpression === undefined ? undefined : compiled(messageExpression);
  if (expression === undefined || expression instanceof CelSyntaxError) {
    return undefined;
  }
  try {
    const text = expression.evaluate(variables);
    return typeof text === 'string' && text.trim() !== '' && !text.includes('\n') ? text.trim() : undefined;
  } catch {
    return undefined;
  }
}

const shown = ({ rule, message }: ValidationRule): string => message?.trim() ?? rule;

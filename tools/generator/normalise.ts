import { GeneratorError } from './errors';
import type { RawSchema } from './load';
import type { Fact } from './model';
import type { ValidationRule } from './templates/schema';

/** Keywords that are carried over as they are. */
const PLAIN = [
  'format',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'default',
] as const;
/** Keywords of prose. */
const PROSE = new Set(['description', 'title', 'example', 'externalDocs']);
const FLAGS = { nullable: 'nullable', 'x-kubernetes-int-or-string': 'intOrString', 'x-kubernetes-preserve-unknown-fields': 'preserveUnknownFields' } as const;
const TYPES = new Set(['object', 'array', 'string', 'integer', 'number', 'boolean']);

const isObject = (value: unknown): value is RawSchema => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Turns one OpenAPI node of a definition into a fact without prose. `place` names the node in errors. */
export function normalise(raw: RawSchema, place: string): Fact {
  const fact: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(raw)) {
    if (PROSE.has(keyword)) continue;
    if (!assign(fact, keyword, value, place)) throw new GeneratorError(`${place}: the schema keyword "${keyword}" is not understood`);
  }
  if (typeof raw.description === 'string' && /^(\$hide_from_docs\s*)?\**Deprecated\b/i.test(raw.description)) fact.deprecated = true;
  // The two types of an int-or-string are implied by its flag, and so is "format: string" by the type.
  if (fact.intOrString) delete fact.anyOf;
  if (fact.format === 'string') delete fact.format;
  return fact as Fact;
}

function assign(fact: Record<string, unknown>, keyword: string, value: unknown, place: string): boolean {
  if ((PLAIN as readonly string[]).includes(keyword)) {
    fact[keyword] = value;
    return true;
  }
  if (keyword in FLAGS) {
    if (value === true) fact[FLAGS[keyword as keyof typeof FLAGS]] = true;
    return true;
  }
  switch (keyword) {
    case 'type':
      if (typeof value !== 'string' || !TYPES.has(value)) throw new GeneratorError(`${place}: the type ${JSON.stringify(value)} is not understood`);
      fact.type = value;
      return true;
    case '$ref':
      throw new GeneratorError(`${place}: $ref is not allowed in a structural schema; write the schema out`);
    case 'properties':
      fact.properties = mapValues(value, place, (field, child) => normalise(child, `${place}.${field}`));
      return true;
    case 'items':
      if (!isObject(value)) throw new GeneratorError(`${place}: items must be one schema`);
      fact.items = normalise(value, `${place}[]`);
      return true;
    case 'additionalProperties':
      if (value === true) fact.preserveUnknownFields = true;
      else if (isObject(value)) fact.additionalProperties = normalise(value, `${place}{}`);
      return true;
    case 'required':
    case 'enum':
      if (!Array.isArray(value)) throw new GeneratorError(`${place}: ${keyword} must be a list`);
      fact[keyword] = value.map(String);
      return true;
    case 'oneOf':
    case 'anyOf':
    case 'allOf':
      combine(fact, keyword, value, place);
      return true;
    case 'not':
      if (!isObject(value)) throw new GeneratorError(`${place}: not must be one schema`);
      fact.not = normalise(value, `${place} (not)`);
      return true;
    case 'x-kubernetes-list-type':
      fact.listType = value;
      return true;
    case 'x-kubernetes-list-map-keys':
      fact.listMapKeys = value;
      return true;
    case 'x-kubernetes-map-type':
      fact.mapType = value;
      return true;
    case 'x-kubernetes-validations':
      if (!Array.isArray(value)) throw new GeneratorError(`${place}: x-kubernetes-validations must be a list`);
      fact.rules = value.map((rule) => normaliseRule(rule, place));
      return true;
    default:
      return false;
  }
}

function combine(fact: Record<string, unknown>, keyword: 'oneOf' | 'anyOf' | 'allOf', value: unknown, place: string): void {
  if (!Array.isArray(value) || !value.every(isObject)) throw new GeneratorError(`${place}: ${keyword} must be a list of schemas`);
  const parts = value.map((part, index) => normalise(part, `${place} (${keyword} ${index})`));
  if (keyword === 'oneOf') {
    const group = exclusiveGroup(parts);
    if (group) {
      fact.exclusive = [...((fact.exclusive as string[][] | undefined) ?? []), group];
      return;
    }
  }
  if (keyword === 'allOf' && parts.every((part) => part.exclusive?.length === 1 && Object.keys(part).length === 1)) {
    fact.exclusive = [...((fact.exclusive as string[][] | undefined) ?? []), ...parts.flatMap((part) => part.exclusive ?? [])];
    return;
  }
  fact[keyword] = parts;
}

/** The members of "none of these, or exactly one of these", the shape that a protobuf oneof takes in a definition. */
function exclusiveGroup(parts: readonly Fact[]): string[] | undefined {
  const single = (part: Fact): string | undefined => (Object.keys(part).length === 1 && part.required?.length === 1 ? part.required[0] : undefined);
  const members = parts.map(single).filter((member) => member !== undefined);
  const none = parts.find((part) => part.not !== undefined);
  const excluded = none?.not?.anyOf?.map(single);
  const complete = parts.length === members.length + 1 && excluded?.length === members.length && members.every((member) => excluded.includes(member));
  return complete ? members : undefined;
}

const RULE_KEYS = new Set(['rule', 'message', 'messageExpression', 'reason', 'fieldPath', 'optionalOldSelf']);
function normaliseRule(rule: unknown, place: string): ValidationRule {
  if (!isObject(rule) || typeof rule.rule !== 'string') throw new GeneratorError(`${place}: a validation rule lacks its expression`);
  for (const key of Object.keys(rule)) if (!RULE_KEYS.has(key)) throw new GeneratorError(`${place}: the rule keyword "${key}" is not understood`);
  return rule as unknown as ValidationRule;
}

function mapValues(value: unknown, place: string, change: (key: string, child: RawSchema) => Fact): Record<string, Fact> {
  if (!isObject(value)) throw new GeneratorError(`${place}: properties must be a map of schemas`);
  const result: Record<string, Fact> = {};
  for (const [key, child] of Object.entries(value)) {
    if (!isObject(child)) throw new GeneratorError(`${place}.${key}: is no schema`);
    result[key] = change(key, child);
  }
  return result;
}

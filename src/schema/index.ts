import { types } from '../../imports';
import type { Kind, Schema } from '../../imports/schema';
import type { KubernetesObject } from '../manifest/manifest';
import type { Report, Rule } from '../manifest/rule';
import { findKind } from './kinds';
import { checkMetadata, objectMeta } from './metadata';
import { metadataRules } from './metadata-rules';
import { rules } from './rules';
import type { Check } from './run';
import { structuralCompiler } from './structural';
import { type Validation, validationCompiler } from './validations';

export { celRules } from './cel-rules';
export { isKnownKind } from './kinds';
export { metadataRules } from './metadata-rules';
export { rules as schemaRules } from './rules';

/** An object as the API server would hand it on, and its kind. */
export interface CheckedObject {
  readonly kind: Kind;
  /** Without status, unknown fields and nulls that count as unset; with defaults. */
  readonly object: KubernetesObject;
  /** Whether its metadata could be read at all. Where not, neither the API server nor istiod looks any further. */
  readonly isReadable: boolean;
}

/** After these findings the API server no longer evaluates CEL rules, because they might stumble over what is wrong. */
const stopsRules: ReadonlySet<Rule> = new Set([
  rules.required,
  rules.type,
  rules.enumeration,
  rules.format,
  rules.tooLong,
  rules.tooMany,
  metadataRules.nameRequired,
  metadataRules.annotationsSize,
]);

/** In the metadata these findings mean that it cannot be decoded. */
const unreadable: ReadonlySet<Rule> = new Set([rules.type, rules.format]);

interface CompiledKind {
  readonly root: Schema;
  readonly check: Check;
  readonly validation: Validation | undefined;
}

const structural = structuralCompiler(types);
const validations = validationCompiler(types);
const compiledKinds = new Map<Schema, CompiledKind>();

/** Kinds are compiled when the first object of theirs comes. */
function compiledKind(schema: Schema): CompiledKind {
  let compiled = compiledKinds.get(schema);
  if (compiled === undefined) {
    const root: Schema = { ...schema, properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: objectMeta, ...schema.properties } };
    compiled = { root, check: structural(root), validation: validations(schema) };
    compiledKinds.set(schema, compiled);
  }
  return compiled;
}

/**
 * Checks an object as the API server does when it is created: its kind and version, metadata, structure, and the CEL rules of its kind. Objects of kinds that do
 * not belong to Istio pass.
 *
 * @param target the release whose versions count; default the newest
 * @returns the object as the API server would hand it on, or nothing where its kind is not known
 */
export function checkSchema(object: KubernetesObject, report: Report, target?: string): CheckedObject | undefined {
  const served = findKind(object, report, target);
  if (served === undefined) {
    return undefined;
  }
  const { kind, schema } = served;
  const { root, check, validation } = compiledKind(schema);
  let skipsRules = false;
  let isReadable = true;
  const watched: Report = (rule, path, message, fix) => {
    isReadable &&= !(unreadable.has(rule) && /^metadata\b/.test(path));
    skipsRules ||= stopsRules.has(rule);
    report(rule, path, message, fix);
  };
  const { status: _, ...written } = object;
  const kept = check(written, '', { report: watched, root, types }) as KubernetesObject;
  checkMetadata(kept.metadata, kind, watched);
  if (!skipsRules) {
    validation?.(kept, '', report);
  }
  return { kind, object: kept, isReadable };
}

import type { Kind, Schema } from '../../imports/schema';
import { isKubernetesLabelKey, isKubernetesLabelValue } from '../manifest/labels';
import type { Report } from '../manifest/rule';
import { quoted } from './describe';
import { metadataRules as rules } from './metadata-rules';

const text: Schema = { type: 'string' };
const time: Schema = { type: 'string', format: 'date-time' };
const texts: Schema = { type: 'object', additionalProperties: text };

/** The shape of `metadata`. In its lists null is an empty item. */
export const objectMeta: Schema = {
  type: 'object',
  properties: {
    name: text,
    generateName: text,
    namespace: text,
    labels: texts,
    annotations: texts,
    finalizers: { type: 'array', items: { ...text, nullable: true } },
    ownerReferences: {
      type: 'array',
      items: {
        type: 'object',
        nullable: true,
        properties: { apiVersion: text, kind: text, name: text, uid: text, controller: { type: 'boolean' }, blockOwnerDeletion: { type: 'boolean' } },
      },
    },
    uid: text,
    resourceVersion: text,
    generation: { type: 'integer' },
    creationTimestamp: time,
    deletionTimestamp: time,
    deletionGracePeriodSeconds: { type: 'integer' },
    selfLink: text,
    managedFields: {
      type: 'array',
      items: {
        type: 'object',
        nullable: true,
        properties: {
          manager: text,
          operation: text,
          apiVersion: text,
          time,
          fieldsType: text,
          fieldsV1: { preserveUnknownFields: true },
          subresource: text,
        },
      },
    },
  },
};

type Fields = { readonly [field: string]: unknown };

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const annotationsLimit = 256 * 1024;

/** Checks names, labels and the rest of an object's metadata. Values of a wrong type are left to the schema. */
export function checkMetadata(metadata: unknown, { kind, scope }: Pick<Kind, 'kind' | 'scope'>, report: Report): void {
  const fields = object(metadata);
  checkName(fields, report);
  checkNamespace(fields, kind, scope, report);
  checkLabels(object(fields.labels), report);
  checkAnnotations(object(fields.annotations), report);
  checkFinalizers(list(fields.finalizers), report);
  checkOwners(list(fields.ownerReferences), report);
  if (typeof fields.generation === 'number' && fields.generation < 0) {
    report(rules.generation, 'metadata.generation', `generation is ${fields.generation}, and it cannot be negative.`);
  }
  for (const [index, entry] of list(fields.managedFields).entries()) {
    checkManagedFields(object(entry), `metadata.managedFields[${index}]`, report);
  }
}

function checkName({ name, generateName }: Fields, report: Report): void {
  if (typeof generateName === 'string' && generateName !== '' && !(isPrefix(generateName) && (!isUnset(name) || isName(`${generateName}xxxxx`)))) {
    report(rules.name, 'metadata.generateName', `Names that begin with ${quoted(generateName)} are no DNS names.`);
  }
  if (isUnset(name) && isUnset(generateName)) {
    report(rules.nameRequired, 'metadata.name', 'The object has no name.');
  } else if (typeof name === 'string' && name !== '' && !isName(name)) {
    report(rules.name, 'metadata.name', nameProblem(name), nameFix(name));
  }
}

/** More follows, so a dash may stand at the end; the API server also forgives the character before it. */
const isPrefix = (name: string): boolean => isName(name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name);
const isName = (name: string): boolean => name.length <= 253 && subdomain.test(name);

function nameProblem(name: string): string {
  const template = /\$\{|\{\{|\$[A-Z_]|%[sdv]|<[a-z]/.test(name) ? ' It looks like a placeholder that was not filled in.' : '';
  return name.length > 253 ? `The name has ${name.length} characters, and at most 253 are allowed.` : `The name ${quoted(name)} is no DNS name.${template}`;
}

function nameFix(name: string): string | undefined {
  const better = name
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return isName(better) ? `write ${better}` : undefined;
}

function checkNamespace({ namespace }: Fields, kind: string, scope: Kind['scope'], report: Report): void {
  if (isUnset(namespace) || typeof namespace !== 'string') {
    return;
  }
  if (scope === 'Cluster') {
    report(rules.clusterScope, 'metadata.namespace', `A ${kind} belongs to no namespace.`);
  } else if (namespace.length > 63) {
    report(rules.namespace, 'metadata.namespace', `The namespace has ${namespace.length} characters, and at most 63 are allowed.`);
  } else if (!label.test(namespace)) {
    const why =
      namespace === '*' ? ' An object lives in one namespace; an object that is to hold for the whole mesh belongs into the root namespace, istio-system.' : '';
    report(rules.namespace, 'metadata.namespace', `${quoted(namespace)} cannot be the name of a namespace.${why}`);
  }
}

function checkLabels(labels: Fields, report: Report): void {
  for (const [key, value] of Object.entries(labels)) {
    const path = `metadata.labels[${key}]`;
    if (!isKubernetesLabelKey(key)) {
      report(rules.labelKey, path, key === '' ? 'The key of a label is empty.' : `${quoted(key)} cannot be the key of a label.`);
    }
    if (typeof value === 'string' && !isKubernetesLabelValue(value)) {
      const what = value.length > 63 ? `has ${value.length} characters, and at most 63 are allowed` : `is ${quoted(value)}, which no label can have`;
      report(rules.labelValue, path, `The value of the label ${key} ${what}.`);
    }
  }
}

function checkAnnotations(annotations: Fields, report: Report): void {
  for (const key of Object.keys(annotations)) {
    if (!isKubernetesLabelKey(key.toLowerCase())) {
      report(
        rules.annotationKey,
        `metadata.annotations[${key}]`,
        key === '' ? 'The key of an annotation is empty.' : `${quoted(key)} cannot be the key of an annotation.`,
      );
    }
  }
  const parts = Object.entries(annotations).flat();
  const size = sum(parts, (part) => new TextEncoder().encode(String(part)).length);
  if (size > annotationsLimit) {
    report(rules.annotationsSize, 'metadata.annotations', `The annotations have ${size} bytes together, and at most ${annotationsLimit} are allowed.`);
  }
}

const sum = (parts: readonly unknown[], size: (part: unknown) => number): number => parts.reduce<number>((total, part) => total + size(part), 0);

function checkFinalizers(finalizers: readonly unknown[], report: Report): void {
  for (const [index, finalizer] of finalizers.entries()) {
    const name = finalizer ?? '';
    if (typeof name === 'string' && !isKubernetesLabelKey(name)) {
      report(rules.finalizer, `metadata.finalizers[${index}]`, `${quoted(name)} cannot be a finalizer.`);
    }
  }
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    report(rules.finalizer, 'metadata.finalizers', 'The finalizers orphan and foregroundDeletion exclude each other.', 'keep one of them');
  }
}

function checkOwners(owners: readonly unknown[], report: Report): void {
  let controllers = 0;
  for (const [index, owner] of owners.entries()) {
    const fields = object(owner);
    const path = `metadata.ownerReferences[${index}]`;
    for (const field of ['apiVersion', 'kind', 'name', 'uid']) {
      if (isUnset(fields[field])) {
        report(rules.ownerReference, `${path}.${field}`, `The owner has no ${field}.`, `add ${field}`);
      }
    }
    if (fields.apiVersion === 'v1' && fields.kind === 'Event') {
      report(rules.ownerReference, path, 'An Event cannot own other objects.');
    }
    if (fields.controller === true) {
      controllers += 1;
      if (controllers > 1) {
        report(rules.ownerReference, `${path}.controller`, 'Only one owner can be the controller, and another one already is.');
      }
    }
  }
}

function checkManagedFields({ operation, fieldsType, manager, subresource }: Fields, path: string, report: Report): void {
  if (operation !== 'Apply' && operation !== 'Update') {
    report(rules.managedFields, `${path}.operation`, 'operation must be Apply or Update.');
  }
  if (!isUnset(fieldsType) && fieldsType !== 'FieldsV1') {
    report(rules.managedFields, `${path}.fieldsType`, 'fieldsType must be FieldsV1.');
  }
  if (typeof manager === 'string' && manager.length > 128) {
    report(rules.managedFields, `${path}.manager`, 'manager may have at most 128 characters.');
  }
  if (typeof subresource === 'string' && subresource.length > 256) {
    report(rules.managedFields, `${path}.subresource`, 'subresource may have at most 256 characters.');
  }
}

const isUnset = (value: unknown): boolean => value === undefined || value === null || value === '';
const object = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

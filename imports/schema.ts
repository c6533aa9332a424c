// Generated from the CustomResourceDefinitions of releases 1.8 to 1.31 by "npm run generate". Do not edit.
/**
 * The model of the schema data in this folder, and the helper types of the generated interfaces.
 */

/** One node of a structural schema, in the words of a CustomResourceDefinition. */
export interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  /** The name of a type in the type tables; the node is that type. */
  readonly ref?: string;
  readonly properties?: { readonly [field: string]: Schema };
  readonly required?: readonly string[];
  /** Groups of fields of which at most one may be present (`oneOf` in the CustomResourceDefinition). */
  readonly exclusive?: readonly (readonly string[])[];
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly nullable?: true;
  readonly intOrString?: true;
  readonly preserveUnknownFields?: true;
  readonly listType?: 'map' | 'set' | 'atomic';
  readonly listMapKeys?: readonly string[];
  readonly mapType?: 'atomic';
  /** Combinations that are no plain `exclusive` group. */
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly not?: Schema;
  readonly rules?: readonly ValidationRule[];
  readonly default?: unknown;
  /** Which kind of object a construct may stand here in place of the text. */
  readonly reference?: Reference;
}

/** A CEL rule (`x-kubernetes-validations`). */
export interface ValidationRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: true;
  /** The first minor release that has the rule; absent when the oldest known one has it. */
  readonly since?: string;
}

/** What a field names, and so what may stand in it beside the plain text. */
export type Reference =
  | 'gateway'
  | 'host'
  | 'virtualService'
  | 'secret'
  | 'egressHost'
  | 'selector'
  | 'labels'
  | 'principal'
  | 'serviceAccount'
  | 'serviceAccountName'
  | 'target'
  | 'namespace';

/** One custom resource kind. */
export interface Kind {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  /** The served versions, newest first. */
  readonly versions: readonly string[];
  /** The root of the object: `spec` and `status`; `apiVersion`, `kind` and `metadata` are implied. */
  readonly schema: Schema;
  /** Roots of those versions whose schema differs. */
  readonly schemas?: { readonly [version: string]: Schema };
}

type Unit = 'h' | 'm' | 's' | 'ms' | 'us' | 'µs' | 'ns';
/**
 * A length of time as Go writes it: `5s`, `1.5s`, `300ms`, `1h30m`, `2h45m30s`.
 * `duration(text)` checks a plain `string` and returns this type.
 */
export type Duration =
  | `${number}${Unit}`
  | `${number}h${number}${'m' | 's' | 'ms'}`
  | `${number}m${number}${'s' | 'ms'}`
  | `${number}s${number}ms`
  | `${number}h${number}m${number}s`;

/** A Kubernetes object known by its identity: a construct of this library, a cdk8s `ApiObject`, or an object of any cdk8s-plus version. */
export interface ObjectReference<KindName extends string = string> {
  readonly apiVersion: string;
  readonly kind: KindName;
  readonly name: string;
  readonly metadata: { readonly namespace?: string };
}

/** A workload known by its shape: a Deployment, StatefulSet, DaemonSet, Job or Pod of any cdk8s-plus version. */
export interface WorkloadReference {
  readonly kind: string;
  readonly name: string;
  readonly podMetadata: { getLabel(key: string): string | undefined };
}

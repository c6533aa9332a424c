import type { Schema, ValidationRule } from './templates/schema';

/** A node of the facts: a schema plus what is known of its history. Absent `since` means "as long as its parent", absent `until` means "still there". */
export interface Fact extends Omit<Schema, 'properties' | 'items' | 'additionalProperties' | 'oneOf' | 'anyOf' | 'allOf' | 'not' | 'rules'> {
  readonly properties?: { readonly [field: string]: Fact };
  readonly items?: Fact;
  readonly additionalProperties?: Fact;
  readonly oneOf?: readonly Fact[];
  readonly anyOf?: readonly Fact[];
  readonly allOf?: readonly Fact[];
  readonly not?: Fact;
  readonly rules?: readonly ValidationRule[];
  readonly since?: string;
  readonly until?: string;
  /** First and last release of enum values that were not always there: `[first, last]`, last empty while the value is there. */
  readonly enumHistory?: { readonly [value: string]: readonly [string, string] };
  readonly deprecated?: true;
}

/** One served version of a kind. */
export interface VersionFacts {
  readonly since?: string;
  readonly until?: string;
  /** First and last release that stored the kind in this version. */
  readonly stored?: readonly [string, string];
  readonly deprecated?: true;
}

export interface KindFacts {
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly versions: { readonly [version: string]: VersionFacts };
  /** The root of the newest version. */
  readonly schema: Fact;
  /** The roots of versions whose schema differs from it. */
  readonly schemas?: { readonly [version: string]: Fact };
}

export interface GroupFacts {
  readonly kinds: { readonly [kind: string]: KindFacts };
  readonly types: { readonly [name: string]: Fact };
}

/** All that is known of a set of CustomResourceDefinitions. */
export interface Facts {
  /** The minor releases that were read, oldest first; empty for definitions without a release. */
  readonly releases: readonly string[];
  readonly groups: { readonly [group: string]: GroupFacts };
  /** Types that several groups use. */
  readonly shared: { readonly [name: string]: Fact };
}

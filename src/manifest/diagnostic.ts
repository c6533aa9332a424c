/** How much a finding weighs: `error` is what a cluster refuses, everything that it accepts is at most a `warning`. */
export type Severity = 'error' | 'warning' | 'info';

/** Where something was written: a file with a line and, where known, a column, both counted from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** The identity of a Kubernetes object as its manifest states it. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Another place that belongs to a finding, for example the route that takes the traffic away. */
export interface RelatedPlace {
  readonly message: string;
  readonly object?: ObjectIdentity;
  readonly path?: string;
  readonly location?: SourceLocation;
}

/**
 * One finding about one object: data first, text later. Renderers turn it into lines for people, JSON, SARIF or GitHub annotations.
 */
export interface Diagnostic {
  /** A readable slug, `virtual-service/unreachable-route`; stable across releases. */
  readonly code: string;
  /** Codes of other tools for the same thing (`IST0130` of istioctl, `KIA1106` of Kiali). */
  readonly aliases?: readonly string[];
  readonly severity: Severity;
  /** The object that is wrong; absent when the text could not be read as an object at all. */
  readonly object?: ObjectIdentity;
  /** The field, from the root of the object: `spec.http[0].match[1].uri`, `metadata.labels[my/key]`; empty for the whole object. */
  readonly path: string;
  /** What is wrong and what it does to traffic, in full sentences. */
  readonly message: string;
  /** The author's position: of the key or value in YAML, of the construct call in TypeScript. */
  readonly location?: SourceLocation;
  /** The path of the construct in the cdk8s tree, for example `app/chart/routes`. */
  readonly construct?: string;
  readonly related?: readonly RelatedPlace[];
  /** What to write instead. */
  readonly fix?: string;
  /** Where to read more: a command line such as `cdk8s-istio rule virtual-service/unreachable-route`. */
  readonly help?: string;
}

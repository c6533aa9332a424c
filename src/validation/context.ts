import type { ObjectIdentity } from '../manifest/diagnostic';
import type { Report } from '../manifest/rule';

export type { Report };

/** What the checks of one object know besides its spec. */
export interface CheckContext {
  readonly identity: ObjectIdentity;
  /** The namespace as istiod sees it: `default` where the manifest names none. */
  readonly namespace: string;
  readonly labels: { readonly [key: string]: string };
  readonly annotations: { readonly [key: string]: string };
  readonly report: Report;
}

/** The checks that istiod makes of one kind: `spec` is decoded as istiod decodes it (see decode.ts). */
export type KindCheck = (spec: DecodedObject, context: CheckContext) => void;

/** A decoded message: names in camelCase, numbers as numbers, enums as names, nulls and absent fields gone. */
export interface DecodedObject {
  readonly [field: string]: DecodedValue | undefined;
}
export type DecodedValue = string | number | boolean | DecodedObject | readonly DecodedValue[];
